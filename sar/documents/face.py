"""A typeface for pages we draw letter by letter: widths, glyph codes, and a subset to embed."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from sar.documents.errors import DocumentError, DocumentFault

_FOLDERS = (
    (Path("/usr/share/fonts/truetype/noto"), "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    (Path("/usr/share/fonts/truetype/dejavu"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
# Scripts whose letters stand side by side; all others need a shaping engine.
_PLAIN = (range(0x20, 0x300), range(0x370, 0x530), range(0x1E00, 0x2000), range(0x2010, 0x20D0))


class Face:
    """One weight of one typeface, and the letters that have been used of it."""

    def __init__(self, path: Path) -> None:
        with TTFont(path, lazy=False) as font:
            self._letters: dict[int, str] = font.getBestCmap()
            self._metrics = font["hmtx"].metrics
            self._order = {name: at for at, name in enumerate(font.getGlyphOrder())}
            self._scale = 1000 / font["head"].unitsPerEm
            self._name = str(font["name"].getDebugName(6))
            self._ascent = round(font["hhea"].ascent * self._scale)
            self._descent = round(font["hhea"].descent * self._scale)
            head = font["head"]
            edges = (head.xMin, head.yMin, head.xMax, head.yMax)
            self._box = [round(edge * self._scale) for edge in edges]
        self._path = path
        self._widths: dict[str, float] = {}

    def holds(self, text: str) -> bool:
        """True when every letter is here and none needs shaping."""
        return all(
            ord(letter) in self._letters and any(ord(letter) in part for part in _PLAIN)
            for letter in text
        )

    def width(self, text: str, size: float) -> float:
        """Points the text takes up at this size."""
        return sum(self._width(letter) for letter in text) * size / 1000

    def codes(self, text: str) -> str:
        """The text as a hexadecimal string of glyph numbers."""
        return "".join(f"{self._number(letter):04x}" for letter in text)

    def embedded(self, used: set[str]) -> dict[str, Any]:
        """What a PDF needs of the face for these letters; widths are in thousandths.

        The subset keeps glyph numbers, so that codes can be written before it is made.
        """
        letters = sorted(used)
        return {
            "name": "LETTER+" + self._name.replace(" ", ""),
            "program": self._subset(letters),
            "widths": {self._number(each): round(self._width(each)) for each in letters},
            "unicode": {self._number(each): each for each in letters},
            "ascent": self._ascent,
            "descent": self._descent,
            "box": self._box,
        }

    def _subset(self, letters: list[str]) -> bytes:
        options = subset.Options(
            hinting=False, retain_gids=True, layout_features=[], notdef_outline=True
        )
        options.drop_tables += ["GDEF", "GPOS", "GSUB", "STAT", "DSIG", "meta", "MATH"]
        options.name_IDs = []
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        with TTFont(self._path, recalcTimestamp=False) as font:
            cutter.subset(font)
            out = io.BytesIO()
            font.save(out)
        return out.getvalue()

    def _number(self, letter: str) -> int:
        return self._order[self._letters[ord(letter)]]

    def _width(self, letter: str) -> float:
        known = self._widths.get(letter)
        if known is None:
            known = self._metrics[self._letters[ord(letter)]][0] * self._scale
            self._widths[letter] = known
        return known


@functools.cache
def faces() -> tuple[Face, Face]:
    """The regular and the bold face.

    Raises:
        DocumentError: neither typeface is installed.
    """
    for folder, regular, bold in _FOLDERS:
        if (folder / regular).exists() and (folder / bold).exists():
            return Face(folder / regular), Face(folder / bold)
    raise DocumentError(
        DocumentFault.TOOL_MISSING, "No font for lists is installed. Install fonts-noto-core."
    )
