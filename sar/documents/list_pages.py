"""A set list as a tagged PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from sar.documents.face import faces
from sar.documents.ruled_list import HEIGHT, WIDTH, Element, Setting
from sar.documents.stamp import unicode_map_of

PdfObject = Any  # what kind it is, the PDF says and the type checker cannot know


def list_pdf(setting: Setting) -> bytes:
    """The sheets of a setting as a tagged PDF; the same setting gives the same bytes."""
    with pikepdf.new() as pdf:
        fonts = _fonts(pdf, setting)
        pages = [_page(pdf, fonts, "\n".join(sheet.drawing)) for sheet in setting.sheets]
        _tag(pdf, pages, setting)
        out = io.BytesIO()
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, fonts: PdfObject, drawing: str) -> PdfObject:
    page: PdfObject = Dictionary(
        Type=Name("/Page"),
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Resources=Dictionary(Font=fonts),
        Contents=pdf.make_stream(drawing.encode("ascii")),
    )
    pdf.pages.append(pikepdf.Page(page))
    return pdf.pages[-1].obj


def _fonts(pdf: pikepdf.Pdf, setting: Setting) -> PdfObject:
    fonts = Dictionary()
    for at, (face, used) in enumerate(zip(faces(), setting.used, strict=True)):
        if used:
            fonts[f"/F{at}"] = pdf.make_indirect(_font(pdf, face.embedded(used)))
    return fonts


def _font(pdf: pikepdf.Pdf, face: dict[str, Any]) -> PdfObject:
    name = Name("/" + face["name"])
    program = pdf.make_stream(face["program"], Length1=len(face["program"]))
    descriptor = Dictionary(
        Type=Name("/FontDescriptor"),
        FontName=name,
        Flags=4,
        FontBBox=Array(face["box"]),
        ItalicAngle=0,
        Ascent=face["ascent"],
        Descent=face["descent"],
        CapHeight=714,
        StemV=80,
        FontFile2=program,
    )
    widths: list[PdfObject] = []
    for number, width in sorted(face["widths"].items()):
        widths += [number, [width]]
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    cid_font = Dictionary(
        Type=Name("/Font"),
        Subtype=Name("/CIDFontType2"),
        BaseFont=name,
        CIDSystemInfo=system,
        CIDToGIDMap=Name("/Identity"),
        DW=500,
        W=Array(widths),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return Dictionary(
        Type=Name("/Font"),
        Subtype=Name("/Type0"),
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(cid_font)]),
        ToUnicode=pdf.make_stream(unicode_map_of(face["unicode"])),
    )


def _tag(pdf: pikepdf.Pdf, pages: Sequence[PdfObject], setting: Setting) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name("/StructTreeRoot")))
    document = pdf.make_indirect(
        Dictionary(Type=Name("/StructElem"), S=Name("/Document"), P=root, K=Array())
    )
    found: list[list[PdfObject]] = [[None] * sheet.marked for sheet in setting.sheets]
    for element in setting.elements:
        document.K.append(_element(pdf, element, document, pages, found))
    numbers: PdfObject = Array()
    for at, (page, marked) in enumerate(zip(pages, found, strict=True)):
        page.StructParents = at
        numbers.extend([at, pdf.make_indirect(Array(marked))])
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(
    pdf: pikepdf.Pdf,
    element: Element,
    parent: PdfObject,
    pages: Sequence[PdfObject],
    found: list[list[PdfObject]],
) -> PdfObject:
    node = pdf.make_indirect(
        Dictionary(Type=Name("/StructElem"), S=Name(element.tag), P=parent, K=Array())
    )
    if element.scope:
        node.A = Dictionary(O=Name("/Table"), Scope=Name(element.scope))
    for page, marked in element.places:
        node.Pg = pages[page]
        node.K.append(marked)
        found[page][marked] = node
    for kid in element.kids:
        node.K.append(_element(pdf, kid, node, pages, found))
    return node
