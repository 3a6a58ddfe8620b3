"""The check of the final bytes: one finished file of a bundle, judged in a sandbox of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from sar.documents import tools
from sar.documents.compilation import Section
from sar.documents.errors import LeakFoundError
from sar.documents.link import Written
from sar.documents.segment import digest_of
from sar.documents.verify import FileKind, OcrPolicy, Verification, parse_verification
from sar.domain.redaction import Area, Mark, Plan, WithheldPage, plan_as_dict

_MB = 1 << 20
_CHECKERS = ("pikepdf", "pypdfium2", "fonttools", "pillow", "rapidfuzz")


@dataclass(frozen=True)
class CheckedVolume:
    """A file that passed; marks are in pages of the whole bundle."""

    verification: Verification
    marks: tuple[Mark, ...]


def check_volume(
    written: Written,
    first_page: int,
    documents: Sequence[tuple[int, Plan, Section]],
    never: Sequence[str],
) -> CheckedVolume:
    """Verifies one file against the plans of its documents.

    Args:
        written: the file, whose folder becomes the sandbox's scratch.
        first_page: the bundle page its first page is.
        documents: for each, the bundle page it starts on, its plan and its section.
        never: text that must not be anywhere in the bundle.

    Raises:
        LeakFoundError: there is a finding, or the file changed while it was checked.
    """
    plan, marks = _together(documents, never)
    here = 1 - first_page
    answer = tools.call(
        "verify",
        written.path.parent,
        {
            "pdf": written.path.name,
            "plan": plan_as_dict(_moved_plan(plan, here)),
            "marks": [_moved(mark, here).as_dict() for mark in marks],
            # Each document's secrets were looked for in its own bytes, which linking only copies;
            # `elsewhere` looks for them across documents.
            "secrets": [],
            # Pictures were read when their documents were compiled; linking cannot add any.
            "ocr": OcrPolicy.NEVER,
            "kind": FileKind.BUNDLE,
        },
        _limits(written),
    )
    verification = parse_verification(answer)
    if not verification.passed:
        raise LeakFoundError(_refusal(verification, first_page))
    if digest_of(written.path) != written.sha256:
        raise LeakFoundError("The bundle changed while it was being checked. Assemble it again.")
    return CheckedVolume(_in_bundle_pages(verification, first_page), tuple(marks))


def checker_versions() -> dict[str, str]:
    """The libraries that judge, with their versions."""
    return {name: version(name) for name in _CHECKERS}


def _together(
    documents: Sequence[tuple[int, Plan, Section]], never: Sequence[str]
) -> tuple[Plan, list[Mark]]:
    areas: list[Area] = []
    withheld: list[WithheldPage] = []
    marks: list[Mark] = []
    for start, plan, section in documents:
        moved = _moved_plan(plan, start - 1)
        areas += moved.areas
        withheld += moved.withheld_pages
        marks += [_moved(mark, start - 1) for mark in section.marks]
    return Plan(tuple(areas), tuple(withheld), tuple(never)), marks


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, page=mark.page + by)


def _moved_plan(plan: Plan, by: int) -> Plan:
    return Plan(
        tuple(replace(area, page=area.page + by) for area in plan.areas),
        tuple(replace(page, page=page.page + by) for page in plan.withheld_pages),
        plan.never,
    )


def _limits(written: Written) -> tools.Limits:
    size = written.size / _MB
    return tools.Limits(
        seconds=300 + written.pages + 2 * size,
        memory_mb=round(2048 + 4 * size + written.pages / 4),
        output_mb=round(1024 + size),
    )


def _in_bundle_pages(verification: Verification, first_page: int) -> Verification:
    return replace(
        verification,
        warnings=tuple(
            each if each.page is None else replace(each, page=each.page + first_page - 1)
            for each in verification.warnings
        ),
    )


def _refusal(verification: Verification, first_page: int) -> str:
    finding = verification.findings[0]
    where = "The bundle" if finding.page is None else f"Page {finding.page + first_page - 1}"
    count = len(verification.findings)
    rest = "" if count == 1 else f" ({count} findings in all.)"
    return f"{where}, {finding.channel}: {finding.sentence}{rest}"
