"""PDFs that hide a secret in the structure of a file; see redaction_sheet.py."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from sar.domain.redaction import Rect
from tests.corpus.redaction_sheet import HEIGHT, WIDTH, Sheet, case, line
from tests.corpus.redaction_text import shown_at_once


@case()
def in_a_form(secret: str) -> bytes:
    sheet = Sheet()
    show = f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET"
    sheet.resources.XObject.X1 = sheet.form(
        show, PieceInfo=Dictionary(App=Dictionary(Private=String(secret)))
    )
    return sheet.draw("/X1 Do").bytes()


@case()
def in_nested_forms(secret: str) -> bytes:
    sheet = Sheet()
    inner = sheet.form(f"BT /F1 6 Tf 50 85 Td ({secret}) Tj ET")
    outer = sheet.form("2 0 0 2 0 0 cm /I Do")
    outer.Resources = Dictionary(XObject=Dictionary(I=inner))
    sheet.resources.XObject.X1 = outer
    return sheet.draw("/X1 Do").bytes()


@case(pages=2)
def in_a_form_of_two_pages(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.X1 = sheet.form(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.draw("/X1 Do")
    sheet.pdf.pages.append(sheet.page)
    return sheet.bytes()


@case()
def in_a_transparent_group(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.ExtGState.G5 = Dictionary(ca=0.5)
    sheet.resources.XObject.X1 = sheet.form(
        f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 90 150 20 5 re f",
        Group=Dictionary(S=Name.Transparency),
    )
    return sheet.draw("q /G5 gs /X1 Do Q").bytes()


@case()
def in_a_soft_mask(secret: str) -> bytes:
    sheet = Sheet()
    group = sheet.form(
        f"1 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET",
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
    )
    sheet.resources.ExtGState.GM = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    return sheet.draw("q /GM gs 0 g 90 160 170 30 re f Q").bytes()


@case()
def in_a_tile(secret: str) -> bytes:
    sheet = Sheet()
    tile = sheet.pdf.make_stream(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET".encode())
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, WIDTH, HEIGHT]), WIDTH, HEIGHT
    tile.Resources = Dictionary(Font=Dictionary(F1=sheet.font))
    sheet.resources.Pattern.P1 = tile
    return sheet.draw("/Pattern cs /P1 scn 90 160 170 30 re f").bytes()


@case()
def split_in_the_middle(secret: str) -> bytes:
    sheet = Sheet().draw("")
    parts = [sheet.page.obj.Contents.read_bytes(), b"BT /F1 12 Tf 100 170 ",
             f"Td ({secret}) ".encode(), b"Tj ET"]  # fmt: skip
    sheet.page.obj.Contents = Array([sheet.pdf.make_stream(part) for part in parts])
    return sheet.bytes()


@case()
def with_comments_and_strange_operators(secret: str) -> bytes:
    return line(
        f"% {secret}\nBX /{secret.split()[0]} strange ({secret}) odd EX\n"
        f"/Tag /MC0 DP BT /F1 12 Tf 100 170 Td ({secret}) Tj ET"
    )


@case()
def in_unused_resources(secret: str) -> bytes:
    sheet = Sheet()
    name = "/" + secret.split()[0]
    sheet.resources.XObject[name] = sheet.form(f"BT ({secret}) Tj ET")
    sheet.resources.Font[name] = sheet.font
    sheet.resources.Properties[name] = Dictionary(Note=String(secret))
    return sheet.draw(f"BT {name} 12 Tf 100 170 Td ({secret}) Tj ET").bytes()


@case(areas=())
def in_orphans_and_object_streams(secret: str) -> bytes:
    sheet = Sheet().draw("")
    sheet.pdf.Root.Extra = Dictionary(Note=String(secret))
    return sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.generate) + secret.encode()


@case()
def with_a_broken_table(secret: str) -> bytes:
    data = shown_at_once(secret)
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n99999999\n%%EOF"


@case()
def with_a_lost_end(secret: str) -> bytes:
    data = shown_at_once(secret)
    return data[: data.rindex(b"xref\n0")] + b"\n"  # only the table of objects is gone


@case()
def with_an_earlier_revision(secret: str) -> bytes:
    first = line(f"BT /F1 12 Tf 40 100 Td ({secret}) Tj ET")
    second = line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    return _updated(first, second)


def _updated(first: bytes, second: bytes) -> bytes:
    """The first file with the second's content appended as an incremental update."""
    with pikepdf.open(io.BytesIO(second)) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.trailer.Root.objgen[0]
    previous = int(first[first.rindex(b"startxref") + 9 :].split()[0])
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(content), content,
    )  # fmt: skip
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number, at, size, root, previous,
    )  # fmt: skip
    return first + body + table + b"startxref\n%d\n%%%%EOF" % (at + len(body))


@case(areas=())
def everywhere_beside_the_page(secret: str) -> bytes:
    sheet = Sheet().draw(
        f"/Span << /ActualText ({secret}) /Alt ({secret}) /E ({secret}) >> BDC EMC"
    )
    pdf = sheet.pdf
    pdf.docinfo = pdf.make_indirect(Dictionary(Title=String(secret), Author=String(secret)))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = secret
    root = pdf.Root
    root.Lang = String(secret)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(secret))]))
    root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, Alt=String(secret), T=String(secret))
    )
    root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String(secret), Array([sheet.page.obj, Name.Fit])])),
        JavaScript=Dictionary(
            Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(secret))])
        ),
    )
    root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(secret))
    root.Threads = Array([Dictionary(I=Dictionary(Title=String(secret)))])
    root.PieceInfo = Dictionary(App=Dictionary(Private=String(secret)))
    sheet.page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String(secret)))
    pdf.attachments[f"{secret}.txt"] = secret.encode()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret, 0))
    return sheet.bytes()


@case()
def locked_for_the_owner(secret: str) -> bytes:
    with pikepdf.open(io.BytesIO(shown_at_once(secret))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="", R=4))
        return out.getvalue()


@case(areas=(Rect(116, 400 - 252, 136, 400 - 96),))
def turned_by_the_viewer(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.Rotate = 270
    return sheet.bytes()


@case(areas=(Rect(2 * 96, 2 * 116, 2 * 252, 2 * 136),))
def in_larger_units(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.UserUnit = 2
    return sheet.bytes()


@case(areas=(Rect(86, 96, 242, 116),))
def cropped_and_shifted(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")
    sheet.page.obj.MediaBox = Array([-50, -50, 450, 350])
    sheet.page.obj.CropBox = Array([10, 20, 390, 280])
    return sheet.bytes()
