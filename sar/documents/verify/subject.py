"""The file under test with what must hold of it, opened once and shared by every check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.needles import Haystack, Needle, haystack, needles
from sar.documents.verify.own_boxes import places_of
from sar.documents.verify.page_frame import PageFrame, Place, frame
from sar.documents.verify.plain_file import PlainFile, read_plain
from sar.domain.redaction import Mark, Plan


class OcrPolicy(StrEnum):
    """When pages are read as pictures: `auto` only where a picture may hold words no text has."""

    NEVER = "never"
    AUTO = "auto"
    PICTURES = "pictures"
    ALWAYS = "always"


@dataclass(frozen=True)
class Expected:
    """What was asked for: the plan, the marks as drawn (if known) and the words removed."""

    plan: Plan
    marks: tuple[Mark, ...] | None = None
    secrets: tuple[str, ...] = ()
    ocr: OcrPolicy = OcrPolicy.AUTO


class Subject:
    """One output file, read by pdfium and by the strict reader; nothing here came from its source.

    Raises:
        DocumentError: the file is not a PDF that can be opened at all.
    """

    def __init__(self, path: Path, expected: Expected, scratch: Path) -> None:
        self.path = path
        self.expected = expected
        self.scratch = scratch
        self.data = path.read_bytes()
        try:
            self.document = pdfium.PdfDocument(self.data)
        except pdfium.PdfiumError as error:
            raise DocumentError(
                DocumentFault.CORRUPT, "This file is not a PDF that can be opened."
            ) from error
        self.page_count = len(self.document)

    def close(self) -> None:
        """Lets go of the file."""
        self.document.close()

    @cached_property
    def file(self) -> PlainFile:
        """The file's objects, read strictly."""
        return read_plain(self.data)

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """Everything that must not be found."""
        return needles(self.expected.plan.never, self.expected.secrets)

    @cached_property
    def never(self) -> tuple[Needle, ...]:
        """What must not be found wherever it stands."""
        return tuple(needle for needle in self.needles if needle.is_never)

    @cached_property
    def texts(self) -> tuple[Haystack, ...]:
        """The text of each page as pdfium reads it, hidden or not, on the page or off it."""
        return tuple(haystack(self._text(number)) for number in range(self.page_count))

    @cached_property
    def kept(self) -> frozenset[str]:
        """Removed words (squeezed) that pages still hold as text: kept elsewhere by choice."""
        return frozenset(
            needle.squeezed
            for needle in self.needles
            if not needle.is_never and any(text.holds(needle) for text in self.texts)
        )

    @cached_property
    def frames(self) -> tuple[PageFrame, ...]:
        """How each page is shown."""
        return tuple(frame(self.document[number]) for number in range(self.page_count))

    @cached_property
    def places(self) -> dict[int, tuple[Place, ...]]:
        """Where nothing may be, by page counted from 1: the marks, or what stands for them."""
        withheld = {each.page for each in self.expected.plan.withheld_pages}
        marks = self.expected.marks
        if marks is not None:
            given = [Place(each.page, each.rect, each.code, is_drawn=True) for each in marks]
            pages = {each.page for each in given} - withheld
            return {page: tuple(each for each in given if each.page == page) for page in pages}
        return {
            page: self._located(page)
            for page in {area.page for area in self.expected.plan.areas} - withheld
        }

    @property
    def has_removals(self) -> bool:
        """True when the plan took something out of this file."""
        plan = self.expected.plan
        return bool(plan.areas or plan.withheld_pages or self.expected.marks)

    def _located(self, number: int) -> tuple[Place, ...]:
        areas = self.expected.plan.areas_on(number)
        if number > self.page_count:
            return tuple(Place(number, each.rect, each.code, is_drawn=False) for each in areas)
        page = self.document[number - 1]
        try:
            return places_of(page, self.frames[number - 1], areas)
        finally:
            page.close()

    def _text(self, number: int) -> str:
        page = self.document[number]
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
            page.close()
