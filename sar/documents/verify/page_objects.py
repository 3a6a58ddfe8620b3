"""What a page draws, object by object, as pdfium takes it apart: text, paths, pictures, clips."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents.verify.page_frame import PageFrame
from sar.domain.redaction import Rect

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TEXT, PATH, PICTURE, SHADING, FORM = 1, 2, 3, 4, 5
_DEEPEST = 20
_CURVE_STEPS = 8


@dataclass(frozen=True)
class Drawn:
    """One object in drawing order; matrix leads from its parent's space to the displayed page."""

    handle: Any
    kind: int
    rect: Rect
    matrix: Matrix
    order: int


def drawn(page: pdfium.PdfPage, frame: PageFrame) -> list[Drawn]:
    """Everything the page draws, inside forms too, in drawing order, with displayed boxes."""
    found: list[Drawn] = []
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        _collect(raw.FPDFPage_GetObject(page.raw, index), frame.matrix, found, 0)
    return found


def _collect(handle: Any, matrix: Matrix, found: list[Drawn], depth: int) -> None:  # noqa: ANN401
    kind = raw.FPDFPageObj_GetType(handle)
    if kind == FORM and depth < _DEEPEST:
        inner = times(matrix_of(handle), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(handle)):
            _collect(raw.FPDFFormObj_GetObject(handle, index), inner, found, depth + 1)
        return
    found.append(Drawn(handle, kind, _bounds(handle, matrix), matrix, len(found)))


def _bounds(handle: Any, matrix: Matrix) -> Rect:  # noqa: ANN401
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return Rect(-1e6, -1e6, 1e6, 1e6)  # unknown: it may be anywhere
    return moved_box(matrix, left.value, bottom.value, right.value, top.value)


def moved_box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rect:
    """The upright box around a box carried by the matrix."""
    corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def matrix_of(handle: Any) -> Matrix:  # noqa: ANN401
    """The object's own matrix."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """The point carried by the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def path_lines(each: Drawn) -> list[list[Point]]:
    """The path's subpaths as straight pieces on the displayed page."""
    matrix = times(matrix_of(each.handle), each.matrix)
    count = raw.FPDFPath_CountSegments(each.handle)
    segments = (raw.FPDFPath_GetPathSegment(each.handle, index) for index in range(count))
    return _lines(segments, matrix)


def clip_lines(each: Drawn) -> Iterator[list[list[Point]]]:
    """The subpaths of each path that clips the object, on the displayed page."""
    clip = raw.FPDFPageObj_GetClipPath(each.handle)
    if not clip:
        return
    for index in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
        count = raw.FPDFClipPath_CountPathSegments(clip, index)
        segments = (raw.FPDFClipPath_GetPathSegment(clip, index, at) for at in range(count))
        yield _lines(segments, each.matrix)


def _lines(segments: Iterator[Any], matrix: Matrix) -> list[list[Point]]:
    result: list[list[Point]] = []
    waiting: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in segments:
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind, point = raw.FPDFPathSegment_GetType(segment), moved(matrix, x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO or not result:
            result.append([point])
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            waiting.append(point)
            if len(waiting) == 3:
                result[-1] += _curve(result[-1][-1], waiting)
                waiting = []
        else:
            result[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            result[-1].append(result[-1][0])
    return result


def _curve(start: Point, rest: list[Point]) -> list[Point]:
    points = [start, *rest]
    result = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
        pairs = list(zip(weights, points, strict=True))
        result.append((sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs)))
    return result


def crosses(lines: list[list[Point]], rect: Rect) -> bool:
    """True when any piece runs through the inside of the rectangle."""
    return any(
        _piece_crosses(start, end, rect)
        for line in lines
        for start, end in zip(line, line[1:] or line, strict=False)
    )


def _piece_crosses(start: Point, end: Point, rect: Rect) -> bool:
    """Clips the piece to the rectangle, side by side (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for begin, step, low, high in (
        (start[0], end[0] - start[0], rect.x0, rect.x1),
        (start[1], end[1] - start[1], rect.y0, rect.y1),
    ):
        if abs(step) < 1e-9:
            if not low < begin < high:
                return False
            continue
        near, far = sorted(((low - begin) / step, (high - begin) / step))
        first, last = max(first, near), min(last, far)
        if first >= last:
            return False
    return True


def is_upright_box(lines: list[list[Point]]) -> bool:
    """True for one rectangle with upright sides, or nothing at all."""
    points = [point for line in lines for point in line]
    if len(lines) > 1 or len(points) > 6:
        return False
    xs, ys = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
    return len(xs) <= 2 and len(ys) <= 2


def fill_of(each: Drawn) -> tuple[int, int, int, int] | None:
    """Red, green, blue and opacity (0 to 255) the object is filled with; None when unknown."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(each.handle, *parts):
        return None
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


def is_filled(each: Drawn) -> bool:
    """True for a path that is filled, not only stroked."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(each.handle, mode, stroke)
    return mode.value != 0


def stroke_width(each: Drawn) -> float:
    """The width of the line a path is stroked with, in its own units; 0 when it is not."""
    mode, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(each.handle, mode, stroke)
    raw.FPDFPageObj_GetStrokeWidth(each.handle, width)
    return width.value if stroke.value else 0.0
