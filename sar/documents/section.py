"""One document of a bundle, from its file to a verified segment. Runs inside the sandbox.

Many documents share one stay in the sandbox, because starting it costs more than most of them
need; each is worked on by a process of its own, so that none sees another's memory and a crash or
a memory limit is the fault of one document only.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Mapping, Sequence
from itertools import groupby
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pypdfium2

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.link import alone, link
from sar.documents.marks import label_size
from sar.documents.prepare import prepare
from sar.documents.redact import Compiled, compile_plan
from sar.documents.segment import digest_of, read_segment
from sar.documents.stamp import can_stamp
from sar.documents.tagging import Gap, make_segment
from sar.documents.verify import Expected, FileKind, Verification, verify
from sar.domain.errors import DomainError
from sar.domain.redaction import Mark, Plan, parse_plan

PLAN_FAULT = "plan"
_NO_PDF = "This is not a PDF. Convert it with “sar convert” first."
_READABLE = 6.0  # points
_SMALL_BOXES = "Small boxes on this page, from the top: "
_FORK = multiprocessing.get_context("fork")
_DIED = (
    "This document could not be compiled: it may be damaged. Save it as a PDF again and use that."
)


def sections_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's way in: `{jobs: [...]}` to `{results: [...]}`, in the same order.

    A job is `{source, is_prepared, plan, words, segment}`: names relative to scratch, the plan with
    everything that must not survive, and what to say of a gap for each code. A result is what
    `_section` gives, or `{fault, sentence}`.
    """
    results = []
    for number, job in enumerate(arguments["jobs"]):
        folder = scratch / f"job-{number}"
        folder.mkdir()
        results.append(_apart(scratch, folder, job))
        shutil.rmtree(folder, ignore_errors=True)
    return {"results": results}


def _apart(scratch: Path, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """The result of one job, worked out in a process of its own."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_tell, args=(theirs, scratch, folder, job))
    process.start()
    theirs.close()
    try:
        answer = json.loads(ours.recv_bytes())
    except (EOFError, ValueError):
        return {"fault": DocumentFault.CORRUPT, "sentence": _DIED}
    finally:
        process.join()
        ours.close()
    assert isinstance(answer, dict)
    return answer


def _tell(to: Connection, scratch: Path, folder: Path, job: dict[str, Any]) -> None:
    try:
        answer = _section(scratch, folder, job)
    except DocumentError as error:
        answer = {"fault": error.fault, "sentence": error.sentence}
    except DomainError as error:
        answer = {"fault": PLAN_FAULT, "sentence": str(error)}
    except MemoryError:
        answer = {
            "fault": DocumentFault.TOO_BIG,
            "sentence": "Compiling this document needs more memory than is allowed.",
        }
    to.send_bytes(json.dumps(answer).encode())
    to.close()


def _section(scratch: Path, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    source, segment = scratch / job["source"], scratch / job["segment"]
    plan = parse_plan(job["plan"])
    prepared = source
    if not job["is_prepared"]:
        prepared = folder / "prepared.pdf"
        _prepare(source, prepared, folder)
    redacted = folder / "redacted.pdf"
    compiled = compile_plan(prepared, plan, redacted, folder)
    gaps = gaps_of(compiled.marks, plan, job["words"])
    make_segment(redacted, segment, gaps, notes=notes_of(compiled.marks, plan))
    # Judged as it will stand in the bundle: joining only changes its object numbers.
    joined = link(alone(read_segment(segment)), folder / "joined.pdf")
    expected = Expected(plan, compiled.marks, compiled.removed, kind=FileKind.BUNDLE)
    verification = verify(joined.path, expected, folder)
    if not verification.passed:
        raise DocumentError(DocumentFault.LEAK_FOUND, first_finding(verification))
    return {
        **_as_dict(compiled, verification),
        "sha256": digest_of(segment),
        "texts": _texts(redacted),
    }


def _prepare(source: Path, prepared: Path, folder: Path) -> None:
    try:
        prepare(source, prepared, folder)
    except DocumentError as error:
        with source.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(1024)
        if error.fault is not DocumentFault.CORRUPT or is_pdf:
            raise
        raise DocumentError(DocumentFault.UNSUPPORTED, _NO_PDF) from error


def _texts(redacted: Path) -> list[str]:
    """The words of each page as a reader sees them."""
    document = pypdfium2.PdfDocument(redacted)
    try:
        return [str(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def first_finding(verification: Verification) -> str:
    """What a failed verification says first, with the page and the channel."""
    finding = verification.findings[0]
    where = f"page {finding.page}" if finding.page else "the whole file"
    more = len(verification.findings) - 1
    rest = f" There {'is 1 more finding' if more == 1 else f'are {more} more findings'}."
    return f"{where}, {finding.channel}: {finding.sentence}{rest if more else ''}"


def gaps_of(
    marks: Sequence[Mark], plan: Plan, words: Mapping[str, str]
) -> dict[int, Sequence[Gap]]:
    """Where each page says that something was left out, and why; not on pages withheld whole."""
    gaps: dict[int, list[Gap]] = {}
    for mark in marks:
        if plan.code_withholding(mark.page) is None:
            gaps.setdefault(mark.page, []).append((mark.rect, words[mark.code]))
    return {page: sorted(each, key=_reading_order) for page, each in gaps.items()}


def notes_of(marks: Sequence[Mark], plan: Plan) -> dict[int, str]:
    """For pages with boxes too small to show their code in letters that can be read: the codes."""
    small: dict[int, list[Mark]] = {}
    for mark in marks:
        is_small = label_size(mark.code, mark.rect) < _READABLE and can_stamp(mark.code)
        if is_small and plan.code_withholding(mark.page) is None:
            small.setdefault(mark.page, []).append(mark)
    return {page: _SMALL_BOXES + _codes_of(each) for page, each in small.items()}


def _codes_of(marks: Sequence[Mark]) -> str:
    """The codes from the top down, the same code once for neighbours."""
    codes = [mark.code for mark in sorted(marks, key=lambda mark: (mark.rect.y0, mark.rect.x0))]
    return ", ".join(code for code, _ in groupby(codes))


def _reading_order(gap: Gap) -> tuple[float, float]:
    return (gap[0].y0, gap[0].x0)


def _as_dict(compiled: Compiled, verification: Verification) -> dict[str, Any]:
    return {
        "engine": compiled.engine,
        "marks": [mark.as_dict() for mark in compiled.marks],
        "fates": list(compiled.fates),
        "picture_pages": list(compiled.picture_pages),
        "removed": list(compiled.removed),
        "verification": verification.as_dict(),
    }
