"""Compares the words a second library read with the words on the pages, and tells what is gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sar.documents.converted import HiddenPart
from sar.documents.page_words import page_texts

_MOST_LINES = 4000


def missing_from_pages(pdf: Path, expected: Iterable[str]) -> list[HiddenPart]:
    """Each expected paragraph with a word that stands nowhere on the pages."""
    shown = squeezed("".join(page_texts(pdf)))
    known: dict[str, bool] = {}
    gone: list[str] = []
    for paragraph in dict.fromkeys(expected):
        for word in re.findall(r"\w{2,}", paragraph):
            if word not in known:
                known[word] = squeezed(word) in shown
            if not known[word]:
                gone.append(" ".join(paragraph.split()))
                break
    if not gone:
        return []
    summary = f"Text in the file that the pages above do not show ({len(gone)} paragraphs)"
    return [HiddenPart(summary, tuple(gone[:_MOST_LINES]))]


def squeezed(text: str) -> str:
    """Text without spaces, case, soft hyphens or joined letters, for comparison."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u00ad\u200b-\u200f\ufffe\x02-]+", "", plain)
