"""Text and pictures that are on a page but cannot be seen: what nobody saw, nobody approved."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.masks import seen_pixels
from sar.documents.verify.page_objects import (
    PATH,
    PICTURE,
    TEXT,
    Drawn,
    clip_lines,
    drawn,
    fill_of,
    is_filled,
    is_upright_box,
    path_lines,
)
from sar.documents.verify.pixels import (
    Pixels,
    cut,
    grown,
    pixel_size,
    rendered,
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


def check_hidden(subject: Subject) -> Report:
    """Every text leaves ink of its own on the page, and no picture lies under or off it."""
    report = Report()
    for number in range(1, subject.page_count + 1):
        page = subject.document[number - 1]
        try:
            _check_page(subject, report, page, number)
        finally:
            page.close()
        report.count += 1
    return report


def _check_page(subject: Subject, report: Report, page: pdfium.PdfPage, number: int) -> None:
    frame = subject.frames[number - 1]
    objects = drawn(page, frame)
    covers = [each for each in objects if _may_cover(each)]
    sheet = Rect(0, 0, frame.width, frame.height)
    suspects = []
    for each in objects:
        if each.kind == TEXT and _holds_text(each):
            if not each.rect.meets(sheet):
                report.find(Channel.HIDDEN_TEXT, "There is text off the page.", number)
            elif _is_suspect(each, covers, sheet):
                suspects.append(each)
        elif each.kind == PICTURE:
            _check_picture(subject, report, each, covers, number)
    if suspects:
        suspects = [each for each in suspects if not _is_blank(page, each)]
        _check_ink(report, rendered(page, _SCALE), suspects, number)


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


def _is_blank(page: pdfium.PdfPage, each: Drawn) -> bool:
    """True for spaces; a letter without ink is not blank, it is hidden."""
    text = page.get_textpage()
    try:
        size = raw.FPDFTextObj_GetText(each.handle, text.raw, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        raw.FPDFTextObj_GetText(each.handle, text.raw, buffer, size)
        return not bytes(buffer).decode("utf-16-le", "replace").strip("\0 \u00a0\t\r\n")
    finally:
        text.close()


def _check_ink(report: Report, view: Pixels, suspects: Sequence[Drawn], number: int) -> None:
    for each in suspects:
        if spread(cut(view, grown(each.rect, 0.5), _SCALE)) < _VISIBLE:
            report.find(
                Channel.HIDDEN_TEXT, "There is text on the page that cannot be seen.", number
            )
            return


def _check_picture(
    subject: Subject, report: Report, each: Drawn, covers: Sequence[Drawn], number: int
) -> None:
    file, frame = subject.file, subject.frames[number - 1]
    sheet = Rect(0, 0, frame.width, frame.height)
    whole = each.rect.width * each.rect.height
    part = each.rect.clipped_to(grown(sheet, _EDGE))
    if part is None or part.width * part.height < 0.99 * whole:
        report.find(Channel.PICTURE, "A picture runs off the page.", number)
    boxes = [_box_of(lines) for lines in clip_lines(each)]
    if any(box is None or not _shows_all(box, each.rect) for box in boxes):
        report.find(Channel.PICTURE, "A part of a picture is clipped away, not removed.", number)
    if any(_covers_pixels(file, cover, each) for cover in covers):
        report.find(Channel.PICTURE, "A picture lies under something that hides it.", number)


def _covers_pixels(file: PlainFile, cover: Drawn, each: Drawn) -> bool:
    """True when something opaque lies over pixels that are not all alike."""
    part = cover.rect.clipped_to(each.rect)
    if cover.order <= each.order or part is None or not _is_opaque(cover):
        return False
    pixels = seen_pixels(file, each)
    if pixels is None:
        return True
    inner = shrunk(part, pixel_size(each, pixels) + _EDGE / 2)
    return spread(under(pixels, each, inner)) > tolerance(each)


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
