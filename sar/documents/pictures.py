"""Pictures of an output: only pixels that may be seen, nothing beside them."""

from __future__ import annotations

import hashlib
import io
from typing import Any, cast

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, JpegImagePlugin

from sar.documents.drawing import NotUnderstoodError, PdfObject

Polygon = tuple[tuple[float, float], ...]
_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_JPEG_KEPT = {0xEE}  # Adobe's marker says how colours were turned; no other says anything seen
_QUALITY = 92


class PictureStore:
    """Makes each picture once; the same pixels are one object, wherever they are drawn."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Pictures become objects of this file."""
        self._pdf = pdf
        self._made: dict[tuple[Any, tuple[Polygon, ...]], Any] = {}
        self._seen: dict[bytes, Any] = {}

    def picture(self, source: PdfObject, holes: tuple[Polygon, ...]) -> PdfObject:
        """The picture as an object of the output, its holes without pixels of the source."""
        key = (source.objgen, holes)
        if key not in self._made:
            self._made[key] = self._make(source, holes, is_mask=False)
        return self._made[key]

    def _make(self, source: PdfObject, holes: tuple[Polygon, ...], *, is_mask: bool) -> PdfObject:
        data, entries = painted(source, holes) if holes else plain(source)
        mask = source.get("/SMask")
        if "/Mask" in source or (is_mask and mask is not None):
            raise NotUnderstoodError("a picture with a mask of another kind")
        if isinstance(mask, pikepdf.Stream):
            if "/Matte" in mask:
                raise NotUnderstoodError("a picture with a matte")
            entries["/SMask"] = self._make(mask, holes, is_mask=True)
        if source.get("/Interpolate", False):
            entries["/Interpolate"] = True
        digest = hashlib.sha256(data + repr(sorted(_plain(entries))).encode()).digest()
        if digest not in self._seen:
            self._seen[digest] = self._stream(data, entries)
        return self._seen[digest]

    def _stream(self, data: bytes, entries: dict[str, Any]) -> PdfObject:
        filters = {key: entries.pop(key) for key in ("/Filter", "/DecodeParms") if key in entries}
        stream = pikepdf.Stream(self._pdf, data, Dictionary(entries))
        if filters:
            stream.write(data, filter=filters["/Filter"], decode_parms=filters.get("/DecodeParms"))
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        return self._pdf.make_indirect(stream)


def _plain(entries: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (key, str(value.objgen) if isinstance(value, pikepdf.Stream) else str(value))
        for key, value in entries.items()
    ]


def plain(source: PdfObject) -> tuple[bytes, dict[str, Any]]:
    """The picture as it is, less everything that is not pixels."""
    kind = _filter(source)
    entries = _entries(source)
    if kind == "/DCTDecode":
        return stripped_jpeg(source.read_raw_bytes()), {**entries, "/Filter": Name.DCTDecode}
    if kind in {None, "/FlateDecode"} and _is_simple(source):
        return source.read_bytes(), entries
    image, is_raw = _pixels(source)
    return _encoded(image, source, is_raw)


def painted(source: PdfObject, holes: tuple[Polygon, ...]) -> tuple[bytes, dict[str, Any]]:
    """The picture with its holes painted over in the pixels."""
    if _filter(source) == "/DCTDecode":
        photo = Image.open(io.BytesIO(source.read_raw_bytes()))
        if photo.mode in {"L", "RGB"}:
            return _repainted_jpeg(photo, holes), {
                **_entries(source),
                "/Filter": Name.DCTDecode,
            }
    image, is_raw = _pixels(source)
    _paint(image, holes, _nothing(source))
    return _encoded(image, source, is_raw)


def _nothing(source: PdfObject) -> int:
    """The sample that paints nothing in a stencil, and 0 in any other picture."""
    if not source.get("/ImageMask", False):
        return 0
    return 0 if _is_inverted(source) else 255


def _is_inverted(source: PdfObject) -> bool:
    decode = source.get("/Decode")
    return decode is not None and float(decode[0]) > 0.5


def _filter(source: PdfObject) -> str | None:
    value = source.get("/Filter")
    if isinstance(value, pikepdf.Array):
        if len(value) != 1:
            return "several"
        value = value[0]
    return None if value is None else str(value)


def _is_simple(source: PdfObject) -> bool:
    return bool(source.get("/ImageMask", False)) or str(source.get("/ColorSpace")) in _SPACES


def _entries(source: PdfObject) -> dict[str, Any]:
    entries: dict[str, Any] = {
        "/Width": int(source.Width),
        "/Height": int(source.Height),
        "/BitsPerComponent": int(source.get("/BitsPerComponent", 1)),
    }
    if source.get("/ImageMask", False):
        entries["/ImageMask"] = True
    else:
        entries["/ColorSpace"] = Name(str(source.get("/ColorSpace")))
        if str(source.get("/ColorSpace")) not in _SPACES:
            del entries["/ColorSpace"]
    decode = source.get("/Decode")
    if decode is not None:
        entries["/Decode"] = pikepdf.Array([float(each) for each in decode])
    if _filter(source) == "/DCTDecode" and "/ColorSpace" not in entries:
        raise NotUnderstoodError("a photograph with colours of its own")
    return entries


def stripped_jpeg(data: bytes) -> bytes:
    """A JPEG without comments, thumbnails, application data, or bytes after its end.

    Raises:
        NotUnderstoodError: the file is damaged.
    """
    if data[:2] != b"\xff\xd8":
        raise NotUnderstoodError("a damaged photograph")
    kept, at = [data[:2]], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotUnderstoodError("a damaged photograph")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if marker == 0xD9:
            break
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_KEPT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + b"\xff\xd9"


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _repainted_jpeg(image: PdfObject, holes: tuple[Polygon, ...]) -> bytes:
    tables, sampling = image.quantization, JpegImagePlugin.get_sampling(image)
    fresh = Image.frombytes(image.mode, image.size, image.tobytes())
    _paint(fresh, holes, 0)
    out = io.BytesIO()
    options: dict[str, Any] = {"qtables": tables}
    if image.mode == "RGB" and sampling >= 0:
        options["subsampling"] = sampling
    fresh.save(out, "JPEG", **options)
    return stripped_jpeg(out.getvalue())


def _paint(image: Image.Image, holes: tuple[Polygon, ...], value: int) -> None:
    """Fills polygons of the unit square (y up), and every pixel they touch, with one sample."""
    width, height = image.size
    draw = ImageDraw.Draw(image)
    ink: Any = tuple([value] * len(image.getbands())) if len(image.getbands()) > 1 else value
    for hole in holes:
        points = [(x * width, (1 - y) * height) for x, y in hole]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if _is_upright(points):
            box = (int(min(xs)), int(min(ys)), int(-(-max(xs) // 1)) - 1, int(-(-max(ys) // 1)) - 1)
            draw.rectangle((box[0], box[1], max(box[0], box[2]), max(box[1], box[3])), fill=ink)
        else:
            draw.polygon(points, fill=ink)
            draw.line([*points, points[0]], fill=ink, width=3)


def _is_upright(points: list[tuple[float, float]]) -> bool:
    return all(
        abs(p[0] - q[0]) < 0.01 or abs(p[1] - q[1]) < 0.01
        for p, q in zip(points, points[1:] + points[:1], strict=True)
    )


def _pixels(source: PdfObject) -> tuple[Image.Image, bool]:
    """The samples as L or RGB (one bit as 0 and 255), and whether Decode still applies to them."""
    width, height = int(source.Width), int(source.Height)
    bits = int(source.get("/BitsPerComponent", 1))
    if _filter(source) in {None, "/FlateDecode"} and _is_simple(source) and bits in {1, 8}:
        image = _from_samples(source, width, height, bits)
        if image is not None:
            return image, True
    if source.get("/ImageMask", False):
        raise NotUnderstoodError("a packed stencil")
    return decoded_by_pdfium(source), False


def _from_samples(source: PdfObject, width: int, height: int, bits: int) -> Image.Image | None:
    space = str(source.get("/ColorSpace", "/DeviceGray"))
    bands = 1 if source.get("/ImageMask", False) else _SPACES[space]
    row = (width * bands * bits + 7) // 8
    data = np.frombuffer(source.read_bytes()[: row * height], np.uint8)
    if data.size != row * height or bands == 4:
        return None
    if bits == 1:
        samples: NDArray[np.uint8] = (
            np.unpackbits(data.reshape(height, row), axis=1)[:, :width] * 255
        )
    else:
        samples = data.reshape(height, width) if bands == 1 else data.reshape(height, width, bands)
    return Image.fromarray(np.ascontiguousarray(samples))


def _encoded(image: Image.Image, source: PdfObject, is_raw: bool) -> tuple[bytes, dict[str, Any]]:
    """The samples again; one bit stays one bit."""
    width, height = image.size
    entries: dict[str, Any] = {"/Width": width, "/Height": height}
    samples = np.asarray(image)
    if source.get("/ImageMask", False) or (is_raw and _is_one_bit(source)):
        data = np.packbits(samples > 127, axis=1).tobytes()
        entries["/BitsPerComponent"] = 1
    else:
        data = samples.tobytes()
        entries["/BitsPerComponent"] = 8
    if source.get("/ImageMask", False):
        entries["/ImageMask"] = True
    else:
        entries["/ColorSpace"] = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    decode = source.get("/Decode")
    if decode is not None and is_raw:
        entries["/Decode"] = pikepdf.Array([float(each) for each in decode])
    return data, entries


def _is_one_bit(source: PdfObject) -> bool:
    return (
        int(source.get("/BitsPerComponent", 1)) == 1
        and str(source.get("/ColorSpace")) == "/DeviceGray"
    )


def decoded_by_pdfium(source: PdfObject) -> Image.Image:
    """Any picture pdfium can show, as L or RGB at its own size.

    Raises:
        NotUnderstoodError: it cannot be shown at its own size.
    """
    width, height = int(source.Width), int(source.Height)
    with pikepdf.new() as holder:
        page = holder.add_blank_page(page_size=(width, height))
        picture = holder.copy_foreign(source)
        for key in ("/SMask", "/Mask"):
            if key in picture:
                del picture[key]
        page.Resources = Dictionary(XObject=Dictionary({"/X": picture}))
        page.Contents = holder.make_stream(f"{width} 0 0 {height} 0 0 cm /X Do".encode())
        out = io.BytesIO()
        holder.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        bitmap = document[0].render(scale=1, rev_byteorder=True)
        image = cast(Image.Image, bitmap.to_pil()).convert("RGB")
    finally:
        document.close()
    if image.size != (width, height):
        raise NotUnderstoodError("a picture that cannot be shown at its size")
    if str(source.get("/ColorSpace")) == "/DeviceGray":
        return image.convert("L")
    return image
