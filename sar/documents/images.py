"""Photographs, scans and screenshots as pages; what a camera wrote beside the pixels is told."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date
from itertools import islice

import img2pdf
import pillow_heif
from PIL import ExifTags, Image, ImageOps, ImageSequence

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.inline_pictures import MOST_PIXELS, UNREADABLE, written_anew

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

_MOST_FRAMES = 500
_MOST_MOVING = 1
_LONGEST_SIDE = 6000
_A4 = (595.28, 841.89)
_SLIM = 2.2  # longer than this, a picture gets a page of its own shape
_LONGEST_PAGE = 7200.0
_WORDS = {
    ExifTags.Base.ImageDescription: "Description",
    ExifTags.Base.Artist: "Artist",
    ExifTags.Base.XPComment: "Comment",
    ExifTags.Base.XPTitle: "Title",
    ExifTags.Base.XPKeywords: "Keywords",
    ExifTags.Base.XPSubject: "Subject",
    ExifTags.Base.Make: "Camera maker",
    ExifTags.Base.Model: "Camera",
}
_UNREADABLE = (
    "This picture is damaged and cannot be opened. "
    "Ask for the picture again, or open it, save a screenshot of it and upload that."
)
_TOO_LARGE = (
    "This picture has too many pixels to open safely. "
    "Save it at a smaller size, under 150 million pixels, and upload that."
)


def convert_image(material: Material) -> Made:
    """A page for each frame of a picture, upright, as large as paper allows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(material.path) as picture:
                return _made(picture, material)
        except Image.DecompressionBombError as error:
            raise DocumentError(DocumentFault.TOO_BIG, _TOO_LARGE) from error
        except UNREADABLE as error:
            raise DocumentError(DocumentFault.CORRUPT, _UNREADABLE) from error


def _made(picture: Image.Image, material: Material) -> Made:
    made = Made(material.folder / "picture.pdf")
    exif = picture.getexif()
    made.hidden = _beside_the_pixels(picture, exif)
    made.dated_on = _taken_on(exif)
    count = int(getattr(picture, "n_frames", 1))
    is_moving = picture.format in {"GIF", "WEBP", "PNG"} and count > 1
    if is_moving:
        made.hidden.append(HiddenPart(f"A moving picture of {count} frames: the first is shown"))
    most = _MOST_MOVING if is_moving else _MOST_FRAMES
    if count > _MOST_FRAMES and not is_moving:
        raise DocumentError(
            DocumentFault.TOO_BIG, f"This picture has {count} pages. Split it and upload the parts."
        )
    frames = [written for _, written in _frames(picture, most)]
    made.pdf.write_bytes(img2pdf.convert(frames, layout_fun=_layout, nodate=True) or b"")
    return made


def _frames(picture: Image.Image, most: int) -> Iterator[tuple[str, bytes]]:
    for frame in islice(ImageSequence.Iterator(picture), most):
        if frame.width * frame.height > MOST_PIXELS:
            raise Image.DecompressionBombError("too many pixels")
        kind = frame.format
        upright = ImageOps.exif_transpose(frame.copy())
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        upright.format = kind
        yield written_anew(upright)


def _layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """Page and picture size in points: A4 either way round, or as slim as the picture."""
    wide, tall = float(width), float(height)
    if max(wide / tall, tall / wide) > _SLIM:
        scale = min(_A4[0] / wide, 0.75 if tall > wide else 1, _LONGEST_PAGE / tall)
        return wide * scale, tall * scale, wide * scale, tall * scale
    page = _A4 if tall >= wide else (_A4[1], _A4[0])
    resolution = dpi[0] if 72 < dpi[0] <= 1200 else 96
    scale = min(page[0] / wide, page[1] / tall, 72 / resolution)
    if wide * scale < page[0] / 2:  # small pictures are shown larger, to be read
        scale = min(page[0] / wide, page[1] / tall, 0.75)
    return page[0], page[1], wide * scale, tall * scale


def _beside_the_pixels(picture: Image.Image, exif: Image.Exif) -> list[HiddenPart]:
    lines = [f"{label}: {_words(exif[tag])}" for tag, label in _WORDS.items() if exif.get(tag)]
    details = exif.get_ifd(ExifTags.IFD.Exif)
    taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    comment = _words(details.get(ExifTags.Base.UserComment, ""))
    position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    lines += [f"{key}: {value}" for key, value in _chunks(picture).items()]
    told = [("Taken", _words(taken or "")), ("Comment", comment), ("Position", position)]
    lines += [f"{label}: {value}" for label, value in told if value]
    is_telling = position or comment or _chunks(picture)
    if not lines:
        return []
    if is_telling:
        return [HiddenPart("What is written inside this picture's file", tuple(lines))]
    return [HiddenPart(f"Picture details: {'; '.join(lines)}")]


def _chunks(picture: Image.Image) -> dict[str, str]:
    texts = getattr(picture, "text", {}) or {}
    return {
        str(key): str(value)[:2000]
        for key, value in texts.items()
        if "xml" not in str(key).lower() and "icc" not in str(key).lower()
    }


def _words(value: object) -> str:
    if isinstance(value, bytes):
        if value[:8] in {b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8}:
            value = value[8:]
        wide = value[1::2].count(0) > len(value) // 4
        value = value.decode("utf-16-le" if wide else "utf-8", "replace")
    elif isinstance(value, tuple):  # Windows keeps its words as numbers
        value = bytes(value).decode("utf-16-le", "replace")
    return re.sub(r"[\x00-\x1f\ufffd]+", " ", str(value)).strip()


def _position(gps: dict[int, object]) -> str:
    parts = []
    for value_tag, side_tag in ((2, 1), (4, 3)):
        value, side = gps.get(value_tag), gps.get(side_tag)
        if not isinstance(value, tuple) or len(value) != 3:
            return ""
        try:
            degrees, minutes, seconds = (float(each) for each in value)
        except (TypeError, ValueError, ZeroDivisionError):
            return ""
        parts.append(f"{degrees + minutes / 60 + seconds / 3600:.5f} {side}")
    return ", ".join(parts)


def _taken_on(exif: Image.Exif) -> date | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    found = re.match(r"(\d{4}):(\d\d):(\d\d)", str(taken or ""))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
