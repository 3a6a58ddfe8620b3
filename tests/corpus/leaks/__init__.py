"""Kinds of leak, one small PDF each, generated with fresh names at every run."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.leaks import (
    annotated,
    document,
    fonts,
    invisible,
    pictures,
    structure,
    text,
    vectors,
)
from tests.corpus.leaks.paper import Leak, Names

_MAKERS = (text, fonts, structure, invisible, pictures, vectors, annotated, document)

FAMILIES = tuple(maker.FAMILY for maker in _MAKERS)


def leaks(seed: int) -> Iterator[Leak]:
    """Every kind, with the names that this seed gives."""
    yield from leaks_of(Names(seed))


def leaks_of(names: Names) -> Iterator[Leak]:
    """Every kind, with these names."""
    for family in _MAKERS:
        yield from family.kinds(names)


__all__ = ["FAMILIES", "Leak", "leaks", "leaks_of"]
