"""What must not be found, looked for in the words of each page by both readers."""

from __future__ import annotations

from collections.abc import Sequence

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.labels import is_label_word
from sar.documents.verify.marks import is_inside
from sar.documents.verify.needles import Haystack, Needle, haystack, squeeze
from sar.documents.verify.page_frame import Place, clusters
from sar.documents.verify.page_text import PopplerWord, poppler_pages
from sar.documents.verify.page_view import PageView
from sar.documents.verify.pixels import shrunk
from sar.documents.verify.subject import Subject
from sar.domain.redaction import Rect


def check_text(subject: Subject, view: PageView, report: Report) -> None:
    """Searches the text pdfium reads: on the page or off it, seen or not."""
    report.count += 1
    subject.learned.texts.append(view.text)
    _search(subject, report, view.text, view.number)
    before = subject.learned.texts[-2:-1]
    for needle in subject.never:
        if before and not needle.needs_edges and _spans(needle, before[0], view.text):
            sentence = f"{_start(needle)} begins on the page before and ends on this one."
            report.find(Channel.TEXT, sentence, view.number)


def check_second_text(subject: Subject) -> Report:
    """Searches the text poppler reads, and looks inside the marks with poppler's boxes."""
    pages = poppler_pages(subject.data, subject.scratch)
    report = Report(count=len(pages))
    if len(pages) != subject.page_count:
        report.find(Channel.TEXT, "The two readers do not agree how many pages there are.")
    for number, page in enumerate(pages, 1):
        _search(subject, report, haystack(page.text), number)
        places = subject.learned.places.get(number, ())
        words = page.words if places else []
        for place, near in clusters(places).items():
            _check_place(report, place, [each.code for each in near], words)
    return report


def _search(subject: Subject, report: Report, text: Haystack, page: int) -> None:
    """A never-text is a finding; other removed words, in view, were left there by choice.

    That they are in view is the business of the check for what cannot be seen.
    """
    for needle in subject.index.in_text(text):
        if needle.is_never:
            report.find(Channel.TEXT, f"{_start(needle)} is in the text of the page.", page)
        elif not needle.is_part:
            sentence = f"{_start(needle)} also stands elsewhere, in view."
            report.warn(Channel.ELSEWHERE, sentence, page)


def _spans(needle: Needle, before: Haystack, after: Haystack) -> bool:
    size = len(needle.squeezed) - 1
    return needle.squeezed in before.squeezed[-size:] + after.squeezed[:size]


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
