"""Text and pictures that are on a page but cannot be seen: what nobody saw, nobody approved."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from pypdfium2 import raw

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.masks import seen_pixels
from sar.documents.verify.page_objects import (
    PATH,
    PICTURE,
    TEXT,
    Drawn,
    clip_lines,
    fill_of,
    is_filled,
    is_upright_box,
    path_lines,
)
from sar.documents.verify.page_text import Glyph
from sar.documents.verify.page_view import PageView
from sar.documents.verify.pixels import (
    cut,
    grown,
    pixel_size,
    shrunk,
    spread,
    stored,
    strays,
)
from sar.documents.verify.plain_file import PlainFile
from sar.documents.verify.subject import Subject
from sar.domain.redaction import Rect

_SCALE = 2.0
_VISIBLE = 24  # steps of 255 by which ink must differ from its ground
_EDGE = 2.0
_TINY, _MANY_PIXELS = 1.5, 256  # points on the longer side; pixels
_UNSEEN_MODES = frozenset({3, 7})


def check_hidden(subject: Subject, view: PageView, report: Report) -> None:
    """Every text leaves ink of its own on the page, and no picture lies under or off it."""
    report.count += 1
    covers = [each for each in view.objects if _may_cover(each)]
    sheet = Rect(0, 0, view.frame.width, view.frame.height)
    marks = [grown(place.rect, 1) for place in subject.places_on(view)]
    for each in view.objects:
        if each.kind == TEXT and not any(mark.contains(each.rect) for mark in marks):
            if not each.rect.meets(sheet) and not _is_blank(view, each):
                report.find(Channel.HIDDEN_TEXT, "There is text off the page.", view.number)
            elif _is_hidden(view, each, covers, sheet):
                sentence = "There is text on the page that cannot be seen."
                report.find(Channel.HIDDEN_TEXT, sentence, view.number)
        elif each.kind == PICTURE:
            _check_picture(subject, report, each, covers, view)


def _is_hidden(view: PageView, each: Drawn, covers: Sequence[Drawn], sheet: Rect) -> bool:
    """True when the text, or a letter of it where only a part may show, leaves no ink."""
    is_cut = not sheet.contains(each.rect) or _is_clipped(each)
    over = any(cover.order > each.order and _covers(cover, each) for cover in covers)
    if not (is_cut or over or _is_faint(each)):
        return False
    if _is_unseen(view, each.rect):
        return not _is_blank(view, each)
    return (is_cut or over) and any(
        _is_unseen(view, letter.rect) for letter in view.glyphs if _is_part(letter, each)
    )


def _is_part(letter: Glyph, each: Drawn) -> bool:
    return bool(letter.text.strip()) and grown(each.rect, 0.1).contains(letter.rect)


def _is_unseen(view: PageView, rect: Rect) -> bool:
    return spread(cut(view.pixels(_SCALE), grown(rect, 0.5), _SCALE)) < _VISIBLE


def _may_cover(each: Drawn) -> bool:
    if each.kind == PICTURE:
        return True
    return each.kind == PATH and is_filled(each) and each.rect.width * each.rect.height > 16


def _is_faint(each: Drawn) -> bool:
    """True for text drawn without ink, nearly without height, or in hardly any colour."""
    if raw.FPDFTextObj_GetTextRenderMode(each.handle) in _UNSEEN_MODES:
        return True
    colour = fill_of(each)
    is_pale = colour is None or colour[3] < 64 or min(colour[:3]) > 160
    return is_pale or min(each.rect.height, each.rect.width) < 0.5


def _is_clipped(each: Drawn) -> bool:
    """True when a clip leaves out a part of it, or is not a plain box."""
    for lines in clip_lines(each):
        box = _box_of(lines)
        if not is_upright_box(lines) or box is None or not grown(box, _EDGE).contains(each.rect):
            return True
    return False


def _covers(cover: Drawn, each: Drawn) -> bool:
    part = cover.rect.clipped_to(each.rect)
    whole = each.rect.width * each.rect.height
    return part is not None and whole > 0 and part.width * part.height > 0.2 * whole


def _is_blank(view: PageView, each: Drawn) -> bool:
    """True for spaces; a letter without ink is not blank, it is hidden."""
    size = raw.FPDFTextObj_GetText(each.handle, view.letters.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(each.handle, view.letters.raw, buffer, size)
    return not bytes(buffer).decode("utf-16-le", "replace").strip("\0 \u00a0\t\r\n")


def _check_picture(
    subject: Subject, report: Report, each: Drawn, covers: Sequence[Drawn], view: PageView
) -> None:
    number = view.number
    sheet = Rect(0, 0, view.frame.width, view.frame.height)
    whole = each.rect.width * each.rect.height
    part = each.rect.clipped_to(grown(sheet, _EDGE))
    if part is None or part.width * part.height < 0.99 * whole:
        report.find(Channel.PICTURE, "A picture runs off the page.", number)
    if max(each.rect.width, each.rect.height) < _TINY and _pixel_count(each) > _MANY_PIXELS:
        report.find(Channel.PICTURE, "A picture is drawn too small to be seen.", number)
    boxes = [_box_of(lines) for lines in clip_lines(each)]
    if any(box is None or not _shows_all(box, each.rect) for box in boxes):
        report.find(Channel.PICTURE, "A part of a picture is clipped away, not removed.", number)
    parts = [part for cover in covers if (part := _covered_part(cover, each)) is not None]
    if parts and _hides_pixels(subject.file, each, parts):
        report.find(Channel.PICTURE, "A picture lies under something that hides it.", number)


def _pixel_count(each: Drawn) -> int:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(each.handle, wide, high)
    return wide.value * high.value


def _covered_part(cover: Drawn, each: Drawn) -> Rect | None:
    if cover.order <= each.order or not _is_opaque(cover):
        return None
    return cover.rect.clipped_to(each.rect)


def _hides_pixels(file: PlainFile, each: Drawn, parts: Sequence[Rect]) -> bool:
    """True when the pixels under any of these parts are not all alike."""
    pixels = stored(each)
    if pixels is None:
        return True
    margin = pixel_size(each, pixels) + _EDGE / 2
    inner = [shrunk(part, margin) for part in parts]
    if not any(strays(pixels, each, part) for part in inner):
        return False
    seen = seen_pixels(file, each)
    return seen is None or any(strays(seen, each, part) for part in inner)


def _is_opaque(cover: Drawn) -> bool:
    if cover.kind == PICTURE:
        return not raw.FPDFPageObj_HasTransparency(cover.handle)
    colour = fill_of(cover)
    return colour is not None and colour[3] == 255 and is_upright_box(path_lines(cover))


def _shows_all(box: Rect, rect: Rect) -> bool:
    part = grown(box, _EDGE).clipped_to(rect)
    whole = rect.width * rect.height
    return part is not None and part.width * part.height >= 0.99 * whole


def _box_of(lines: list[list[tuple[float, float]]]) -> Rect | None:
    points = [point for line in lines for point in line]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))
