"""What is on a page: words with their boxes, in reading order, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sar.domain.redaction import Rect


@dataclass(frozen=True)
class Word:
    """One word; rect in points of the displayed page, origin top left; line counts from 0."""

    text: str
    rect: Rect
    line: int


@dataclass(frozen=True)
class Line:
    """The words of one line of a page."""

    number: int
    text: str
    rect: Rect


@dataclass(frozen=True)
class PageLayout:
    """One page; width and height in points; confidence 0 to 100 where the words came from OCR.

    `is_hidden` says that the page shows what a plain print-out of its file leaves out, and
    `needs_reading` that no machine could read it: a person must, and a search has not.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    is_ocr: bool = False
    confidence: float | None = None
    is_hidden: bool = False
    needs_reading: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """The page's lines, in reading order."""
        result = []
        for number, group in groupby(self.words, key=lambda word: word.line):
            words = list(group)
            rect = words[0].rect
            for word in words[1:]:
                rect = rect.union(word.rect)
            result.append(Line(number, " ".join(word.text for word in words), rect))
        return tuple(result)

    @property
    def text(self) -> str:
        """The page's text, one line a line."""
        return "\n".join(line.text for line in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """The form that is stored beside the page's picture."""
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "is_ocr": self.is_ocr,
            "confidence": self.confidence,
            "is_hidden": self.is_hidden,
            "needs_reading": self.needs_reading,
            "words": [[word.text, *word.rect.as_list(), word.line] for word in self.words],
        }


def parse_layout(data: Mapping[str, Any]) -> PageLayout:
    """The inverse of PageLayout.as_dict."""
    return PageLayout(
        number=data["number"],
        width=data["width"],
        height=data["height"],
        is_ocr=data["is_ocr"],
        confidence=data["confidence"],
        is_hidden=bool(data.get("is_hidden")),
        needs_reading=bool(data.get("needs_reading")),
        words=tuple(
            Word(text, Rect(x0, y0, x1, y1), line) for text, x0, y0, x1, y1, line in data["words"]
        ),
    )
