"""Marking an area by mouse or keyboard: the scripts fill the form that works without them."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, sign_in
from tests.e2e.stages import PlainJourney
from tests.integration.conftest import ClientOf, Desk

Point = tuple[float, float]


def on_screen(page: Page, *points: Point) -> list[Point]:
    """Where points of the page, counted from its top left corner, lie in the window."""
    sheet = page.locator("#sheet")
    sheet.evaluate("sheet => sheet.scrollIntoView({block: 'start'})")
    bounds = sheet.bounding_box()
    assert bounds is not None
    scale = bounds["width"] / float(sheet.get_attribute("data-width") or 0)
    return [(bounds["x"] + x * scale, bounds["y"] + y * scale) for x, y in points]


def drag(page: Page, start: Point, end: Point) -> None:
    start, end = on_screen(page, start, end)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def click_two_corners(page: Page, start: Point, end: Point) -> None:
    for corner in on_screen(page, start, end):
        page.mouse.click(*corner)


def type_the_edges(page: Page, start: Point, end: Point) -> None:
    page.get_by_text("Leave out an area").click()
    for label, points in zip(("Left", "Top", "Right", "Bottom"), (*start, *end), strict=True):
        page.get_by_label(label, exact=True).fill(str(points))


def edges_of(page: Page) -> list[float]:
    return [
        float(page.get_by_label(label, exact=True).input_value())
        for label in ("Left", "Top", "Right", "Bottom")
    ]


def test_an_area_is_marked_by_dragging_by_two_clicks_and_by_enter_in_an_edge(
    site: Site,
    client_of: ClientOf,
    desk: Desk,
    case_id: uuid.UUID,
    context_of: Callable[..., BrowserContext],
) -> None:
    journey = PlainJourney(site.app, client_of, desk, case_id)
    journey.go("supply")
    page = sign_in(context_of(viewport={"width": 1280, "height": 900}).new_page(), "officer")
    page.goto(f"/officer/pages/{journey.pages()[0]}")
    page.get_by_label("Why is it left out?").select_option("TP16")  # counts for the area as well
    ways = (
        (drag, (50.0, 40.0), (200.0, 60.0)),
        (click_two_corners, (50.0, 120.0), (200.0, 140.0)),
        (type_the_edges, (50.0, 200.0), (200.0, 220.0)),
    )
    for count, (way, start, end) in enumerate(ways, 1):
        way(page, start, end)
        for found, wanted in zip(edges_of(page), (*start, *end), strict=True):
            assert abs(found - wanted) < 3, (way, edges_of(page))
        page.get_by_label("Right", exact=True).press("Enter")
        expect(page.locator(".desk-mark")).to_have_count(count)
    expect(page.locator(".desk-marks li", has_text="TP16")).to_have_count(3)
