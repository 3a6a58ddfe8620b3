"""The text part of a content stream: from strings in a font to placed glyphs."""

from __future__ import annotations

from itertools import count
from typing import Any

from sar.documents import outlines
from sar.documents.drawing import Glyph, NotUnderstoodError, Shape, Style, TextItem
from sar.documents.operations import Name
from sar.documents.outlines import Matrix
from sar.documents.typefaces import Typeface

_SPANS = count(1)
_INVISIBLE = 3


class TextReader:
    """Keeps the text matrices between operators."""

    def __init__(self) -> None:
        """Starts outside a text object, without a font."""
        self._face: Typeface | None = None
        self._size = 1.0
        self._mode = 0
        self._line: Matrix = outlines.IDENTITY
        self._matrix: Matrix = outlines.IDENTITY
        self._span: tuple[int, str] | None = None
        self._span_is_new = False

    def begin(self) -> None:
        """BT."""
        self._line = self._matrix = outlines.IDENTITY

    def end(self) -> None:
        """ET."""

    def set_font(self, face: Typeface, size: float) -> None:
        """Tf."""
        self._face, self._size = face, size

    def set_mode(self, mode: int) -> None:
        """Tr: 0 fills; 3 draws nothing, which only the text layers we wrote ourselves use."""
        if mode not in {0, _INVISIBLE}:
            raise NotUnderstoodError("text drawn in outline")
        self._mode = mode

    def set_matrix(self, values: list[Any]) -> None:
        """Tm."""
        a, b, c, d, e, f = values
        self._line = self._matrix = (a, b, c, d, e, f)

    def move(self, values: list[Any]) -> None:
        """Td."""
        x, y = values
        self._line = self._matrix = outlines.times((1, 0, 0, 1, x, y), self._line)

    def begin_span(self, operands: list[Any]) -> None:
        """BDC: only /Span with ActualText, which says what the glyphs inside stand for."""
        tag, attributes = operands
        if tag != Name("Span") or set(attributes) != {"ActualText"} or self._span is not None:
            raise NotUnderstoodError("marked content")
        text = attributes["ActualText"].removeprefix(b"\xfe\xff").decode("utf-16-be", "ignore")
        self._span, self._span_is_new = (next(_SPANS), text), True

    def end_span(self) -> None:
        """EMC."""
        if self._span is None:
            raise NotUnderstoodError("marked content")
        self._span = None

    def show(self, parts: list[Any], ctm: Matrix, style: Style) -> TextItem | None:
        """The glyphs of Tj or TJ; None when the string is empty."""
        face = self._face
        if face is None:
            raise NotUnderstoodError("text without a font")
        a, b, c, d, _, _ = outlines.times(self._matrix, ctm)
        scale = (a * self._size, b * self._size, c * self._size, d * self._size)
        glyphs: list[Glyph] = []
        for part in parts:
            if isinstance(part, float):
                self._advance(-part / 1000 * self._size)
                continue
            for at in range(0, len(part), face.bytes_per_code):
                shape = self._shape(
                    face, int.from_bytes(part[at : at + face.bytes_per_code], "big")
                )
                x, y = outlines.moved((self._matrix[4], self._matrix[5]), ctm)
                glyphs.append(Glyph(shape, x, y, self._span[0] if self._span else None))
                self._advance(shape.advance / 1000 * self._size)
        if not glyphs:
            return None
        return TextItem(style, scale, glyphs, is_hidden=self._mode == _INVISIBLE)

    def _shape(self, face: Typeface, code: int) -> Shape:
        if self._span is None:
            return face.shape(code)
        text = self._span[1] if self._span_is_new else ""
        self._span_is_new = False
        return face.shape(code, text)

    def _advance(self, distance: float) -> None:
        a, b, c, d, e, f = self._matrix
        self._matrix = (a, b, c, d, e + a * distance, f + b * distance)
