import pytest
from lxml.html import fragments_fromstring

from sar.documents.safe_html import safe_html
from tests.corpus import records


def cleaned(source: str) -> str:
    return safe_html(source, {}.get).markup


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script><p>kept</p>",
        "<p onclick='alert(1)'>kept</p>",
        "<a href='javascript:alert(1)'>kept</a>",
        "<iframe src='file:///etc/passwd'></iframe><p>kept</p>",
        "<style>@import url(http://example.org/x.css)</style><p>kept</p>",
        "<link rel=attachment href='file:///etc/passwd'><p>kept</p>",
        "<p style='background:url(http://example.org/x)'>kept</p>",
        "<svg><image href='file:///etc/passwd'/></svg><p>kept</p>",
        "<object data='http://example.org'></object><p>kept</p>",
        "<img src='http://example.org/pixel.png'><p>kept</p>",
        "<img src='file:///etc/passwd'><p>kept</p>",
        "<img src='data:text/html;base64,PHA+'><p>kept</p>",
        "<p>kept<base href='http://example.org'>",
        "<p>kept<meta http-equiv=refresh content='0;url=http://example.org'>",
    ],
)
def test_nothing_that_acts_or_fetches_survives(source: str) -> None:
    markup = cleaned(source)
    assert "kept" in markup
    for danger in ("alert", "passwd", "example.org", "http", "<style", "<link"):
        assert danger not in markup


@pytest.mark.parametrize(
    "style",
    ["display:none", "color:white", "font-size:0", "position:absolute;left:-900px", "opacity:0"],
)
def test_no_style_can_hide_words(style: str) -> None:
    assert '<p style="">words</p>' in cleaned(f'<p style="{style}">words</p>')


def test_emphasis_is_kept() -> None:
    assert "font-weight" in cleaned('<p style="font-weight:bold;color:white">words</p>')


def test_a_picture_that_travels_with_the_mail_is_written_anew() -> None:
    png = records.picture("x", (40, 40))
    page = safe_html('<img src="cid:logo">', {"cid:logo": png}.get)
    assert 'src="data:image/png;base64,' in page.markup


def test_form_fields_show_what_they_hold() -> None:
    page = safe_html(
        "<input value='Ada Obi'><input type=checkbox checked><input type=hidden name=nhs "
        "value='943 476'><select><option>one<option selected>two</select><textarea>note</textarea>",
        {}.get,
    )
    assert "Ada Obi" in page.markup
    assert "[x]" in page.markup
    assert "two" in page.markup
    assert "one" not in page.markup
    assert "note" in page.markup
    assert page.hidden[0].lines == ("nhs: 943 476",)


def test_comments_in_the_source_are_told() -> None:
    page = safe_html("<p>a</p><!-- ask the school --><!--[if mso]>x<![endif]-->", {}.get)
    assert page.hidden[0].lines == ("ask the school",)


def test_a_huge_span_cannot_make_endless_tables() -> None:
    assert 'colspan="200"' in cleaned("<table><tr><td colspan=99999999>x</table>")


@pytest.mark.parametrize("source", ["", "\0", "<" * 5000, "<div>" * 3000 + "deep", "<?xml?><p>x"])
def test_broken_markup_never_fails(source: str) -> None:
    kept = fragments_fromstring(cleaned(source) or " ")
    words = "".join(each if isinstance(each, str) else each.text_content() for each in kept)
    assert "\0" not in words
    assert ("deep" in words) == ("deep" in source)


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "table", "ul"])
@pytest.mark.parametrize("depth", [100, 300, 3000])
@pytest.mark.parametrize("is_closed", [True, False])
def test_no_word_is_lost_however_deep_it_is_nested(tag: str, depth: int, is_closed: bool) -> None:
    ends = f"</{tag}>" * depth if is_closed else ""
    words = cleaned(f"<p>first</p>{f'<{tag}>' * depth}<p>deep</p>{ends}<p>last</p>")
    assert [word in words for word in ("first", "deep", "last")] == [True, True, True]
    assert words.count(f"<{tag}") <= 80


def test_a_very_long_word_is_parted_and_nothing_of_it_is_lost() -> None:
    word = "".join(f"{number:05}" for number in range(500))
    markup = cleaned(f"<p>short {word}</p>")
    assert word in markup.replace("<br>", "")
    assert "<br>" in markup
