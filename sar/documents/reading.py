"""What a finished, tagged PDF says, in reading order: the structure a screen reader meets.

Runs inside the sandbox. Nothing is read but the file itself, so what is made of this can tell no
more than the file that was proved. Words come from pdfium, their order and the reasons of gaps from
the tags; what no tag holds (page numbers, lines) is not read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary

from sar.documents.errors import DocumentError, DocumentFault

PdfObject = Any  # what kind it is, the PDF says and the type checker cannot know
Node = dict[str, Any]  # {"tag", "page", "kids": [Node | str]}; a figure has "alt" and no kids
_DEEPEST = 60


def reading_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's way in: `{pdf}` to `{sections}`, one node for each part or record."""
    return {"sections": _sections(scratch / arguments["pdf"])}


def _sections(path: Path) -> list[Node]:
    words = _words(path)
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        tree: PdfObject = pdf.Root.StructTreeRoot.K
        return [_node(kid, pages, words, (0, 0)) for kid in _kids(tree)]


def _node(
    element: PdfObject,
    pages: dict[tuple[int, int], int],
    words: list[dict[int, str]],
    where: tuple[int, int],
) -> Node:
    """A node of the tree; where is the page of what holds it, from 0, and how deep that is."""
    page, depth = where
    if depth > _DEEPEST:
        raise DocumentError(DocumentFault.CORRUPT, "The tags of a bundle lie too deep.")
    if "/Pg" in element:
        page = pages[element.Pg.objgen]
    node: Node = {"tag": str(element.S)[1:], "page": page + 1, "kids": []}
    if node["tag"] == "Figure":
        return {**node, "alt": str(element.get("/Alt", ""))}
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            node["kids"].append(_node(kid, pages, words, (page, depth + 1)))
        elif isinstance(kid, Dictionary):
            own = pages[kid.Pg.objgen] if "/Pg" in kid else page
            node["kids"].append(words[own].get(int(kid.get("/MCID", -1)), ""))
        else:
            node["kids"].append(words[page].get(int(kid), ""))
    inner = [kid["page"] for kid in node["kids"] if not isinstance(kid, str)]
    return node if "/Pg" in element or not inner else {**node, "page": min(inner)}


def _kids(element: PdfObject) -> list[PdfObject]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _words(path: Path) -> list[dict[int, str]]:
    """For each page the words of each piece of marked content."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_words_of(page) for page in document]
    finally:
        document.close()


def _words_of(page: pypdfium2.PdfPage) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    text = page.get_textpage()
    for number, drawn in _texts_of(page):
        found.setdefault(number, []).append(_text_of(drawn, text))
    return {number: _joined(pieces) for number, pieces in found.items()}


def _texts_of(page: pypdfium2.PdfPage) -> Iterator[tuple[int, PdfObject]]:
    """Each text drawn as marked content, with its number; that of a form holds for all in it."""
    waiting = [
        (-1, pdfium.FPDFPage_GetObject(page, at))
        for at in range(pdfium.FPDFPage_CountObjects(page))
    ]
    waiting.reverse()
    while waiting:
        within, drawn = waiting.pop()
        number = pdfium.FPDFPageObj_GetMarkedContentID(drawn) if within < 0 else within
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and number >= 0:
            yield number, drawn
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and number >= 0:
            count = pdfium.FPDFFormObj_CountObjects(drawn)
            inner = [(number, pdfium.FPDFFormObj_GetObject(drawn, at)) for at in range(count)]
            waiting += reversed(inner)


def _text_of(drawn: PdfObject, text: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(drawn, text, None, 0)
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(drawn, text, units, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _joined(pieces: list[str]) -> str:
    """Pieces of one paragraph with a space between, and none of the control characters."""
    whole = " ".join(pieces)
    return " ".join("".join(char if char.isprintable() else " " for char in whole).split())
