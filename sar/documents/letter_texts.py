"""The texts of the letters as they are shipped, one file a letter."""

from __future__ import annotations

import functools

from sar.documents.letters import TEMPLATES
from sar.domain.letter import LetterKind

TEXTS = TEMPLATES / "texts"


@functools.cache
def shipped_text(kind: LetterKind) -> str:
    """The text of a letter as it comes with the desk."""
    return (TEXTS / f"{kind}.txt").read_text(encoding="utf-8")
