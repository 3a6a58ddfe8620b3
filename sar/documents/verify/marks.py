"""Inside each mark there is our box and our label, and nothing else.

Not a character, not a line, not a pixel of a picture, seen or unseen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.labels import is_label
from sar.documents.verify.masks import mask_pixels
from sar.documents.verify.needles import squeeze
from sar.documents.verify.page_frame import Place, clusters
from sar.documents.verify.page_objects import (
    PATH,
    PICTURE,
    TEXT,
    Drawn,
    clip_lines,
    crosses,
    fill_of,
    is_filled,
    is_upright_box,
    matrix_of,
    path_lines,
    stroke_width,
    times,
)
from sar.documents.verify.page_text import Glyph, run_within, text_within
from sar.documents.verify.page_view import PageView
from sar.documents.verify.pixels import (
    LOSSLESS,
    cut,
    grown,
    pixel_size,
    raw_data,
    sampled,
    shrunk,
    spread,
    stored,
    strays,
)
from sar.documents.verify.subject import Subject
from sar.documents.verify.syntax import SyntaxFault
from sar.domain.redaction import Rect

_MARGIN = 0.75  # points: a box's own edge is soft
_SCALE = 1.0
_SOFT = 3.0  # points around a letter of a label that its soft edge may reach
_DARK = 40


def check_marks(subject: Subject, view: PageView, report: Report) -> None:
    """Looks inside every mark of a page."""
    places = subject.places_on(view)
    report.count += len(places)
    groups = clusters(places)
    for place in places:
        near = groups[place]
        label = _label(view, place, near) if _has_one_text(view, place) else None
        if label is None:
            label = [each for each in view.glyphs if _is_of(each, near)]
            inner = shrunk(place.rect, _MARGIN)
            inside = [each for each in label if is_inside(each.rect, inner)]
            _check_letters(report, place, inside, [each.code for each in near])
        if place.is_drawn:
            _check_look(view, report, place, label)
        inner = shrunk(place.rect, _MARGIN)
        for each in view.objects:
            if each.rect.meets(inner):
                _check_object(subject, report, place, each)


def check_mark_pages(subject: Subject) -> Report:
    """Every page that should hold marks is there."""
    report = Report(count=len(subject.marked_pages))
    for number in sorted(subject.marked_pages):
        if number > subject.page_count:
            report.find(Channel.MARKS, f"There is no page {number} to hold its marks.")
    return report


def _label(view: PageView, place: Place, near: Sequence[Place]) -> list[Glyph] | None:
    """The mark's label when a quick look shows that its whole code is there, alone; else None."""
    if len(near) > 1:
        return None
    inner = shrunk(place.rect, _MARGIN)
    run = run_within(view.letters, view.frame, inner)
    code = squeeze(place.code)
    every = squeeze(text_within(view.letters, view.frame, inner))
    is_whole = every == code == squeeze("".join(each.text for each in run))
    return run if is_whole else None


def _has_one_text(view: PageView, place: Place) -> bool:
    """True when one object draws all letters here, those without a meaning among them."""
    inner = shrunk(place.rect, _MARGIN)
    return sum(each.kind == TEXT and each.rect.meets(inner) for each in view.objects) <= 1


def _is_of(each: Glyph, near: Sequence[Place]) -> bool:
    return any(is_inside(each.rect, place.rect) for place in near)


def is_inside(box: Rect, place: Rect) -> bool:
    """True when a character's middle, or a good part of it, lies in the place."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    if place.x0 < x < place.x1 and place.y0 < y < place.y1:
        return True
    part = box.clipped_to(place)
    whole = box.width * box.height
    return part is not None and whole > 0 and part.width * part.height > 0.3 * whole


def _check_letters(
    report: Report, place: Place, found: Sequence[Glyph], codes: Sequence[str]
) -> None:
    inked = [each for each in found if each.text.strip() or each.rect.width * each.rect.height > 1]
    text = "".join(each.text for each in inked)
    # A letter without a meaning is drawn all the same, and belongs to no label.
    if not inked or (text.isprintable() and is_label(text, codes, place.rect.width)):
        return
    report.find(
        Channel.INSIDE_MARK, "There is text inside a mark that is not its label.", place.page
    )


def _check_look(view: PageView, report: Report, place: Place, label: Sequence[Glyph]) -> None:
    """Nothing light but where the labels of this and overlapping marks stand."""
    inside = cut(view.pixels(_SCALE), place.rect, _SCALE, _MARGIN)
    if not inside.size or int(inside.max()) <= _DARK:
        return
    inside = inside.copy()
    left = int(np.ceil((place.rect.x0 + _MARGIN) * _SCALE))
    top = int(np.ceil((place.rect.y0 + _MARGIN) * _SCALE))
    for each in label:
        near = grown(each.rect, _SOFT)
        x0, y0 = int(near.x0 * _SCALE) - left, int(near.y0 * _SCALE) - top
        x1, y1 = int(near.x1 * _SCALE) - left, int(near.y1 * _SCALE) - top
        inside[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 0
    if int(inside.max()) > _DARK:
        report.find(
            Channel.PIXELS, "A mark shows something else than its box and label.", place.page
        )


def _check_object(subject: Subject, report: Report, place: Place, each: Drawn) -> None:
    if each.kind == PICTURE:
        _check_picture(subject, report, place, each)
    elif each.kind == PATH:
        _check_path(subject, report, place, each)
    for lines in clip_lines(each):
        if not is_upright_box(lines) and crosses(lines, shrunk(place.rect, _MARGIN)):
            report.find(Channel.VECTOR, "A clipping shape runs through a mark.", place.page)


def _check_path(subject: Subject, report: Report, place: Place, each: Drawn) -> None:
    a, b, c, d, _, _ = times(matrix_of(each.handle), each.matrix)
    half = stroke_width(each) * max(abs(a) + abs(c), abs(b) + abs(d)) / 2
    inner = shrunk(place.rect, _MARGIN)
    if is_filled(each) and fill_of(each) is None:
        report.find(Channel.VECTOR, "A pattern is drawn under a mark.", place.page)
    wide = Rect(inner.x0 - half, inner.y0 - half, inner.x1 + half, inner.y1 + half)
    lines = path_lines(each)
    if crosses(lines, wide) and not (is_upright_box(lines) and _is_mark(subject, place, each.rect)):
        report.find(Channel.VECTOR, "A line or shape runs through a mark.", place.page)


def _is_mark(subject: Subject, place: Place, rect: Rect) -> bool:
    """True for the box of a mark: two marks may overlap."""
    return any(
        max(
            abs(first - second)
            for first, second in zip(each.rect.as_list(), rect.as_list(), strict=True)
        )
        < _MARGIN
        for each in subject.learned.places[place.page]
    )


def _check_picture(subject: Subject, report: Report, place: Place, each: Drawn) -> None:
    pixels = stored(each)
    if pixels is None:
        report.find(Channel.PICTURE, "A picture under a mark cannot be read.", place.page)
        return
    margin = _MARGIN + pixel_size(each, pixels)
    inner = shrunk(place.rect, margin)
    if strays(pixels, each, inner):
        report.find(Channel.PICTURE, "A picture still has its pixels under a mark.", place.page)
    try:
        masks = mask_pixels(subject.file, raw_data(each))
    except SyntaxFault:
        report.find(Channel.PICTURE, "A mask of a picture cannot be read.", place.page)
        return
    for mask in masks:
        if spread(sampled(mask, times(matrix_of(each.handle), each.matrix), inner)) > LOSSLESS:
            report.find(Channel.PICTURE, "A mask still has a shape under a mark.", place.page)
