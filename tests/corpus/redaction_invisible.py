"""PDFs that hide a secret where nobody can see it; see redaction_sheet.py."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.corpus.redaction_sheet import Sheet, case, line, outlined, picture


@case(areas=())
def invisible_mode(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 3 Tr 100 170 Td ({secret}) Tj ET")


@case(areas=())
def white_on_white(secret: str) -> bytes:
    return line(f"1 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@case(areas=())
def nearly_white(secret: str) -> bytes:
    return line(f"0.995 g BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@case(areas=())
def under_a_white_box(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 1 g 95 160 170 24 re f")


@case(areas=())
def under_a_black_box(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET 0 g 95 160 170 24 re f")


@case(areas=())
def black_on_black(secret: str) -> bytes:
    return line(f"0 g 95 160 170 24 re f BT /F1 12 Tf 100 170 Td ({secret}) Tj ET")


@case(areas=())
def wholly_transparent(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.ExtGState.G0 = Dictionary(ca=0, CA=0)
    return sheet.draw(f"q /G0 gs BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q").bytes()


@case(areas=())
def clipped_away(secret: str) -> bytes:
    return line(f"q 10 10 20 20 re W n BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q")


@case(areas=())
def mostly_clipped_away(secret: str) -> bytes:
    return line(f"q 90 0 200 160 re W n BT /F1 12 Tf 100 170 Td ({secret}) Tj ET Q")


@case(areas=())
def outside_the_crop(secret: str) -> bytes:
    sheet = Sheet().draw(f"BT /F1 12 Tf 100 -40 Td ({secret}) Tj 0 370 Td ({secret}) Tj ET")
    sheet.page.obj.MediaBox = Array([-100, -100, 500, 500])
    sheet.page.obj.CropBox = Array([0, 0, 400, 300])
    return sheet.bytes()


@case(areas=())
def half_outside_the_page(secret: str) -> bytes:
    return line(f"BT /F1 12 Tf 398 100 Td ({secret}) Tj ET")


@case(areas=())
def in_a_hidden_layer(secret: str) -> bytes:
    sheet = Sheet()
    layer = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(secret)))
    sheet.resources.Properties.L1 = layer
    sheet.pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    return sheet.draw(f"/OC /L1 BDC BT /F1 12 Tf 100 170 Td ({secret}) Tj ET EMC").bytes()


@case(areas=())
def too_small_to_see(secret: str) -> bytes:
    return line(f"BT /F1 0.2 Tf 100 170 Td ({secret}) Tj ET")


@case(areas=())
def under_apicture(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.P = picture(sheet, Image.new("RGB", (40, 10), (200, 220, 240)))
    return sheet.draw(
        f"BT /F1 12 Tf 100 170 Td ({secret}) Tj ET q 170 0 0 24 95 160 cm /P Do Q"
    ).bytes()


@case(areas=())
def outlined_under_a_white_box(secret: str) -> bytes:
    return line(f"0 g {outlined(secret, 100, 170, 12)} f 1 g 95 160 170 24 re f")


@case(areas=())
def outlined_in_white(secret: str) -> bytes:
    return line(f"1 g {outlined(secret, 100, 170, 12)} f")
