"""Turns a PDF of ours into a segment: room for the stamp, content clipped to its page, and tags.

A page that has no tags gets them: paragraphs, headings, and a figure for each gap where it
interrupts them, whose alternative text says why something was left out. A page that has tags (our
own letters and lists) keeps them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from sar.documents.content_tags import Block, Tagged, UnknownContentError, tagged
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.relocation import DOCUMENT, FONT, KEY, ROOT, STAMP, references_in, relocate
from sar.documents.segment import PagePlace
from sar.domain.redaction import Rect

STRIP = 24.0
_WIDE = 842.0  # wider pages get a taller strip, so that the stamp can be read when they are shrunk
_NAME = re.compile(rb"/[^\s()<>\[\]{}/%]+")
_DRAWN_WITH = ("/ExtGState", "/Font", "/XObject", "/Pattern", "/Shading", "/ColorSpace")
_PAGE_PARTS = ("/Type", "/MediaBox", "/Resources", "/Contents", "/StructParents", "/Group")

PdfObject = Any  # what kind it is, the PDF says and the type checker cannot know
Gap = tuple[Rect, str]  # where something was left out, and the words that say why


def make_segment(
    source: Path,
    out: Path,
    gaps: Mapping[int, Sequence[Gap]] | None = None,
    *,
    notes: Mapping[int, str] | None = None,
    strip: float = STRIP,
) -> None:
    """Writes the segment of a PDF; gaps are by page, counted from 1, origin top left.

    Notes, by page too, stand above the page number. The strip is the height in points of the room
    for both.

    Raises:
        DocumentError: the PDF cannot be read, has no pages, or a page of it is turned.
    """
    try:
        with pikepdf.open(source) as pdf:
            places = _dressed(pdf, gaps or {}, strip)
            written = io.BytesIO()
            pdf.save(
                written,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                static_id=True,
                preserve_pdfa=False,
            )
    except pikepdf.PdfError as error:
        raise DocumentError(
            DocumentFault.CORRUPT, "A compiled document could not be read."
        ) from error
    noted = [
        replace(place, note=(notes or {}).get(page, "")) for page, place in enumerate(places, 1)
    ]
    _relocate(written.getvalue(), noted, out)


def _dressed(pdf: pikepdf.Pdf, gaps: Mapping[int, Sequence[Gap]], strip: float) -> list[PagePlace]:
    """Dresses every page and leaves in the catalogue only what the segment needs."""
    pages = list(pdf.pages)
    if not pages:
        raise DocumentError(DocumentFault.EMPTY, "A document without pages cannot be disclosed.")
    tagged_root = pdf.Root.get("/StructTreeRoot")
    if tagged_root is not None:
        for page in pages:
            _drop_unused(page)
    blocks = (
        [_tagged_content(pdf, page, gaps.get(at, ())) for at, page in enumerate(pages, 1)]
        if tagged_root is None
        else []
    )
    places = [_room_for_stamp(pdf, page, strip) for page in pages]
    section = pdf.make_indirect(
        Dictionary(Type=Name("/StructElem"), S=Name("/Sect"), P=Name(DOCUMENT))
    )
    if tagged_root is None:
        parents = _new_tags(pdf, pages, section, blocks)
    else:
        parents = _kept_tags(pages, section, tagged_root)
    tree = pdf.make_indirect(
        Dictionary(
            Type=Name("/Pages"),
            Parent=Name(ROOT),
            Count=len(pages),
            Kids=Array([page.obj for page in pages]),
        )
    )
    for at, page in enumerate(pages):
        _keep_page(pdf, page.obj, tree, at)
    _keep_catalogue(pdf, Array([tree, section, pdf.make_indirect(parents)]))
    return places


def _drop_unused(page: pikepdf.Page) -> None:
    """Leaves a page of ours only the fonts and drawings it names, not those of its neighbours."""
    contents: PdfObject = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    drawn = b"\n".join(stream.read_bytes() for stream in streams)
    named = {name.decode("latin-1") for name in _NAME.findall(drawn)}
    inherited: PdfObject = page.resources
    kept: PdfObject = Dictionary()
    for kind in _DRAWN_WITH:
        found = {
            name: value for name, value in dict(inherited.get(kind, {})).items() if name in named
        }
        if found:
            kept[kind] = Dictionary(found)
    page.obj.Resources = kept


def _keep_page(pdf: pikepdf.Pdf, page: PdfObject, tree: PdfObject, key: int) -> None:
    for name in list(page):
        if name not in _PAGE_PARTS:
            del page[name]
    page.Parent = tree
    page.StructParents = key
    page.Tabs = Name("/S")
    contents = page.Contents
    parts = list(contents) if isinstance(contents, Array) else [contents]
    page.Contents = Array([Name(STAMP), *parts])


def _keep_catalogue(pdf: pikepdf.Pdf, segment: PdfObject) -> None:
    root: PdfObject = pdf.Root
    for name in list(root):
        if name not in ("/Type", "/Pages"):
            del root[name]
    root.Segment = segment
    root.Pages = Dictionary(Type=Name("/Pages"), Count=0, Kids=Array([]))
    trailer: PdfObject = pdf.trailer
    for name in list(trailer):
        if name in ("/Info", "/ID"):
            del trailer[name]


def _room_for_stamp(pdf: pikepdf.Pdf, page: pikepdf.Page, strip: float) -> PagePlace:
    """Grows the page at the bottom, clips what was there to where it was, and adds the font."""
    if int(page.obj.get("/Rotate", 0)) % 360 or float(page.obj.get("/UserUnit", 1)) != 1:
        raise DocumentError(DocumentFault.UNSUPPORTED, "A compiled page may not be turned.")
    left, bottom, right, top = (round(float(edge), 3) for edge in page.mediabox)
    strip = round(strip * max(1.0, (right - left) / _WIDE), 3)
    opening = f"q {left} {bottom} {right - left:.3f} {top - bottom:.3f} re W n\n"
    page.contents_add(pdf.make_stream(opening.encode()), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ\n"))
    page.obj.MediaBox = Array([left, round(bottom - strip, 3), right, top])
    _add_font(page)
    return PagePlace(0, left, round(bottom - strip, 3), right, top, strip)


def _add_font(page: pikepdf.Page) -> None:
    inherited: PdfObject = page.resources
    resources: PdfObject = Dictionary(inherited)
    fonts = Dictionary(resources.get("/Font", Dictionary()))
    fonts["/StampFont"] = Name(FONT)
    resources["/Font"] = fonts
    page.obj.Resources = resources


def _tagged_content(
    pdf: pikepdf.Pdf, page: pikepdf.Page, gaps: Sequence[Gap]
) -> tuple[Sequence[Block], int]:
    """Puts marked content around all that is drawn; returns the blocks and how many pieces."""
    contents: PdfObject = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    drawn = b"\n".join(stream.read_bytes() for stream in streams)
    try:
        found = tagged(drawn, gaps, _forms_with_words(page))
    except UnknownContentError:
        found = _as_one(drawn, gaps)
    page.obj.Contents = pdf.make_stream(found.content)
    return found.blocks, found.count


def _as_one(drawn: bytes, gaps: Sequence[Gap]) -> Tagged:
    """A page in another grammar: one paragraph, and after it each gap."""
    blocks = [Block("/P", 0, 0, [0])]
    parts = [b"/P <</MCID 0>> BDC\n" + drawn + b"\nEMC"]
    for at, (rect, words) in enumerate(gaps, 1):
        blocks.append(Block("/Figure", rect.y0, rect.x0, [at], words, rect))
        parts.append(b"/Figure <</MCID %d>> BDC EMC" % at)
    return Tagged(b"\n".join(parts), tuple(blocks), len(blocks))


def _forms_with_words(page: pikepdf.Page) -> frozenset[str]:
    drawings: PdfObject = page.resources.get("/XObject", {})
    return frozenset(
        name[1:]
        for name, each in dict(drawings).items()
        if each.get("/Subtype") == "/Form" and b" TJ" in each.read_bytes()
    )


def _new_tags(
    pdf: pikepdf.Pdf,
    pages: Sequence[pikepdf.Page],
    section: PdfObject,
    blocks: Sequence[tuple[Sequence[Block], int]],
) -> PdfObject:
    numbers = Array()
    section.K = Array()
    for at, (page, (found, count)) in enumerate(zip(pages, blocks, strict=True)):
        parents: list[PdfObject] = [None] * count
        for block in found:
            section.K.append(_element(pdf, page, section, block, parents))
        numbers.extend([Name(f"{KEY}{at}"), pdf.make_indirect(Array(parents))])
    return _leaf(numbers, len(pages))


def _element(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    parent: PdfObject,
    block: Block,
    parents: list[PdfObject],
) -> PdfObject:
    """The structure element of a block; its pieces are noted in the page's list of parents."""
    element: PdfObject = pdf.make_indirect(
        Dictionary(Type=Name("/StructElem"), S=Name(block.tag), P=parent, Pg=page.obj)
    )
    kids: list[PdfObject] = []
    for piece in block.pieces:
        if isinstance(piece, Block):
            kids.append(_element(pdf, page, element, piece, parents))
        else:
            parents[piece] = element
            kids.append(piece)
    element.K = kids[0] if len(kids) == 1 else Array(kids)
    if block.words:
        element.Alt = String(block.words)
    if block.box is not None:
        element.A = Dictionary(O=Name("/Layout"), BBox=_box_on(page, block.box))
    return element


def _box_on(page: pikepdf.Page, rect: Rect) -> PdfObject:
    left, top = float(page.obj.MediaBox[0]), float(page.obj.MediaBox[3])
    box = (left + rect.x0, top - rect.y1, left + rect.x1, top - rect.y0)
    return Array([round(edge, 2) for edge in box])


def _kept_tags(pages: Sequence[pikepdf.Page], section: PdfObject, tagged: PdfObject) -> PdfObject:
    """Hangs the tags of a letter of ours under the section, pages keyed from 0."""
    kids = tagged.K if isinstance(tagged.K, Array) else Array([tagged.K])
    section.K = Array()
    for document in kids:
        inner = document.K if isinstance(document.K, Array) else Array([document.K])
        for element in inner:
            element.P = section
            section.K.append(element)
            _scope(element, "/Row")
    old = tagged.ParentTree.Nums
    by_key = {int(old[at]): old[at + 1] for at in range(0, len(old), 2)}
    numbers = Array()
    for at, page in enumerate(pages):
        numbers.extend([Name(f"{KEY}{at}"), by_key[int(page.obj.StructParents)]])
    return _leaf(numbers, len(pages))


def _leaf(numbers: PdfObject, count: int) -> PdfObject:
    limits = Array([Name(f"{KEY}0"), Name(f"{KEY}{count - 1}")])
    return Dictionary(Limits=limits, Nums=numbers)


def _scope(element: PdfObject, scope: str) -> None:
    """Says of each heading of a table what it heads, in place of ids that could meet others."""
    if not isinstance(element, Dictionary):
        return
    if element.get("/S") == "/THead":
        scope = "/Column"
    if "/ID" in element:
        del element["/ID"]
    if element.get("/S") in ("/TH", "/TD"):
        _describe_cell(element, scope)
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        _scope(kid, scope)


def _describe_cell(element: PdfObject, scope: str) -> None:
    spans = {
        name: value
        for name, value in dict(element.get("/A", Dictionary())).items()
        if name in ("/RowSpan", "/ColSpan")
    }
    element.A = Dictionary({"/O": Name("/Table"), **spans})
    if element.S == "/TH":
        element.A.Scope = Name(scope)


def _relocate(pdf: bytes, places: list[PagePlace], out: Path) -> None:
    """Finds the parts the linker needs by their numbers in the file qpdf wrote."""
    catalogue = 1
    tree, section, parents = references_in(pdf, catalogue)[-3:]
    numbers = references_in(pdf, tree)
    pages = [replace(place, number=number) for number, place in zip(numbers, places, strict=True)]
    relocate(pdf, pages, (tree, section, parents), out)
