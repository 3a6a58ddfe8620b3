"""Runs every check over one file; a check that cannot run is a finding like any other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sar.documents.errors import DocumentError
from sar.documents.verify.findings import Channel, Check, Report, Verification, in_order
from sar.documents.verify.font_letters import check_letters
from sar.documents.verify.hidden_text import check_hidden
from sar.documents.verify.marks import check_mark_pages, check_marks
from sar.documents.verify.masks import check_masks
from sar.documents.verify.object_scan import (
    check_allowed,
    check_raw_bytes,
    check_shape,
    check_streams,
    check_strings,
)
from sar.documents.verify.page_view import PageView
from sar.documents.verify.page_words import check_second_text, check_text
from sar.documents.verify.recognition import check_pictures
from sar.documents.verify.subject import Expected, FileKind, OcrPolicy, Subject
from sar.documents.verify.syntax import SyntaxFault
from sar.documents.verify.withheld import check_withheld, check_withheld_pages
from sar.domain.redaction import Mark, Rect, parse_plan

_log = logging.getLogger(__name__)
FileCheck = Callable[[Subject], Report]
PageCheck = Callable[[Subject, PageView, Report], None]

# name, what its count counts, and the check
PAGE_CHECKS: tuple[tuple[str, str, PageCheck], ...] = (
    ("text", "pages read by pdfium", check_text),
    ("marks", "marks looked into", check_marks),
    ("hidden", "pages searched for what cannot be seen", check_hidden),
    ("withheld", "withheld pages looked at", check_withheld),
    ("pictures", "pages recognised as pictures", check_pictures),
)
FILE_CHECKS: tuple[tuple[str, str, FileCheck], ...] = (
    ("shape", "objects in one revision", check_shape),
    ("allow-list", "objects compared with the list", check_allowed),
    ("strings", "strings and names searched", check_strings),
    ("streams", "streams decoded and searched", check_streams),
    ("bytes", "bytes searched as they are", check_raw_bytes),
    ("second-text", "pages read by poppler", check_second_text),
    ("letters", "fonts compared with the letters in use", check_letters),
    ("masks", "masks of pictures looked through", check_masks),
    ("mark-pages", "pages that hold marks", check_mark_pages),
    ("withheld-pages", "pages withheld whole", check_withheld_pages),
)
Named = tuple[str, str, Report]


def verify(pdf: Path, expected: Expected, scratch: Path) -> Verification:
    """Judges one output file; call it inside the sandbox (`tools.call("verify", ...)`).

    Raises:
        DocumentError: the file is not a PDF that can be opened at all.
    """
    subject = Subject(pdf, expected, scratch)
    try:
        # Pages first: what they show decides what the rest of the file may repeat.
        reports = [*_page_reports(subject), *_file_reports(subject)]
    finally:
        subject.close()
    return Verification(
        findings=in_order(each for *_, report in reports for each in report.findings),
        checks=tuple(Check(name, report.count, detail) for name, detail, report in reports),
        warnings=in_order(each for *_, report in reports for each in report.warnings),
        unread=in_order(each for *_, report in reports for each in report.unread),
    )


def verify_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """`verify` behind the sandbox: names relative to scratch, plain data in and out."""
    marks = arguments.get("marks")
    expected = Expected(
        parse_plan(arguments.get("plan", {})),
        None if marks is None else tuple(parse_mark(each) for each in marks),
        tuple(arguments.get("secrets", [])),
        OcrPolicy(arguments.get("ocr", OcrPolicy.AUTO)),
        FileKind(arguments.get("kind", FileKind.DOCUMENT)),
    )
    return verify(scratch / arguments["pdf"], expected, scratch).as_dict()


def parse_mark(data: dict[str, Any]) -> Mark:
    """A mark as a certificate holds it."""
    edges = [float(edge) for edge in data["rect"]]
    return Mark(
        int(data["page"]), Rect(*edges), str(data["code"]), bool(data.get("width_visible", False))
    )


def _file_reports(subject: Subject) -> Iterator[Named]:
    for name, detail, check in FILE_CHECKS:
        report = Report()
        _guarded(name, report, partial(_add, check, subject, report))
        yield name, detail, report


def _add(check: FileCheck, subject: Subject, report: Report) -> None:
    report.add(check(subject))


def _page_reports(subject: Subject) -> Iterator[Named]:
    reports = {name: Report() for name, _, _ in PAGE_CHECKS}
    for number in range(1, subject.page_count + 1):
        _guarded("page", reports["text"], partial(_look_at_page, subject, number, reports))
    yield from ((name, detail, reports[name]) for name, detail, _ in PAGE_CHECKS)


def _look_at_page(subject: Subject, number: int, reports: dict[str, Report]) -> None:
    view = PageView(subject.document, number)
    try:
        for name, _, check in PAGE_CHECKS:
            _guarded(name, reports[name], partial(check, subject, view, reports[name]), number)
    finally:
        view.close()


def _guarded(name: str, report: Report, check: Callable[[], None], page: int | None = None) -> None:
    try:
        check()
    except DocumentError as error:
        sentence = error.sentence
    except SyntaxFault as error:
        sentence = str(error)
    except Exception as error:
        # Whatever goes wrong in a check must hold the file back, never let it through.
        _log.warning("check failed", extra={"check": name, "error": type(error).__name__})
        sentence = "It met something it does not know."
    else:
        return
    report.find(Channel.CHECKER, f"The check “{name}” did not run: {sentence}", page)
