"""Runs every check over one file; a check that cannot run is a finding like any other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sar.documents.errors import DocumentError
from sar.documents.verify.findings import Channel, Check, Report, Verification, in_order
from sar.documents.verify.font_letters import check_letters
from sar.documents.verify.hidden_text import check_hidden
from sar.documents.verify.marks import check_marks
from sar.documents.verify.masks import check_masks
from sar.documents.verify.object_scan import (
    check_allowed,
    check_raw_bytes,
    check_shape,
    check_streams,
    check_strings,
)
from sar.documents.verify.page_words import check_second_text, check_text
from sar.documents.verify.recognition import check_pictures
from sar.documents.verify.subject import Expected, OcrPolicy, Subject
from sar.documents.verify.withheld import check_withheld
from sar.domain.redaction import Mark, Plan, Rect, parse_plan

_log = logging.getLogger(__name__)
Inspect = Callable[[Subject], Report]

# name, what its count counts, and when it is worth running
_CHECKS: tuple[tuple[str, str, Inspect, bool], ...] = (
    ("shape", "objects in one revision", check_shape, False),
    ("allow-list", "objects compared with the list", check_allowed, False),
    ("strings", "strings and names searched", check_strings, False),
    ("streams", "streams decoded and searched", check_streams, False),
    ("bytes", "bytes searched as they are", check_raw_bytes, False),
    ("text", "pages read by pdfium", check_text, False),
    ("second-text", "pages read by poppler", check_second_text, False),
    ("marks", "marks looked into", check_marks, True),
    ("hidden", "pages searched for what cannot be seen", check_hidden, False),
    ("letters", "fonts compared with the letters in use", check_letters, False),
    ("masks", "masks of pictures looked through", check_masks, False),
    ("withheld", "withheld pages looked at", check_withheld, True),
    ("pictures", "pages recognised as pictures", check_pictures, False),
)


def verify(
    pdf: Path,
    plan: Plan,
    marks: Sequence[Mark] | None,
    secrets: Sequence[str],
    scratch: Path,
    ocr: OcrPolicy = OcrPolicy.AUTO,
) -> Verification:
    """Judges one output file; call it inside the sandbox (`tools.call("verify", ...)`).

    `marks` are the areas as drawn, None when nobody knows (the areas then stand for them);
    `secrets` are the texts that were removed under areas.

    Raises:
        DocumentError: the file is not a PDF that can be opened at all.
    """
    known = None if marks is None else tuple(marks)
    subject = Subject(pdf, Expected(plan, known, tuple(secrets), ocr), scratch)
    try:
        reports = [
            (name, detail, _inspected(name, inspect, subject))
            for name, detail, inspect, needs_removals in _CHECKS
            if subject.has_removals or not needs_removals
        ]
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
    return verify(
        scratch / arguments["pdf"],
        parse_plan(arguments.get("plan", {})),
        None if marks is None else [parse_mark(each) for each in marks],
        list(arguments.get("secrets", [])),
        scratch,
        OcrPolicy(arguments.get("ocr", OcrPolicy.AUTO)),
    ).as_dict()


def parse_mark(data: dict[str, Any]) -> Mark:
    """A mark as a certificate holds it."""
    edges = [float(edge) for edge in data["rect"]]
    return Mark(
        int(data["page"]), Rect(*edges), str(data["code"]), bool(data.get("width_visible", False))
    )


def _inspected(name: str, inspect: Inspect, subject: Subject) -> Report:
    try:
        return inspect(subject)
    except DocumentError as error:
        return _failed(name, error.sentence)
    except Exception as error:
        # Whatever goes wrong in a check must hold the file back, never let it through.
        _log.warning("check failed", extra={"check": name, "error": type(error).__name__})
        return _failed(name, "It met something it does not know.")


def _failed(name: str, sentence: str) -> Report:
    report = Report()
    report.find(Channel.CHECKER, f"The check “{name}” did not run: {sentence}")
    return report
