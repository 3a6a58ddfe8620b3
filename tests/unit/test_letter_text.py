"""The language of letters: what it means, what it refuses, and that it evaluates nothing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.letter_page import _groups
from sar.documents.letters import _ENVIRONMENT
from sar.domain.letter_text import (
    LONGEST_TEXT,
    Block,
    BlockKind,
    Gap,
    GapKind,
    LetterTextError,
    Piece,
    as_plain_text,
    fill,
    own_paragraphs,
    read_text,
    shown_safely,
)

GAPS = {
    each.name: each
    for each in (
        Gap("name", "their name"),
        Gap("due_on", "the day it is due", GapKind.DAY),
        Gap("reasons", "the reasons", GapKind.PARAGRAPHS),
    )
}
PASSAGE = (Block(BlockKind.HEADING, (Piece("Ours"),)), Block(BlockKind.ITEM, (Piece("One."),)))


def read(text: str, *required: str) -> tuple[Block, ...]:
    return read_text(text, GAPS, required)


def plain(text: str, **values: object) -> str:
    return as_plain_text(fill(read(text), GAPS, values))  # type: ignore[arg-type]


def faults(text: str, *required: str) -> list[str]:
    with pytest.raises(LetterTextError) as refused:
        read(text, *required)
    return [str(each) for each in refused.value.faults]


def test_a_text_has_a_title_headings_paragraphs_and_points() -> None:
    blocks = read(
        "# Hello\nOne line\nand its end.\n\nAnother.\n## Why\n- this\n- that\n### More\nx"
    )
    assert [(each.kind.value, each.text, each.line) for each in blocks] == [
        ("title", "Hello", 1),
        ("paragraph", "One line and its end.", 2),
        ("paragraph", "Another.", 5),
        ("heading", "Why", 6),
        ("item", "this", 7),
        ("item", "that", 8),
        ("subheading", "More", 9),
        ("paragraph", "x", 10),
    ]


def test_a_gap_is_filled_within_its_line_and_a_date_is_bold() -> None:
    title, block = fill(
        read("# T\nDear {{ name }}, by {{due_on}}."), GAPS, {"name": "Zoë", "due_on": "4 May"}
    )
    assert title.text == "T"
    assert block.pieces == (
        Piece("Dear "),
        Piece("Zoë"),
        Piece(", by "),
        Piece("4 May", is_strong=True),
        Piece("."),
    )


def test_what_is_empty_takes_its_paragraph_and_a_bare_heading_with_it() -> None:
    text = "# T\nStays.\n## Why\n### Closer\n{{reasons}}\n## When\n- By {{due_on}}.\n## Last\nEnd."
    assert plain(text) == "T\n\nStays.\n\nLast\n\nEnd."
    assert (
        plain(text, reasons="Because.")
        == "T\n\nStays.\n\nWhy\n\nCloser\n\nBecause.\n\nLast\n\nEnd."
    )


def test_what_somebody_typed_becomes_paragraphs_and_points_and_nothing_else() -> None:
    typed = "First.\n\n# no title\n- a point\n-no point\n{{name}} {% x %} <b>"
    assert plain("# T\n{{reasons}}", reasons=typed, name="Eve") == (
        "T\n\nFirst.\n\n# no title\n\n- a point\n\n-no point {{name}} {% x %} <b>"
    )


def test_a_passage_of_our_own_may_have_headings() -> None:
    assert plain("# T\n{{reasons}}", reasons=PASSAGE) == "T\n\nOurs\n\n- One."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Hello", "Line 1: A letter begins with its title"),
        ("", "Line 1: A letter begins with its title"),
        ("# T", "Line 1: There is nothing under the title."),
        ("# T\nx\n\n# U", "Line 4: A letter has one title."),
        ("# T\n##Why\nx", "Line 2: Write “# ”, “## ” or “### ” with a space"),
        ("# T\n- \nx", "Line 2: There is nothing after the mark."),
        (f"# {'long ' * 30}\nx", "Line 1: A heading has at most 90 characters."),
        ("# T\nDear {{nobody}}", "Line 2: This letter has no gap called {{nobody}}."),
        ("# T\n{{ name.upper() }}", "Line 2: “name.upper()” is no name of a gap"),
        ("# T\n{{ 7*7 }}", "Line 2: “7*7” is no name of a gap"),
        ("# T\n{{}}", "Line 2: “” is no name of a gap"),
        ("# T\nDear {{name", "Line 2: A gap is a name between {{ and }}"),
        ("# T\nDear name}} x", "Line 2: A gap is a name between {{ and }}"),
        ("# T\nBecause {{reasons}}", "Line 2: {{reasons}} holds paragraphs, so it stands alone"),
        ("# T\n- {{reasons}}", "Line 2: {{reasons}} holds paragraphs, so it stands alone"),
        ("# T\nbell \x07", "Line 2: It holds a character that cannot be seen."),
        ("# T\nturned \u202e", "Line 2: It holds a character that cannot be seen."),
        ("# T\nnull \x00", "Line 2: It holds a character that cannot be seen."),
        (f"# T\n{'word ' * 300}", "Line 2: It is longer than 1,200 characters."),
        (
            "# T\n" + "a line\n" * LONGEST_TEXT,
            f"The text is longer than {LONGEST_TEXT:,} characters.",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, fault: str) -> None:
    assert any(each.startswith(fault) for each in faults(text)), faults(text)


def test_every_fault_is_told_at_once_in_the_order_of_lines() -> None:
    found = faults("# T\n{{nobody}}\n\n{{reasons}} too\n# U", "due_on")
    assert [each.partition(":")[0] for each in found[:3]] == ["Line 2", "Line 4", "Line 5"]
    assert found[-1] == "The law asks for {{due_on}} in this letter: the day it is due"


def test_a_text_that_lacks_what_the_law_asks_for_is_refused() -> None:
    assert read("# T\n{{reasons}}", "reasons")
    assert faults("# T\nNo.", "reasons") == [
        "The law asks for {{reasons}} in this letter: the reasons"
    ]


class Page(HTMLParser):
    """The tags and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, int]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, len(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


BODY = _ENVIRONMENT.from_string(
    "{% for kind, blocks in groups %}{% for block in blocks %}<p>{% for piece in block.pieces %}"
    "{{ piece.text }}{% endfor %}</p>{% endfor %}{% endfor %}"
)
NASTY = st.text() | st.sampled_from(
    ["<script>alert(1)</script>", "{{ 7*7 }}", "{% include 'x' %}", "&lt;", "']\"><img src=x>"]
)


@given(line=NASTY, paragraphs=NASTY)
def test_nothing_typed_into_a_gap_becomes_markup_or_code(line: str, paragraphs: str) -> None:
    blocks = fill(
        read("# T\nDear {{name}}.\n{{reasons}}"), GAPS, {"name": line, "reasons": paragraphs}
    )
    page = Page(BODY.render(groups=list(_groups(blocks))))
    assert set(page.tags) == {("p", 0)}
    shown = " ".join(shown_safely(paragraphs).split())
    words = " ".join(page.words.replace("Dear", " ").split())
    for word in shown.replace("- ", " ").split():
        assert word in words or word == "-"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",))))
def test_any_text_is_read_or_refused_with_its_reasons(text: str) -> None:
    refused = None
    try:
        blocks = read(text)
    except LetterTextError as error:
        refused, blocks = error, ()
    if refused is not None:
        assert all(each.sentence for each in refused.faults)
        return
    assert blocks[0].kind is BlockKind.TITLE
    names = [piece.text for block in blocks for piece in block.pieces if piece.is_gap]
    assert set(names) <= set(GAPS)


@given(st.text())
def test_no_word_that_somebody_typed_is_lost(text: str) -> None:
    shown = shown_safely(text)
    kept = "".join(block.text for block in own_paragraphs(shown))
    lost = set("".join(shown.split())) - set("".join(kept.split()))
    assert lost <= {"-"}


def test_marks_that_turn_the_direction_are_taken_out_of_what_came_from_elsewhere() -> None:
    assert shown_safely("Abdi\u202e\x00 Warsame\nنور") == "Abdi Warsame\nنور"
