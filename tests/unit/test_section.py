from __future__ import annotations

from sar.documents.marks import label_size
from sar.documents.section import notes_of
from sar.domain.redaction import Mark, Plan, Rect, WithheldPage


def mark(page: int, top: float, size: float, code: str = "TP16") -> Mark:
    return Mark(page, Rect(50, top, 50 + 3 * size, top + size), code, width_visible=False)


def test_a_code_that_cannot_be_read_in_its_box_is_told_at_the_foot_of_the_page() -> None:
    marks = [mark(1, 300, 5, "SW11"), mark(1, 100, 5), mark(1, 120, 5), mark(2, 100, 12)]
    assert notes_of(marks, Plan()) == {1: "Small boxes on this page, from the top: TP16, SW11"}


def test_a_code_of_six_points_or_more_needs_no_note() -> None:
    for size in range(3, 40):
        each = mark(1, 100, size)
        assert (notes_of([each], Plan()) == {}) == (label_size(each.code, each.rect) >= 6)


def test_a_page_left_out_as_a_whole_has_no_boxes_to_tell_of() -> None:
    plan = Plan(withheld_pages=(WithheldPage(1, "TP16"),))
    assert notes_of([mark(1, 100, 5)], plan) == {}
