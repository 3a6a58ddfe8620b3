"""HTML from outside, made safe to set: no scripts, no styles that hide, nothing fetched."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import nh3
from lxml import etree, html

from sar.documents.converted import HiddenPart
from sar.documents.inline_pictures import shown_inline

PictureFor = Callable[[str], bytes | None]

_TAGS = {
    *("a", "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code"),
    *("col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure"),
    *("font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins"),
    *("kbd", "legend", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section"),
    *("small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "tr", "tt", "u", "ul", "article", "aside"),
}
_ATTRIBUTES = {
    "*": {"style", "dir", "lang"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "li": {"value"},
}
# No colours, sizes, places or display: each of them can make text invisible.
_STYLES = {"font-weight", "font-style", "text-decoration", "text-align", "vertical-align"}
_DROPPED_WHOLE = {"script", "style", "template", "object", "iframe", "svg", "math", "noembed"}
_LARGEST_SPAN = 200
_DEEPEST = 80
_NESTING = re.compile(
    r"<(?P<ends>/?)(?:article|b|big|blockquote|center|div|em|font|i|main|ol|section|small|span"
    r"|strong|table|u|ul)(?=[\s/>])[^>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SafeHtml:
    """Markup to set, the page's own title, and what a browser would not have shown."""

    markup: str
    title: str
    hidden: tuple[HiddenPart, ...]

    @property
    def text(self) -> str:
        """The words of the markup, for comparison."""
        return re.sub(r"<[^>]*>", " ", self.markup)


def safe_html(source: str, picture_for: PictureFor) -> SafeHtml:
    """Sanitised markup; `picture_for` gives the bytes of a picture that travels with the page."""
    tree = _parsed(source)
    hidden = _comments(tree)
    title = " ".join((tree.findtext(".//title") or "").split())
    for element in list(tree.iter()):
        if isinstance(element.tag, str):
            _made_visible(element, hidden)
    markup = etree.tostring(tree, encoding="unicode", method="html")
    cleaned = nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE | {"title"},
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(picture_for),
        url_schemes={"data"},
        filter_style_properties=_STYLES,
        link_rel=None,
    )
    return SafeHtml(cleaned, title, tuple(hidden))


def _flattened(source: str) -> str:
    """The page without its deepest nests: past some depth a parser drops all the words that follow.

    Mails that were answered hundreds of times are nested as deep.
    """
    kept: list[bool] = []

    def judged(tag: re.Match[str]) -> str:
        if tag["ends"]:
            return tag[0] if not kept or kept.pop() else " "
        kept.append(len(kept) < _DEEPEST)
        return tag[0] if kept[-1] else " "

    return _NESTING.sub(judged, source)


def _parsed(source: str) -> html.HtmlElement:
    # A declared encoding inside text that is decoded already makes lxml refuse.
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source).replace("\0", "")
    source = _flattened(source)
    # Between tags only: an address in an attribute must stay as it is.
    source = re.sub(r"(?<=>)[^<]{400,}|^[^<]{400,}", _with_breaks, source)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = html.document_fromstring("<p></p>")
    return tree


def _with_breaks(text: re.Match[str]) -> str:
    """Text with line breaks in its very long words: finding a place for one takes for ever."""
    return re.sub(r"[^\s&;]{200}", lambda word: f"{word[0]}<br>", text[0])


def _comments(tree: html.HtmlElement) -> list[HiddenPart]:
    found = []
    for comment in list(tree.iter(etree.Comment)):
        text = " ".join((comment.text or "").split())
        if text and not text.startswith("[if") and not text.endswith("[endif]"):
            found.append(text)
    return [HiddenPart("Comments in the page's source", tuple(found))] if found else []


def _made_visible(element: html.HtmlElement, hidden: list[HiddenPart]) -> None:
    """Turns form controls into the text they hold, and names pictures that stay outside."""
    if element.tag == "input":
        _show_input(element, hidden)
    elif element.tag == "option" and element.get("selected") is None:
        element.text = ""
    elif element.tag == "img":
        _show_picture(element)


def _show_input(element: html.HtmlElement, hidden: list[HiddenPart]) -> None:
    kind, value = (element.get("type") or "text").lower(), element.get("value") or ""
    element.tag = "span"
    if kind == "hidden":
        if value:
            name = element.get("name") or "field"
            hidden.append(HiddenPart("Hidden field of a form", (f"{name}: {value}",)))
    elif kind in {"checkbox", "radio"}:
        element.text = "[x] " if element.get("checked") is not None else "[ ] "
    elif kind not in {"image", "submit", "button", "reset", "password"}:
        element.text = value


def _show_picture(element: html.HtmlElement) -> None:
    source = (element.get("src") or "").strip()
    scheme = source.partition(":")[0].lower()
    if scheme not in {"data", "cid"}:
        # The address is turned into a marker so that the filter below sees every picture.
        element.set("src", f"data:,outside:{source}")
    elif scheme == "cid":
        element.set("src", f"data:,{source}")


def _filter(picture_for: PictureFor) -> Callable[[str, str, str], str | None]:
    def keep(tag: str, name: str, value: str) -> str | None:
        if name in {"colspan", "rowspan"}:
            return str(min(int(value), _LARGEST_SPAN)) if value.isdecimal() else None
        if tag != "img" or name != "src":
            return value
        return _picture(value, picture_for)

    return keep


def _picture(source: str, picture_for: PictureFor) -> str | None:
    if source.startswith("data:,outside:"):
        content = picture_for(source.removeprefix("data:,outside:"))
    elif source.startswith("data:,cid:"):
        content = picture_for(source.removeprefix("data:,"))
    else:
        content = _data(source)
    return None if content is None else shown_inline(content)


def _data(source: str) -> bytes | None:
    head, comma, body = source.partition(",")
    if not comma:
        return None
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw + b"==")
    except (binascii.Error, ValueError):
        return None
