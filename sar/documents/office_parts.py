"""The parts of an Office Open XML file, read by ourselves and never more than is reasonable."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import olefile
from lxml import etree

from sar.documents.converted import HiddenPart, Made
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.names import clean_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_BYTES = 300 << 20
_MOST_PARTS = 20_000
_LARGEST_XML = 100 << 20
DAMAGED = (
    "This document is damaged and cannot be opened. "
    "Open it in the program that made it, save it as a PDF and upload that."
)


class Parts:
    """A zip of XML parts, opened within limits."""

    def __init__(self, path: Path) -> None:
        """Raises DocumentError CORRUPT or TOO_BIG."""
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise DocumentError(DocumentFault.CORRUPT, DAMAGED) from error
        entries = self._zip.infolist()
        self.names = [each.filename for each in entries]
        if len(entries) > _MOST_PARTS or sum(each.file_size for each in entries) > _MOST_BYTES:
            raise DocumentError(
                DocumentFault.TOO_BIG,
                "This document unpacks to more than is allowed. "
                "Save it as a PDF and upload that, or split it.",
            )

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        try:
            with self._zip.open(name) as part:
                return part.read(_LARGEST_XML)
        except KeyError:
            return b""
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise DocumentError(DocumentFault.CORRUPT, DAMAGED) from error

    def xml(self, name: str) -> Any | None:  # noqa: ANN401  # lxml has no types
        """The root of a part, or None when there is no such part.

        Raises:
            DocumentError: CORRUPT when it is not well-formed, or declares a document type.
        """
        content = self.read(name)
        return parsed_xml(content) if content else None

    def matching(self, pattern: str) -> list[str]:
        """Names of parts, in the order of the numbers in them."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(each) for each in re.findall(r"\d+", name)])


def parsed_xml(content: bytes) -> Any:  # noqa: ANN401  # lxml has no types
    """The root of some XML, with no entity of its own resolved and nothing fetched.

    Raises:
        DocumentError: CORRUPT.
    """
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise DocumentError(DocumentFault.CORRUPT, DAMAGED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(DocumentFault.CORRUPT, DAMAGED) from error


def open_document_paragraphs(path: Path) -> list[str]:
    """The paragraphs of an OpenDocument package as it stores them, in order."""
    root = Parts(path).xml("content.xml")
    if root is None:
        return []
    tags = (f"{_TEXT}p", f"{_TEXT}h")
    found = [" ".join("".join(_own_text(each, tags)).split()) for each in root.iter(*tags)]
    return [each for each in found if each]


def _own_text(element: Any, apart: Sequence[str]) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    """The words of an element, a space for each mark in it, without those of nested paragraphs."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in apart:
            yield "" if child.tag == f"{_TEXT}span" else " "
            yield from _own_text(child, apart)
        yield child.tail or ""


def add_embedded(parts: Parts, made: Made, folder: Path) -> None:
    """Keeps every file inside the document as a child."""
    pattern = r"(?:word|xl|ppt)/(?:embeddings/.+|afchunk.*|activeX/.*\.bin)"
    for name in parts.names:
        if re.fullmatch(pattern, name, re.IGNORECASE) and not name.endswith("/"):
            content = parts.read(name)
            if content:
                inner_name, inner = unwrapped(name.rpartition("/")[2], content)
                made.add_child(folder, clean_name(inner_name), inner)
    if any(name.endswith("vbaProject.bin") for name in parts.names):
        made.hidden.append(HiddenPart("Macros (a program inside the file); they were not run"))


def unwrapped(name: str, content: bytes) -> tuple[str, bytes]:
    """The file inside an OLE wrapper, with its own name when the wrapper keeps one."""
    if not content.startswith(olefile.MAGIC):
        return name, content
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            for stream in ("Package", "CONTENTS", "Contents", "EmbeddedOdf"):
                if ole.exists(stream):
                    return name, ole.openstream(stream).read()
            if ole.exists("\x01Ole10Native"):
                return _native(name, ole.openstream("\x01Ole10Native").read())
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        pass
    return name, content


def _native(name: str, content: bytes) -> tuple[str, bytes]:
    """A file dragged into a document (OLE Packager): label, path, then its bytes."""
    label, end = _until_zero(content, 6)
    path, end = _until_zero(content, end)
    length = int.from_bytes(content[end + 4 : end + 8], "little")
    start = end + 8 + length
    size = int.from_bytes(content[start : start + 4], "little")
    inner = content[start + 4 : start + 4 + size]
    return (label or path or name, inner) if inner else (name, content)


def _until_zero(content: bytes, start: int) -> tuple[str, int]:
    end = content.find(b"\0", start)
    if end < 0:
        raise ValueError("no end of name")
    return content[start:end].decode("cp1252", "replace"), end + 1


def properties(parts: Parts) -> tuple[list[str], str | None, date | None]:
    """What the file says about itself: lines to show, its title and when it was last saved."""
    root = parts.xml("docProps/core.xml")
    if root is None:
        return [], None, None
    lines = []
    for element in root:
        text = (element.text or "").strip()
        if text and isinstance(element.tag, str):
            lines.append(f"{etree.QName(element).localname}: {text}")
    saved = root.findtext(f"{_TERMS}modified") or root.findtext(f"{_TERMS}created") or ""
    return lines, (root.findtext(f"{_DC}title") or "").strip() or None, _day(saved)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
