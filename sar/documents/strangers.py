"""People named in the files of a case whom nobody has entered in its register."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sar.documents.known_names import (
    family_names,
    given_names,
    never_names,
    word_names,
)
from sar.documents.name_context import names_a_body
from sar.documents.name_forms import PARTICLES
from sar.documents.name_mentions import Mention
from sar.documents.name_phrases import Phrase, Phrases
from sar.documents.name_words import Words, is_plain, words_of
from sar.documents.people_register import Person
from sar.documents.role_cues import Cue, cue_around, role_in_form, role_of_relation
from sar.documents.table_rows import Row, rows_of
from sar.documents.titles import TITLES
from sar.domain.people import Role

_PLACE_WORDS = frozenset(
    [
        "the",
        "at",
        "to",
        "in",
        "from",
        "near",
        "via",
        "of",
        "on",
        "by",
        "outside",
        "through",
        "around",
        "for",
    ]
)
_PUPILS = re.compile(r"\b(?:UPN|pupil|forename)\b", re.IGNORECASE)
_NAME_LABEL = re.compile(
    r"(?:^|\n)\W*(?:full |first |fore|sur|last |known |preferred )?names?"
    r"(?: of [\w ]+)?\s*[:|]\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"^ ?(?:\(|, )(?:aged? )?1?\d(?:\)| ?(?:y|m(?:on)?th))")
_KIN_AFTER = re.compile(
    r"^['’]s? (?:\w+ )?(?:m[uoa]m|mother|father|dad|parents?|nan|gran|aunt|uncle|carer)"
)


@dataclass(frozen=True)
class Sighting:
    """A name nobody in the register bears, as it stands in one text."""

    start: int
    end: int
    given: str
    family: str
    title: str
    cue: Cue | None


def sightings_in(words: Words, mentions: Sequence[Mention], text: str) -> list[Sighting]:
    """Names of people who are not in the register the mentions come from.

    words may have blanks where the text has numbers and addresses; cues are read in the text.
    """
    return list(_Look(words, mentions, text).sightings())


def people_seen(sightings: Iterable[Sighting], known: Iterable[Person]) -> tuple[Person, ...]:
    """One person for each distinct name; their role is what all sightings together say.

    A single name that somebody known, or somebody with a full name, bears is not another person.
    """
    groups: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault(_key(sighting.given, sighting.family), []).append(sighting)
    known = tuple(known)
    taken = {_key(person.given, person.family) for person in known}
    workers = {
        _key(person.given, person.family) for person in known if person.role is Role.PROFESSIONAL
    }
    full = taken | {key for key in groups if all(key)}
    used = {name for key in full for name in key}
    new = [
        group
        for key, group in groups.items()
        if (key not in taken and (all(key) or "".join(key) not in used))
        or (key in workers and _is_child(group))
    ]
    return tuple(_person(group, number) for number, group in enumerate(new, 1))


def _is_child(group: Sequence[Sighting]) -> bool:
    return any(each.cue is not None and each.cue.role is Role.OTHER_CHILD for each in group)


def _key(given: str, family: str) -> tuple[str, str]:
    return "".join(words_of(given)), "".join(words_of(family))


def _person(group: Sequence[Sighting], number: int) -> Person:
    first = group[0]
    role = _role([sighting.cue for sighting in group if sighting.cue])
    return Person(
        person_id=f"unregistered-{number}",
        role=role,
        given=first.given,
        family=first.family,
        title=first.title,
        relation="" if role is Role.UNKNOWN else role.value.replace("_", " "),
        is_registered=False,
    )


def _role(cues: Sequence[Cue]) -> Role:
    roles = {cue.role for cue in cues if not cue.is_weak} or {cue.role for cue in cues}
    if len(roles) == 1:
        return roles.pop()
    private = roles - {Role.PROFESSIONAL}
    return private.pop() if len(private) == 1 and private == roles else Role.UNKNOWN


class _Look:
    def __init__(self, words: Words, mentions: Sequence[Mention], text: str) -> None:
        self._words = words
        self._text = text
        self._rows = rows_of(text)
        self._phrases = Phrases(words, self._rows)
        self._unnamed = {mention.start: mention for mention in mentions if not mention.people}
        self._taken = [(each.start, each.end) for each in mentions if each.people]

    def sightings(self) -> Iterator[Sighting]:
        yield from self._in_pupil_lists()
        yield from self._in_text()

    def _in_pupil_lists(self) -> Iterator[Sighting]:
        """Names in the name column of a list of pupils, even one that a worker also bears."""
        starts = [token.start for token in self._words.tokens]
        for row in self._rows:
            cell = row.cell("PERSON")
            if cell is None or not _PUPILS.search(" ".join(each.title for each in row.cells)):
                continue
            first, after = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
            if 1 < after - first < 6 and self._words[first].is_capitalised:
                given, family = self._phrases.split(Phrase(first, after), "")
                start, end = self._words[first].start, self._words[after - 1].end
                yield Sighting(start, end, given, family, "", Cue(Role.OTHER_CHILD))

    def _in_text(self) -> Iterator[Sighting]:
        at, taken = 0, iter((*self._taken, (len(self._words.text) + 1, 0)))
        low, high = next(taken)
        while at < len(self._words):
            token = self._words[at]
            while token.start >= high and low <= len(self._words.text) and high:
                low, high = next(taken)
            if low <= token.start < high or not self._may_begin(at):
                at += 1
                continue
            sighting, at = self._sighting(at, low)
            if sighting:
                yield sighting

    def _sighting(self, at: int, limit: int) -> tuple[Sighting | None, int]:
        phrase = self._phrases.at(at, limit)
        if phrase is None:
            return None, at + 1
        title = self._title(phrase.first)
        cue = self._cue(phrase)
        if not self._is_person(phrase, title, cue):
            return None, max(at + 1, phrase.after)
        given, family = self._phrases.split(phrase, title)
        start, end = self._words[phrase.first].start, self._words[phrase.after - 1].end
        return Sighting(start, end, given, family, title, cue), phrase.after

    def _may_begin(self, at: int) -> bool:
        token = self._words[at]
        if token.is_capitalised:
            return True
        is_particle = token.fold in PARTICLES and at + 1 < len(self._words)
        return is_particle and (self._words.gap(at) == "-" or bool(self._title(at)))

    # Whether it is a person, and who

    def _title(self, at: int) -> str:
        before = self._words.precedes_word(at)
        return before.fold if before is not None and before.fold in TITLES else ""

    def _row_of(self, start: int) -> Row | None:
        return next((row for row in self._rows if row.start <= start < row.end), None)

    def _cue(self, phrase: Phrase) -> Cue | None:
        start, end = self._words[phrase.first].start, self._words[phrase.after - 1].end
        row = self._row_of(start)
        if row is not None and (role := self._row_role(row, start)):
            return Cue(role)
        text = self._text
        if self._is_name_line(start) and (role := role_in_form(text[:start], text[end:])):
            return Cue(role)
        line_start = text.rfind("\n", 0, start) + 1
        before = text[max(0, start - 60) : start].replace("\n> ", " ").replace("\n", " ")
        return cue_around(before, text[end : end + 70], text[line_start : line_start + 40])

    def _is_name_line(self, start: int) -> bool:
        """True right after a label such as `Name:`."""
        return _NAME_LABEL.search(self._text[max(0, start - 40) : start]) is not None

    def _row_role(self, row: Row, start: int) -> Role | None:
        own = next((cell for cell in row.cells if cell.start <= start < cell.end), None)
        if own is None or own.heading != "PERSON":
            return None
        if (relation := row.cell("RELATION")) is not None:
            return role_of_relation(self._words.text[relation.start : relation.end])
        titles = " ".join(cell.title for cell in row.cells)
        return Role.OTHER_CHILD if _PUPILS.search(titles) else None

    def _is_person(self, phrase: Phrase, title: str, cue: Cue | None) -> bool:
        folds = [self._words[at].fold for at in range(phrase.first, phrase.after)]
        start = self._words[phrase.first].start
        if title or start in self._unnamed:
            return True
        if names_a_body(self._words, phrase.first, phrase.after):
            return False
        if self._is_reversed(phrase) or self._is_name_cell(phrase):
            return True
        if self._is_name_line(start):
            return not set(folds) & self._words.lower
        if cue is not None and not cue.is_weak:
            return self._fits_cue(phrase, folds)
        is_full = len(folds) > 1
        return self._is_full_name(phrase, folds) if is_full else self._is_single(phrase, folds[0])

    def _fits_cue(self, phrase: Phrase, folds: Sequence[str]) -> bool:
        if folds[0] in given_names() or (len(folds) > 1 and folds[-1] in family_names()):
            return True
        if any(fold in self._words.lower for fold in folds):
            return False
        if len(folds) > 1:
            return True
        gap = self._words.gap_before(phrase.first)
        if is_plain(gap):
            return not self._words.starts_sentence(phrase.first) and folds[0] not in word_names()
        return gap.rstrip().endswith((":", "|", "(", ","))

    def _is_full_name(self, phrase: Phrase, folds: Sequence[str]) -> bool:
        if self._phrases.opens_with_initial(phrase.first) or PARTICLES & set(folds[1:-1]):
            return not set(folds) & self._words.lower - PARTICLES
        if folds[0] in given_names() or (folds[0] in word_names() and folds[-1] in family_names()):
            return True
        if folds[-1] in given_names() and folds[0] in family_names():
            return True
        return self._is_unheard_of_name(phrase, folds)

    def _is_unheard_of_name(self, phrase: Phrase, folds: Sequence[str]) -> bool:
        """True for words no list knows, where nothing but a name would have its capitals."""
        is_known = any(
            fold in self._words.lower or fold in never_names() or fold in word_names()
            for fold in folds
        )
        if is_known or self._words[phrase.first].is_upper:
            return False
        if len(folds) > 2 and len(folds[-1]) == 1 and self._words.gap(phrase.first) == "-":
            return True
        before = self._words.precedes_word(phrase.first)
        if before is None or before.fold in _PLACE_WORDS:
            return folds[-1] in family_names()
        is_inside = not self._words.starts_sentence(phrase.first)
        return is_inside and all(len(fold) > 2 for fold in folds)

    def _is_single(self, phrase: Phrase, fold: str) -> bool:
        end = self._words[phrase.first].end
        after = self._words.text[end : end + 30]
        if _KIN_AFTER.match(after) or _AGE_AFTER.match(after):
            return fold not in self._words.lower
        return fold in given_names() and fold not in self._words.lower

    def _is_reversed(self, phrase: Phrase) -> bool:
        gaps = [self._words.gap(at) for at in range(phrase.first, phrase.after - 1)]
        return self._words[phrase.first].is_upper and any("," in gap for gap in gaps)

    def _is_name_cell(self, phrase: Phrase) -> bool:
        row = self._row_of(self._words[phrase.first].start)
        if row is None:
            return False
        start = self._words[phrase.first].start
        cell = next((cell for cell in row.cells if cell.start <= start < cell.end), None)
        if cell is None or cell.heading != "PERSON":
            return False
        blank = self._words.text[cell.start : start]
        return not blank.strip() and re.search(r"name|pupil|child", cell.title, re.I) is not None
