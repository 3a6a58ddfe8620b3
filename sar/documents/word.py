"""Word-processor documents: printed by LibreOffice, checked against what the file says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import olefile

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.expected import missing_from_pages
from sar.documents.office import converted_by_office
from sar.documents.office_parts import Parts, add_embedded, properties
from sar.documents.word_hidden import expected_paragraphs, hidden_parts
from sar.documents.word_mend import has_floating_tables, mended

LOCKED = (
    "This document needs a password. "
    "Ask the sender for it, or open it yourself, save a copy without one and upload that."
)
_ODF_BY_ZIP = {"odt", "ods", "odp", "odg"}


def convert_word(material: Material) -> Made:
    """A docx, doc, odt, rtf or flat file as pages, with what print-outs leave out behind them."""
    refuse_locked(material)
    if material.media.ending == "docx":
        return _convert_docx(material)
    made = Made(_printed(material.path, material, "office"))
    # Everything is read as one format, so that there is one list of hidden things to know.
    parts = _as_docx(material)
    if parts is None:
        made.hidden = [HiddenPart("Comments and tracked changes of this file could not be read")]
        return made
    _, made.title, made.dated_on = properties(parts)
    made.hidden = hidden_parts(parts)
    made.hidden += missing_from_pages(made.pdf, expected_paragraphs(parts))
    add_embedded(parts, made, material.folder)
    return made


def _convert_docx(material: Material) -> Made:
    parts, copy = Parts(material.path), material.folder / "mended.docx"
    remarks = mended(parts, copy)
    made = Made(_printed(copy, material, "office"))
    expected = expected_paragraphs(parts)
    missing = missing_from_pages(made.pdf, expected)
    if missing and has_floating_tables(parts):
        mended(parts, copy, is_flat=True)
        again = _printed(copy, material, "office-flat")
        still = missing_from_pages(again, expected)
        if len("".join(_lines(still))) < len("".join(_lines(missing))):
            made.pdf, missing = again, still
    lines, made.title, made.dated_on = properties(parts)
    made.hidden = [*remarks, *hidden_parts(parts), *missing]
    if lines:
        made.hidden.append(HiddenPart(f"Properties: {'; '.join(lines)}"))
    add_embedded(parts, made, material.folder)
    return made


def _printed(source: Path, material: Material, folder: str) -> Path:
    return converted_by_office(source, material.folder / folder, "pdf", material.media.ending)


def _lines(parts: Iterable[HiddenPart]) -> list[str]:
    return [line for part in parts for line in part.lines]


def refuse_locked(material: Material) -> None:
    """Raises DocumentError ENCRYPTED for a document that only opens with a password."""
    ending = material.media.ending
    is_locked = False
    if ending in _ODF_BY_ZIP:
        is_locked = b"encryption-data" in Parts(material.path).read("META-INF/manifest.xml")
    elif ending in {"doc", "xls", "ppt"}:
        is_locked = _is_locked_binary(material.path)
    if is_locked:
        raise DocumentError(DocumentFault.ENCRYPTED, LOCKED)


def _as_docx(material: Material) -> Parts | None:
    target = "docx:MS Word 2007 XML"
    try:
        ending = material.media.ending
        again = converted_by_office(material.path, material.folder / "docx", target, ending)
        return Parts(again)
    except DocumentError:
        return None


def _is_locked_binary(path: Path) -> bool:
    with olefile.OleFileIO(path) as ole:
        if ole.exists("WordDocument"):
            flags = ole.openstream("WordDocument").read(12)[10:12]
            return bool(int.from_bytes(flags, "little") & 0x0100)
        if ole.exists("EncryptedSummary"):
            return True
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                return _has_file_pass(ole.openstream(name).read(8192))
    return False


def _has_file_pass(stream: bytes) -> bool:
    place = 0
    while place + 4 <= len(stream):
        kind = int.from_bytes(stream[place : place + 2], "little")
        if kind == 0x2F:
            return True
        place += 4 + int.from_bytes(stream[place + 2 : place + 4], "little")
    return False
