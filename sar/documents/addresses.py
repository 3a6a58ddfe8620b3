"""Postal addresses: the block that leads up to a postcode, or a number and a street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sar.documents.calendar_dates import MONTHS
from sar.documents.known_names import listed
from sar.documents.name_words import Words
from sar.documents.recognisers import Detail

_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]?[ \n]{0,2}\d[ABD-HJLNP-UW-Z]{2}"
    r"|[a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2})(?![\w-])"
)
_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_JOIN = re.compile(r",? ?\n?(?:> ?)?|[-'’] ?|, {1,2}| ?\n")
_STREETS = listed("streets")
_HOMES = frozenset(
    [
        "unit",
        "flat",
        "apartment",
        "apt",
        "room",
        "basement",
        "ground",
        "first",
        "second",
        "third",
        "top",
        "lower",
        "upper",
    ]
)
_HOME_TAILS = frozenset(["floor", "flat", "basement"])
_STOPS = listed("address_stops")
_LINKS = frozenset({"on", "upon", "le", "in", "by", "under", "of", "the", "next"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = frozenset(MONTHS)
_LONGEST = 14


def addresses_in(words: Words) -> list[Detail]:
    """Every ADDRESS and POSTCODE, in order."""
    found: list[Detail] = []
    starts = {token.start: number for number, token in enumerate(words.tokens)}
    for match in _POSTCODE.finditer(words.text):
        found.append(Detail("POSTCODE", match.start(), match.end(), 0.95))
        if match.start() in starts and (block := _block_before(words, starts[match.start()])):
            found.append(block)
    for street in _streets(words):
        if not any(street.meets(other) for other in found):
            found.append(street)
    return sorted(found, key=lambda detail: detail.start)


def postcode_key(text: str) -> str:
    """The postcode without spaces, or an empty text."""
    match = _POSTCODE.search(text)
    return re.sub(r"\s", "", match.group()).upper() if match else ""


def _is_number(word: str) -> bool:
    return word[0].isdigit() and _NUMBER.fullmatch(word) is not None


def _block_before(words: Words, at: int) -> Detail | None:
    first = at
    while first > 0 and at - first < _LONGEST and _continues(words, first - 1):
        first -= 1
    first = _from_first_number(words, first, at)
    if first >= at:
        return None
    return Detail("ADDRESS", words[first].start, words[at - 1].end, 0.95)


def _continues(words: Words, at: int) -> bool:
    token = words[at]
    if not _JOIN.fullmatch(words.gap(at)):
        return False
    if words.gap(at) == "-" and token.fold in _LINKS:
        return True
    if _YEAR.fullmatch(token.fold):
        return False
    is_place = token.is_capitalised or token.text[0].isdigit() or token.fold in {"upon", "s"}
    return is_place and token.fold not in _STOPS


def _from_first_number(words: Words, first: int, at: int) -> int:
    """The block from its flat or number on: what stands before may be a name or a sentence."""
    for number in range(first, at):
        if words[number].fold in _HOMES and _leads_home(words, number, at):
            return number
        if _is_house(words, number):
            return number
    has_comma = any("," in words.gap(number) for number in range(first, at - 1))
    return first if at - first <= 8 and has_comma else at


def _is_house(words: Words, at: int) -> bool:
    is_date = at + 1 < len(words) and words[at + 1].fold[:3] in _MONTHS
    return _is_number(words[at].fold) and "\n" not in words.gap(at) and not is_date


def _leads_home(words: Words, number: int, at: int) -> bool:
    following = [words[later].fold for later in range(number + 1, min(number + 3, at))]
    return any(_is_number(word) or word in _HOME_TAILS or len(word) == 1 for word in following)


def _streets(words: Words) -> Iterator[Detail]:
    for at, token in enumerate(words.tokens):
        if not _is_number(token.fold) or (end := _street_end(words, at)) is None:
            continue
        first = at
        while first > 0 and at - first < 7 and _continues(words, first - 1):
            first -= 1
        first = _from_first_number(words, first, at + 1)
        end = _town_end(words, end)
        yield Detail("ADDRESS", words[min(first, at)].start, words[end].end, 0.85)


def _street_end(words: Words, at: int) -> int | None:
    if "\n" in words.gap(at):
        return None
    for number in range(at + 1, min(at + 6, len(words))):
        if not re.fullmatch(r",? |[-'’]| ?\n(?:> ?)?", words.gap(number - 1)):
            return None
        token = words[number]
        if not token.is_capitalised and token.fold != "s":
            return None
        if number > at + 1 and token.fold in _STREETS:
            return number
    return None


def _town_end(words: Words, end: int) -> int:
    if end + 1 < len(words) and re.fullmatch(r",\s{1,2}", words.gap(end)):
        return end + 1 if words[end + 1].is_capitalised else end
    return end
