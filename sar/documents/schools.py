"""Schools: those of the register, and others by their kind of name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sar.documents.recognisers import Detail

_KIND = (
    r"(?:(?:Primary|Secondary|High|Infants?|Junior|Nursery|Special|Grammar|Community|Catholic|CE|RC|Prep"
    r"|Girls'?|Boys'?) )*"
    r"(?:School|Academy|College|Nursery|Primary|High|Sixth Form|PRU|Pre-?school|Playgroup)"
)
_SCHOOL = re.compile(
    rf"(?<![\w'’-])(?:(?:[A-Z][\w'’-]++|St\.|of|the|and|&)[ \n]){{0,4}}[A-Z][\w'’-]++[ \n]{_KIND}\b"
    r"(?![ \n](?:Nurse|Road|Street))"
)
_OPENINGS = re.compile(r"^(?:(?:The|At|For|From|In|And|DSL|Head|School|Of)[ \n])+(?=[A-Z].*[ \n])")


def schools_in(text: str, registered: Iterable[str]) -> list[Detail]:
    """Every school; those of the register have the higher score."""
    found: list[Detail] = []
    for name in registered:
        pattern = r"[\W_]+".join(re.escape(word) for word in name.split())
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
            found.append(Detail("SCHOOL", match.start(), match.end(), 0.95))
    for match in _SCHOOL.finditer(text):
        opening = _OPENINGS.match(match.group())
        start = match.start() + (opening.end() if opening else 0)
        other = Detail("SCHOOL", start, match.end(), 0.6)
        if not any(other.meets(each) for each in found):
            found.append(other)
    return found
