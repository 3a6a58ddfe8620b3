"""What must not be found, looked for in the words of each page by both readers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.labels import is_label_word
from sar.documents.verify.marks import is_inside
from sar.documents.verify.needles import Haystack, Needle, haystack, squeeze
from sar.documents.verify.page_frame import PageFrame, Place
from sar.documents.verify.page_text import PopplerWord, poppler_pages
from sar.documents.verify.pixels import Pixels, cut, grown, rendered, shrunk, spread
from sar.documents.verify.subject import Subject
from sar.documents.verify.text_boxes import boxes_of
from sar.domain.redaction import Rect

_SCALE = 2.0
_INK = 24  # steps of 255 by which a letter differs from its ground


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
                codes = [each.code for each in places if each.rect.meets(place.rect)]
                _check_place(report, place, codes, pages[number - 1])
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
        places = boxes_of(page, frame, needle)
        view = rendered(page, _SCALE) if places else None
    finally:
        page.close()
    return view is None or all(_shows(view, frame, boxes) for boxes in places)


def _shows(view: Pixels, frame: PageFrame, boxes: Sequence[Rect]) -> bool:
    """True when most letters leave ink; blanks may stand for letters in an odd font."""
    sheet = Rect(0, 0, frame.width, frame.height)
    inked = [
        box.meets(sheet) and spread(cut(view, grown(box, 0.5), _SCALE)) > _INK for box in boxes
    ]
    return sum(inked) > 0.6 * len(inked)


def _check_place(
    report: Report, place: Place, codes: Sequence[str], words: Sequence[PopplerWord]
) -> None:
    """Only words well inside count: poppler's boxes are those of words and lines, not of ink."""
    inner = shrunk(place.rect, 1.5)
    found = [
        word.text
        for word in words
        if word.rect.meets(inner) and _is_mostly_inside(word, inner) and is_inside(word.rect, inner)
    ]
    found = [word for word in found if squeeze(word)]
    most = sum(len(code.split()) for code in codes)
    if len(found) > most or not all(is_label_word(word, codes) for word in found):
        report.find(Channel.INSIDE_MARK, "A second reader finds text inside a mark.", place.page)


def _is_mostly_inside(word: PopplerWord, inner: Rect) -> bool:
    part = word.rect.clipped_to(inner)
    return part is not None and part.width > 0.5 * word.rect.width


def _start(needle: Needle) -> str:
    return needle.label[:1].upper() + needle.label[1:]
