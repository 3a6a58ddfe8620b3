"""Where the people of a case are named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sar.documents.known_names import given_names, never_names, word_names
from sar.documents.name_context import reads_as_name, title_before
from sar.documents.name_forms import PARTICLES, SCORES, FormKind
from sar.documents.name_forms import Words as Form
from sar.documents.name_index import FIRST_NAMES, LONG_ENOUGH, NameIndex
from sar.documents.name_words import Words, is_plain, words_of
from sar.documents.people_register import Person
from sar.documents.titles import TITLES, matching

_JOIN = re.compile(r" |\xa0| ?\n(?:> ?)?|[-‐‑–'’ʼ`]\n?|\.[ \n]?")
_REVERSED_JOIN = re.compile(r",? ?\n?(?:> )?| \| ")
_COMMA = re.compile(r", ?\n?(?:> )?")
_SLIP, _GUESS = 0.8, 0.6
_SINGLE = frozenset({FormKind.FIRST, FormKind.LAST, FormKind.PART, FormKind.NICKNAME})


@dataclass(frozen=True)
class Mention:
    """Words that name somebody; people are all of the case they may name, none for a stranger."""

    start: int
    end: int
    people: tuple[Person, ...]
    how: str
    score: float
    is_guess: bool = False


@dataclass(frozen=True)
class _Match:
    first: int
    after: int
    people: tuple[Person, ...]
    kind: FormKind
    how: str
    score: float
    is_guess: bool = False


def mentions_in(words: Words, index: NameIndex) -> list[Mention]:
    """Every naming of the people of the index, and of others with their given names, in order."""
    return list(_Reading(words, index).mentions())


class _Reading:
    def __init__(self, words: Words, index: NameIndex) -> None:
        self._words = words
        self._index = index
        self._reached = 0

    def mentions(self) -> Iterator[Mention]:
        at = 0
        while at < len(self._words):
            match = self._match(at)
            if match is None:
                at += 1
                continue
            after = self._past_hyphen(match.after)
            yield Mention(
                self._words[match.first].start,
                self._words[after - 1].end,
                match.people,
                match.how,
                match.score,
                match.is_guess,
            )
            at = after
            self._reached = self._words[at - 1].end + 1

    def _past_hyphen(self, after: int) -> int:
        """A misspelt second half belongs to the name: Wai-YYee."""
        is_half = after < len(self._words) and self._words.gap(after - 1) in {"-", "‐", "‑"}
        return after + 1 if is_half and self._words[after].is_capitalised else after

    def _match(self, at: int) -> _Match | None:
        found = self._exact(at)
        if found is None and not self._words[at].is_capitalised:
            return self._short(at) if self._is_small_name(at) else None
        found = found or self._possessive(at)
        if found is None:
            return self._slip(at) or self._short(at)
        if found.kind in FIRST_NAMES:
            return self._extended(found)
        if found.kind in _LASTS:
            return self._family_settled(found)
        return found

    def _family_settled(self, match: _Match) -> _Match:
        """The match, or a stranger when another given name stands before or, reversed, after it."""
        how = "another given name"
        if self._has_another_given(match.first):
            return _Match(match.first - 1, match.after, (), FormKind.FULL, how, 0.7)
        return self._reversed_stranger(match) or match

    def _reversed_stranger(self, match: _Match) -> _Match | None:
        """Somebody else, when capitals and a comma lead on to another given name."""
        is_led = _COMMA.fullmatch(self._words.gap(match.after - 1))
        if (
            not is_led
            or not self._words[match.after - 1].is_upper
            or match.after >= len(self._words)
        ):
            return None
        following = self._words[match.after]
        if not following.is_capitalised or following.is_upper:
            return None
        how = "another given name"
        return _Match(match.first, match.after + 1, (), FormKind.FULL, how, 0.7)

    def _has_another_given(self, at: int) -> bool:
        before = self._words.precedes_word(at)
        if before is None or before.end < self._reached or "." in self._words.gap_before(at):
            return False
        is_name = before.is_capitalised and len(before.fold) > 1
        return is_name and not _is_no_name(before.fold)

    # Exact forms

    def _exact(self, at: int) -> _Match | None:
        for length in self._index.lengths(self._words[at].fold):
            if at + length > len(self._words):
                continue
            form = tuple(token.fold for token in self._words.tokens[at : at + length])
            if match := self._of_form(at, form, self._index.people_called(form)):
                return match
        return None

    def _of_form(self, at: int, form: Form, called: object) -> _Match | None:
        if not called:
            return None
        people = self._index.people_called(form)
        fitting = {
            person: kind
            for person, kind in people.items()
            if self._is_joined(at, len(form), kind)
            and (
                self._has_capital(at, len(form))
                or (self._may_be_small(person, form) and kind not in _LASTS)
            )
            and self._is_cased(at, len(form), kind)
        }
        if not fitting:
            return None
        kind = max(fitting.values(), key=SCORES.__getitem__)
        return self._settled(at, at + len(form), tuple(fitting), kind)

    def _settled(
        self, at: int, after: int, people: tuple[Person, ...], kind: FormKind
    ) -> _Match | None:
        title = title_before(self._words, at)
        if kind in _SINGLE and not reads_as_name(self._words, at, after, kind, title):
            return None
        if title and kind in _LASTS:
            people = matching(people, title)
        score = SCORES[kind] if len(people) == 1 else SCORES[kind] * 0.9
        return _Match(at, after, people, kind, kind.value, score)

    def _is_joined(self, at: int, length: int, kind: FormKind) -> bool:
        gaps = [self._words.gap(at + number) for number in range(length - 1)]
        if kind is FormKind.REVERSED:
            if any("," in gap for gap in gaps) and title_before(self._words, at):
                return False
            return all(_JOIN.fullmatch(gap) or _REVERSED_JOIN.fullmatch(gap) for gap in gaps)
        if kind is FormKind.INITIALS:
            return all(gap in {".", ". ", "-"} for gap in gaps)
        return all(
            _JOIN.fullmatch(gap) and ("." not in gap or len(self._words[at + number].fold) == 1)
            for number, gap in enumerate(gaps)
        )

    def _is_cased(self, at: int, length: int, kind: FormKind) -> bool:
        tokens = self._words.tokens[at : at + length]
        if kind is FormKind.INITIALS:
            return self._are_initials(at, length)
        if kind is FormKind.INITIAL_LAST:
            return tokens[0].text.isupper() and tokens[-1].is_capitalised
        if kind is FormKind.FIRST_INITIAL:
            return tokens[-1].text.isupper() and self._ends_after_initial(at + length - 1)
        return True

    def _has_capital(self, at: int, length: int) -> bool:
        return any(token.is_capitalised for token in self._words.tokens[at : at + length])

    def _may_be_small(self, person: Person, form: Form) -> bool:
        """True where a name without capitals is still read as one, as in a text message."""
        whole = "".join(form)
        if self._words.is_chat:
            return len(whole) >= 3 and whole not in _TOO_COMMON
        if not (person.is_registered or form[0] in given_names()):
            return False
        return len(whole) >= 4 and not set(form) & word_names()

    def _are_initials(self, at: int, length: int) -> bool:
        tokens = self._words.tokens[at : at + length]
        if not all(token.text.isupper() for token in tokens):
            return False
        around = self._words.gap_before(at)[-1:] + self._words.gap(at + length - 1)[:1]
        if length > 1:
            return "/" not in around
        return tokens[0].fold not in never_names() and not set(around) & set("/-&@_£'’")

    def _ends_after_initial(self, at: int) -> bool:
        return not re.match(r"['’.]\w", self._words.gap(at) + "x") or self._words.gap(at) == "."

    # What follows a given name

    def _extended(self, match: _Match) -> _Match | None:
        for take in (
            self._reversed_stranger,
            self._with_middle,
            self._with_slipped_family,
            self._with_family_before,
        ):
            if longer := take(match):
                return longer
        if any(person.family for person in match.people) and self._is_somebody_else(match):
            after = self._end_of_capitals(match.after)
            return _Match(match.first, after, (), FormKind.FULL, "another family name", 0.7)
        return match

    def _with_family_before(self, match: _Match) -> _Match | None:
        """Somebody else, when another family name in capitals and a comma lead up to the name."""
        first = match.first
        while (
            first
            and self._words[first - 1].text.isupper()
            and self._words[first - 1].end > (self._reached - 1)
        ):
            gap = self._words.gap(first - 1)
            if not (
                _COMMA.fullmatch(gap) if first == match.first else re.fullmatch(r"[-'’ ]", gap)
            ):
                break
            first -= 1
        if first == match.first or self._words[match.first].is_upper:
            return None
        how = "another family name"
        return _Match(first, match.after, (), FormKind.REVERSED, how, 0.7)

    def _end_of_capitals(self, at: int) -> int:
        for after in range(at + 1, min(at + 4, len(self._words))):
            joined = _JOIN.fullmatch(self._words.gap(after - 1))
            token = self._words[after]
            is_name = token.is_capitalised and len(token.fold) > 1
            if not joined or not is_name or token.fold in never_names():
                return after
        return min(at + 4, len(self._words))

    def _with_middle(self, match: _Match) -> _Match | None:
        after = match.after
        for _ in range(2):
            token = self._words.follows_word(after - 1)
            if token is None or not token.is_capitalised or token.fold in never_names():
                return None
            # The next line, or another person of the case, is not a middle name.
            if "\n" in self._words.gap(after - 1) or self._index.is_first_name(token.fold):
                return None
            after += 1
            for person in match.people:
                if end := self._family_at(after, person):
                    return _Match(match.first, end, (person,), FormKind.FULL, "full name", 0.95)
        return None

    def _family_at(self, at: int, person: Person) -> int | None:
        family = _family(person)
        after = at + len(family)
        if not family or after > len(self._words) or not is_plain(self._words.gap(at - 1)):
            return None
        folds = tuple(token.fold for token in self._words.tokens[at:after])
        return after if folds == family else None

    def _with_slipped_family(self, match: _Match) -> _Match | None:
        token = self._words.follows_word(match.after - 1)
        if token is None or not token.is_capitalised:
            return None
        name = self._index.slip_of(token.fold)
        people = tuple(person for person in match.people if name in _family(person))
        if not people:
            return None
        how = "full name, one letter out"
        return _Match(match.first, match.after + 1, people, FormKind.FULL, how, 0.85)

    def _is_somebody_else(self, match: _Match) -> bool:
        """True when the family name or initial that follows belongs to nobody meant here."""
        token = self._words.follows_word(match.after - 1)
        if token is None or not token.is_capitalised or token.fold in never_names():
            return False
        if len(token.fold) == 1:
            return token.fold not in {"i", "a"} and bool(
                re.match(r"[\s,.;:)'’]", self._words.gap(match.after) or " ")
            )
        if self._words[match.after - 1].is_upper != token.is_upper:
            return False
        return not self._index.is_first_name(token.fold) or token.fold in PARTICLES

    # Looser readings

    def _possessive(self, at: int) -> _Match | None:
        token = self._words[at]
        base = token.fold.removesuffix("s")
        if base == token.fold or len(base) < 3 or not token.is_capitalised:
            return self._possessive_part(at)
        people = self._index.people_called((base,))
        if not people or (base in word_names() and self._words.starts_sentence(at)):
            return None
        kind = max(people.values(), key=SCORES.__getitem__)
        return _Match(at, at + 1, tuple(people), kind, kind.value, SCORES[kind] * _SLIP)

    def _possessive_part(self, at: int) -> _Match | None:
        for length in (2, 3):
            tokens = self._words.tokens[at : at + length]
            if len(tokens) < length or not tokens[-1].fold.endswith("s"):
                continue
            form = (*(token.fold for token in tokens[:-1]), tokens[-1].fold.removesuffix("s"))
            people = self._index.people_called(form)
            if people and self._is_joined(at, length, FormKind.FULL) and tokens[0].is_capitalised:
                kind = max(people.values(), key=SCORES.__getitem__)
                return _Match(at, at + length, tuple(people), kind, kind.value, SCORES[kind])
        return None

    def _slip(self, at: int) -> _Match | None:
        token = self._words[at]
        if not token.is_capitalised or len(token.fold) < LONG_ENOUGH - 1:
            return None
        if token.fold in self._words.lower or token.fold in word_names():
            return None
        name = self._index.slip_of(token.fold)
        if name is None:
            return None
        people = self._index.people_called((name,)) or self._index.people_named_with(name)
        kind = max(people.values(), key=SCORES.__getitem__)
        how = f"{kind.value}, one letter out"
        after = self._end_of_name(at + 1, tuple(people))
        return _Match(at, after, tuple(people), kind, how, SCORES[kind] * _SLIP)

    def _end_of_name(self, at: int, people: tuple[Person, ...]) -> int:
        ends = (self._family_at(at, person) for person in people)
        return next((end for end in ends if end), at)

    def _is_small_name(self, at: int) -> bool:
        return self._words.is_chat and self._words[at].fold in given_names()

    def _short(self, at: int) -> _Match | None:
        token = self._words[at]
        if token.fold in self._words.lower and not self._is_small_name(at):
            return None
        people = self._index.people_short_for(token.fold)
        if not people or not reads_as_name(self._words, at, at + 1, FormKind.NICKNAME, ""):
            return None
        how = "perhaps a short name"
        after = self._end_of_name(at + 1, people)
        return _Match(at, after, people, FormKind.NICKNAME, how, 0.75 * _GUESS, is_guess=True)


_TOO_COMMON = frozenset(
    ["will", "may", "mark", "hope", "the", "can", "son", "man", "his", "her", "you"]
)
_LASTS = frozenset({FormKind.LAST, FormKind.PART})


def _is_no_name(fold: str) -> bool:
    return fold in never_names() or fold in TITLES


def _family(person: Person) -> Form:
    return words_of(person.family)
