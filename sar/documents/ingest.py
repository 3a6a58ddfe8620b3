"""Takes a record in: from the file as it came to prepared pages, their words and pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sar.documents.converted import NOT_AN_ANSWER, STRANGE, Child, parse_converted, within
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.layout import PageLayout, parse_layout
from sar.documents.names import clean_name
from sar.documents.tools import Limits, call

__all__ = ["Ingested", "Read", "ingest", "read_pages"]

_CONVERT = Limits(seconds=1200, memory_mb=3072, processes=96, output_mb=2048)
_READ = Limits(seconds=600, memory_mb=2048, processes=32, output_mb=2048)
_OCR_AT_ONCE = 10
_PICTURES_AT_ONCE = 100
_LARGEST = 600 << 20
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Ingested:
    """A record taken in; with a fault there are no pages, but there may be children.

    `pdf` is the file as converted, `prepared` what officers see, mark and disclose; layouts and
    pictures (WebP, 100 dots an inch) are those of the prepared pages, in order.
    """

    media_type: str
    fault: DocumentFault | None = None
    sentence: str | None = None
    pdf: Path | None = None
    prepared: Path | None = None
    layouts: tuple[PageLayout, ...] = ()
    pictures: tuple[Path, ...] = ()
    children: tuple[Child, ...] = ()
    hidden: tuple[str, ...] = ()
    dated_on: date | None = None
    title: str | None = None


def ingest(
    source: Path, name: str, scratch: Path, password: str | None = None, *, is_drawn: bool = True
) -> Ingested:
    """Takes a file in; never raises for what is wrong with it, but says so in the result.

    Source is left as it is. Scratch must be an empty folder; results lie in it. Without
    `is_drawn` no pictures are made.
    """
    if source.stat().st_size > _LARGEST:
        sentence = "This file is larger than 600 MB. Split it and upload the parts."
        return Ingested(_UNKNOWN, DocumentFault.TOO_BIG, sentence)
    shutil.copyfile(source, scratch / "given")
    arguments = {"source": "given", "name": clean_name(name), "password": password}
    try:
        answer = call("ingest", scratch, arguments, _CONVERT)
    except DocumentError as error:
        return Ingested(_UNKNOWN, error.fault, error.sentence)
    try:
        return _ingested(answer, scratch, is_drawn)
    except DocumentError as error:
        return Ingested(str(answer.get("media_type", _UNKNOWN)), error.fault, error.sentence)
    except NOT_AN_ANSWER:
        return Ingested(_UNKNOWN, DocumentFault.TOOL_FAILED, STRANGE)


@dataclass(frozen=True)
class Read:
    """The words of a PDF's pages."""

    layouts: tuple[PageLayout, ...]


def read_pages(pdf: Path, scratch: Path) -> Read:
    """The words of a PDF as it is; scratch is an empty folder.

    Raises:
        DocumentError: CORRUPT, TIMED_OUT, TOO_BIG.
    """
    shutil.copyfile(pdf, scratch / "read.pdf")
    answer = call("read", scratch, {"pdf": "read.pdf"}, _READ)
    return Read(_layouts(answer, scratch / "read.pdf", scratch))


def _ingested(answer: dict[str, Any], scratch: Path, is_drawn: bool) -> Ingested:
    converted = parse_converted(answer, scratch)
    prepared: Path | None = None
    layouts: tuple[PageLayout, ...] = ()
    pictures: tuple[Path, ...] = ()
    if converted.pdf is not None:
        prepared = within(scratch, str(answer["prepared"]))
        hidden = set(converted.hidden_pages)
        layouts = tuple(
            replace(each, is_hidden=each.number in hidden)
            for each in _layouts(answer, prepared, scratch)
        )
        pictures = tuple(_pictures(prepared, len(layouts), scratch)) if is_drawn else ()
    return Ingested(
        media_type=converted.media_type,
        fault=converted.fault,
        sentence=converted.sentence,
        pdf=converted.pdf,
        prepared=prepared,
        layouts=layouts,
        pictures=pictures,
        children=converted.children,
        hidden=converted.hidden,
        dated_on=converted.dated_on,
        title=converted.title,
    )


def _layouts(answer: dict[str, Any], pdf: Path, scratch: Path) -> tuple[PageLayout, ...]:
    """The pages' own words, and those of OCR where the pages have none of their own."""
    pages = {each.number: each for each in _parsed(answer, scratch)}
    name = str(pdf.relative_to(scratch))
    for numbers in _batches(list(answer["ocr"]), _OCR_AT_ONCE):
        read = call("ocr", scratch, {"pdf": name, "pages": list(numbers)}, _READ)
        pages |= {each.number: each for each in _parsed(read, scratch)}
    return tuple(pages[number] for number in sorted(pages))


def _parsed(answer: dict[str, Any], scratch: Path) -> Iterator[PageLayout]:
    path = within(scratch, str(answer["layouts"]))
    for each in json.loads(path.read_text(encoding="utf-8")):
        yield parse_layout(each)


def _pictures(pdf: Path, count: int, scratch: Path) -> Iterator[Path]:
    name = str(pdf.relative_to(scratch))
    for numbers in _batches(range(1, count + 1), _PICTURES_AT_ONCE):
        wanted = {"pdf": name, "first": numbers[0], "last": numbers[-1]}
        for made in call("pictures", scratch, wanted, _READ)["pictures"]:
            yield within(scratch, str(made))


def _batches(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
