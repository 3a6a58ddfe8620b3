"""The words of a page as they are indexed and sought: folded, so that no spelling hides them.

A term is letters a-z and digits alone, whatever the script it was written in, so that every
database keeps it as it is and no sign of a query language can be in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sar.documents.known_names import formal_names_of, nicknames_of
from sar.documents.name_forms import FormKind, forms_of
from sar.documents.name_words import fold
from sar.documents.people_register import Person
from sar.domain.people import Role

LONGEST_QUERY = 200
LONGEST_TERM = 60
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_OPENED = str.maketrans(dict.fromkeys("'’‘`´ʼ", " "))
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_RUN = re.compile(r"[^\W_]+\*?")
_ONE_EACH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts without spaces
_QUOTED = re.compile(r'["“”]([^"“”]*)(?:["“”]|\Z)')
# What a scan takes for one another: pairs first, then single signs.
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"))
_SIGNS = str.maketrans("0158il|", "olsblll")
_NAME_KINDS = frozenset(
    {FormKind.FULL, FormKind.REVERSED, FormKind.INITIAL_LAST, FormKind.FIRST_INITIAL}
)

Phrase = tuple[str, ...]


class Way(StrEnum):
    """How what was typed is meant."""

    WORDS = "words"
    NAME = "name"

    @property
    def label(self) -> str:
        """The way in the words of the screens."""
        return {
            Way.WORDS: "Words, all of them on the page; “in quotes” for a phrase",
            Way.NAME: "A person's name, with initials and short names",
        }[self]


@dataclass(frozen=True)
class Sought:
    """What to look for: a page must have a phrase of every group. Slips are let pass on scans."""

    groups: tuple[tuple[Phrase, ...], ...]
    has_slips: bool = True

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase of any group, longest first."""
        every = {phrase for group in self.groups for phrase in group}
        return tuple(sorted(every, key=lambda phrase: (-len(phrase), phrase)))


@dataclass(frozen=True)
class Hit:
    """Words of a page that were sought: the first, and the one after the last, counted from 0."""

    start: int
    end: int


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a text, in order; `O'Brien` is one term, `a-b` two."""
    return tuple(_terms(text))


def skeleton(term: str) -> str:
    """The term as it might be misread: what a scan takes for one another is the same."""
    plain = term.translate(_SIGNS)
    for pair, sign in _PAIRS:
        plain = plain.replace(pair, sign)
    return plain


def sought(query: str, way: Way = Way.WORDS, *, has_slips: bool = True) -> Sought:
    """What a person typed as what to look for; nothing that can be typed is a fault."""
    query = query[:LONGEST_QUERY]
    groups = _name_group(query) if way is Way.NAME else _word_groups(query)
    return Sought(tuple(group for group in groups if group), has_slips)


def hits_in(words: Sequence[str], wanted: Sought, *, is_ocr: bool = False) -> tuple[Hit, ...]:
    """Where any phrase stands among the words of a page, in order, none within another."""
    placed = [(term, at) for at, word in enumerate(words) for term in _terms(word)]
    terms = [term for term, _ in placed]
    bones = [skeleton(term) for term in terms] if is_ocr and wanted.has_slips else None
    taken: set[int] = set()
    found = []
    for phrase in wanted.phrases:
        for first in _starts(terms, bones, phrase):
            span = range(placed[first][1], placed[first + len(phrase) - 1][1] + 1)
            if taken.isdisjoint(span):
                taken.update(span)
                found.append(Hit(span.start, span.stop))
    return tuple(sorted(found, key=lambda hit: hit.start))


def _starts(terms: Sequence[str], bones: Sequence[str] | None, phrase: Phrase) -> Iterator[int]:
    blurred = tuple(skeleton(term) for term in phrase)
    for first in range(len(terms) - len(phrase) + 1):
        if _is_at(terms, first, phrase) or (bones and _is_at(bones, first, blurred)):
            yield first


def _is_at(terms: Sequence[str], first: int, phrase: Phrase) -> bool:
    return all(_is(terms[first + place], wanted) for place, wanted in enumerate(phrase))


def _is(term: str, wanted: str) -> bool:
    return term.startswith(wanted[:-1]) if wanted.endswith("*") else term == wanted


def _terms(text: str, *, has_stars: bool = False) -> Iterator[str]:
    for match in _RUN.finditer(_ONE_EACH.sub(r" \g<0> ", _plain(text))):
        run, is_begun = match.group().removesuffix("*"), match.group().endswith("*")
        term = "".join(char if char.isascii() else f"u{ord(char):x}" for char in run)
        yield term[:LONGEST_TERM] + ("*" if is_begun and has_stars else "")


def _plain(text: str) -> str:
    """Folded twice: taking a sign of mathematics apart can give a capital."""
    return fold(fold(text.translate(_APOSTROPHES)))


def _word_groups(query: str) -> Iterator[tuple[Phrase, ...]]:
    for match in _QUOTED.finditer(query):
        yield tuple(_forms(match[1]))
    for word in _QUOTED.sub(" ", query).split():
        yield tuple(_forms(word))


def _forms(words: str) -> Iterator[Phrase]:
    """A phrase as typed, with its hyphens closed, and with its apostrophes open."""
    closed = _HYPHEN.sub("", words)
    opened = words.translate(_OPENED)
    seen = dict.fromkeys(tuple(_terms(form, has_stars=True)) for form in (words, closed, opened))
    yield from (_begun_last(phrase) for phrase in seen if phrase)


def _begun_last(phrase: Phrase) -> Phrase:
    """Only the last word of a phrase can be one that is begun: no database does more."""
    return (*(term.rstrip("*") for term in phrase[:-1]), phrase[-1])


def _name_group(query: str) -> list[tuple[Phrase, ...]]:
    words = query.replace('"', " ").replace(",", " ").split()
    if len(words) < 2:
        return [tuple(dict.fromkeys((*_forms(query), *_called(query))))]
    found = dict.fromkeys(_forms(" ".join(words)))
    for given, family in _splits(words):
        for each in (given, *_other_names(given)):
            found |= dict.fromkeys(_written(Person("", Role.UNKNOWN, given=each, family=family)))
    return [tuple(found)]


def _written(person: Person) -> Iterator[Phrase]:
    for words, kind in sorted(forms_of(person).items()):
        phrase = terms_of(" ".join(words))
        if kind in _NAME_KINDS and len(phrase) > 1:
            yield phrase


def _splits(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, _ in enumerate(pairwise(words), 1):
        yield " ".join(words[:place]), " ".join(words[place:])


def _called(name: str) -> Iterable[Phrase]:
    return (terms_of(other) for other in _other_names(name))


def _other_names(name: str) -> list[str]:
    given = fold(name.translate(_APOSTROPHES)).strip()
    return sorted(nicknames_of(given) | formal_names_of(given))
