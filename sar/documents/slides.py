"""Presentations: every slide printed, hidden ones too; notes and comments behind them."""

from __future__ import annotations

import json
from typing import Any

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError
from sar.documents.expected import missing_from_pages
from sar.documents.office import converted_by_office
from sar.documents.office_parts import (
    A,
    Parts,
    add_embedded,
    open_document_paragraphs,
    properties,
)
from sar.documents.word import refuse_locked

_FILTERS = {"odg": "draw_pdf_Export", "fodg": "draw_pdf_Export"}
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HIDDEN_TOO = json.dumps({"ExportHiddenSlides": {"type": "boolean", "value": "true"}})


def convert_slides(material: Material) -> Made:
    """A pptx, ppt, odp or odg file as pages."""
    refuse_locked(material)
    ending, folder = material.media.ending, material.folder
    parts = Parts(material.path) if ending == "pptx" else _as_pptx(material)
    filter_name = _FILTERS.get(ending, "impress_pdf_Export")
    target = f"pdf:{filter_name}:{_HIDDEN_TOO}"
    made = Made(converted_by_office(material.path, folder / "office", target, ending))
    if parts is not None:
        slides = _texts(parts, r"ppt/slides/slide\d+\.xml")
        made.hidden, made.hidden_pages = _hidden(parts), _unseen_slides(parts)
        expected = [line for text in slides for line in text]
        if ending in {"odp", "odg"}:
            expected += open_document_paragraphs(material.path)
        known = {line for part in made.hidden for line in part.lines}
        made.hidden += missing_from_pages(
            made.pdf, [line for line in expected if not any(line in each for each in known)]
        )
        _, made.title, made.dated_on = properties(parts)
        add_embedded(parts, made, folder)
    return made


def _as_pptx(material: Material) -> Parts | None:
    target = "pptx:Impress MS PowerPoint 2007 XML"
    try:
        ending = material.media.ending
        return Parts(converted_by_office(material.path, material.folder / "pptx", target, ending))
    except DocumentError:
        return None


def _hidden(parts: Parts) -> list[HiddenPart]:
    found = []
    notes = []
    for number, lines in enumerate(_texts(parts, r"ppt/notesSlides/notesSlide\d+\.xml"), 1):
        words = [each for each in lines if not each.isdigit()]
        notes += [f"Note {number}: {' / '.join(words)}"] if words else []
    if notes:
        found.append(HiddenPart("Notes under the slides", tuple(notes)))
    comments = []
    for name in parts.matching(r"ppt/(?:comments/.+|threadedComments/.+)\.xml"):
        comments += _comment_lines(parts.xml(name))
    if comments:
        found.append(HiddenPart("Comments on the slides", tuple(comments)))
    unseen = _unseen_slides(parts)
    if unseen:
        numbers = ", ".join(map(str, unseen))
        found.append(HiddenPart(f"Hidden slides, shown among the others: {numbers}"))
    return found


def _texts(parts: Parts, pattern: str) -> list[list[str]]:
    result = []
    for name in parts.matching(pattern):
        root = parts.xml(name)
        lines = [] if root is None else [_line(each) for each in root.iter(f"{A}p")]
        result.append([line for line in lines if line.strip()])
    return result


def _line(paragraph: Any) -> str:  # noqa: ANN401  # lxml has no types
    pieces = [each.text or "" for each in paragraph.iter(f"{A}t", f"{A}br")]
    return " ".join("".join(piece or " " for piece in pieces).split())


def _comment_lines(root: Any) -> list[str]:  # noqa: ANN401  # lxml has no types
    if root is None:
        return []
    texts = [element for element in root.iter() if str(element.tag).endswith("}text")]
    lines = [(element.text or "").strip() for element in texts]
    lines += [_line(each) for each in root.iter(f"{A}p")]
    return [line for line in lines if line]


def _unseen_slides(parts: Parts) -> list[int]:
    """The places of the slides that are not shown, from 1, in the order of the presentation."""
    roots = [parts.xml(name) for name in _in_order(parts)]
    return [
        number
        for number, root in enumerate(roots, 1)
        if root is not None and root.get("show") in {"0", "false"}
    ]


def _in_order(parts: Parts) -> list[str]:
    """The names of the slides as the presentation lists them."""
    show, links = parts.xml("ppt/presentation.xml"), parts.xml("ppt/_rels/presentation.xml.rels")
    names = parts.matching(r"ppt/slides/slide\d+\.xml")
    if show is None or links is None:
        return names
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    listed = [targets.get(each.get(f"{_R}id"), "") for each in show.iter(f"{_P}sldId")]
    found = [f"ppt/slides/{each.rpartition('/')[2]}" for each in listed]
    return found if sorted(found) == sorted(names) else names
