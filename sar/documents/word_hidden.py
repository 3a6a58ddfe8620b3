"""What a Word document holds beside the words it prints: comments, changes, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sar.documents.converted import HiddenPart
from sar.documents.office_parts import Parts, W

_STORIES = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"
# Deleted words are told apart from the rest; paragraphs in boxes are read by themselves.
_APART = ("}p", "}del", "}moveFrom", "}txbxContent")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORDS = {f"{W}t", f"{_MATHS}t"}
_SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"}


def hidden_parts(parts: Parts) -> list[HiddenPart]:
    """Comments, tracked changes, hidden text and document variables."""
    found = [_comments(parts)]
    roots = [root for name in parts.matching(_STORIES) if (root := parts.xml(name)) is not None]
    found += [_changes(roots, f"{W}ins", "insertion"), _changes(roots, f"{W}del", "deletion")]
    found += [_vanished(roots), _variables(parts)]
    return [part for part in found if part is not None]


def expected_paragraphs(parts: Parts) -> list[str]:
    """Every paragraph the pages should show, in document order, parts one after the other."""
    result = []
    for name in parts.matching(_STORIES):
        root = parts.xml(name)
        if root is not None:
            result += [text for each in root.iter(f"{W}p") if (text := _own_text(each)).strip()]
    return result


def _own_text(paragraph: Any) -> str:  # noqa: ANN401  # lxml has no types
    """The words of a paragraph without those of text boxes in it, hidden text and deletions."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    for child in element:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif isinstance(child.tag, str) and not child.tag.endswith(_APART):
            yield from _pieces(child)


def _comments(parts: Parts) -> HiddenPart | None:
    root = parts.xml("word/comments.xml")
    comments = [] if root is None else list(root.iter(f"{W}comment"))
    if not comments:
        return None
    anchored = _anchors(parts)
    lines = []
    for each in comments:
        about = anchored.get(each.get(f"{W}id"), "")
        lines.append(f"{_who(each)}{_all_text(each)}" + (f" [about: {about}]" if about else ""))
    return HiddenPart(_count(len(comments), "comment"), tuple(lines))


def _anchors(parts: Parts) -> dict[str | None, str]:
    """For each comment, the words it is fixed to."""
    root = parts.xml("word/document.xml")
    if root is None:
        return {}
    running: dict[str, list[str]] = {}
    done: dict[str | None, str] = {}
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        number = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            running[number] = []
        elif element.tag == f"{W}commentRangeEnd":
            done[number] = " ".join("".join(running.pop(number, [])).split())[:300]
        else:
            for words in running.values():
                words.append(element.text or "")
    return done


def _changes(roots: list[Any], tag: str, noun: str) -> HiddenPart | None:
    lines = []
    for root in roots:
        for change in root.iter(tag):
            text = _all_text(change)
            if text.strip():
                lines.append(f"{_who(change)}{text}")
    return HiddenPart(_count(len(lines), f"tracked {noun}"), tuple(lines)) if lines else None


def _vanished(roots: list[Any]) -> HiddenPart | None:
    lines = []
    for root in roots:
        for run in root.iter(f"{W}r"):
            mark = run.find(f"{W}rPr/{W}vanish")
            is_on = mark is not None and mark.get(f"{W}val") not in {"0", "false", "off"}
            if is_on and _all_text(run).strip():
                lines.append(_all_text(run))
    return HiddenPart("Hidden text", tuple(lines)) if lines else None


def _variables(parts: Parts) -> HiddenPart | None:
    root = parts.xml("word/settings.xml")
    found = [] if root is None else list(root.iter(f"{W}docVar"))
    lines = [f"{each.get(f'{W}name')}: {each.get(f'{W}val')}" for each in found]
    return HiddenPart(_count(len(lines), "document variable"), tuple(lines)) if lines else None


def _who(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    author = element.get(f"{W}author") or ""
    day = (element.get(f"{W}date") or "")[:10]
    told = ", ".join(each for each in (author, day) if each)
    return f"{told}: " if told else ""


def _all_text(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    pieces = []
    for each in element.iter(f"{W}t", f"{W}delText", f"{W}p", *_SPACES):
        pieces.append(each.text or "" if each.tag in {f"{W}t", f"{W}delText"} else " ")
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
