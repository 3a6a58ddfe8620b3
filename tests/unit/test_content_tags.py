from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sar.documents.content_tags import Block, UnknownContentError, tagged
from sar.domain.redaction import Rect

HEAD = b"1 0 0 -1 0 842 cm\nq\n"
TAIL = b"\nQ"
WHY = "Left out: about another person"


def words(*pieces: tuple[float, float, float]) -> bytes:
    """One text object: a piece of text at each (left, baseline, size)."""
    lines = [
        b"%.1f 0 0 -%.1f %.1f %.1f Tm\n[<0001>] TJ" % (size, size, left, base)
        for left, base, size in pieces
    ]
    return b"BT\n/F0 1 Tf\n" + b"\n".join(lines) + b"\nET"


def mark(rect: Rect) -> bytes:
    """A black box and its label, as they are drawn at the end of a page."""
    x0, y0, x1, y1 = rect.as_list()
    corners = ((x0, y0, b"m"), (x1, y0, b"l"), (x1, y1, b"l"), (x0, y1, b"l"))
    box = b"\n".join(b"%.3f %.3f %s" % corner for corner in corners)
    return b"0 g\n" + box + b"\nh\nf\n1 g\n" + words((x0 + 2, y1 - 2, 7))


def plain(block: Block | int) -> object:
    if isinstance(block, int):
        return block
    return (block.tag, [plain(each) for each in block.pieces])


def shapes(content: bytes, *gaps: Rect) -> list[object]:
    found = tagged(HEAD + content + TAIL, [(gap, WHY) for gap in gaps])
    return [plain(block) for block in found.blocks]


def test_lines_that_follow_each_other_are_one_paragraph_and_a_wide_step_ends_it() -> None:
    content = words((72, 100, 11), (72, 114, 11), (72, 150, 11))
    assert shapes(content) == [("/P", [0]), ("/P", [1])]


def test_larger_words_are_a_heading() -> None:
    content = words((72, 60, 18)) + b"\n" + words(*((72, 100 + 14 * at, 11) for at in range(5)))
    assert shapes(content) == [("/H2", [0]), ("/P", [1])]


def test_a_gap_stands_between_the_words_before_it_and_those_after_it() -> None:
    gap = Rect(120, 104, 150, 117)
    content = words((72, 100, 11), (72, 114, 11), (152, 114, 11), (72, 128, 11))
    [block] = tagged(HEAD + content + b"\n" + mark(gap) + TAIL, [(gap, WHY)]).blocks
    assert plain(block) == ("/P", [0, 1, ("/Figure", [3, 4]), 2])
    assert [each.words for each in block.pieces if isinstance(each, Block)] == [WHY]


def test_a_gap_that_begins_its_line_comes_first_on_it() -> None:
    gap = Rect(72, 104, 100, 117)
    content = words((72, 100, 11), (102, 114, 11)) + b"\n" + mark(gap)
    assert shapes(content, gap) == [("/P", [0, ("/Figure", [2, 3]), 1])]


def test_two_gaps_on_one_line_are_told_from_left_to_right() -> None:
    first, second = Rect(100, 92, 120, 103), Rect(130, 92, 150, 103)
    content = words((72, 100, 11), (122, 100, 11)) + b"\n" + mark(second) + b"\n" + mark(first)
    [(_, pieces)] = shapes(content, second, first)  # type: ignore[misc]  # one paragraph
    assert pieces == [0, ("/Figure", [4, 5]), 1, ("/Figure", [2, 3])]


def test_a_gap_on_a_line_of_its_own_stands_by_its_height() -> None:
    gap = Rect(72, 120, 300, 140)
    content = words((72, 100, 11), (72, 200, 11)) + b"\n" + mark(gap)
    assert shapes(content, gap) == [("/P", [0]), ("/Figure", [2, 3]), ("/P", [1])]


def test_gaps_that_share_a_box_are_told_once_with_every_reason() -> None:
    outer, inner = Rect(72, 92, 200, 103), Rect(80, 94, 90, 101)
    content = HEAD + mark(outer) + TAIL
    [figure] = tagged(content, [(outer, WHY), (inner, "Left out: private advice")]).blocks
    assert figure.words == f"{WHY}; Left out: private advice"


def test_lines_and_boxes_are_decoration_and_pictures_are_figures_with_words() -> None:
    content = b"0.5 w\n10 10 m\n90 10 l\nS\nq 10 0 0 -10 0 90 cm /X0 Do Q\n/X1 Do"
    found = tagged(HEAD + content + TAIL, [], frozenset({"X1"}))
    assert found.content.count(b"/Artifact BMC") == 1
    assert [(each.tag, each.words) for each in found.blocks] == [
        ("/Figure", "A picture"),
        ("/P", ""),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"BI /W 1 ID x EI",
        b"(text) Tj",
        b"[<0001>] TJ",
        b"/P BMC",
        b"1 2 m\n3 4 l",
        b"1 2 3 4 re\nf",
    ],
)
def test_content_in_another_grammar_is_not_guessed_at(content: bytes) -> None:
    with pytest.raises(UnknownContentError):
        tagged(content, [])


PIECES = st.tuples(st.integers(0, 500), st.integers(10, 800), st.sampled_from([8, 11, 18]))
BOXES = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    *(st.integers(0, 500), st.integers(0, 700), st.integers(5, 90), st.integers(5, 40)),
)


@settings(deadline=None)  # what is slow here is the machine
@given(st.lists(st.lists(PIECES, min_size=1, max_size=6), max_size=5), st.lists(BOXES, max_size=4))
def test_no_operator_is_lost_or_moved_and_each_piece_is_told_once(
    texts: list[list[tuple[int, int, int]]], boxes: list[Rect]
) -> None:
    parts = [*(words(*pieces) for pieces in texts), *map(mark, boxes)]
    content = HEAD + b"\n".join(parts) + TAIL
    found = tagged(content, [(box, WHY) for box in boxes])
    ours = re.compile(rb"/(?:P|Figure) <</MCID \d+>> BDC|/Artifact BMC|EMC")
    kept = [line for line in found.content.split(b"\n") if not ours.fullmatch(line)]
    assert kept == content.split(b"\n")
    told = [piece for block in found.blocks for piece in _pieces(block)]
    assert sorted(told) == list(range(found.count))
    assert found.content.count(b"BDC") + found.content.count(b"BMC") == found.content.count(b"EMC")


def _pieces(block: Block) -> list[int]:
    return [
        number
        for piece in block.pieces
        for number in (_pieces(piece) if isinstance(piece, Block) else [piece])
    ]
