"""The check of the final bytes of a bundle.

Every document is verified as it will stand in the bundle, when its marks are saved. So a finished
file needs no second look at each page: it is proved to be those documents, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from sar.documents import tools
from sar.documents.compilation import Section
from sar.documents.errors import LeakFoundError
from sar.documents.link import Volume, Written, alone, link, stamp_font_of, stamps_of
from sar.documents.relocation import GLOBAL_COUNT
from sar.documents.segment import Segment, digest_of
from sar.documents.verify import (
    Channel,
    Check,
    FileKind,
    Joined,
    OcrPolicy,
    Verification,
    check_joined,
    parse_verification,
)
from sar.documents.verify.findings import in_order
from sar.domain.redaction import Mark, Plan, plan_as_dict

_MB = 1 << 20
_CHECKERS = ("pikepdf", "pypdfium2", "fonttools", "pillow", "rapidfuzz")


@dataclass(frozen=True)
class CheckedVolume:
    """A file that passed; marks are in pages of the whole bundle."""

    verification: Verification
    marks: tuple[Mark, ...]


def check_volume(
    volume: Volume,
    written: Written,
    documents: Sequence[tuple[int, Plan, Section]],
    never: Sequence[str],
) -> CheckedVolume:
    """Proves that one file is its verified documents and nothing more than joining adds.

    Args:
        volume: what the file was made of.
        written: the file, whose folder becomes the sandbox's scratch.
        documents: for each, the bundle page it starts on, its plan and its section.
        never: text that must not be anywhere in the bundle.

    Raises:
        LeakFoundError: there is a finding, or the file changed while it was checked.
    """
    joined = Joined(volume.segments, GLOBAL_COUNT, tuple(stamps_of(volume)), stamp_font_of(volume))
    report = check_joined(written.path, joined, never)
    opened = tools.call(
        "page-count", written.path.parent, {"pdf": written.path.name}, _limits(written)
    )
    if opened["pages"] != written.pages:
        report.find(Channel.FILE, "Another program counts other pages in it.")
    verification = Verification(
        in_order(report.findings),
        (
            Check("joined", report.count, "objects accounted for in the finished file"),
            Check("page-count", written.pages, "pages counted by pdfium"),
        ),
    )
    if not verification.passed:
        raise LeakFoundError(_refusal(verification))
    if digest_of(written.path) != written.sha256:
        raise LeakFoundError("The bundle changed while it was being checked. Assemble it again.")
    return CheckedVolume(verification, tuple(_marks(documents)))


def check_set_pages(
    segments: Sequence[Segment], scratch: Path, never: Sequence[str]
) -> Verification:
    """Verifies pages that we set ourselves, as they will stand in a finished file.

    Raises:
        LeakFoundError: there is a finding.
    """
    written = link(alone(*segments), scratch / "set-pages.pdf")
    plan = plan_as_dict(Plan(never=tuple(never)))
    # They are words we set ourselves: there are no pictures to read.
    asked = {
        "pdf": written.path.name,
        "plan": plan,
        "ocr": OcrPolicy.NEVER,
        "kind": FileKind.BUNDLE,
    }
    verification = parse_verification(tools.call("verify", scratch, asked, _limits(written)))
    if not verification.passed:
        raise LeakFoundError(_refusal(verification))
    return verification


def checker_versions() -> dict[str, str]:
    """The libraries that judge, with their versions."""
    return {name: version(name) for name in _CHECKERS}


def _marks(documents: Sequence[tuple[int, Plan, Section]]) -> Iterator[Mark]:
    for start, _, section in documents:
        yield from (_moved(mark, start - 1) for mark in section.marks)


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, page=mark.page + by)


def _limits(written: Written) -> tools.Limits:
    size = written.size / _MB
    return tools.Limits(
        seconds=300 + written.pages + 2 * size,
        memory_mb=round(2048 + 4 * size + written.pages / 4),
        output_mb=round(1024 + size),
    )


def _refusal(verification: Verification) -> str:
    finding = verification.findings[0]
    where = "The bundle" if finding.page is None else f"Page {finding.page}"
    count = len(verification.findings)
    rest = "" if count == 1 else f" ({count} findings in all.)"
    return f"{where}, {finding.channel}: {finding.sentence}{rest}"
