"""The last resort for a page: its picture, the areas black, and words read from that alone."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fontTools.pens.ttGlyphPen import TTGlyphPen
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image

from sar.documents import tools
from sar.documents.drawing import Glyph, Item, PdfObject, PictureItem, Shape, Style, TextItem
from sar.documents.sanitise import CleanDocument
from sar.documents.typefaces import unhinted
from sar.domain.redaction import Rect

DPI = 200
_SCALE = DPI / 72
_QUALITY, _FINE = 82, 95
_LARGE = 2 << 20  # bytes
_SURE = 30.0  # tesseract's confidence below which a word is more likely dirt
_BLANK_ADVANCE = 500.0
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class ReadWord:
    """A word tesseract read; rect in points."""

    text: str
    rect: Rect


def picture_items(
    document: CleanDocument,
    page: PdfObject,
    areas: Sequence[Rect],
    scratch: Path,
    *,
    is_source: bool = False,
) -> list[Item]:
    """The items of a picture page made of pdfium's rendering of a prepared page.

    A picture that areas will be cut from later (`is_source`) keeps every pixel as it is: a blurred
    one would tell, beside an area, of what was in it.
    """
    pixels = rendered(page)
    blacken(pixels, areas, 0)
    width, height = page.get_size()
    source = document.stream(*(_exact(pixels) if is_source else _encoded(pixels)))
    items: list[Item] = [PictureItem(Style(), (width, 0.0, 0.0, -height, 0.0, height), source)]
    blacken(pixels, areas, 255)
    items += [_beside(areas, hidden_word(word)) for word in read_words(pixels, scratch)]
    return items


def _beside(areas: Sequence[Rect], word: TextItem) -> TextItem:
    """The word without the letters whose places, which are a guess, reach into an area."""
    word.glyphs = [
        glyph
        for glyph in word.glyphs
        if not any(area.meets(word.ink_of(glyph) or word.cell_of(glyph)) for area in areas)
    ]
    return word


def rendered(page: PdfObject) -> Pixels:
    """The page's pixels at 200 dpi, grey when nothing on it has a colour."""
    image = np.array(page.render(scale=_SCALE, rev_byteorder=True).to_numpy()[:, :, :3])
    is_grey = not np.any(np.abs(np.diff(image.astype(np.int16), axis=2)) > 3)
    return np.ascontiguousarray(image[:, :, 0] if is_grey else image)


def blacken(pixels: Pixels, areas: Sequence[Rect], value: int) -> None:
    """Sets every pixel that an area touches."""
    for area in areas:
        top, left = max(0, int(area.y0 * _SCALE)), max(0, int(area.x0 * _SCALE))
        bottom, right = int(-(-area.y1 * _SCALE // 1)), int(-(-area.x1 * _SCALE // 1))
        pixels[top:bottom, left:right] = value


def _exact(pixels: Pixels) -> tuple[bytes, Dictionary]:
    """Packed without loss, unless that is very large (a photograph over the whole page)."""
    packed = zlib.compress(pixels.tobytes(), 4)
    if len(packed) > _LARGE:
        return _encoded(pixels, _FINE)
    entries = _entries(pixels)
    entries.Filter = Name.FlateDecode
    return packed, entries


def _encoded(pixels: Pixels, quality: int = _QUALITY) -> tuple[bytes, Dictionary]:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality)
    entries = _entries(pixels)
    entries.Filter = Name.DCTDecode
    return out.getvalue(), entries


def _entries(pixels: Pixels) -> Dictionary:
    return Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=pixels.shape[1],
        Height=pixels.shape[0],
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if pixels.ndim == 2 else Name.DeviceRGB,
    )


def read_words(pixels: Pixels, scratch: Path) -> list[ReadWord]:
    """What tesseract reads in the pixels, in its order."""
    picture = scratch / "recognise.png"
    Image.fromarray(pixels).save(picture, dpi=(DPI, DPI), compress_level=1)
    finished = tools.run(
        ["tesseract", picture.name, "stdout", "-l", "eng", "--dpi", str(DPI), "tsv"],
        scratch=scratch,
        limits=tools.Limits(seconds=120),
    )
    picture.unlink()
    words = []
    for row in finished.stdout.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= _SURE:
            left, top, width, height = (int(cell) / _SCALE for cell in cells[6:10])
            rect = Rect(left, top, left + width, top + height)
            words.append(ReadWord(cells[11].strip(), rect))
    return words


def hidden_word(word: ReadWord) -> TextItem:
    """The word as text that draws nothing, stretched over the place where it was read."""
    size = max(word.rect.height, 1.0)
    step = word.rect.width / max(len(word.text), 1)
    stretch = step / (_BLANK_ADVANCE / 1000)
    glyphs = [
        Glyph(blank(char), word.rect.x0 + at * step, word.rect.y1)
        for at, char in enumerate(word.text)
    ]
    return TextItem(Style(), (stretch, 0.0, 0.0, -size), glyphs, is_hidden=True)


def blank(char: str) -> Shape:
    """A glyph that stands for a character; its box is there to be found, and is never drawn."""
    return Shape("truetype", 1000, _box_program(), _BLANK_ADVANCE, (0.0, 0.0, 0.5, 1.0), char)


@functools.cache
def _box_program() -> bytes:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (500, 1000), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return unhinted(pen.glyph().compile(None))
