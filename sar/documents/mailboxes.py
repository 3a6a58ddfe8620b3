"""Whose a mailbox or handle is by the name in it: `zismail17@`, `@angelx58`, `fadz_i87@`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sar.documents.known_names import listed, nicknames_of
from sar.documents.name_words import fold, words_of
from sar.documents.people_register import Person

_FILLERS = listed("handle_fillers")


def people_of_mailbox(mailbox: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Those whose names the part before the `@`, or the handle, is made of; the surest only."""
    local = fold(mailbox.lstrip("@").partition("@")[0])
    parts = [part for part in re.split(r"[^a-z]+", local) if part]
    scored = [(_fit(parts, person), person) for person in people]
    best = max((score for score, _ in scored), default=0)
    return tuple(person for score, person in scored if best and score == best)


def _fit(parts: list[str], person: Person) -> int:
    givens, family = _givens(person), "".join(words_of(person.family))
    joined = "".join(parts)
    whole = {given + last for given in givens for last in (family, family[:1]) if last}
    whole |= {family + given for given in givens if family}
    whole |= {given[0] + family for given in givens if family}
    if len(joined) > 2 and joined in whole:
        return 3 if family and family in joined else 2
    if any(given in parts for given in givens if len(given) > 2):
        rest = [part for part in parts if part not in givens and part not in _FILLERS]
        # A second part that is no name of theirs speaks against them.
        return 0 if any(len(part) > 1 and part != family for part in rest) else 2
    if any(len(given) > 3 and joined.startswith(given) for given in givens):
        return 1
    return 1 if family and family in parts else 0


def _givens(person: Person) -> set[str]:
    given = "".join(words_of(person.given))
    names = {given, *nicknames_of(given), *words_of(person.given)[:1]}
    names |= {"".join(words_of(alias)) for alias in person.aliases}
    return {name for name in names if name}
