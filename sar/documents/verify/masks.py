"""Masks of pictures: their own shape tells something, and so do pixels that they hide."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.page_objects import Drawn
from sar.documents.verify.pixels import LOSSLESS, LOSSY, Pixels, raw_data, spread, stored
from sar.documents.verify.plain_file import PlainFile
from sar.documents.verify.subject import Subject
from sar.documents.verify.syntax import Stream, SyntaxFault
from sar.documents.verify.unfilter import decoded

_RING = 17  # pixels around a visible one that a blurring coding may colour
_BANDS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "None": 1}


def check_masks(subject: Subject) -> Report:
    """No picture has pixels of its own where its mask lets nothing be seen."""
    report = Report()
    for _, picture in subject.file.streams():
        if picture.entries.get("Subtype") != "Image":
            continue
        for mask in masks_of(subject.file, picture):
            report.count += 1
            try:
                is_hiding = _hides(subject.file, picture, mask)
            except SyntaxFault as fault:
                report.find(Channel.PICTURE, str(fault))
                continue
            if is_hiding:
                report.find(Channel.PICTURE, "A picture has pixels that its mask hides.")
    return report


def masks_of(file: PlainFile, picture: Stream) -> Iterator[Stream]:
    """The masks a picture names."""
    for key in ("SMask", "Mask"):
        mask = file.resolve(picture.entries.get(key))
        if isinstance(mask, Stream):
            yield mask


def mask_pixels(file: PlainFile, data: bytes) -> list[Pixels]:
    """The masks of every picture stored as these bytes, 255 where the picture shows.

    Raises:
        SyntaxFault: a mask cannot be read.
    """
    return [
        opacity(file, mask)
        for _, stream in file.streams()
        if stream.entries.get("Subtype") == "Image" and stream.raw == data
        for mask in masks_of(file, stream)
    ]


def opacity(file: PlainFile, mask: Stream) -> Pixels:
    """A mask's samples, 255 where the picture shows: a stencil's 1 hides, a soft mask's shows."""
    cells = samples(file, mask)
    is_stencil = file.resolve(mask.entries.get("ImageMask")) is True
    decode = [file.resolve(each) for each in file.resolve(mask.entries.get("Decode")) or (0, 1)]
    return np.asarray(255 - cells if is_stencil != (decode[0] > decode[-1]) else cells)


def seen_pixels(file: PlainFile, each: Drawn) -> Pixels | None:
    """A picture's pixels as they look on white through its mask; None when it cannot be read."""
    pixels = stored(each)
    if pixels is None:
        return None
    try:
        masks = mask_pixels(file, raw_data(each))
    except SyntaxFault:
        return None
    high, wide = pixels.shape[:2]
    for mask in masks:
        fitted = Image.fromarray(np.ascontiguousarray(mask[:, :, 0])).resize((wide, high), 0)
        shows = np.asarray(fitted, dtype=np.uint16)[:, :, None]
        pixels = ((pixels * shows + 255 * (255 - shows)) // 255).astype(np.uint8)
    return pixels


def _hides(file: PlainFile, picture: Stream, mask: Stream) -> bool:
    cells, shows = samples(file, picture), opacity(file, mask)
    high, wide = cells.shape[:2]
    fitted = Image.fromarray(np.ascontiguousarray(shows[:, :, 0])).resize((wide, high), 0)
    is_blurred = decoded(picture, file.resolve).picture is not None
    if is_blurred:
        fitted = fitted.filter(ImageFilter.MaxFilter(_RING))
    hidden = cells[np.asarray(fitted) == 0]
    return spread(hidden) > (LOSSY if is_blurred else LOSSLESS)


def samples(file: PlainFile, picture: Stream) -> Pixels:
    """A picture's samples as they are stored, rows by columns by bands, one bit as 0 and 255.

    Raises:
        SyntaxFault: its coding is not one our own files have.
    """
    inner = decoded(picture, file.resolve)
    if inner.picture in ("DCTDecode", "JPXDecode"):
        with Image.open(io.BytesIO(inner.data)) as image:
            found: Pixels = np.asarray(image)
            return found if found.ndim == 3 else found[:, :, None]
    entries = {key: file.resolve(value) for key, value in picture.entries.items()}
    wide, high, bits = entries["Width"], entries["Height"], entries.get("BitsPerComponent", 1)
    bands = _BANDS.get(str(entries.get("ColorSpace")), 0)
    row = (wide * bands * bits + 7) // 8
    if inner.picture or not bands or bits not in (1, 8) or len(inner.data) < row * high:
        raise SyntaxFault("A picture or its mask is stored in a way this check does not read.")
    return _unpacked(inner.data[: row * high], (high, row), (wide, bands, bits))


def _unpacked(data: bytes, rows: tuple[int, int], shape: tuple[int, int, int]) -> Pixels:
    wide, bands, bits = shape
    cells: np.ndarray[Any, np.dtype[np.uint8]] = np.frombuffer(data, dtype=np.uint8).reshape(rows)
    if bits == 1:
        cells = np.unpackbits(cells, axis=1)[:, : wide * bands] * np.uint8(255)
    return cells.reshape(rows[0], wide, bands)
