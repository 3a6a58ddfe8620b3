"""Placed glyphs as text operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sar.documents.drawing import Glyph, NotUnderstoodError, Shape, TextItem

Place = Callable[[Shape], tuple[str, int, int]]
_FARTHEST = 1.5  # ems between two glyphs that one string may still join


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(slots=True)
class _Run:
    """Glyphs of one font that one TJ shows; pen is where the last advance left off, in ems."""

    font: str
    x: float
    y: float
    parts: list[str] = field(default_factory=list)
    pen: float = 0.0

    def show(self, code: str, gap: int) -> None:
        """Adds a glyph, thousandths of an em after where the last one left the pen."""
        if gap or not self.parts:
            self.parts.append(f"{-gap}<{code}" if gap else f"<{code}")
        else:
            self.parts.append(code)


def text_operators(item: TextItem, place: Place) -> Iterator[str]:
    """One text object for the item; place gives font name, code and bytes of a shape."""
    yield "BT"
    if item.is_hidden:
        yield "3 Tr"
    font = None
    for run in _runs(item, place):
        if run.font != font:
            font = run.font
            yield f"/{font} 1 Tf"
        scale = " ".join(_number(each, 5) for each in item.scale)
        yield f"{scale} {_number(run.x, 3)} {_number(run.y, 3)} Tm"
        yield f"[{_joined(run.parts)}] TJ"
    if item.is_hidden:
        yield "0 Tr"
    yield "ET"


def _joined(parts: list[str]) -> str:
    """Strings and gaps; a part that begins with a gap or a bracket closes the string before it."""
    words = "".join(part if "<" not in part else f">{part}" for part in parts)
    return f"{words[1:]}>"


def _runs(item: TextItem, place: Place) -> Iterator[_Run]:
    a, b, c, d = item.scale
    det = a * d - b * c
    if abs(det) < 1e-9:
        raise NotUnderstoodError("text without a size")
    run: _Run | None = None
    for glyph in item.glyphs:
        font, code, width = place(glyph.shape)
        along = _along(run, glyph, (a, b, c, d, det)) if run and run.font == font else None
        if run is None or along is None:
            if run is not None:
                yield run
            run, along = _Run(font, round(glyph.x, 3), round(glyph.y, 3)), 0.0
        gap = round((along - run.pen) * 1000)
        run.show(f"{code:0{width * 2}x}", gap)
        run.pen += gap / 1000 + glyph.shape.advance / 1000
    if run is not None:
        yield run


def _along(
    run: _Run, glyph: Glyph, scale: tuple[float, float, float, float, float]
) -> float | None:
    """Ems along the line from the run's start, or None when the glyph needs a new start."""
    a, b, c, d, det = scale
    dx, dy = glyph.x - run.x, glyph.y - run.y
    if b == c == 0:
        along, across = dx / a, dy / d
    else:
        along, across = (d * dx - c * dy) / det, (a * dy - b * dx) / det
    if abs(across) > 0.002 or not -_FARTHEST < along - run.pen < _FARTHEST:
        return None
    return along
