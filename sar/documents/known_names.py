"""What is known of names in general: given, family and short names, and words that are names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files("sar.documents").joinpath("name_lists", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one of the lists beside this module."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def given_names() -> frozenset[str]:
    """Folded given names that are not also everyday words."""
    short = frozenset(name for names in _nicknames().values() for name in names)
    return (listed("given") | short) - listed("words") - listed("never")


def word_names() -> frozenset[str]:
    """Folded names that are also everyday words, as Grace or Mark."""
    return listed("words")


def family_names() -> frozenset[str]:
    """Folded family names often met in London."""
    return listed("family")


@cache
def all_names() -> frozenset[str]:
    """Folded words known to be names, whether or not they are also everyday words."""
    return given_names() | family_names() | word_names()


def never_names() -> frozenset[str]:
    """Folded words that take a capital without naming a person."""
    return listed("never")


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    pairs = (line.split(":", 1) for line in _lines("nicknames"))
    return {formal.strip(): frozenset(short.split()) for formal, short in pairs}


def nicknames_of(given: str) -> frozenset[str]:
    """The usual short forms of a folded given name."""
    return _nicknames().get(given, frozenset())


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for formal, names in _nicknames().items():
        for short in names:
            found.setdefault(short, set()).add(formal)
    return {short: frozenset(names) for short, names in found.items()}


def formal_names_of(short: str) -> frozenset[str]:
    """The folded given names that a short form may stand for."""
    return _formal_names().get(short, frozenset())
