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
        a, b, c, d, x, y = outlines.times(self._matrix, ctm)
        size, span, width = self._size, self._span, face.bytes_per_code
        scale = (a * size, b * size, c * size, d * size)
        glyphs: list[Glyph] = []
        went = 0.0  # ems from where the text began
        for part in parts:
            if isinstance(part, float):
                went -= part / 1000
                continue
            for at in range(0, len(part), width):
                code = part[at] if width == 1 else int.from_bytes(part[at : at + width], "big")
                shape = face.shape(code) if span is None else self._said(face, code)
                place = Glyph(shape, x + went * scale[0], y + went * scale[1])
                place.span = span[0] if span else None
                glyphs.append(place)
                went += shape.advance / 1000
        self._advance(went * size)
        if not glyphs:
            return None
        return TextItem(style, scale, glyphs, is_hidden=self._mode == _INVISIBLE)

    def _said(self, face: Typeface, code: int) -> Shape:
        """The first glyph of a span stands for its whole text, the others for nothing."""
        assert self._span is not None
        text = self._span[1] if self._span_is_new else ""
        self._span_is_new = False
        return face.shape(code, text)

    def _advance(self, distance: float) -> None:
        a, b, c, d, e, f = self._matrix
        self._matrix = (a, b, c, d, e + a * distance, f + b * distance)
