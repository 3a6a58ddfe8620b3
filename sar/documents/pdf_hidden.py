"""What a PDF holds beside what it shows: notes, text outside the page, scripts, older versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from sar.documents.converted import HiddenPart

_NOTES = {
    *("/Text", "/FreeText", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"),
    *(
        "/Caret",
        "/Stamp",
        "/Ink",
        "/Square",
        "/Circle",
        "/Line",
        "/Polygon",
        "/PolyLine",
        "/Redact",
    ),
}
_FAULTS = (pikepdf.PdfError, KeyError, ValueError, AttributeError, TypeError, IndexError)
_MOST_LINES = 2000


def hidden_parts(pdf: pikepdf.Pdf, path: Path) -> list[HiddenPart]:
    """Everything of that kind in an opened PDF; what cannot be read is passed over."""
    found = [
        _part("Notes and comments on the pages", _notes(pdf)),
        _part("Form fields that the page does not show", _unseen_fields(pdf)),
        _part("Data of an XFA form", _form_data(pdf)),
    ]
    if _has_script(pdf):
        found.append(HiddenPart("A script (JavaScript); it was not run"))
    revisions = path.read_bytes().count(b"%%EOF") - 1
    is_split = pdf.is_linearized
    if revisions > (1 if is_split else 0):
        found.append(HiddenPart(f"Earlier versions saved in the same file: {revisions}"))
    return [part for part in found if part is not None]


def _part(summary: str, lines: Iterator[str]) -> HiddenPart | None:
    kept = tuple(line for line, _ in zip(lines, range(_MOST_LINES), strict=False))
    return HiddenPart(summary, kept) if kept else None


def _notes(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        seen = set()
        for annotation in _list(page.obj, "/Annots"):
            try:
                if str(annotation.get("/Subtype")) not in _NOTES:
                    continue
                text = _said(annotation, "/Contents")
                who = _said(annotation, "/T")
            except _FAULTS:
                continue
            if text and (who, text) not in seen:
                seen.add((who, text))
                yield f"Page {number}: {who + ': ' if who else ''}{text}"


def _unseen_fields(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Values of fields that are hidden, or have no place on a page."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    waiting: list[tuple[Any, str, int]] = [(each, "", 0) for each in _list(form, "/Fields")]
    while waiting:
        field, above, depth = waiting.pop(0)
        try:
            name = ".".join(each for each in (above, _said(field, "/T")) if each)
            kids = _list(field, "/Kids")
            if depth < 20:
                waiting += [(kid, name, depth + 1) for kid in kids]
            flags = int(field.get("/F", 0))
            value = _said(field, "/V")
            is_unseen = flags & 0b100010 or (not kids and "/Rect" not in field)
            if value and is_unseen:
                yield f"{name}: {value}"
        except _FAULTS:
            continue


def _form_data(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The filled-in values of an XFA form: programs other than Adobe's do not show them."""
    try:
        packets = pdf.Root.AcroForm.XFA
    except _FAULTS:
        return
    streams = list(packets) if isinstance(packets, pikepdf.Array) else [packets]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            content = stream.read_bytes()
            found = re.search(rb"<xfa:data\b.*?</xfa:data>", content, re.DOTALL)
            if found:
                text = found.group().decode("utf-8", "replace")
                for name, value in re.findall(r"<([\w:.-]+)[^>]*>([^<>]+)</", text):
                    if value.strip():
                        yield f"{name}: {value.strip()}"


def _has_script(pdf: pikepdf.Pdf) -> bool:
    try:
        names = pdf.Root.get("/Names")
        action = pdf.Root.get("/OpenAction")
        has_names = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
        return has_names or (isinstance(action, pikepdf.Dictionary) and "/JS" in action)
    except _FAULTS:
        return False


def _list(holder: Any, key: str) -> list[Any]:  # noqa: ANN401  # an object of the PDF
    try:
        found = holder.get(key)
        return list(found) if isinstance(found, pikepdf.Array) else []
    except _FAULTS:
        return []


def _said(holder: Any, key: str) -> str:  # noqa: ANN401  # an object of the PDF
    value = holder.get(key)
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace").strip()
    if isinstance(value, pikepdf.Array):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value).strip()
