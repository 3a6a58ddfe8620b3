"""Names that came from outside, made safe to show and to keep; never used as a path of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

LONGEST = 150
_UNNAMED = "unnamed"
# Control characters, and the signs that turn the reading direction round to hide an ending.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """The last part of a name, one visible line of at most 150 characters, never empty."""
    return _shortened(_parts(name)[-1])


def clean_path(name: str) -> str:
    """A name inside an archive: its folders kept, with nothing that climbs out of them."""
    parts = [_shortened(each) for each in _parts(name)]
    return "/".join(parts[-8:])


def unlike(name: str, taken: Iterable[str]) -> str:
    """The name, with a number before its ending when it is taken already."""
    used = {each.casefold() for each in taken}
    if name.casefold() not in used:
        return name
    ending = PurePosixPath(name).suffix
    stem = name[: len(name) - len(ending)]
    number = 2
    while f"{stem} ({number}){ending}".casefold() in used:
        number += 1
    return f"{stem} ({number}){ending}"


def ending_of(name: str) -> str:
    """The lower-case ending of a name without its dot: 'docx'; empty when there is none."""
    return PurePosixPath(name.lower()).suffix.lstrip(".")


def _parts(name: str) -> list[str]:
    visible = "".join(
        sign for sign in name if sign == " " or unicodedata.category(sign) not in _UNSEEN
    )
    parts = [re.sub(r"\s+", " ", each).strip() for each in re.split(r"[/\\]", visible)]
    kept = [each for each in parts if each.strip(".") and not re.fullmatch(r"[A-Za-z]:", each)]
    return kept or [_UNNAMED]


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= 12 else ""
    return name[: LONGEST - len(ending) - 1].rstrip() + "…" + ending
