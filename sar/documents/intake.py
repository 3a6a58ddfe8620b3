"""The steps of taking a record in that run in the sandbox; `ingest.py` calls them from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sar.documents.errors import DocumentError
from sar.documents.families import add_pages, convert_inside
from sar.documents.ocr import needs_ocr, recognised
from sar.documents.page_words import opened_pdf, page_layouts
from sar.documents.picture import SCREEN_DPI, drawn, save
from sar.documents.prepare import prepare
from sar.documents.unseen import unseen_text


def ingest_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """`{"source", "name", "password"}` to a converted, prepared PDF and its words.

    The result is that of "convert" with `prepared`, `layouts` (a JSON file) and `ocr`, the
    numbers of the pages that still have to be read by OCR.
    """
    folder = scratch / "converted"
    folder.mkdir()
    source = scratch / str(arguments["source"])
    converted = convert_inside(source, str(arguments["name"]), folder, arguments.get("password"))
    result = converted.as_dict(scratch)
    if converted.pdf is not None:
        try:
            result |= _prepared(converted.pdf, scratch, result["hidden"], result["hidden_pages"])
        except DocumentError as error:
            result |= {"pdf": None, "fault": error.fault, "sentence": error.sentence}
    return result


def read_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """`{"pdf"}` to `layouts` and `ocr`, as "ingest" gives them, for a PDF as it is."""
    return _read(scratch / str(arguments["pdf"]), scratch)


def ocr_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """`{"pdf", "pages"}` to a JSON file of those pages' layouts."""
    pdf, out = scratch / str(arguments["pdf"]), scratch / "ocr.json"
    wanted = set(arguments["pages"])
    found = []
    layouts = [each for each in page_layouts(pdf) if each.number in wanted]
    with opened_pdf(pdf) as document:
        for layout in layouts:
            found.append(recognised(document, layout, scratch).as_dict())
    out.write_text(json.dumps(found), encoding="utf-8")
    return {"layouts": out.name}


def pictures_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """`{"pdf", "first", "last"}` to WebP pictures of those pages."""
    names = []
    with opened_pdf(scratch / str(arguments["pdf"])) as document:
        for number in range(int(arguments["first"]), int(arguments["last"]) + 1):
            name = f"page-{number}.webp"
            save(drawn(document, number, SCREEN_DPI), scratch / name)
            names.append(name)
    return {"pictures": names}


def _prepared(
    pdf: Path, scratch: Path, hidden: list[str], hidden_pages: list[int]
) -> dict[str, Any]:
    """Prepares the PDF; what nobody could see on it is told on pages of its own."""
    prepared, pictured = _prepare(pdf, scratch, "preparing")
    unseen = unseen_text(pdf, prepared, pictured)
    if any(part.lines for part in unseen):
        hidden_pages += add_pages(pdf, unseen, scratch)
        prepared, _ = _prepare(pdf, scratch, "preparing-again")
    hidden += [part.summary for part in unseen]
    return {"prepared": prepared.name, **_read(prepared, scratch)}


def _prepare(pdf: Path, scratch: Path, folder: str) -> tuple[Path, frozenset[int]]:
    """The prepared PDF, and the numbers of the pages that had to become pictures."""
    prepared = scratch / "prepared.pdf"
    (scratch / folder).mkdir()
    pictured = prepare(pdf, prepared, scratch / folder).pictured
    return prepared, frozenset(pictured)


def _read(pdf: Path, scratch: Path) -> dict[str, Any]:
    layouts = page_layouts(pdf)
    with opened_pdf(pdf) as document:
        waiting = [each.number for each in layouts if needs_ocr(document, each)]
    out = scratch / "layouts.json"
    out.write_text(json.dumps([each.as_dict() for each in layouts]), encoding="utf-8")
    return {"layouts": out.name, "ocr": waiting}
