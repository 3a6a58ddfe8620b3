"""Word-processor documents: printed by LibreOffice, checked against what the file says."""

from __future__ import annotations

from pathlib import Path

import olefile

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.expected import missing_from_pages
from sar.documents.office import converted_by_office
from sar.documents.office_parts import Parts, add_embedded, properties
from sar.documents.word_hidden import expected_paragraphs, hidden_parts
from sar.documents.word_mend import mended

LOCKED = (
    "This document needs a password. "
    "Ask the sender for it, or open it yourself, save a copy without one and upload that."
)
_ODF_BY_ZIP = {"odt", "ods", "odp", "odg"}


def convert_word(material: Material) -> Made:
    """A docx, doc, odt, rtf or flat file as pages, with what print-outs leave out behind them."""
    refuse_locked(material)
    source, kind = material.path, material.media.ending
    folder = material.folder
    remarks: list[HiddenPart] = []
    if kind != "docx":
        # Everything is read as one format, so that there is one list of hidden things to know.
        parts, remarks = _as_docx(material)
    else:
        parts = Parts(source)
        source, remarks = mended(parts, folder / "mended.docx")
    made = Made(converted_by_office(source, folder / "office", "pdf", kind))
    if parts is not None:
        lines, made.title, made.dated_on = properties(parts)
        made.hidden = [*remarks, *hidden_parts(parts)]
        made.hidden += missing_from_pages(made.pdf, expected_paragraphs(parts))
        if lines and kind == "docx":
            made.hidden.append(HiddenPart(f"Properties: {'; '.join(lines)}"))
        add_embedded(parts, made, folder)
    else:
        made.hidden = remarks
    return made


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


def _as_docx(material: Material) -> tuple[Parts | None, list[HiddenPart]]:
    target = "docx:MS Word 2007 XML"
    try:
        ending = material.media.ending
        again = converted_by_office(material.path, material.folder / "docx", target, ending)
        return Parts(again), []
    except DocumentError:
        part = HiddenPart("Comments and tracked changes of this file could not be read")
        return None, [part]


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
