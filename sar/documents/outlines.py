"""Paths as numbers: transform them, find their boxes, and cut areas out of them.

An outline is a tuple of subpaths; a subpath is (start point, segments, is_closed); a segment is a
tuple of 1 point (line) or 3 points (curve). Points are (x, y).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sar.domain.redaction import Rect

Point = tuple[float, float]
Segment = tuple[Point, ...]
Polygon = tuple[Point, ...]
Subpath = tuple[Point, tuple[Segment, ...], bool]
Outline = tuple[Subpath, ...]
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STEPS = 12  # straight pieces a curve is cut into where it meets an area


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


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that undoes this one, or None when it flattens the plane."""
    a, b, c, d, e, f = matrix
    det = a * d - b * c
    if abs(det) < 1e-12:
        return None
    return (
        d / det,
        -b / det,
        -c / det,
        a / det,
        (c * f - d * e) / det,
        (b * e - a * f) / det,
    )


def moved(point: Point, matrix: Matrix) -> Point:
    """The point carried by the matrix."""
    x, y = point
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def carried(outline: Outline, matrix: Matrix) -> Outline:
    """The outline carried by the matrix."""
    return tuple(
        (
            moved(start, matrix),
            tuple(tuple(moved(point, matrix) for point in segment) for segment in segments),
            closed,
        )
        for start, segments, closed in outline
    )


def rectangle(rect: Rect) -> Outline:
    """The outline of a rectangle."""
    return (
        (
            (rect.x0, rect.y0),
            (((rect.x1, rect.y0),), ((rect.x1, rect.y1),), ((rect.x0, rect.y1),)),
            True,
        ),
    )


def points_of(outline: Outline) -> Iterable[Point]:
    """Every point, control points too."""
    for start, segments, _ in outline:
        yield start
        for segment in segments:
            yield from segment


def box_of(outline: Outline) -> Rect | None:
    """The upright box of all points, or None for an empty outline."""
    points = list(points_of(outline))
    if not points:
        return None
    xs = [point[0] for point in points]
    ys = [point[1] for point in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def as_rectangle(outline: Outline) -> Rect | None:
    """The rectangle this outline is, or None when it is anything else."""
    if len(outline) != 1:
        return None
    start, segments, _ = outline[0]
    corners = [start, *(segment[0] for segment in segments if len(segment) == 1)]
    if len(corners) != len(segments) + 1:
        return None
    if len(corners) == 5 and corners[4] == corners[0]:
        corners.pop()
    if len(corners) != 4:
        return None
    xs, ys = sorted({round(x, 3) for x, _ in corners}), sorted({round(y, 3) for _, y in corners})
    if len(xs) != 2 or len(ys) != 2 or len({(round(x, 3), round(y, 3)) for x, y in corners}) != 4:
        return None
    if any(
        abs(p[0] - q[0]) > 0.002 and abs(p[1] - q[1]) > 0.002
        for p, q in zip(corners, corners[1:] + corners[:1], strict=True)
    ):
        return None
    return Rect(xs[0], ys[0], xs[1], ys[1])


def flattened(subpath: Subpath) -> list[Point]:
    """The subpath as straight pieces."""
    start, segments, _ = subpath
    points = [start]
    for segment in segments:
        if len(segment) == 1:
            points.append(segment[0])
        else:
            points += _curve(points[-1], segment)
    return points


def _curve(start: Point, segment: Segment) -> list[Point]:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *segment
    result = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        s = 1 - t
        w0, w1, w2, w3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        result.append(
            (w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3)
        )
    return result


def _half(points: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """A closed polygon cut at a line: what lies where sign * (coordinate - edge) >= 0."""
    result: list[Point] = []
    for index, here in enumerate(points):
        before = points[index - 1]
        inside, was_inside = (
            sign * (here[axis] - edge) >= 0,
            sign * (before[axis] - edge) >= 0,
        )
        if inside != was_inside:
            t = (edge - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + t * (here[1 - axis] - before[1 - axis])
            result.append((other, edge) if axis else (edge, other))
        if inside:
            result.append(here)
    return result


def _polygon(points: Sequence[Point]) -> Subpath | None:
    if len(points) < 3:
        return None
    return (points[0], tuple((point,) for point in points[1:]), True)


def without(outline: Outline, area: Rect) -> Outline:
    """A filled outline less an area.

    It is cut into what lies above, below, left and right of the area; inside each of these the
    winding of every subpath is unchanged, so either fill rule still gives the same picture.
    """
    box = box_of(outline)
    if box is None or not box.meets(area):
        return outline
    polygons = [flattened(subpath) for subpath in outline]
    pieces: list[Subpath] = []
    for cuts in _outside(area):
        for polygon in polygons:
            points: list[Point] = polygon
            for axis, edge, sign in cuts:
                points = _half(points, axis, edge, sign) if points else points
            piece = _polygon(points)
            if piece is not None:
                pieces.append(piece)
    return tuple(pieces)


def enters(outline: Outline, area: Rect) -> bool:
    """True when the edge of a filled outline runs through an area.

    Otherwise the area lies wholly inside the shape or wholly outside it, and shows nothing of it.
    """
    for subpath in outline:
        box = box_of((subpath,))
        if box is None or not _touches(box, area):
            continue
        points = flattened(subpath)
        for start, end in pairwise([*points, points[0]]):
            if _outside_spans(start, end, area) != [(0.0, 1.0)]:
                return True
    return False


def _outside(area: Rect) -> tuple[tuple[tuple[int, float, int], ...], ...]:
    return (
        ((1, area.y0, -1),),
        ((1, area.y1, 1),),
        ((1, area.y0, 1), (1, area.y1, -1), (0, area.x0, -1)),
        ((1, area.y0, 1), (1, area.y1, -1), (0, area.x1, 1)),
    )


def lines_without(outline: Outline, area: Rect) -> Outline:
    """A stroked outline less an area: the pieces of its lines that stay outside."""
    box = box_of(outline)
    if box is None or not _touches(box, area):
        return outline
    pieces: list[Subpath] = []
    for subpath in outline:
        part = box_of((subpath,))
        if part is not None and not _touches(part, area):
            pieces.append(subpath)
            continue
        points = flattened(subpath)
        if subpath[2]:
            points.append(points[0])
        pieces += _runs(points, area)
    return tuple(pieces)


def _touches(box: Rect, area: Rect) -> bool:
    # A straight line has a box without width or height, which meets nothing.
    return box.x0 < area.x1 and box.x1 > area.x0 and box.y0 < area.y1 and box.y1 > area.y0


def _runs(points: Sequence[Point], area: Rect) -> list[Subpath]:
    runs: list[list[Point]] = []
    for start, end in pairwise(points):
        for low, high in _outside_spans(start, end, area):
            first, last = _between(start, end, low), _between(start, end, high)
            if runs and low == 0.0 and runs[-1][-1] == first:
                runs[-1].append(last)
            else:
                runs.append([first, last])
    return [(run[0], tuple((point,) for point in run[1:]), False) for run in runs]


def _between(start: Point, end: Point, t: float) -> Point:
    if t in {0.0, 1.0}:
        return end if t else start
    return (start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1]))


def _outside_spans(start: Point, end: Point, area: Rect) -> list[tuple[float, float]]:
    low, high = 0.0, 1.0
    for axis, least, most in ((0, area.x0, area.x1), (1, area.y0, area.y1)):
        step = end[axis] - start[axis]
        if abs(step) < 1e-9:
            if not least < start[axis] < most:
                return [(0.0, 1.0)]
            continue
        enters, leaves = sorted(((least - start[axis]) / step, (most - start[axis]) / step))
        low, high = max(low, enters), min(high, leaves)
    if low >= high:
        return [(0.0, 1.0)]
    return [span for span in ((0.0, low), (high, 1.0)) if span[1] > span[0]]
