"""Compiles the documents of a case into verified segments, each once: what is cached is not redone.

The key of a document is made of everything its segment depends on, so one changed area compiles
one document. The cache holds the words of the records, those removed too, because the check across
documents needs them: keep it where the records are kept.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sar.documents import tools
from sar.documents.errors import DocumentError, DocumentFault, LeakFoundError
from sar.documents.schedule import gap_words
from sar.documents.section import PLAN_FAULT
from sar.documents.segment import Segment, digest_of, read_segment
from sar.documents.verify import parse_verification
from sar.documents.verify.findings import Verification
from sar.documents.verify.run import parse_mark
from sar.domain.disclosure import PageFate
from sar.domain.errors import PlanError
from sar.domain.redaction import Mark, Plan, plan_as_dict

Progress = Callable[[int, int, str], None]
_BATCH_FILES, _BATCH_BYTES = 24, 24 << 20
_MB = 1 << 20


@functools.cache
def program_digest() -> str:
    """The digest of the code that compiles and judges: a changed program trusts no older pass."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Task:
    """One document to compile; `name` is how a person is told of it, the plan has its `never`."""

    name: str
    source: Path
    plan: Plan
    is_prepared: bool = False

    @functools.cached_property
    def sha256(self) -> str:
        """The digest of the source."""
        return digest_of(self.source)

    @functools.cached_property
    def words(self) -> dict[str, str]:
        """What is said of a gap, by code."""
        codes = sorted({area.code for area in self.plan.areas})
        return {code: gap_words(code) for code in codes}

    @functools.cached_property
    def key(self) -> str:
        """The digest of everything the segment depends on."""
        parts = [program_digest(), self.sha256, self.is_prepared, self.words]
        whole = json.dumps([*parts, plan_as_dict(self.plan)], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """A compiled, verified document; marks are in its own pages."""

    key: str
    sha256: str
    path: Path
    marks: tuple[Mark, ...]
    fates: tuple[PageFate, ...]
    picture_pages: tuple[int, ...]
    removed: tuple[str, ...]
    texts: tuple[str, ...]
    verification: Verification
    is_cached: bool

    @functools.cached_property
    def segment(self) -> Segment:
        """The segment's plan and tables, read when they are asked for."""
        return read_segment(self.path)


def compile_all(
    tasks: Sequence[Task], cache: Path, *, workers: int, progress: Progress
) -> tuple[Section, ...]:
    """The section of each task, in order, from the cache or by compiling.

    Raises:
        DocumentError: a document cannot be read, or was refused; the sentence names it.
        PlanError: a plan names a place that is not in its document.
    """
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = {task.key: _cached(task.key, cache) for task in tasks}
    missing = list({task.key: task for task in tasks if found[task.key] is None}.values())
    done = len(tasks) - len(missing)
    progress(done, len(tasks), "compile")
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        for sections in pool.map(lambda batch: _compiled(batch, cache), list(_batches(missing))):
            found.update({section.key: section for section in sections})
            done += len(sections)
            progress(min(done, len(tasks)), len(tasks), "compile")
    return tuple(_present(found[task.key]) for task in tasks)


def _present(section: Section | None) -> Section:
    assert section is not None
    return section


def _batches(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        more = task.source.stat().st_size
        if batch and (len(batch) == _BATCH_FILES or size + more > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(task)
        size += more
    if batch:
        yield batch


def _compiled(batch: Sequence[Task], cache: Path) -> list[Section]:
    """Compiles a batch; when the batch as a whole fails, each document alone, to name the one."""
    with tempfile.TemporaryDirectory(prefix="sar-compile-") as folder:
        scratch = Path(folder)
        try:
            results = _called(batch, scratch)
        except DocumentError as error:
            if len(batch) == 1:
                raise _named(batch[0], error.fault, error.sentence) from error
            results = None
        if results is not None:
            return [
                _kept(task, result, scratch / f"{number}.segment", cache)
                for number, (task, result) in enumerate(zip(batch, results, strict=True))
            ]
    return [section for task in batch for section in _compiled([task], cache)]


def _called(batch: Sequence[Task], scratch: Path) -> list[dict[str, Any]]:
    jobs = []
    for number, task in enumerate(batch):
        shutil.copyfile(task.source, scratch / f"{number}.pdf")
        jobs.append(
            {
                "source": f"{number}.pdf",
                "segment": f"{number}.segment",
                "is_prepared": task.is_prepared,
                "plan": plan_as_dict(task.plan),
                "words": task.words,
            }
        )
    size = sum(task.source.stat().st_size for task in batch) / _MB
    limits = tools.Limits(
        # Never less than `prepare` allows poppler: inside, a limit cannot be raised again.
        seconds=300 + 60 * len(batch) + 30 * size,
        memory_mb=3584,
        output_mb=round(2048 + 30 * size),
    )
    results = tools.call("sections", scratch, {"jobs": jobs}, limits)["results"]
    assert isinstance(results, list)
    return results


def _kept(task: Task, result: dict[str, Any], segment: Path, cache: Path) -> Section:
    """Puts a result into the cache: the segment first, then the record that vouches for it."""
    if "fault" in result:
        if result["fault"] == PLAN_FAULT:
            raise PlanError(f"{task.name}: {result['sentence']}")
        raise _named(task, DocumentFault(result["fault"]), result["sentence"])
    path, record = _places(task.key, cache)
    # Written beside and moved, so that another run never reads half a file.
    with tempfile.TemporaryDirectory(prefix=".new-", dir=cache) as folder:
        shutil.copyfile(segment, Path(folder, path.name))
        Path(folder, path.name).replace(path)
        Path(folder, record.name).write_text(json.dumps(result), "utf-8")
        Path(folder, record.name).replace(record)
    return _section(task.key, path, result, is_cached=False)


def _cached(key: str, cache: Path) -> Section | None:
    """A section from the cache, or None when it is not there or not what its record vouches for."""
    path, record = _places(key, cache)
    if not record.is_file() or not path.is_file():
        return None
    with contextlib.suppress(ValueError, KeyError, TypeError):
        section = _section(key, path, json.loads(record.read_bytes()), is_cached=True)
        if digest_of(path) == section.sha256 and section.verification.passed:
            return section
    return None


def _places(key: str, cache: Path) -> tuple[Path, Path]:
    return cache / f"{key}.segment", cache / f"{key}.json"


def _section(key: str, path: Path, record: dict[str, Any], *, is_cached: bool) -> Section:
    return Section(
        key=key,
        sha256=record["sha256"],
        path=path,
        marks=tuple(parse_mark(mark) for mark in record["marks"]),
        fates=tuple(PageFate(fate) for fate in record["fates"]),
        picture_pages=tuple(record["picture_pages"]),
        removed=tuple(record["removed"]),
        texts=tuple(record["texts"]),
        verification=parse_verification(record["verification"]),
        is_cached=is_cached,
    )


def _named(task: Task, fault: DocumentFault, sentence: str) -> DocumentError:
    if fault is DocumentFault.LEAK_FOUND:
        return LeakFoundError(f"{task.name}: {sentence}")
    return DocumentError(fault, f"{task.name}: {sentence}")
