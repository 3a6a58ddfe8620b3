"""What we draw ourselves: a mark with its code, and the notice in place of a withheld page."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from importlib.resources import files

from fontTools.ttLib import TTFont

from sar.documents.drawing import Colour, Glyph, Item, PathItem, Shape, Style, TextItem
from sar.documents.outlines import rectangle
from sar.documents.typefaces import TrueTypeProgram
from sar.domain.redaction import Mark, Rect

_BLACK, _WHITE = Colour((0.0,)), Colour((1.0,))
_LARGEST, _SMALLEST = 8.0, 2.0
_IN_LINE, _NARROWEST = 7.0, 24.0  # size of a label in a line of text; width of the shortest mark
_MARGIN = 2.0  # points left and right of a label, so that it joins no word beside the mark
_HEIGHT = 0.73  # of an em: a capital letter


class OwnFace:
    """The typeface of labels and notices (Bitstream Vera, which may be embedded freely)."""

    def __init__(self, name: str) -> None:
        """Reads one of the fonts that come with reportlab."""
        data = (files("reportlab") / "fonts" / name).read_bytes()
        self._program = TrueTypeProgram(data, is_cid=True)
        font = TTFont(io.BytesIO(data), lazy=True)
        self._cmap = {code: font.getGlyphID(each) for code, each in font.getBestCmap().items()}
        self._advances = [font["hmtx"][each][0] for each in font.getGlyphOrder()]

    def shape(self, char: str) -> Shape:
        """The glyph of a character; one the font lacks is drawn as a question mark."""
        number = self._cmap.get(ord(char), self._cmap[ord("?")])
        program, ink = self._program.outline(number)
        advance = round(self._advances[number] / self._program.units * 1000, 2)
        return Shape("truetype", self._program.units, program, advance, ink, char)

    def width(self, text: str) -> float:
        """The text's length in ems."""
        return sum(self.shape(char).advance for char in text) / 1000


@functools.cache
def own_face(*, is_bold: bool = True) -> OwnFace:
    """The typeface, read once."""
    return OwnFace("VeraBd.ttf" if is_bold else "Vera.ttf")


def line_of(
    text: str, x: float, y: float, size: float, *, is_bold: bool = True, colour: Colour = _BLACK
) -> TextItem:
    """One line of our own text from a baseline point."""
    face = own_face(is_bold=is_bold)
    glyphs = []
    for char in text:
        shape = face.shape(char)
        glyphs.append(Glyph(shape, x, y))
        x += shape.advance / 1000 * size
    return TextItem(Style(fill=colour), (size, 0.0, 0.0, -size), glyphs)


def drawn(marks: Sequence[Mark]) -> list[Item]:
    """The black boxes of marks; those that overlap carry one label with all their codes."""
    items: list[Item] = []
    groups: list[list[Mark]] = []
    for mark in marks:
        near = [group for group in groups if any(each.rect.meets(mark.rect) for each in group)]
        groups = [group for group in groups if all(group is not each for each in near)]
        groups.append([*(each for group in near for each in group), mark])
    rects = dict.fromkeys(mark.rect for mark in marks)
    for rect in rects:
        if any(other.contains(rect) and other != rect for other in rects):
            continue
        items.append(PathItem(Style(fill=_BLACK), rectangle(rect), is_filled=True))
    for group in groups:
        largest = max(group, key=lambda mark: mark.rect.width * mark.rect.height)
        code = joined_code([mark.code for mark in sorted(group, key=marks.index)])
        if _has_room(code, largest.rect):
            items.append(_label(code, largest.rect))
    return items


def joined_code(codes: Sequence[str]) -> str:
    """The label of several codes, each once."""
    return " ".join(dict.fromkeys(codes))


def _has_room(code: str, rect: Rect) -> bool:
    """False where even the smallest label would run out of its box, white on white."""
    length = own_face().width(code) * _SMALLEST
    return length < rect.width + _SMALLEST and rect.height > _SMALLEST * _HEIGHT


def _label(code: str, rect: Rect) -> TextItem:
    size = label_size(code, rect)
    length = own_face().width(code) * size
    x = rect.x0 + (rect.width - length) / 2
    y = rect.y0 + (rect.height + size * _HEIGHT) / 2
    return line_of(code, x, y, size, colour=_WHITE)


def mark_width(code: str) -> float:
    """Points that a mark inside a line takes; they depend on the code alone."""
    return round(max(_NARROWEST, own_face().width(code) * _IN_LINE + 2 * _MARGIN + 1), 1)


def label_size(code: str, rect: Rect) -> float:
    """Points; as large as fits, within what can be read."""
    room = max(rect.width - 2 * _MARGIN, 1.0)
    fits = min(room / own_face().width(code), rect.height * 0.85 / _HEIGHT, _LARGEST)
    return max(_SMALLEST, round(fits, 1))


def notice(size: tuple[float, float], code: str) -> list[Item]:
    """A page that says it is withheld, and under what."""
    width, height = size
    large = min(22.0, width / 16)
    small = large / 2
    x, y = width * 0.12, height * 0.4
    return [
        line_of("Page left out", x, y, large),
        line_of(f"Reason: {code}", x, y + large * 1.5, small),
        line_of("We left out the whole of this page.", x, y + large * 2.3, small, is_bold=False),
        line_of(
            "The list of reasons says what the code means.",
            *(x, y + large * 2.9, small),
            is_bold=False,
        ),
    ]
