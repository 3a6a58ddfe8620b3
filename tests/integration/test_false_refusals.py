"""An honest document is released: what once was refused, or made a picture, without need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from sar.documents.prepare import prepare
from sar.documents.redact import Compiled, compile_plan
from sar.documents.verify import Expected, Verification, verify
from sar.domain.redaction import Area, Plan, Rect
from tests.corpus.leaks.paper import Names, Paper

_DISC = (
    "0 0 1 rg 200 150 m 200 177.6 177.6 200 150 200 c 122.4 200 100 177.6 100 150 c "
    "100 122.4 122.4 100 150 100 c 177.6 100 200 122.4 200 150 c f 0 g"
)
_RULE = "q 40 150 320 0.6 re W n /S1 sh Q"
_GREY = (
    "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 420 0] /Extend [true true] "
    "/Function << /FunctionType 2 /Domain [0 1] /C0 [0.4] /C1 [0.4] /N 1 >> >>"
)


@dataclass(frozen=True)
class Outcome:
    """What the engine and the check made of one page."""

    compiled: Compiled
    verification: Verification
    pdf: bytes

    @property
    def is_released(self) -> bool:
        return self.verification.findings == () and self.compiled.picture_pages == ()


def _outcome(paper: Paper, rects: list[Rect], folder: Path, codes: str = "TP16") -> Outcome:
    source, prepared, out = (folder / name for name in ("s.pdf", "p.pdf", "o.pdf"))
    source.write_bytes(paper.finish())
    prepare(source, prepared, folder)
    names = codes.split()
    plan = Plan(tuple(Area(1, rect, names[at % len(names)]) for at, rect in enumerate(rects)))
    compiled = compile_plan(prepared, plan, out, folder)
    expected = Expected(plan, compiled.marks, compiled.removed)
    return Outcome(compiled, verify(out, expected, folder), out.read_bytes())


@pytest.fixture
def paper() -> Paper:
    return Paper(Names(11))


def _write(paper: Paper, text: str, y: int) -> None:
    paper.draw(f"BT /F1 12 Tf 40 {y} Td ({text}) Tj ET")


def test_a_removed_word_that_is_the_beginning_of_a_kept_one_is_no_leak(
    paper: Paper, tmp_path: Path
) -> None:
    _write(paper, "Apache", 240)  # each letter new: a font lists them in this order
    _write(paper, "Apach", 200)
    outcome = _outcome(paper, [Rect(38, 108, 90, 124)], tmp_path)
    assert outcome.compiled.removed == ("Apach",)
    assert outcome.is_released


def test_the_same_word_left_in_what_a_code_stands_for_is_a_leak(
    paper: Paper, tmp_path: Path
) -> None:
    _write(paper, "lantern", 240)
    _outcome(paper, [], tmp_path)
    out = tmp_path / "o.pdf"
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
        meaning = "Wystan Vexley".encode("utf-16-be").hex().encode()
        told = font.ToUnicode.read_bytes()
        font.ToUnicode.write(told.replace(b"<0001> <", b"<0001> <" + meaning, 1))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    found = verify(out, Expected(Plan(), (), ("Wystan Vexley",)), tmp_path)
    assert not found.passed


def test_areas_inside_a_shape_and_over_its_edge_are_cut_whatever_their_order(
    paper: Paper, tmp_path: Path
) -> None:
    paper.draw(_DISC)
    inside, over, beside = (
        Rect(140, 150, 170, 170),
        Rect(90, 140, 145, 160),
        Rect(165, 155, 190, 165),
    )
    for rects in ([inside, over, beside], [over, beside, inside]):
        assert _outcome(paper, rects, tmp_path).is_released


def test_a_clip_that_holds_one_area_and_not_another_is_cut_for_both(
    paper: Paper, tmp_path: Path
) -> None:
    paper.draw("q 100 100 100 60 re W n 1 0 0 rg 90 90 m 210 100 l 150 170 l f Q")
    rects = [Rect(90, 170, 150, 190), Rect(140, 175, 180, 185)]
    assert _outcome(paper, rects, tmp_path).is_released


@pytest.mark.parametrize("codes", ["TP16", "TP16 LPP", "s40(2) LPP TP16"])
def test_marks_that_overlap_in_a_chain_share_a_label_that_crosses_them_all(
    codes: str, paper: Paper, tmp_path: Path
) -> None:
    rects = [
        Rect(40, 100, 120, 200),
        Rect(110, 120, 125, 160),
        Rect(120, 90, 240, 220),
        Rect(150, 150, 162, 156),
        Rect(235, 140, 300, 160),
    ]
    assert _outcome(paper, rects, tmp_path, codes).is_released


def test_a_mark_too_small_for_its_label_has_none(paper: Paper, tmp_path: Path) -> None:
    rects = [Rect(418.5, 20, 419, 26), Rect(10, 200, 12, 201)]
    outcome = _outcome(paper, rects, tmp_path, "s40(2)")
    assert outcome.is_released
    assert [mark.rect for mark in outcome.compiled.marks] == rects


def test_a_high_area_keeps_its_own_place_when_it_overlaps_one_in_a_line(
    paper: Paper, tmp_path: Path
) -> None:
    _write(paper, "orchard teapot meadow", 200)
    line, block = Rect(82, 108, 115, 124), Rect(100, 120, 380, 300)
    outcome = _outcome(paper, [line, block], tmp_path)
    assert outcome.is_released
    assert [mark.rect for mark in outcome.compiled.marks] == [line, block]


def test_letters_drawn_over_and_over_for_weight_are_counted_as_one(
    paper: Paper, tmp_path: Path
) -> None:
    for at in range(5):
        paper.draw(f"BT /F1 12 Tf {40 + at * 0.1:.1f} 200 Td (copper lantern) Tj ET")
    _write(paper, "copper lantern", 160)
    assert _outcome(paper, [Rect(38, 108, 78, 124)], tmp_path).is_released


def test_a_thin_rule_of_a_shading_is_cut_and_the_rest_of_it_stays(
    paper: Paper, tmp_path: Path
) -> None:
    paper.draw(_RULE)
    paper.use("Shading", "S1", paper.add(_GREY))
    assert _outcome(paper, [Rect(100, 100, 200, 250)], tmp_path).is_released


def test_words_in_a_pattern_make_a_picture_of_the_page_where_no_area_is_near(
    paper: Paper, tmp_path: Path
) -> None:
    tile = paper.stream(
        "BT /F1 12 Tf 2 4 Td (copper) Tj ET",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 60 20] /XStep 60 "
        f"/YStep 20 /Resources << /Font << /F1 {paper.resources['Font']['F1']} >> >>",
    )
    paper.use("Pattern", "P1", tile)
    paper.draw("/Pattern cs /P1 scn 40 100 120 40 re f")
    outcome = _outcome(paper, [Rect(300, 20, 380, 40)], tmp_path)
    assert outcome.compiled.picture_pages == (1,)
    assert outcome.verification.findings == ()


def test_a_removed_number_that_is_also_a_place_in_the_file_is_no_leak(
    paper: Paper, tmp_path: Path
) -> None:
    outcome = _outcome(paper, [], tmp_path)
    number = re.findall(rb"startxref\s+(\d+)", outcome.pdf)[0].decode()
    assert len(number) >= 4
    for expected in (Expected(Plan(), (), (number,)), Expected(Plan(never=(number,)), ())):
        assert verify(tmp_path / "o.pdf", expected, tmp_path).findings == ()
