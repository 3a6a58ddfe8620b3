"""Builds the disclosure bundle of a case: compile, set the front, link, verify, release.

Nothing stands at the place of the result until the final bytes have been verified.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sar.documents.bookmarks import Bookmark, by_year
from sar.documents.bundle_case import BundleCase, check_case
from sar.documents.certificate import (
    UNSIGNED,
    Certificate,
    Issue,
    SegmentProof,
    Source,
    merged_checks,
)
from sar.documents.compilation import Progress, Section, Task, compile_all, program_digest
from sar.documents.elsewhere import LeftOut, Repeat
from sar.documents.errors import LeakFoundError
from sar.documents.final_check import (
    CheckedVolume,
    check_set_pages,
    check_volume,
    checker_versions,
)
from sar.documents.front_matter import FRONT, Facts, FrontMatter, Record, set_front
from sar.documents.glossary import short_words_in
from sar.documents.letterhead import COUNCILS
from sar.documents.link import Volume, Written, link, size_of
from sar.documents.redact import ENGINE
from sar.documents.schedule import schedule_csv
from sar.documents.segment import Segment, read_segment
from sar.documents.tagging import make_segment
from sar.documents.variants import Proved, Variant, make_variants
from sar.domain.disclosure import (
    PART_TITLES,
    DisclosureError,
    PageAccount,
    PageRef,
    check_complete,
    reading_order,
    split_by_size,
)
from sar.domain.page_account import PlacedPage, account_pages, placed_as
from sar.domain.redaction import Plan

_RESULTS = ("bundle.pdf", "schedule.csv", "certificate.json", "summary.json", *Variant)
_FRONT_ALLOWANCE = 512 << 10  # bytes the front matter may still grow when records move to volumes


@dataclass(frozen=True)
class Built:
    """Where the results are, and what `summary.json` says."""

    volumes: tuple[Path, ...]
    certificate: Path
    schedule_csv: Path
    summary: Mapping[str, Any]
    variants: tuple[Path, ...] = ()


@dataclass
class _Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def _no_progress(done: int, total: int, stage: str) -> None:
    """Tells no one."""


def build(
    case: BundleCase,
    out: Path,
    *,
    workers: int = 1,
    cache: Path | None = None,
    progress: Progress = _no_progress,
    issue: Issue = UNSIGNED,
) -> Built:
    """Writes the bundle, its schedule, certificate and summary into the folder out.

    The same case gives the same bytes, and the same issue the same certificate. Whatever an earlier
    run left in out is removed first.

    Raises:
        LeakFoundError: verification found, or could not rule out, something withheld.
        DocumentError: a document cannot be read; the sentence names it.
        PlanError: a plan names a place that is not there, or the case cannot be used.
        DisclosureError: the pages do not add up.
    """
    check_case(case)
    out.mkdir(parents=True, exist_ok=True)
    clear(out)
    with tempfile.TemporaryDirectory(prefix=".sar-assemble-", dir=out.parent) as folder:
        built = _Building(case, Path(folder), progress)
        built.run(workers, cache, issue.variants)
        return built.release(out, issue)


def clear(out: Path) -> None:
    """Removes what an earlier run left, so that a refusal leaves nothing behind."""
    for path in (*(out / name for name in _RESULTS), *out.glob("bundle-[0-9]*.pdf")):
        path.unlink(missing_ok=True)


class _Building:
    """One run: its folder, its stages in order, and what each hands to the next."""

    def __init__(self, case: BundleCase, folder: Path, progress: Progress) -> None:
        order = reading_order([(each.dated_on, each.title) for each in case.documents])
        self.case = case
        self.documents = [case.documents[at] for at in order]
        self.numbers = [at + 1 for at in order]
        self.folder = folder
        self.progress = progress
        self.clock = _Clock()
        self.tasks: list[Task] = []
        self.sections: tuple[Section, ...] = ()
        self.volumes: list[Volume] = []
        self.written: list[Written] = []
        self.checked: list[CheckedVolume] = []
        self.repeats: list[Repeat] = []
        self.variants: list[Written] = []

    def run(self, workers: int, cache: Path | None, variants: Sequence[Variant]) -> None:
        """All stages."""
        with self.clock.stage("compile"):
            self._compile(workers, cache or self.folder / "cache")
        with self.clock.stage("front"):
            self._set_front()
        with self.clock.stage("link"):
            self._link()
        with self.clock.stage("verify"):
            self._verify()
        if variants:
            with self.clock.stage("variants"):
                self.variants = make_variants(variants, self._proved(), self.folder)

    def _compile(self, workers: int, cache: Path) -> None:
        never = self.case.never
        self.tasks = [
            Task(
                name=f"Document {number} ({each.title})",
                source=each.source,
                plan=Plan(
                    each.plan.areas,
                    each.plan.withheld_pages,
                    tuple(dict.fromkeys((*each.plan.never, *never))),
                ),
                is_prepared=each.is_prepared,
            )
            for number, each in zip(self.numbers, self.documents, strict=True)
        ]
        self.sections = compile_all(self.tasks, cache, workers=workers, progress=self.progress)

    def _set_front(self) -> None:
        """Sets the front matter twice when the records need more than one file."""
        self.progress(0, 1, "front")
        sizes = [size_of(section.segment) for section in self.sections]
        front = self._front([1] * len(sizes))
        first = sum(len(part) for part in front.parts.values()) + _FRONT_ALLOWANCE
        limit = round(self.case.volume_mb * 1_000_000)
        # The front matter stays with at least one record, so its size counts with the first.
        sizes[0] += first
        self.runs = split_by_size(sizes, limit)
        if len(self.runs) > 1:
            front = self._front([number for number, run in enumerate(self.runs, 1) for _ in run])
        if front.account != self._reconciled():
            raise DisclosureError("The pages do not add up between the records and the letter.")
        self.front = front
        check_complete(front.records, front.account, front.lengths, front.total_pages)
        self.front_segments = [self._front_segment(part) for part in FRONT]

    def _reconciled(self) -> PageAccount:
        """Every page found, counted by what pdfium reads in the compiled documents."""
        found, names, placed = {}, {}, list[PlacedPage]()
        for number, each, section in zip(self.numbers, self.documents, self.sections, strict=True):
            found[str(number)] = len(section.texts)
            names[str(number)] = f"document {number} ({each.title})"
            placed += placed_as(str(number), section.fates)
        for at, aside in enumerate(self.case.not_included, 1):
            key = f"pages not included, entry {at}"
            found[key] = aside.pages
            copies = dict(enumerate(aside.copies_of, 1))
            placed += [
                PlacedPage(PageRef(key, number), aside.fate, copies.get(number))
                for number in range(1, max(aside.pages, len(copies)) + 1)
            ]
        return account_pages(found, placed, names)

    def _front(self, volumes: Sequence[int]) -> FrontMatter:
        records = tuple(
            Record(each.title, each.dated_on, section.fates, each.plan, volume, number)
            for number, each, section, volume in zip(
                self.numbers, self.documents, self.sections, volumes, strict=True
            )
        )
        return set_front(
            Facts(
                reference=self.case.reference,
                council=COUNCILS[self.case.council],
                letter=self.case.letter,
                records=records,
                not_included=self.case.not_included,
                glossary=short_words_in(text for each in self.sections for text in each.texts),
            )
        )

    def _front_segment(self, part: Any) -> Segment:  # noqa: ANN401  # a BundlePart of FRONT
        source = self.folder / f"{part}.pdf"
        source.write_bytes(self.front.parts[part])
        segment = self.folder / f"{part}.segment"
        make_segment(source, segment)
        return read_segment(segment)

    def _link(self) -> None:
        bookmarks = self._bookmarks()
        page = 1
        for number, run in enumerate(self.runs, 1):
            front = self.front_segments if number == 1 else []
            segments = (*front, *(self.sections[at].segment for at in run))
            part = f", file {number} of {len(self.runs)}" if len(self.runs) > 1 else ""
            volume = Volume(
                title=self._title() + part,
                reference=self.case.reference,
                segments=segments,
                first_page=page,
                total_pages=self.front.total_pages,
                bookmarks=bookmarks,
            )
            name = "bundle.pdf" if len(self.runs) == 1 else f"bundle-{number}.pdf"
            self.volumes.append(volume)
            self.written.append(link(volume, self.folder / name))
            self.progress(number, len(self.runs), "link")
            page += volume.page_count

    def _bookmarks(self) -> tuple[Bookmark, ...]:
        front, page = [], 1
        for part in FRONT:
            front.append(Bookmark(PART_TITLES[part], page))
            page += self.front.lengths[part]
        records = [
            (each.dated_on, Bookmark(each.title, each.first_page)) for each in self.front.records
        ]
        return (*front, *by_year(records))

    def _verify(self) -> None:
        self.checked_front = check_set_pages(self.front_segments, self.folder, self.case.never)
        parts = zip(self.volumes, self.written, self.runs, strict=True)
        for number, (volume, written, run) in enumerate(parts, 1):
            documents = [
                (self.front.records[at].first_page, self.tasks[at].plan, self.sections[at])
                for at in run
            ]
            self.checked.append(check_volume(volume, written, documents, self.case.never))
            self.progress(number, len(self.runs), "verify")
        self._look_elsewhere()

    def _proved(self) -> Proved:
        return Proved(
            reference=self.case.reference,
            title=self._title(),
            volumes=self.written,
            front=self.front,
            sections=self.sections,
            plans=[each.plan for each in self.documents],
            never=self.case.never,
        )

    def _title(self) -> str:
        return self.case.title or f"Records {self.case.reference}"

    def _look_elsewhere(self) -> None:
        """Refuses a title that tells what was left out, and notes pages that still show it."""
        left_out = LeftOut([section.removed for section in self.sections])
        for number, each in zip(self.numbers, self.documents, strict=True):
            record = left_out.in_title(each.title)
            if record is not None:
                raise LeakFoundError(
                    f"The title of document {number} repeats words that are left out of document"
                    f" {self.numbers[record - 1]}. Change the title."
                )
        pages = {
            record.first_page + at: text
            for record, section in zip(self.front.records, self.sections, strict=True)
            for at, text in enumerate(section.texts)
        }
        self.repeats = left_out.repeats(pages)

    def release(self, out: Path, issue: Issue) -> Built:
        """Moves the verified files to out and writes what goes with them."""
        schedule = self.folder / "schedule.csv"
        schedule.write_bytes(schedule_csv(self.front.rows, self.front.aside))
        certificate = self.folder / "certificate.json"
        self._certificate().write(certificate, issue)
        summary = self._summary()
        told = self.folder / "summary.json"
        told.write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
        moved = [
            Path(shutil.move(path, out / path.name))
            for path in (
                *(each.path for each in (*self.written, *self.variants)),
                *(schedule, certificate, told),
            )
        ]
        *files, schedule, certificate, _ = moved
        volumes, variants = files[: len(self.written)], files[len(self.written) :]
        return Built(tuple(volumes), certificate, schedule, summary, tuple(variants))

    def _certificate(self) -> Certificate:
        verifications = [section.verification.as_dict() for section in self.sections]
        judged = (self.checked_front, *(each.verification for each in self.checked))
        final = [each.as_dict() for each in judged]
        return Certificate(
            reference=self.case.reference,
            council=self.case.council,
            created_on=self.case.letter.dated_on,
            engine=ENGINE,
            program=program_digest(),
            checkers=checker_versions(),
            sources=[
                Source(each.file, task.sha256)
                for each, task in zip(self.documents, self.tasks, strict=True)
            ],
            segments=[
                SegmentProof(each.key, each.sha256, len(each.fates), each.picture_pages)
                for each in self.sections
            ],
            output=self.written,
            marks=[mark for each in self.checked for mark in each.marks],
            pages=self.front.account,
            front_pages=self.front.pages,
            checks=merged_checks([*(each["checks"] for each in (*verifications, *final))]),
            warnings=[
                *(warning for each in final for warning in each["warnings"]),
                *(repeat.as_dict() for repeat in self.repeats),
            ],
            unread=self._unread(),
            not_included=self.front.aside,
            variants=self.variants,
            reviewers=self.case.reviewers,
            rationales=self.case.rationales,
        )

    def _unread(self) -> list[dict[str, Any]]:
        """Pages no machine could read, by their number in the bundle."""
        return [
            {**finding.as_dict(), "page": record.first_page + finding.page - 1}
            for record, section in zip(self.front.records, self.sections, strict=True)
            for finding in section.verification.unread
            if finding.page is not None
        ]

    def _summary(self) -> dict[str, Any]:
        seconds = self.clock.seconds
        return {
            "pages": self.front.total_pages,
            "bytes": sum(each.size for each in self.written),
            "seconds": {**seconds, "total": round(sum(seconds.values()), 3)},
            "cached_documents": sum(section.is_cached for section in self.sections),
            "documents": len(self.sections),
            "volumes": len(self.written),
            "picture_pages": sum(len(section.picture_pages) for section in self.sections),
        }
