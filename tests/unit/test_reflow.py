from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sar.documents.reflow import Chapter, heads_marked, large_page, web_page


def node(tag: str, *kids: Any, page: int = 7) -> dict[str, Any]:
    return {"tag": tag, "page": page, "kids": list(kids)}


def gap(words: str, page: int = 7) -> dict[str, Any]:
    return {"tag": "Figure", "page": page, "kids": [], "alt": words}


def record(*kids: Any, left_out: dict[int, str] | None = None) -> Chapter:
    return Chapter("Home visit", heads_marked(node("Sect", *kids)), True, left_out or {})


def body_of(chapter: Chapter, total: int = 9) -> str:
    return web_page("Your records", [chapter], total).split("<main>")[1]


class Outside(HTMLParser):
    """Collects whatever could run, or fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "link", "img", "form", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            is_inside = name == "href" and (value or "").startswith("#")
            if name.startswith("on") or (name in {"src", "href", "action"} and not is_inside):
                self.found.append(f"{tag} {name}")


def test_a_gap_stands_in_its_sentence_and_says_why() -> None:
    told = body_of(record(node("P", "We met", gap("Left out: about another person"), "at home.")))
    assert 'We met <span class="gap">Left out: about another person</span> at home.</p>' in told


def test_each_page_says_which_it_is_once_and_can_be_led_to() -> None:
    told = body_of(record(node("P", "a"), node("P", "b"), node("P", "c", page=8)))
    assert re.findall(r'id="page-(\d+)">Page (\d+) of 9<', told) == [("7", "7"), ("8", "8")]


def test_a_page_left_out_as_a_whole_says_only_that() -> None:
    chapter = record(node("P", "notice"), left_out={7: "Left out: about another person"})
    told = body_of(chapter)
    assert "The whole page is left out: about another person" in told
    assert "notice" not in told


def test_headings_go_down_one_level_at_a_time_from_the_only_first() -> None:
    told = web_page("Your records", [record(node("H2", "Visit"), node("P", "x"))], 9)
    assert re.findall(r"<h(\d)", told) == ["1", "2", "3"]


def test_tables_keep_their_headers_and_wide_ones_are_read_line_by_line_in_large_print() -> None:
    row = [node("TH", "Visit"), node("TD", "4 Mar"), node("TD", "7"), node("TD", "–")]
    head = [node("TH", name) for name in ("Record", "Date", "Page", "Code")]
    table = node("Table", node("THead", node("TR", *head)), node("TBody", node("TR", *row)))
    told = body_of(record(table))
    assert told.count('<th scope="col">') == 4
    assert '<th scope="row">Visit</th>' in told
    large = large_page(record(table), 9)
    assert "<table" not in large
    assert "Record: Visit<br>Date: 4 Mar<br>Page: 7<br>Code: –" in large


def test_large_print_is_at_least_eighteen_point_everywhere() -> None:
    style = large_page(record(node("P", "x")), 9).split("</style>")[0]
    large = style[style.index("@page") :]
    assert all(float(size) >= 18 for size in re.findall(r"font-size: ([\d.]+)pt", large))
    assert "20pt" in large


@settings(deadline=None)  # what is slow here is the machine
@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_record_says_is_shown_and_never_obeyed(words: str, title: str) -> None:
    hostile = words + "<script src=http://x/></script><img onerror=x src=//x>\"'&lt;"
    chapter = Chapter(title + hostile, heads_marked(node("Sect", node("P", hostile))), True, {})
    for page in (web_page(hostile, [chapter], 9), large_page(chapter, 9)):
        outside = Outside()
        outside.feed(page)
        assert outside.found == []
        assert "default-src 'none'" in page


def test_the_same_chapters_give_the_same_page() -> None:
    chapter = record(node("P", "x"))
    assert web_page("a", [chapter], 9) == web_page("a", [chapter], 9)
