"""JPEG files: strip what is not pixels, and write pixels again as coarsely as they came."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, JpegImagePlugin

from sar.documents.drawing import NotUnderstoodError

_KEPT = {0xEE}  # Adobe's marker says how colours were turned; no other says anything seen


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
        if marker == 0xD9:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
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


def photograph(data: bytes) -> Image.Image | None:
    """The decoded JPEG when it is grey or RGB, else None.

    Raises:
        NotUnderstoodError: it cannot be decoded.
    """
    try:
        image: Image.Image = Image.open(io.BytesIO(stripped_jpeg(data)))
        image.load()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotUnderstoodError("a damaged photograph") from error
    return image if image.mode in {"L", "RGB"} else None


def coarseness(image: Image.Image) -> dict[str, Any]:
    """What Pillow needs to write pixels with the tables and sampling they came with."""
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    options: dict[str, Any] = {"qtables": image.quantization}
    sampling = JpegImagePlugin.get_sampling(image)
    if image.mode == "RGB" and sampling >= 0:
        options["subsampling"] = sampling
    return options


def as_jpeg(image: Image.Image, options: dict[str, Any]) -> bytes:
    """The pixels as a JPEG without metadata."""
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return stripped_jpeg(out.getvalue())


def as_fax(image: Image.Image) -> bytes:
    """A one-bit picture packed as fax group 4, in one strip."""
    out = io.BytesIO()
    # TIFF tags: 262 says that 0 is white, as fax machines have it; 278 asks for one strip.
    image.save(out, "TIFF", compression="group4", tiffinfo={262: 0, 278: image.height})
    with Image.open(out) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]  # a TIFF has tags
        (at,), (size,) = tags[273], tags[279]
    return out.getvalue()[at : at + size]
