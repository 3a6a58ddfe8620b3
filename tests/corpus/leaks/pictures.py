"""Leaks in pictures: pixels under an area, and everything a picture carries besides pixels."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from importlib.resources import files

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.corpus.leaks.paper import Leak, Names, Paper, utf16

FAMILY = "pictures"
_WIDE, _HIGH = 640, 64  # pixels, drawn at half a point each
_LEFT, _BOTTOM = 40.0, 180.0
Made = tuple[bytes, str]  # data, entries


def drawn(left: str, right: str) -> Image.Image:
    """A grey picture with words on both halves."""
    image = Image.new("L", (_WIDE, _HIGH), 235)
    font = ImageFont.truetype(str(files("reportlab") / "fonts" / "Vera.ttf"), 26)
    pen = ImageDraw.Draw(image)
    pen.text((8, 16), left.split()[0], fill=20, font=font)
    pen.text((200, 16), right, fill=20, font=font)
    return image


def _entries(colours: str, bits: int = 8, extra: str = "") -> str:
    return (
        f"/Type /XObject /Subtype /Image /Width {_WIDE} /Height {_HIGH} "
        f"/BitsPerComponent {bits} /ColorSpace {colours} {extra}"
    )


def _flate(data: bytes, colours: str, bits: int = 8, extra: str = "") -> Made:
    return zlib.compress(data), _entries(colours, bits, f"/Filter /FlateDecode {extra}")


def _jpeg(image: Image.Image, colours: str, extra: str = "", **options: object) -> Made:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, **options)
    return out.getvalue(), _entries(colours, 8, f"/Filter /DCTDecode {extra}")


def _coloured(image: Image.Image) -> Image.Image:
    return Image.merge(
        "RGB", (image, image.point(lambda v: v * 0.9), image.point(lambda v: 255 - v))
    )


def _cmyk(image: Image.Image) -> Image.Image:
    black = image.point(lambda v: 255 - v)
    none = Image.new("L", image.size)
    return Image.merge("CMYK", (none, none, none, black))


def _jpeg_2000(image: Image.Image) -> Made:
    out = io.BytesIO()
    image.save(out, "JPEG2000")
    return out.getvalue(), (
        f"/Type /XObject /Subtype /Image /Width {_WIDE} /Height {_HIGH} /Filter /JPXDecode"
    )


def _fax(image: Image.Image) -> Made:
    out = io.BytesIO()
    image.point(lambda v: 255 if v > 128 else 0).convert("1").save(
        out, "TIFF", compression="group4", strip_size=1 << 20
    )
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        start, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        is_black_zero = tiff.tag_v2[262] == 1
    extra = (
        f"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {_WIDE} /Rows {_HIGH} "
        f"/BlackIs1 {'true' if is_black_zero else 'false'} >>"
    )
    return out.getvalue()[start : start + size], _entries("/DeviceGray", 1, extra)


def _palette(image: Image.Image) -> Made:
    indexes = image.point(lambda v: 1 if v < 128 else 0)
    return _flate(indexes.tobytes(), "[/Indexed /DeviceRGB 1 <f0f0f0101040>]")


def _sixteen(image: Image.Image) -> Made:
    wide = np.asarray(image).astype(">u2") * 257
    return _flate(wide.astype(">u2").tobytes(), "/DeviceGray", 16)


def _one_bit(image: Image.Image) -> Made:
    bits = np.packbits(np.asarray(image) > 128, axis=1).tobytes()
    return _flate(bits, "/DeviceGray", 1)


def _hex(image: Image.Image) -> Made:
    return image.tobytes().hex().encode() + b">", _entries(
        "/DeviceGray", 8, "/Filter /ASCIIHexDecode"
    )


def _predicted(image: Image.Image) -> Made:
    rows = b"".join(
        b"\2" + bytes(row)
        for row in np.diff(
            np.asarray(image).astype(np.uint8), axis=0, prepend=np.zeros((1, _WIDE), np.uint8)
        )
    )
    return zlib.compress(rows), _entries(
        "/DeviceGray",
        8,
        f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /Columns {_WIDE} >>",
    )


_CODED: dict[str, Callable[[Image.Image], Made]] = {
    "grey samples": lambda image: _flate(image.tobytes(), "/DeviceGray"),
    "rgb samples": lambda image: _flate(_coloured(image).tobytes(), "/DeviceRGB"),
    "cmyk samples": lambda image: _flate(_cmyk(image).tobytes(), "/DeviceCMYK"),
    "one-bit samples": _one_bit,
    "grey jpeg": lambda image: _jpeg(image, "/DeviceGray"),
    "rgb jpeg": lambda image: _jpeg(_coloured(image), "/DeviceRGB"),
    "cmyk jpeg": lambda image: _jpeg(_cmyk(image), "/DeviceCMYK", "/Decode [1 0 1 0 1 0 1 0]"),
    "progressive jpeg": lambda image: _jpeg(image, "/DeviceGray", progressive=True),
    "jpeg 2000": _jpeg_2000,
    "fax": _fax,
    "palette": _palette,
    "sixteen bits": _sixteen,
    "hexadecimal samples": _hex,
    "predicted samples": _predicted,
}


def _paper(names: Names) -> tuple[Paper, Image.Image]:
    paper = Paper(names)
    text = paper.secret()
    _cover(paper)
    return paper, drawn(paper.kept[0], text)


def _cover(paper: Paper, page: int = 1) -> None:
    """An area over the right part of the picture."""
    paper.area(_LEFT + 96, _BOTTOM - 1, _LEFT + _WIDE / 2 + 1, _BOTTOM + _HIGH / 2 + 1, page)


def _place(paper: Paper, made: Made, matrix: str = "") -> int:
    number = paper.stream(*made)
    paper.use("XObject", "I1", number)
    at = matrix or f"{_WIDE / 2} 0 0 {_HIGH / 2} {_LEFT} {_BOTTOM}"
    paper.draw(f"q {at} cm /I1 Do Q")
    return number


def placed_jpeg(paper: Paper, image: Image.Image, bottom: float) -> None:
    """Draws a photograph on the page, its lower edge at this height."""
    _place(paper, _jpeg(image, "/DeviceGray"), f"{_WIDE / 2} 0 0 {_HIGH / 2} {_LEFT} {bottom}")


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each coding, then one for each thing a picture can carry."""
    for kind, code in _CODED.items():
        paper, image = _paper(names)
        _place(paper, code(image))
        yield paper.leak(kind, FAMILY)
    for make in (
        _stencil,
        _inline,
        _soft_mask,
        _explicit_mask,
        _colour_key,
        _alternate,
        _thumbnail,
        _exif,
        _comment,
        _after_end,
        _shared,
        _turned,
        _slanted,
        _cropped,
        _scan,
        _under_white,
        _covered,
        _off_page,
        _unused,
        _metadata,
        _spare_rows,
    ):
        yield make(names)


def _stencil(names: Names) -> Leak:
    paper, image = _paper(names)
    bits = np.packbits(np.asarray(image) > 128, axis=1).tobytes()
    entries = (
        f"/Type /XObject /Subtype /Image /Width {_WIDE} /Height {_HIGH} /ImageMask true "
        "/BitsPerComponent 1 /Filter /FlateDecode"
    )
    _place(paper, (zlib.compress(bits), entries))
    return paper.leak("stencil", FAMILY)


def _inline(names: Names) -> Leak:
    paper, image = _paper(names)
    bits = np.packbits(np.asarray(image) > 128, axis=1).tobytes().hex()
    paper.draw(
        f"q {_WIDE / 2} 0 0 {_HIGH / 2} {_LEFT} {_BOTTOM} cm BI /W {_WIDE} /H {_HIGH} /BPC 1 "
        f"/CS /G /F /AHx ID {bits}> EI Q"
    )
    return paper.leak("inline picture", FAMILY)


def _masked(names: Names, kind: str, entry: Callable[[Paper, Image.Image], str]) -> Leak:
    """A plain picture whose mask has the shape of the words."""
    paper, image = _paper(names)
    mask = entry(paper, image)
    _place(paper, _flate(b"\x10" * (_WIDE * _HIGH), "/DeviceGray", 8, mask))
    return paper.leak(kind, FAMILY)


def _soft_mask(names: Names) -> Leak:
    def entry(paper: Paper, image: Image.Image) -> str:
        number = paper.stream(*_flate(image.point(lambda v: 255 - v).tobytes(), "/DeviceGray"))
        return f"/SMask {number} 0 R"

    return _masked(names, "soft mask of a picture", entry)


def _explicit_mask(names: Names) -> Leak:
    def entry(paper: Paper, image: Image.Image) -> str:
        bits = np.packbits(np.asarray(image) > 128, axis=1).tobytes()
        number = paper.stream(
            zlib.compress(bits),
            f"/Type /XObject /Subtype /Image /Width {_WIDE} /Height {_HIGH} /ImageMask true "
            "/BitsPerComponent 1 /Filter /FlateDecode",
        )
        return f"/Mask {number} 0 R"

    return _masked(names, "mask of a picture", entry)


def _colour_key(names: Names) -> Leak:
    paper, image = _paper(names)
    _place(paper, _flate(image.tobytes(), "/DeviceGray", 8, "/Mask [200 255]"))
    return paper.leak("colour key mask", FAMILY)


def _alternate(names: Names) -> Leak:
    """The picture shown is blank; its alternate for printing is not."""
    paper, image = _paper(names)
    other = paper.stream(*_flate(image.tobytes(), "/DeviceGray"))
    extra = f"/Alternates [<< /Image {other} 0 R /DefaultForPrinting true >>]"
    _place(paper, _flate(b"\xeb" * (_WIDE * _HIGH), "/DeviceGray", 8, extra))
    return paper.leak("alternate picture", FAMILY)


def _thumbnail(names: Names) -> Leak:
    paper, image = _paper(names)
    number = paper.stream(*_flate(image.tobytes(), "/DeviceGray"))
    paper.page_keys["Thumb"] = f"{number} 0 R"
    return paper.leak("thumbnail of the page", FAMILY)


def _exif(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    exif = Image.Exif()
    exif[0x010E] = text
    image = drawn(paper.kept[0], paper.kept[0])
    _place(paper, _jpeg(image, "/DeviceGray", exif=exif.tobytes()))
    return paper.leak("exif of a photograph", FAMILY, is_inside=False)


def _comment(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    image = drawn(paper.kept[0], paper.kept[0])
    _place(paper, _jpeg(image, "/DeviceGray", comment=text.encode()))
    return paper.leak("comment of a photograph", FAMILY, is_inside=False)


def _after_end(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    data, entries = _jpeg(drawn(paper.kept[0], paper.kept[0]), "/DeviceGray")
    _place(paper, (data + text.encode(), entries))
    return paper.leak("bytes after a photograph", FAMILY, is_inside=False)


def _shared(names: Names) -> Leak:
    paper, image = _paper(names)
    _place(paper, _flate(image.tobytes(), "/DeviceGray"))
    at = f"{_WIDE / 2} 0 0 {_HIGH / 2} {_LEFT} {_BOTTOM}"
    paper.more_pages.append((f"q {at} cm /I1 Do Q".encode(), {}))
    _cover(paper, page=2)
    return paper.leak("picture shared by pages", FAMILY)


def _turned(names: Names) -> Leak:
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    _place(paper, _flate(image.tobytes(), "/DeviceGray"), "0 280 -28 0 300 20")
    paper.area(271, 20 + 280 * 0.29, 301, 301)
    return paper.leak("turned picture", FAMILY)


def _slanted(names: Names) -> Leak:
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    _place(paper, _flate(image.tobytes(), "/DeviceGray"), "277 160 -16 27.7 60 40")
    paper.area(110, 84, 350, 240)
    return paper.leak("slanted picture", FAMILY)


def _cropped(names: Names) -> Leak:
    """Only the left part shows; the rest is clipped."""
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    paper.draw(f"q {_LEFT} {_BOTTOM} 90 32 re W n")
    _place(paper, _flate(image.tobytes(), "/DeviceGray"))
    paper.draw("Q")
    return paper.leak("cropped picture", FAMILY, is_inside=False)


def _scan(names: Names) -> Leak:
    """A scanned page with the words as invisible text over it."""
    paper, image = _paper(names)
    _place(paper, _jpeg(image, "/DeviceGray"))
    paper.draw(f"BT 3 Tr /F1 13 Tf {_LEFT + 100} {_BOTTOM + 9} Td ({paper.secrets[0]}) Tj ET")
    return paper.leak("scan with a text layer", FAMILY)


def _under_white(names: Names) -> Leak:
    paper, image = _paper(names)
    _place(paper, _flate(image.tobytes(), "/DeviceGray"))
    paper.draw(f"1 g {_LEFT + 96} {_BOTTOM} 230 32 re f 0 g")
    return paper.leak("picture under a white shape", FAMILY)


def _covered(names: Names) -> Leak:
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    _place(paper, _flate(image.tobytes(), "/DeviceGray"))
    paper.use("XObject", "I2", paper.stream(*_flate(b"\xc8" * (_WIDE * _HIGH), "/DeviceGray")))
    paper.draw(f"q 330 0 0 36 {_LEFT - 2} {_BOTTOM - 2} cm /I2 Do Q")
    return paper.leak("picture under a picture", FAMILY, is_inside=False)


def _off_page(names: Names) -> Leak:
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    _place(paper, _flate(image.tobytes(), "/DeviceGray"), "320 0 0 32 330 180")
    return paper.leak("picture that runs off the page", FAMILY, is_inside=False)


def _unused(names: Names) -> Leak:
    paper = Paper(names)
    image = drawn(paper.kept[0], paper.secret())
    paper.use("XObject", "I9", paper.stream(*_flate(image.tobytes(), "/DeviceGray")))
    return paper.leak("picture that is not drawn", FAMILY, is_inside=False)


def _metadata(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    number = paper.stream(f"<x:xmpmeta><who>{text}</who></x:xmpmeta>", "/Type /Metadata")
    image = drawn(paper.kept[0], paper.kept[0])
    extra = f"/Metadata {number} 0 R /Name {utf16(text)}"
    _place(paper, _flate(image.tobytes(), "/DeviceGray", 8, extra))
    return paper.leak("metadata of a picture", FAMILY, is_inside=False)


def _spare_rows(names: Names) -> Leak:
    """More rows of samples than the picture shows."""
    paper = Paper(names)
    kept = drawn(paper.kept[0], paper.kept[0])
    extra = drawn(paper.kept[0], paper.secret())
    _place(paper, _flate(kept.tobytes() + extra.tobytes(), "/DeviceGray"))
    return paper.leak("rows below a picture", FAMILY, is_inside=False)
