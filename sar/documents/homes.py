"""Whether two addresses, written more or less fully, are of one home."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sar.documents.name_words import words_of

_UNITS = frozenset(["flat", "apartment", "apt", "unit", "room"])
_FLOORS = frozenset(["basement", "ground", "first", "second", "third", "top", "lower", "upper"])
_TAILS = frozenset(["floor", "flat", "garden", "maisonette"])
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s{0,2}\d[A-Za-z]{2}\b")


@dataclass(frozen=True)
class Home:
    """One home; unit is a flat's number or floor, and parts that are not written are empty."""

    unit: str
    building: tuple[str, ...]
    number: str
    street: tuple[str, ...]


def home_of(address: str) -> Home:
    """Reads `Flat 12, Tamworth House, 40 Lock Walk, London` and its shorter forms."""
    words = list(words_of(_POSTCODE.sub(" ", address)))
    unit = _unit(words)
    numbers = [at for at, word in enumerate(words[:-1]) if _is_number(word)]
    if not numbers:
        return Home(unit, tuple(words[:2]), "", ())
    at = numbers[-1]
    return Home(unit, tuple(words[:at][:2]), words[at], tuple(words[at + 1 : at + 3]))


def is_same_home(written: Home, registered: Home) -> bool:
    """True when what is written fits the registered address; another flat in the house does not."""
    if written.unit and written.unit != registered.unit:
        return False
    if written.number and registered.number:
        street = written.street[:1] == registered.street[:1]
        return written.number == registered.number and street
    if written.number:
        is_flat = written.number == registered.unit
        return is_flat and written.street[:1] == registered.building[:1]
    building = written.building[:1]
    return bool(written.unit and building) and building == registered.building[:1]


def _unit(words: list[str]) -> str:
    """Takes the flat off the front of the words."""
    for at, word in enumerate(words[:4]):
        if word in _UNITS and at + 1 < len(words) and len(words[at + 1]) < 5:
            unit = words[at + 1]
            del words[: at + 2]
            return unit
        if word in _FLOORS:
            after = at + 1
            while after < len(words) and words[after] in _TAILS:
                after += 1
            if after == at + 1:
                continue
            del words[:after]
            return word
    return ""


def _is_number(word: str) -> bool:
    return re.fullmatch(r"\d{1,4}[a-z]?", word) is not None
