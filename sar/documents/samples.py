"""A picture's samples: read from any packing, changed, cropped, written again by allow-list."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from sar.documents import photographs
from sar.documents.drawing import NotUnderstoodError, PdfObject
from sar.documents.outlines import Polygon

_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_MOST_PIXELS = 200_000_000


@dataclass(slots=True)
class Samples:
    """Rows of grey or RGB samples; a stencil or one-bit picture has 0 and 255."""

    pixels: NDArray[np.uint8]
    is_one_bit: bool = False
    is_stencil: bool = False
    is_inverted: bool = False
    jpeg: dict[str, Any] | None = field(default=None)

    def fill(self, polygon: Polygon, value: int, *, is_outward: bool) -> None:
        """Gives one value to the pixels a polygon of the unit square (y up) touches, or holds."""
        height, width = self.pixels.shape[:2]
        points = [(x * width, (1 - y) * height) for x, y in polygon]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        nudge = 1e-3 if is_outward else -1e-3
        low = [max(0, _step(min(each) + nudge, is_up=not is_outward)) for each in (xs, ys)]
        high = [max(0, _step(max(each) - nudge, is_up=is_outward)) for each in (xs, ys)]
        if _is_upright(points):
            self.change((slice(low[1], high[1]), slice(low[0], high[0])), value)
            return
        stencil = Image.new("1", (width, height))
        draw = ImageDraw.Draw(stencil)
        draw.polygon(points, fill=1)
        if is_outward:
            draw.line([*points, points[0]], fill=1, width=3)
        self.change(np.asarray(stencil), value)

    def change(self, where: NDArray[np.bool_] | tuple[slice, slice], value: int) -> None:
        """Gives one value to some pixels; in a stencil, the one that paints nothing."""
        if self.is_stencil:
            value = 0 if self.is_inverted else 255
        if not self.pixels.flags.writeable:
            self.pixels = self.pixels.copy()
        self.pixels[where] = value

    def crop(self, box: tuple[int, int, int, int], whole: tuple[int, int]) -> None:
        """Keeps a box of pixels, given for a picture of the size `whole`."""
        height, width = self.pixels.shape[:2]
        left, right = (edge * width // whole[0] for edge in (box[0], box[2]))
        top, bottom = (edge * height // whole[1] for edge in (box[1], box[3]))
        self.pixels = self.pixels[top : max(bottom, top + 1), left : max(right, left + 1)]

    def opacity(self) -> NDArray[np.uint8]:
        """The samples as a mask means them: 0 shows nothing."""
        return 255 - self.pixels if self.is_inverted else self.pixels


def _step(value: float, *, is_up: bool) -> int:
    return int(-(-value // 1)) if is_up else int(value // 1)


def _is_upright(points: list[tuple[float, float]]) -> bool:
    return all(
        abs(p[0] - q[0]) < 0.01 or abs(p[1] - q[1]) < 0.01
        for p, q in zip(points, points[1:] + points[:1], strict=True)
    )


def packing(source: PdfObject) -> str | None:
    """The one filter of a picture; "several" when there are more."""
    value = source.get("/Filter")
    if isinstance(value, pikepdf.Array):
        if len(value) > 1:
            return "several"
        value = value[0] if len(value) else None
    return None if value is None else str(value)


def is_simple(source: PdfObject) -> bool:
    """True for a stencil and for device colours."""
    return bool(source.get("/ImageMask", False)) or str(source.get("/ColorSpace")) in _SPACES


def is_opaque(source: PdfObject) -> bool:
    """True when the picture hides all that is below it."""
    return not source.get("/ImageMask", False) and "/SMask" not in source and "/Mask" not in source


def kept_entries(source: PdfObject) -> dict[str, Any]:
    """The entries of a picture whose data stay as they are."""
    entries: dict[str, Any] = {
        "/Width": int(source.Width),
        "/Height": int(source.Height),
        "/BitsPerComponent": int(source.get("/BitsPerComponent", 8)),
        "/ColorSpace": Name(str(source.ColorSpace)),
    }
    decode = source.get("/Decode")
    if decode is not None:
        entries["/Decode"] = pikepdf.Array([float(each) for each in decode])
    return entries


def read(source: PdfObject) -> Samples:
    """The samples of any picture.

    Raises:
        NotUnderstoodError: it cannot be decoded at its own size.
    """
    width, height = int(source.Width), int(source.Height)
    if width < 1 or height < 1 or width * height > _MOST_PIXELS:
        raise NotUnderstoodError("a picture of an impossible size")
    kind, bits = packing(source), int(source.get("/BitsPerComponent", 1))
    if kind == "/DCTDecode" and is_simple(source) and "/Decode" not in source:
        image = photographs.photograph(source.read_raw_bytes())
        if image is not None and image.size == (width, height):
            return Samples(np.asarray(image), jpeg=photographs.coarseness(image))
    if kind in {None, "/FlateDecode"} and is_simple(source) and bits in {1, 8}:
        samples = _unpacked(source, width, height, bits)
        if samples is not None:
            return samples
    if source.get("/ImageMask", False):
        raise NotUnderstoodError("a packed stencil")
    return _shown_by_pdfium(source, width, height)


def _unpacked(source: PdfObject, width: int, height: int, bits: int) -> Samples | None:
    is_stencil = bool(source.get("/ImageMask", False))
    bands = 1 if is_stencil else _SPACES[str(source.ColorSpace)]
    inverted = _inversion(source)
    row = (width * bands * bits + 7) // 8
    data = np.frombuffer(source.read_bytes()[: row * height], np.uint8)
    if data.size != row * height or bands == 4 or inverted is None:
        return None
    if bits == 1 and bands == 1:
        pixels = np.unpackbits(data.reshape(height, row), axis=1)[:, :width] * np.uint8(255)
        return Samples(pixels, True, is_stencil, inverted)
    if bits == 1:
        return None
    shape = (height, width) if bands == 1 else (height, width, bands)
    return Samples(data.reshape(shape), False, is_stencil, inverted)


def _inversion(source: PdfObject) -> bool | None:
    """Whether Decode turns light into dark; None when it does something else."""
    decode = source.get("/Decode")
    if decode is None:
        return False
    values = [float(each) for each in decode]
    pairs = set(zip(values[::2], values[1::2], strict=True))
    return {frozenset({(0.0, 1.0)}): False, frozenset({(1.0, 0.0)}): True}.get(frozenset(pairs))


def _shown_by_pdfium(source: PdfObject, width: int, height: int) -> Samples:
    with pikepdf.new() as holder:
        page = holder.add_blank_page(page_size=(max(width, 3), max(height, 3)))
        picture = _bare_copy(holder, source)
        page.Resources = Dictionary(XObject=Dictionary({"/X": picture}))
        page.Contents = holder.make_stream(f"{width} 0 0 {height} 0 0 cm /X Do".encode())
        page.MediaBox = pikepdf.Array([0, 0, width, height])
        out = io.BytesIO()
        holder.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        pixels = document[0].render(scale=1, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    finally:
        document.close()
    if pixels.shape[:2] != (height, width):
        raise NotUnderstoodError("a picture that cannot be shown at its size")
    is_grey = str(source.get("/ColorSpace")) == "/DeviceGray"
    if is_grey and int(source.get("/BitsPerComponent", 8)) == 1:
        return Samples(pixels[:, :, 0].copy(), is_one_bit=True)
    options = {"quality": 90} if packing(source) in {"/DCTDecode", "/JPXDecode"} else None
    return Samples(pixels[:, :, 0].copy() if is_grey else pixels, jpeg=options)


def _bare_copy(holder: pikepdf.Pdf, source: PdfObject) -> PdfObject:
    picture = holder.make_stream(b"")
    for key in ("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Decode"):
        if key in source:
            value = source[key]
            is_shared = isinstance(value, pikepdf.Object) and value.is_indirect
            picture[key] = holder.copy_foreign(value) if is_shared else value
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    parameters = source.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[0] if len(parameters) else None
    if isinstance(parameters, Dictionary):
        parameters = Dictionary(
            {
                key: holder.copy_foreign(value) if isinstance(value, pikepdf.Stream) else value
                for key, value in parameters.items()
            }
        )
    picture.write(
        source.read_raw_bytes(),
        filter=Name(packing(source) or "/FlateDecode"),
        decode_parms=parameters,
    )
    return picture


def written(samples: Samples, *, is_mask: bool = False) -> tuple[bytes, dict[str, Any]]:
    """Stream data and entries; `/Filter` is among them when the data are packed already.

    Masks are never packed as fax or photograph: the verifier reads them sample by sample.
    """
    height, width = samples.pixels.shape[:2]
    is_grey = samples.pixels.ndim == 2
    entries: dict[str, Any] = {"/Width": width, "/Height": height, "/BitsPerComponent": 8}
    if samples.is_stencil:
        entries["/ImageMask"] = True
    else:
        entries["/ColorSpace"] = Name.DeviceGray if is_grey else Name.DeviceRGB
    if samples.is_inverted:
        entries["/Decode"] = pikepdf.Array([1, 0] * (1 if is_grey else 3))
    pixels = np.ascontiguousarray(samples.pixels)
    if samples.is_one_bit:
        entries["/BitsPerComponent"] = 1
        if samples.is_stencil or is_mask:
            return np.packbits(pixels > 127, axis=1).tobytes(), entries
        entries["/Filter"] = Name.CCITTFaxDecode
        entries["/DecodeParms"] = Dictionary(K=-1, Columns=width, Rows=height)
        return photographs.as_fax(Image.fromarray(pixels > 127)), entries
    if samples.jpeg is not None and not (samples.is_stencil or is_mask):
        entries["/Filter"] = Name.DCTDecode
        return photographs.as_jpeg(Image.fromarray(pixels), samples.jpeg), entries
    return pixels.tobytes(), entries
