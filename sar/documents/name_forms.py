"""The ways one person's name is written in a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sar.documents.known_names import listed, nicknames_of
from sar.documents.name_words import words_of
from sar.documents.people_register import Person

Words = tuple[str, ...]
PARTICLES = listed("particles")


class FormKind(StrEnum):
    """How a name is written; the value is what an officer reads."""

    FULL = "full name"
    REVERSED = "family name first"
    INITIAL_LAST = "initial and family name"
    FIRST_INITIAL = "given name and initial"
    INITIALS = "initials"
    FIRST = "given name"
    LAST = "family name"
    NICKNAME = "short name"
    PART = "part of the name"


SCORES = {
    FormKind.FULL: 0.98,
    FormKind.REVERSED: 0.95,
    FormKind.INITIAL_LAST: 0.9,
    FormKind.FIRST_INITIAL: 0.9,
    FormKind.FIRST: 0.85,
    FormKind.LAST: 0.75,
    FormKind.NICKNAME: 0.75,
    FormKind.INITIALS: 0.6,
    FormKind.PART: 0.6,
}


def forms_of(person: Person) -> dict[Words, FormKind]:
    """Every way the person's name may be written, as folded words; the surest kind wins."""
    found: dict[Words, FormKind] = {}
    for words, kind in _all_forms(person):
        if words and (words not in found or SCORES[kind] > SCORES[found[words]]):
            found[words] = kind
    return found


def _all_forms(person: Person) -> Iterator[tuple[Words, FormKind]]:
    given, family = words_of(person.given), words_of(person.family)
    yield from _named(given, family)
    for alias in person.aliases:
        words = words_of(alias)
        if len(words) > 1:
            yield words, FormKind.FULL
            yield from _named(words[:1], words[1:])
        else:
            yield from _called(words, family)
    for short in sorted(nicknames_of("".join(given))):
        yield from _called((short,), family)


def _called(short: Words, family: Words) -> Iterator[tuple[Words, FormKind]]:
    yield short, FormKind.NICKNAME
    for last in _families(family):
        yield short + last, FormKind.FULL
        yield (*short, last[0][0]), FormKind.FIRST_INITIAL


def _named(given: Words, family: Words) -> Iterator[tuple[Words, FormKind]]:
    if not (given and family):
        yield given, FormKind.FIRST
        yield family, FormKind.LAST
        return
    ends = {family[0][0], family[-1][0]}
    for first in _givens(given):
        yield first, FormKind.FIRST
        yield from (((*first, letter), FormKind.FIRST_INITIAL) for letter in ends)
        for last in _families(family):
            yield first + last, FormKind.FULL
            yield last + first, FormKind.REVERSED
    for last in _families(family):
        if len("".join(last)) > 1:
            yield last, FormKind.LAST
    yield from _initialled(given, family, ends)
    yield from _parts(given, family)


def _initialled(given: Words, family: Words, ends: set[str]) -> Iterator[tuple[Words, FormKind]]:
    for letters in {_initials(given), (given[0][0],)}:
        for last in _families(family):
            yield letters + last, FormKind.INITIAL_LAST
        for letter in ends:
            yield (*letters, letter), FormKind.INITIALS
            yield ("".join((*letters, letter)),), FormKind.INITIALS


def _parts(given: Words, family: Words) -> Iterator[tuple[Words, FormKind]]:
    for words in (given, family):
        if len(words) > 1:
            yield from (
                ((word,), FormKind.PART)
                for word in words
                if len(word) > 2 and word not in PARTICLES
            )
    if len(given) > 1 and given[0] not in PARTICLES:
        for last in _families(family):
            yield given[:1] + last, FormKind.FULL


def _givens(given: Words) -> set[Words]:
    return {given, ("".join(given),)}


def _families(family: Words) -> set[Words]:
    if not family:
        return set()
    forms = {family, ("".join(family),)}
    if len(family) > 1 and family[0] in PARTICLES and len(family[1]) > 2:
        forms.add(family[1:])
    return forms


def _initials(words: Words) -> Words:
    return tuple(word[0] for word in words)
