"""Judges each page of an output against the prepared page it came from, with pdfium."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sar.documents.drawing import PdfObject
from sar.domain.redaction import Rect

Pixels = NDArray[np.int16]
_SCALE = 1.25
_DIFFERENT = 64  # of 255: fonts without hints move edges by less
_SPREAD = 12  # differing pixels that edges and rounding may still explain


@dataclass(frozen=True)
class Taken:
    """The letters removed: every one, and each once where copies lie over one another.

    Of such copies (shadows, false bold) a reader may tell one or all.
    """

    every: str = ""
    once: str = ""


def judge(
    before: PdfObject,
    after: PdfObject,
    covered: Sequence[Rect],
    taken: Taken,
    added: str,
) -> str | None:
    """Why the page must not go out as it is, or None.

    Covered rects may look different; taken is what was removed and added the text of our marks.
    A page of which nothing was covered has been looked at when it was prepared.
    """
    old, new = _letters(_text(before)), _letters(_text(after))
    if old - _letters(taken.every) - new:
        return "text outside the areas is missing"
    if new - _letters(added) - (old - _letters(taken.once)):
        return "text that should be gone is still there"
    if covered and changed_pixels(before, after, covered) > _SPREAD:
        return "the page looks different outside the areas"
    return None


def changed_pixels(before: PdfObject, after: PdfObject, covered: Sequence[Rect]) -> int:
    """How many pixels differ clearly outside the covered rects.

    A pixel differs when nothing like it lies within one pixel of its place in the other picture:
    fonts without hints may move an edge, but not a letter.
    """
    first, second = _grey(before), _grey(after)
    if first.shape != second.shape:
        return int(first.size)
    differs = np.abs(first - second) > _DIFFERENT
    for rect in covered:
        top, left = max(0, int(rect.y0 * _SCALE) - 2), max(0, int(rect.x0 * _SCALE) - 2)
        differs[top : int(rect.y1 * _SCALE) + 3, left : int(rect.x1 * _SCALE) + 3] = False
    rows, columns = np.nonzero(differs)
    beyond = np.maximum(
        _beyond(first, second, rows, columns), _beyond(second, first, rows, columns)
    )
    return int((beyond > _DIFFERENT).sum())


def _beyond(
    image: Pixels, other: Pixels, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> Pixels:
    """How far some pixels lie outside what the other picture shows around them."""
    height, width = image.shape
    around = [
        other[np.clip(rows + down, 0, height - 1), np.clip(columns + across, 0, width - 1)]
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
    ]
    pixels = image[rows, columns]
    light, dark = np.max(around, axis=0), np.min(around, axis=0)
    result: Pixels = np.maximum(pixels - light, dark - pixels)
    return result


def _grey(page: PdfObject) -> Pixels:
    pixels = page.render(scale=_SCALE, grayscale=True).to_numpy()
    return cast(Pixels, pixels.reshape(*pixels.shape[:2], -1)[:, :, 0].astype(np.int16))


def _text(page: PdfObject) -> str:
    reader = page.get_textpage()
    try:
        return str(reader.get_text_bounded()) if reader.count_chars() else ""
    finally:
        reader.close()


def _letters(text: str) -> Counter[str]:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    counted = Counter(plain.casefold())
    return Counter({char: count for char, count in counted.items() if char.isalnum()})
