from __future__ import annotations

from sar.documents.content_filter import core_of
from sar.documents.drawing import PathItem, TextItem
from sar.documents.marks import drawn, label_size, mark_width
from sar.documents.relay import clustered
from sar.documents.visibility import open_part
from sar.domain.redaction import Area, Mark, Rect


def _mark(x0: float, x1: float, code: str = "TP16") -> Mark:
    return Mark(1, Rect(x0, 10, x1, 22), code, width_visible=False)


def test_a_mark_in_a_line_is_as_wide_as_its_code_asks() -> None:
    assert mark_width("TP16") == mark_width("TP16")
    assert mark_width("TP16 LPP") > mark_width("TP16")


def test_each_mark_is_a_box_with_its_code() -> None:
    box, label = drawn([_mark(0, 40)])
    assert isinstance(box, PathItem)
    assert isinstance(label, TextItem)
    assert "".join(glyph.shape.text for glyph in label.glyphs) == "TP16"


def test_marks_that_overlap_carry_one_label_with_each_code_once() -> None:
    items = drawn([_mark(0, 40), _mark(30, 80, "LPP"), _mark(70, 90)])
    labels = [item for item in items if isinstance(item, TextItem)]
    assert ["".join(glyph.shape.text for glyph in item.glyphs) for item in labels] == ["TP16 LPP"]


def test_a_label_fits_its_mark_while_it_can_be_read() -> None:
    assert label_size("TP16", Rect(0, 0, 100, 12)) == 8.0
    assert label_size("TP16", Rect(0, 0, 3, 12)) == 2.0


def test_areas_are_clustered_when_they_overlap_through_others() -> None:
    areas = [
        Area(1, Rect(x0, 0, x1, 10), "TP16") for x0, x1 in ((0, 20), (100, 120), (40, 60), (15, 45))
    ]
    assert clustered(areas) == [(0, 2, 3), (1,), (0, 2, 3), (0, 2, 3)]


def test_a_glyph_is_not_taken_by_an_area_that_only_grazes_it() -> None:
    core = core_of(Rect(0, 0, 10, 10))
    assert not core.meets(Rect(9, 0, 20, 10))
    assert not core.meets(Rect(0, 9, 10, 20))
    assert core.meets(Rect(7, 0, 20, 10))
    assert core.meets(Rect(0, 4.9, 10, 5.1))


def test_what_is_open_to_view_is_what_no_cover_and_no_edge_hides() -> None:
    page = Rect(0, 0, 100, 100)
    assert open_part(Rect(10, 10, 20, 20), page, []) == 1
    assert open_part(Rect(95, 0, 105, 10), page, []) == 0.5
    covers = [Rect(10, 10, 15, 20), Rect(12, 10, 20, 15)]
    assert open_part(Rect(10, 10, 20, 20), page, covers) == 0.25
