"""PDFs that hide a secret in a picture; see redaction_sheet.py."""

from __future__ import annotations

import io

from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

from tests.corpus.redaction_sheet import PICTURE, SHOWN, Sheet, case, jpeg, painted, picture, shown


@case(**PICTURE)
def picture_rgb(secret: str) -> bytes:
    sheet = Sheet()
    return shown(sheet, picture(sheet, painted(secret)))


@case(**PICTURE)
def picture_grey(secret: str) -> bytes:
    sheet = Sheet()
    return shown(sheet, picture(sheet, painted(secret, "L")))


@case(**PICTURE)
def picture_cmyk(secret: str) -> bytes:
    sheet = Sheet()
    return shown(sheet, picture(sheet, painted(secret, "CMYK")))


@case(**PICTURE)
def picture_one_bit(secret: str) -> bytes:
    sheet = Sheet()
    return shown(sheet, picture(sheet, painted(secret, "1")))


@case(**PICTURE)
def picture_palette(secret: str) -> bytes:
    sheet = Sheet()
    image = painted(secret).quantize(16)
    stream = picture(sheet, image)
    palette = bytes(image.getpalette() or [])[: 16 * 3]
    stream.ColorSpace = Array(
        [Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, String(palette)]
    )
    return shown(sheet, stream)


@case(**PICTURE)
def picture_sixteen_bit(secret: str) -> bytes:
    sheet = Sheet()
    image = painted(secret, "L")
    stream = picture(sheet, image, BitsPerComponent=16)
    stream.write(b"".join(bytes([value, value]) for value in image.tobytes()))
    return shown(sheet, stream)


@case(**PICTURE)
def picture_stencil(secret: str) -> bytes:
    sheet = Sheet()
    stream = picture(sheet, painted(secret, "1"), ImageMask=True)
    del stream["/ColorSpace"]
    return shown(sheet, stream, f"0.2 0.3 0.1 rg {SHOWN}")


@case(**PICTURE)
def picture_inline(secret: str) -> bytes:
    image = painted(secret, "L", (100, 50))
    header = b"q 320 0 0 160 40 70 cm BI /W 100 /H 50 /CS /G /BPC 8 ID "
    return Sheet().draw(header + image.tobytes() + b" EI Q", has_line=False).bytes()


@case(**PICTURE)
def photograph_rgb(secret: str) -> bytes:
    sheet = Sheet()
    exif = Image.Exif()
    exif[0x010E] = secret
    return shown(sheet, jpeg(sheet, painted(secret), exif=exif, comment=secret))


@case(**PICTURE)
def photograph_grey(secret: str) -> bytes:
    sheet = Sheet()
    return shown(sheet, jpeg(sheet, painted(secret, "L"), progressive=True))


@case(**PICTURE)
def photograph_cmyk(secret: str) -> bytes:
    sheet = Sheet()
    stream = jpeg(sheet, painted(secret, "CMYK"))
    stream.Decode = Array([1, 0] * 4)
    return shown(sheet, stream)


@case(**PICTURE)
def photograph_jpeg_2000(secret: str) -> bytes:
    sheet = Sheet()
    out = io.BytesIO()
    painted(secret).save(out, "JPEG2000")
    stream = picture(sheet, painted(secret))
    stream.write(out.getvalue(), filter=Name.JPXDecode)
    return shown(sheet, stream)


@case(**PICTURE)
def fax(secret: str) -> bytes:
    sheet = Sheet()
    out = io.BytesIO()
    painted(secret, "1").save(out, "TIFF", compression="group4")
    image = Image.open(out)
    at, size = image.tag_v2[273][0], image.tag_v2[279][0]
    stream = picture(sheet, painted(secret, "1"))
    stream.write(
        out.getvalue()[at : at + size],
        filter=Name.CCITTFaxDecode,
        decode_parms=Dictionary(K=-1, Columns=400, Rows=200, BlackIs1=True),
    )
    return shown(sheet, stream)


@case(**PICTURE)
def secret_in_the_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = picture(sheet, painted(secret, "L"))
    return shown(sheet, picture(sheet, Image.new("RGB", (400, 200), (30, 60, 30)), SMask=mask))


@case(**PICTURE)
def secret_in_a_hard_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = picture(sheet, painted(secret, "1"), ImageMask=True)
    del mask["/ColorSpace"]
    return shown(sheet, picture(sheet, Image.new("RGB", (400, 200), (30, 60, 30)), Mask=mask))


@case(**{**PICTURE, "areas": ()})
def hidden_by_the_mask(secret: str) -> bytes:
    sheet = Sheet()
    mask = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(mask).rectangle((60, 40, 340, 160), fill=0)
    drawn = picture(sheet, painted(secret), SMask=picture(sheet, mask))
    return shown(sheet, drawn)


@case(**PICTURE)
def thumbnail_and_alternate(secret: str) -> bytes:
    sheet = Sheet()
    stream = picture(sheet, painted(secret))
    stream.Alternates = Array([Dictionary(Image=picture(sheet, painted(secret, "L")))])
    stream.Metadata = sheet.pdf.make_stream(secret.encode())
    sheet.page.obj.Thumb = picture(sheet, painted(secret, "RGB", (80, 40)))
    return shown(sheet, stream)


@case(**PICTURE)
def picture_turned(secret: str) -> bytes:
    sheet = Sheet()
    drawn = picture(sheet, painted(secret).rotate(90, expand=True))
    return shown(sheet, drawn, "q 0 160 -320 0 360 70 cm /P Do Q")


@case(**{**PICTURE, "areas": ()})
def picture_cropped(secret: str) -> bytes:
    sheet = Sheet()
    content = f"q 40 205 320 30 re W n {SHOWN} Q"
    return shown(sheet, picture(sheet, painted(secret)), content)


@case(**{**PICTURE, "areas": ()})
def photograph_cropped(secret: str) -> bytes:
    sheet = Sheet()
    content = f"q 40 210 320 25 re W n {SHOWN} Q"
    return shown(sheet, jpeg(sheet, painted(secret)), content)


@case(**{**PICTURE, "areas": ()})
def picture_under_a_box(secret: str) -> bytes:
    sheet = Sheet()
    content = f"{SHOWN} 1 g 90 100 220 90 re f"
    return shown(sheet, picture(sheet, painted(secret)), content)


@case(**{**PICTURE, "areas": ()})
def picture_under_apicture(secret: str) -> bytes:
    sheet = Sheet()
    sheet.resources.XObject.Q = picture(sheet, Image.new("RGB", (9, 9), (200, 220, 200)))
    content = f"{SHOWN} q 240 0 0 110 80 90 cm /Q Do Q"
    return shown(sheet, picture(sheet, painted(secret)), content)


@case(**PICTURE)
def scan_with_a_text_layer(secret: str) -> bytes:
    sheet = Sheet()
    layer = f"BT /F1 20 Tf 3 Tr 140 140 Td ({secret}) Tj 0 -125 Td ({secret}) Tj ET"
    return shown(sheet, jpeg(sheet, painted(secret)), SHOWN + layer)
