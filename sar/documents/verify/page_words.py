"""What must not be found, looked for in the words of each page by both readers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.marks import is_inside, shrunk
from sar.documents.verify.needles import Haystack, Needle, haystack, squeeze
from sar.documents.verify.page_frame import Place
from sar.documents.verify.page_text import PopplerWord, poppler_pages
from sar.documents.verify.pixels import cut, rendered, spread
from sar.documents.verify.subject import Subject
from sar.documents.verify.text_boxes import boxes_of
from sar.domain.redaction import Rect

_SCALE = 2.0


def check_text(subject: Subject) -> Report:
    """Searches the text pdfium reads: on the page or off it, seen or not."""
    report = Report(count=subject.page_count)
    _search(subject, report, subject.texts)
    return report


def check_second_text(subject: Subject) -> Report:
    """Searches the text poppler reads, and looks inside the marks with poppler's boxes."""
    pages = poppler_pages(subject.data, subject.scratch)
    report = Report(count=len(pages))
    if len(pages) != subject.page_count:
        report.find(Channel.TEXT, "The two readers do not agree how many pages there are.")
    texts = [haystack("\n".join(word.text for word in page)) for page in pages]
    _search(subject, report, texts)
    for number, places in subject.places.items():
        if number <= len(pages):
            for place in places:
                _check_place(report, place, pages[number - 1])
    return report


def _search(subject: Subject, report: Report, texts: Sequence[Haystack]) -> None:
    for needle in subject.needles:
        pages = [number for number, text in enumerate(texts, 1) if text.holds(needle)]
        for page in pages:
            _hit(subject, report, needle, page)
        if not pages and needle.is_never and _spans_pages(needle, texts):
            report.find(Channel.TEXT, f"{_start(needle)} runs over the end of a page.")


def _spans_pages(needle: Needle, texts: Sequence[Haystack]) -> bool:
    size = len(needle.squeezed)
    return any(
        needle.squeezed in before.squeezed[-size:] + after.squeezed[:size]
        for before, after in pairwise(texts)
        if not needle.needs_edges
    )


def _hit(subject: Subject, report: Report, needle: Needle, page: int) -> None:
    if needle.is_never:
        report.find(Channel.TEXT, f"{_start(needle)} is in the text of the page.", page)
    elif not _is_seen(subject, needle, page):
        sentence = f"{_start(needle)} is in the text of the page where nobody can see it."
        report.find(Channel.HIDDEN_TEXT, sentence, page)
    elif not needle.is_part:
        report.warn(Channel.ELSEWHERE, f"{_start(needle)} also stands elsewhere, in view.", page)


def _is_seen(subject: Subject, needle: Needle, number: int) -> bool:
    """True when every place where the words stand is on the page and shows something there."""
    page = subject.document[number - 1]
    frame = subject.frames[number - 1]
    try:
        boxes = boxes_of(page, frame, needle)
        view = rendered(page, _SCALE) if boxes else None
    finally:
        page.close()
    if view is None:
        return True
    look = partial(cut, view, scale=_SCALE)
    return all(
        box.x1 > 0
        and box.y1 > 0
        and box.x0 < frame.width
        and box.y0 < frame.height
        and spread(look(_with_ground(box))) > 24
        for box in boxes
    )


def _with_ground(box: Rect) -> Rect:
    """The box with some paper around it: the stroke of an l or i fills its own box with ink."""
    return Rect(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)


def _check_place(report: Report, place: Place, words: Sequence[PopplerWord]) -> None:
    """Only words well inside count: poppler's boxes are those of words and lines, not of ink."""
    inner = shrunk(place.rect, 1.5)
    found = [
        word
        for word in words
        if word.rect.meets(inner) and _is_mostly_inside(word, inner) and is_inside(word.rect, inner)
    ]
    text = squeeze("".join(word.text for word in found))
    if text and text != squeeze(place.code):
        report.find(Channel.INSIDE_MARK, "A second reader finds text inside a mark.", place.page)


def _is_mostly_inside(word: PopplerWord, inner: object) -> bool:
    part = word.rect.clipped_to(inner)  # type: ignore[arg-type]
    return part is not None and part.width > 0.5 * word.rect.width


def _start(needle: Needle) -> str:
    return needle.label[:1].upper() + needle.label[1:]
