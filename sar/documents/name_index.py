"""The people of a case, found by the folded words of any form of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sar.documents.known_names import all_names, never_names, word_names
from sar.documents.name_forms import FormKind, Words, forms_of
from sar.documents.name_words import words_of
from sar.documents.people_register import Person

# One slip of the pen is believed only in a word long enough to stay itself.
LONG_ENOUGH = 5
_CONFUSED = str.maketrans({"i": "l", "c": "e", "j": "l", "u": "v"})
_ENDINGS = ("ie", "ey", "y", "i", "z", "s", "o", "a", "e")
FIRST_NAMES = (FormKind.FIRST, FormKind.NICKNAME)


class NameIndex:
    """Looks up forms of names; people keep the order they were given in."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Compiles every form of every person's name."""
        self.people = tuple(people)
        self._forms: dict[Words, dict[Person, FormKind]] = {}
        lengths: dict[str, set[int]] = {}
        for person in self.people:
            for words, kind in forms_of(person).items():
                self._forms.setdefault(words, {})[person] = kind
                lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {word: sorted(each, reverse=True) for word, each in lengths.items()}
        self._givens = _by_word((person.given, person) for person in self.people)
        self._families = _by_word((person.family, person) for person in self.people)
        self._names = (*self._givens, *self._families)
        self._by_scan: dict[str, list[str]] = {}
        for name in self._names:
            self._by_scan.setdefault(_as_scanned(name), []).append(name)
        self._slips: dict[str, str | None] = {}
        self._shorts: dict[str, tuple[Person, ...]] = {}

    def lengths(self, word: str) -> Sequence[int]:
        """How many words the forms that begin with this word have, longest first."""
        return self._lengths.get(word, ())

    def people_called(self, words: Words) -> Mapping[Person, FormKind]:
        """Everybody a form of whose name is exactly these words."""
        return self._forms.get(words, {})

    def is_first_name(self, word: str) -> bool:
        """True when somebody of the case goes by this word alone."""
        return any(kind in FIRST_NAMES for kind in self.people_called((word,)).values())

    def slip_of(self, word: str) -> str | None:
        """The given or family name this word is one slip away from, or None."""
        if word not in self._slips:
            self._slips[word] = self._nearest(word)
        return self._slips[word]

    def _nearest(self, word: str) -> str | None:
        if len(word) < LONG_ENOUGH - 1 or word in never_names() or word in all_names():
            return None
        for name in self._by_scan.get(_as_scanned(word), ()):
            if name != word:
                return name
        found = process.extractOne(word, self._names, scorer=OSA.distance, score_cutoff=1)
        if found is None or found[1] == 0 or max(len(word), len(found[0])) < LONG_ENOUGH:
            return None
        return str(found[0])

    def people_named_with(self, word: str) -> Mapping[Person, FormKind]:
        """Everybody with this word in the given or the family name."""
        families = dict.fromkeys(self._families.get(word, ()), FormKind.LAST)
        return families | dict.fromkeys(self._givens.get(word, ()), FormKind.FIRST)

    def people_short_for(self, word: str) -> tuple[Person, ...]:
        """Everybody whose given name this word might shorten, as Fadz for Fadumo. A guess."""
        if word not in self._shorts:
            self._shorts[word] = self._shortened(word)
        return self._shorts[word]

    def _shortened(self, word: str) -> tuple[Person, ...]:
        if not 3 <= len(word) <= LONG_ENOUGH + 1 or word in never_names() or word in word_names():
            return ()
        return tuple(
            person
            for given, people in self._givens.items()
            if _may_shorten(word, given)
            for person in people
        )


def _by_word(names: Iterable[tuple[str, Person]]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for name, person in names:
        for word in {*words_of(name), "".join(words_of(name))}:
            if len(word) >= LONG_ENOUGH - 1:
                found.setdefault(word, []).append(person)
    return found


def _as_scanned(word: str) -> str:
    """The word with letters that scans confuse made one."""
    return word.translate(_CONFUSED)


def _may_shorten(word: str, given: str) -> bool:
    if len(given) < LONG_ENOUGH or word == given:
        return False
    if len(word) >= 4 and given.endswith(word):
        return True
    stems = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
    return any(len(stem) >= 3 and given.startswith(stem) for stem in stems)
