"""Pictures that belong inside a page we set: decoded and written anew, so only pixels travel."""

from __future__ import annotations

import base64
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 150_000_000
_LONGEST_SIDE = 1800
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    AttributeError,
)


def shown_inline(content: bytes) -> str | None:
    """A data: address of the picture written anew, or None when it cannot be shown."""
    try:
        picture = opened(io.BytesIO(content))
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        kind, written = written_anew(picture)
    except UNREADABLE:
        return None
    return f"data:image/{kind};base64,{base64.b64encode(written).decode()}"


def opened(file: io.BytesIO) -> Image.Image:
    """The first picture of a file, upright, when it is not larger than MOST_PIXELS.

    Raises:
        one of UNREADABLE: it is not a picture, or too large.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(file)
        if picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError("too many pixels")
        picture.load()
        return ImageOps.exif_transpose(picture)


def written_anew(picture: Image.Image) -> tuple[str, bytes]:
    """The pixels alone as ('png' or 'jpeg', bytes); what is transparent becomes white."""
    flat = flattened(picture)
    out = io.BytesIO()
    if picture.format == "JPEG" or (flat.mode == "RGB" and _is_photograph(flat)):
        flat.save(out, "JPEG", quality=88)
        return "jpeg", out.getvalue()
    flat.save(out, "PNG")
    return "png", out.getvalue()


def flattened(picture: Image.Image) -> Image.Image:
    """The picture on white, in a mode that every writer takes: 1, L or RGB."""
    if picture.mode in {"1", "L", "RGB"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    if picture.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        return picture.convert("RGB")
    coloured = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, coloured).convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    low, high = picture.convert("F").getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    scale = 255 / (high - low) if high > low else 1.0
    return picture.convert("F").point(lambda value: (value - low) * scale).convert("L")


def _is_photograph(picture: Image.Image) -> bool:
    small = picture.copy()
    small.thumbnail((256, 256))
    return small.getcolors(4096) is None
