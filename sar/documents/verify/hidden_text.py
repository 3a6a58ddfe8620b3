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
from sar.documents.verify.page_view import PageView
from sar.documents.verify.pixels import (
    cut,
    grown,
    pixel_size,
    shrunk,
    spread,
    tolerance,
    under,
)
from sar.documents.verify.plain_file import PlainFile
from sar.documents.verify.subject import Subject
from sar.domain.redaction import Rect

_SCALE = 2.0
_VISIBLE = 24  # steps of 255 by which ink must differ from its ground
_EDGE = 2.0
_UNSEEN_MODES = frozenset({3, 7})


def check_hidden(subject: Subject, view: PageView, report: Report) -> None:
    """Every text leaves ink of its own on the page, and no picture lies under or off it."""
    report.count += 1
    covers = [each for each in view.objects if _may_cover(each)]
    sheet = Rect(0, 0, view.frame.width, view.frame.height)
    marks = [grown(place.rect, 1) for place in subject.places_on(view)]
    suspects = []
    for each in view.objects:
        if each.kind == TEXT and _holds_text(each):
            if not each.rect.meets(sheet):
                report.find(Channel.HIDDEN_TEXT, "There is text off the page.", view.number)
            elif not any(mark.contains(each.rect) for mark in marks):
                suspects += [each] if _is_suspect(each, covers, sheet) else []
        elif each.kind == PICTURE:
            _check_picture(subject, report, each, covers, view)
    if any(_is_unseen(view, each) for each in suspects):
        sentence = "There is text on the page that cannot be seen."
        report.find(Channel.HIDDEN_TEXT, sentence, view.number)


def _is_unseen(view: PageView, each: Drawn) -> bool:
    look = cut(view.pixels(_SCALE), grown(each.rect, 0.5), _SCALE)
    return spread(look) < _VISIBLE and not _is_blank(view, each)


def _holds_text(each: Drawn) -> bool:
    return each.rect.width > 0.01 or each.rect.height > 0.01


def _may_cover(each: Drawn) -> bool:
    if each.kind == PICTURE:
        return True
    return each.kind == PATH and is_filled(each) and each.rect.width * each.rect.height > 16


def _is_suspect(each: Drawn, covers: Sequence[Drawn], sheet: Rect) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(each.handle) in _UNSEEN_MODES:
        return True
    if not sheet.contains(each.rect) or each.rect.height < 1.5 or _is_clipped(each):
        return True
    colour = fill_of(each)
    if colour is None or colour[3] < 64 or min(colour[:3]) > 160:
        return True
    return any(cover.order > each.order and _covers(cover, each) for cover in covers)


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
    boxes = [_box_of(lines) for lines in clip_lines(each)]
    if any(box is None or not _shows_all(box, each.rect) for box in boxes):
        report.find(Channel.PICTURE, "A part of a picture is clipped away, not removed.", number)
    parts = [part for cover in covers if (part := _covered_part(cover, each)) is not None]
    if parts and _hides_pixels(subject.file, each, parts):
        report.find(Channel.PICTURE, "A picture lies under something that hides it.", number)


def _covered_part(cover: Drawn, each: Drawn) -> Rect | None:
    if cover.order <= each.order or not _is_opaque(cover):
        return None
    return cover.rect.clipped_to(each.rect)


def _hides_pixels(file: PlainFile, each: Drawn, parts: Sequence[Rect]) -> bool:
    """True when the pixels under any of these parts are not all alike."""
    pixels = seen_pixels(file, each)
    if pixels is None:
        return True
    margin = pixel_size(each, pixels) + _EDGE / 2
    return any(
        spread(under(pixels, each, shrunk(part, margin))) > tolerance(each) for part in parts
    )


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
