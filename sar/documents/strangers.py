"""People named in the files of a case whom nobody has entered in its register."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sar.documents.known_names import (
    all_names,
    family_names,
    given_names,
    never_names,
    word_names,
)
from sar.documents.name_context import names_a_body
from sar.documents.name_forms import PARTICLES
from sar.documents.name_mentions import Mention
from sar.documents.name_words import Token, Words, is_plain, words_of
from sar.documents.people_register import Person
from sar.documents.role_cues import Cue, cue_around, role_of_relation
from sar.documents.table_rows import Row, rows_of
from sar.documents.titles import KIN, TITLES
from sar.domain.people import Role

_INSIDE = re.compile(r" |\xa0| ?\n(?:> ?)?|[-‐‑'’]")
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


@dataclass(frozen=True)
class _Phrase:
    first: int
    after: int


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
                given, family = self._split(_Phrase(first, after), "")
                start, end = self._words[first].start, self._words[after - 1].end
                yield Sighting(start, end, given, family, "", Cue(Role.OTHER_CHILD))

    def _in_text(self) -> Iterator[Sighting]:
        at, taken = 0, iter((*self._taken, (len(self._words.text) + 1, 0)))
        low, high = next(taken)
        while at < len(self._words):
            token = self._words[at]
            while token.start >= high and low <= len(self._words.text) and high:
                low, high = next(taken)
            if low <= token.start < high or not token.is_capitalised:
                at += 1
                continue
            sighting, at = self._sighting(at, low)
            if sighting:
                yield sighting

    def _sighting(self, at: int, limit: int) -> tuple[Sighting | None, int]:
        phrase = self._phrase(at, limit)
        if phrase is None:
            return None, at + 1
        title = self._title(phrase.first)
        cue = self._cue(phrase)
        if not self._is_person(phrase, title, cue):
            return None, max(at + 1, phrase.after)
        given, family = self._split(phrase, title)
        start, end = self._words[phrase.first].start, self._words[phrase.after - 1].end
        return Sighting(start, end, given, family, title, cue), phrase.after

    # The words of the name

    def _phrase(self, at: int, limit: int) -> _Phrase | None:
        if not (self._may_be_name(self._words[at]) or self._opens_with_initial(at)):
            return None
        after = at + 1
        while after < min(at + 5, len(self._words)) and self._words[after].start < limit:
            joined = (
                _INSIDE.fullmatch(self._words.gap(after - 1))
                or self._is_reversal(at, after)
                or self._is_dotted(after - 1)
            )
            if not joined or not self._may_continue(after):
                break
            after += 1
        first = self._without_opening(at, after)
        return _Phrase(first, after)

    def _may_be_name(self, token: Token) -> bool:
        return (
            token.fold.isalpha()
            and len(token.fold) > 1
            and token.fold not in never_names()
            and token.fold not in TITLES
        )

    def _may_continue(self, after: int) -> bool:
        token = self._words[after]
        if self._is_initial(after):
            return token.is_capitalised
        if token.fold in PARTICLES and after + 1 < len(self._words):
            return self._words[after + 1].is_capitalised
        is_alike = token.is_upper == self._words[after - 1].is_upper or "," in self._words.gap(
            after - 1
        )
        return token.is_capitalised and is_alike and self._may_be_name(token)

    def _is_initial(self, at: int) -> bool:
        return len(self._words[at].fold) == 1 and self._words[at].fold not in {"i", "a"}

    def _opens_with_initial(self, at: int) -> bool:
        """True for the R of R. Dhillon."""
        if len(self._words[at].fold) != 1 or at + 1 >= len(self._words):
            return False
        following = self._words[at + 1]
        is_name = following.is_capitalised and len(following.fold) > 2
        return self._is_dotted(at) and is_name and self._may_be_name(following)

    def _is_dotted(self, at: int) -> bool:
        return len(self._words[at].fold) == 1 and self._words.gap(at) in {". ", "."}

    def _is_reversal(self, at: int, after: int) -> bool:
        if not re.fullmatch(r", ?(?:\n(?:> )?)?", self._words.gap(after - 1)):
            return False
        last, following = self._words[after - 1], self._words[after]
        if last.is_upper and not following.is_upper:
            return self._words[at].is_upper
        return self._row_of(self._words[at].start) is not None and not last.is_upper

    def _without_opening(self, at: int, after: int) -> int:
        first, known = self._words[at].fold, all_names()
        if after - at > 1 and self._words.starts_sentence(at) and first not in known:
            second = self._words[at + 1].fold
            if is_plain(self._words.gap(at)) and second in given_names():
                return at + 1
        return at

    def _split(self, phrase: _Phrase, title: str) -> tuple[str, str]:
        tokens = range(phrase.first, phrase.after)
        text = self._words.text
        whole = text[self._words[phrase.first].start : self._words[phrase.after - 1].end]
        comma = next((at for at in tokens[:-1] if "," in self._words.gap(at)), None)
        if comma is not None:
            family = text[self._words[phrase.first].start : self._words[comma].end]
            return text[self._words[comma + 1].start : self._words[phrase.after - 1].end], family
        if len(tokens) == 1:
            return ("", whole) if title and title not in KIN else (whole, "")
        cut = next((at for at in tokens[:-1] if is_plain(self._words.gap(at))), None)
        if cut is None:
            return ("", whole) if title else (whole, "")
        if (
            title
            and title not in KIN
            and cut == phrase.first
            and self._words[cut].fold in {"al", "el"}
        ):
            return "", whole
        given = text[self._words[phrase.first].start : self._words[cut].end]
        return given, text[self._words[cut + 1].start : self._words[phrase.after - 1].end]

    # Whether it is a person, and who

    def _title(self, at: int) -> str:
        before = self._words.precedes_word(at)
        return before.fold if before is not None and before.fold in TITLES else ""

    def _row_of(self, start: int) -> Row | None:
        return next((row for row in self._rows if row.start <= start < row.end), None)

    def _cue(self, phrase: _Phrase) -> Cue | None:
        start, end = self._words[phrase.first].start, self._words[phrase.after - 1].end
        row = self._row_of(start)
        if row is not None and (role := self._row_role(row, start)):
            return Cue(role)
        text = self._text
        line_start = text.rfind("\n", 0, start) + 1
        before = text[max(0, start - 60) : start].replace("\n> ", " ").replace("\n", " ")
        return cue_around(before, text[end : end + 70], text[line_start : line_start + 40])

    def _row_role(self, row: Row, start: int) -> Role | None:
        own = next((cell for cell in row.cells if cell.start <= start < cell.end), None)
        if own is None or own.heading != "PERSON":
            return None
        if (relation := row.cell("RELATION")) is not None:
            return role_of_relation(self._words.text[relation.start : relation.end])
        titles = " ".join(cell.title for cell in row.cells)
        return Role.OTHER_CHILD if _PUPILS.search(titles) else None

    def _is_person(self, phrase: _Phrase, title: str, cue: Cue | None) -> bool:
        folds = [self._words[at].fold for at in range(phrase.first, phrase.after)]
        if title or self._words[phrase.first].start in self._unnamed:
            return True
        if self._names_a_body(phrase):
            return False
        if self._is_reversed(phrase) or self._is_name_cell(phrase):
            return True
        if cue is not None and not cue.is_weak:
            return self._fits_cue(phrase, folds)
        if len(folds) > 1:
            return self._is_full_name(phrase, folds)
        return self._is_single_name(phrase, folds[0])

    def _fits_cue(self, phrase: _Phrase, folds: Sequence[str]) -> bool:
        if folds[0] in given_names() or (len(folds) > 1 and folds[-1] in family_names()):
            return True
        if any(fold in self._words.lower for fold in folds):
            return False
        gap = self._words.gap_before(phrase.first).rstrip()
        return len(folds) > 1 or gap.endswith((":", "|", "(", ","))

    def _is_full_name(self, phrase: _Phrase, folds: Sequence[str]) -> bool:
        if self._opens_with_initial(phrase.first) or PARTICLES & set(folds[1:-1]):
            return not set(folds) & self._words.lower - PARTICLES
        if folds[0] in given_names() or (folds[0] in word_names() and folds[-1] in family_names()):
            return True
        if folds[-1] in given_names() and folds[0] in family_names():
            return True
        return self._is_unheard_of_name(phrase, folds)

    def _is_unheard_of_name(self, phrase: _Phrase, folds: Sequence[str]) -> bool:
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

    def _is_single_name(self, phrase: _Phrase, fold: str) -> bool:
        end = self._words[phrase.first].end
        if _KIN_AFTER.match(self._words.text[end : end + 30]):
            return fold not in self._words.lower
        return fold in given_names() and fold not in self._words.lower

    def _is_reversed(self, phrase: _Phrase) -> bool:
        gaps = [self._words.gap(at) for at in range(phrase.first, phrase.after - 1)]
        return self._words[phrase.first].is_upper and any("," in gap for gap in gaps)

    def _is_name_cell(self, phrase: _Phrase) -> bool:
        row = self._row_of(self._words[phrase.first].start)
        if row is None:
            return False
        start = self._words[phrase.first].start
        cell = next((cell for cell in row.cells if cell.start <= start < cell.end), None)
        if cell is None or cell.heading != "PERSON":
            return False
        blank = self._words.text[cell.start : start]
        return not blank.strip() and re.search(r"name|pupil|child", cell.title, re.I) is not None

    def _names_a_body(self, phrase: _Phrase) -> bool:
        return names_a_body(self._words, phrase.first, phrase.after)
