from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.outlines import (
    as_rectangle,
    box_of,
    carried,
    enters,
    inverse,
    lines_without,
    points_of,
    rectangle,
    times,
    without,
)
from sar.domain.redaction import Rect

_AREA = Rect(10, 10, 20, 20)
_EDGES = st.floats(0, 30, allow_nan=False).map(lambda value: round(value, 2))


def _rects() -> st.SearchStrategy[Rect]:
    return st.tuples(_EDGES, _EDGES, _EDGES, _EDGES).map(
        lambda edges: Rect(
            min(edges[0], edges[2]),
            min(edges[1], edges[3]),
            max(edges[0], edges[2]) + 0.5,
            max(edges[1], edges[3]) + 0.5,
        )
    )


def _surface(outline: object) -> float:
    """The sum of what the closed polygons of an outline cover, by the shoelace formula."""
    total = 0.0
    for start, segments, _ in outline:  # type: ignore[attr-defined]
        points = [start, *(segment[0] for segment in segments)]
        pairs = zip(points, points[1:] + points[:1], strict=True)
        total += abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in pairs)) / 2
    return total


@given(_rects())
def test_a_shape_less_an_area_covers_what_lies_outside_and_no_more(shape: Rect) -> None:
    left = without(rectangle(shape), _AREA)
    part = shape.clipped_to(_AREA)
    hidden = part.width * part.height if part else 0.0
    assert _surface(left) == pytest.approx(shape.width * shape.height - hidden, abs=1e-6)


@given(_rects())
def test_no_point_of_a_cut_shape_lies_inside_the_area(shape: Rect) -> None:
    for x, y in points_of(without(rectangle(shape), _AREA)):
        assert not (10 < x < 20 and 10 < y < 20)


def test_a_curve_is_cut_too() -> None:
    curve = (((5.0, 15.0), (((12.0, 0.0), (18.0, 30.0), (25.0, 15.0)),), True),)
    left = without(curve, _AREA)
    assert left
    assert not any(10 < x < 20 and 10 < y < 20 for x, y in points_of(left))


def test_a_line_through_an_area_keeps_its_two_ends() -> None:
    line = (((0.0, 15.0), (((30.0, 15.0),),), False),)
    assert lines_without(line, _AREA) == (
        ((0.0, 15.0), (((10.0, 15.0),),), False),
        ((20.0, 15.0), (((30.0, 15.0),),), False),
    )


def test_a_line_beside_an_area_stays_as_it_is() -> None:
    line = (((0.0, 25.0), (((30.0, 25.0),),), False),)
    assert lines_without(line, _AREA) == line


def test_a_frame_around_an_area_does_not_enter_it() -> None:
    frame = rectangle(Rect(0, 0, 30, 30)) + rectangle(Rect(1, 1, 29, 29))
    assert not enters(frame, _AREA)
    assert enters(rectangle(Rect(0, 0, 15, 30)), _AREA)


def test_an_upright_box_is_known_and_a_turned_one_is_not() -> None:
    box = rectangle(Rect(1, 2, 5, 9))
    assert as_rectangle(box) == Rect(1, 2, 5, 9)
    assert as_rectangle(carried(box, (0.7, 0.7, -0.7, 0.7, 0, 0))) is None
    assert as_rectangle(carried(box, (0, 1, -1, 0, 0, 0))) == Rect(-9, 1, -2, 5)


def test_a_matrix_and_its_inverse_leave_a_point_where_it_was() -> None:
    matrix = (2.0, 1.0, -1.0, 3.0, 7.0, 9.0)
    back = inverse(matrix)
    assert back is not None
    assert times(matrix, back) == pytest.approx((1, 0, 0, 1, 0, 0))
    assert inverse((1.0, 2.0, 2.0, 4.0, 0.0, 0.0)) is None


def test_nothing_has_no_box() -> None:
    assert box_of(()) is None
