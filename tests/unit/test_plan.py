from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.dates import date_words
from sar.domain.errors import PlanError
from sar.domain.exemption import NEUTRAL_CODE
from sar.domain.exemptions import EXEMPTIONS
from sar.domain.redaction import (
    Area,
    Plan,
    Rect,
    WithheldPage,
    check_pages,
    parse_plan,
    plan_as_dict,
)

EDGE = st.integers(0, 500)


@st.composite
def rects(draw: st.DrawFn) -> Rect:
    x0, y0 = draw(EDGE), draw(EDGE)
    return Rect(x0, y0, x0 + draw(st.integers(1, 300)), y0 + draw(st.integers(1, 300)))


AREAS = st.builds(Area, st.integers(1, 9), rects(), st.sampled_from(["TP16", "LP19"]))
PLANS = st.builds(
    Plan,
    st.lists(AREAS, max_size=5).map(tuple),
    st.lists(st.builds(WithheldPage, st.integers(1, 9), st.just("TP16")), max_size=3).map(tuple),
    st.lists(st.sampled_from(["Pargeter", "AB12 3CD"]), max_size=2).map(tuple),
)
AREA = {"page": 1, "rect": [10, 10, 20, 20], "code": "TP16"}


@given(PLANS)
def test_a_plan_that_is_written_down_reads_back_the_same(plan: Plan) -> None:
    assert parse_plan(plan_as_dict(plan)) == plan


@given(st.permutations([10.0, 20.0]), st.permutations([30.0, 50.0]))
def test_a_rect_may_be_drawn_from_any_corner(across: list[float], down: list[float]) -> None:
    rect = [across[0], down[0], across[1], down[1]]
    assert parse_plan({"areas": [{**AREA, "rect": rect}]}).areas[0].rect == Rect(10, 30, 20, 50)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"area": []},
        {"areas": {}},
        {"areas": ["x"]},
        {"areas": [{**AREA, "rect": [1, 2, 3]}]},
        {"areas": [{**AREA, "rect": [1, 2, 3, "4"]}]},
        {"areas": [{**AREA, "rect": [1, 2, 3, True]}]},
        {"areas": [{**AREA, "rect": [1, 2, float("nan"), 4]}]},
        {"areas": [{**AREA, "rect": [1, 2, float("inf"), 4]}]},
        {"areas": [{**AREA, "rect": [5, 2, 5, 4]}]},
        {"areas": [{**AREA, "page": 0}]},
        {"areas": [{**AREA, "page": True}]},
        {"areas": [{**AREA, "page": "1"}]},
        {"areas": [{**AREA, "code": " "}]},
        {"areas": [{"page": 1, "rect": [1, 2, 3, 4]}]},
        {"withheld_pages": [3]},
        {"withheld_pages": [{"page": 1}]},
        {"never": [""]},
        {"never": [7]},
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(PlanError, match=r"^.+\.$"):
        parse_plan(data)


@given(rects())
def test_an_area_is_cut_to_its_page_or_refused(rect: Rect) -> None:
    page = Rect(0, 0, 300, 300)
    plan = Plan((Area(1, rect, "TP16"),))
    if not rect.meets(page):
        with pytest.raises(PlanError, match="lies outside the page"):
            check_pages(plan, [(300, 300)])
        return
    inside = check_pages(plan, [(300, 300)]).areas[0].rect
    assert page.contains(inside)
    assert rect.contains(inside)


def test_a_page_that_is_not_there_is_refused() -> None:
    for plan in (Plan((Area(2, Rect(0, 0, 9, 9), "TP16"),)), Plan((), (WithheldPage(2, "TP16"),))):
        with pytest.raises(PlanError, match="There is no page 2: the document has 1"):
            check_pages(plan, [(300, 300)])


@given(rects(), rects())
def test_the_union_of_two_never_shrinks(one: Rect, other: Rect) -> None:
    both = one.union(other)
    assert both.contains(one)
    assert both.contains(other)
    assert both == other.union(one)


def test_a_date_reads_as_people_write_it() -> None:
    assert date_words(date(2026, 2, 5)) == "5 February 2026"
    assert date_words(None) == ""


def test_a_code_the_requester_may_not_be_told_never_enters_the_plan() -> None:
    data = {
        "areas": [
            {"page": 1, "rect": [0, 0, 9, 9], "code": "SW11", "disclose_use_to_requester": False},
            {"page": 1, "rect": [0, 20, 9, 29], "code": "TP16", "disclose_use_to_requester": True},
        ],
        "withheld_pages": [{"page": 2, "code": "CT2", "disclose_use_to_requester": False}],
    }
    plan = parse_plan(data)
    assert [each.code for each in plan.areas] == [NEUTRAL_CODE, "TP16"]
    assert plan.withheld_pages[0].code == NEUTRAL_CODE
    assert NEUTRAL_CODE not in EXEMPTIONS, "it must say nothing of any code"
    data["withheld_pages"][0]["disclose_use_to_requester"] = "no"  # type: ignore[assignment]
    with pytest.raises(PlanError, match="true or false"):
        parse_plan(data)
