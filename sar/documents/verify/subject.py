"""The file under test with what must hold of it, opened once and shared by every check."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.verify.allow_list import GRAMMAR
from sar.documents.verify.needles import Haystack, Needle, NeedleIndex, needles
from sar.documents.verify.own_boxes import places_of
from sar.documents.verify.page_frame import Place
from sar.documents.verify.page_view import PageView
from sar.documents.verify.plain_file import PlainFile, read_plain
from sar.domain.redaction import Mark, Plan


class OcrPolicy(StrEnum):
    """Which pictures are read by a machine: `auto` only those that no text layer covers."""

    NEVER = "never"
    AUTO = "auto"
    PICTURES = "pictures"
    ALWAYS = "always"


class FileKind(StrEnum):
    """What a file is: pages alone, or a bundle or letter with tags, bookmarks and a title."""

    DOCUMENT = "document"
    BUNDLE = "bundle"


@dataclass(frozen=True)
class Expected:
    """What was asked for.

    `marks` are the areas as drawn, None when nobody knows (the areas then stand for them);
    `secrets` are the texts that were removed under areas.
    """

    plan: Plan
    marks: tuple[Mark, ...] | None = None
    secrets: tuple[str, ...] = ()
    ocr: OcrPolicy = OcrPolicy.AUTO
    kind: FileKind = FileKind.DOCUMENT


@dataclass
class Learned:
    """What the look at the pages found out, for the checks of the whole file after it."""

    texts: list[Haystack] = field(default_factory=list)
    places: dict[int, tuple[Place, ...]] = field(default_factory=dict)
    readings: dict[bytes, tuple[Haystack, ...]] = field(default_factory=dict)


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
        self.learned = Learned()
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
    def index(self) -> NeedleIndex:
        """The same, to be looked for at once."""
        return NeedleIndex(self.needles)

    @cached_property
    def telling(self) -> NeedleIndex:
        """Those that are no words of the grammar every file has."""
        return NeedleIndex(each for each in self.needles if each.squeezed not in GRAMMAR)

    @cached_property
    def never(self) -> tuple[Needle, ...]:
        """What must not be found wherever it stands."""
        return tuple(needle for needle in self.needles if needle.is_never)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Removed words (squeezed) that pages still hold as text: kept elsewhere by choice."""
        return frozenset(
            needle.squeezed
            for needle in self.index.in_text(*self.learned.texts)
            if not needle.is_never
        )

    @cached_property
    def withheld(self) -> dict[int, str]:
        """The code of each page that is withheld whole."""
        return {each.page: each.code for each in self.expected.plan.withheld_pages}

    @cached_property
    def marked_pages(self) -> frozenset[int]:
        """Pages, counted from 1, of which something was removed and the rest is shown."""
        marks = self.expected.marks
        given = self.expected.plan.areas if marks is None else marks
        return frozenset(each.page for each in given) - frozenset(self.withheld)

    def places_on(self, view: PageView) -> tuple[Place, ...]:
        """Where nothing may be on a page: the marks, or what stands for them."""
        if view.number not in self.learned.places:
            self.learned.places[view.number] = self._places(view)
        return self.learned.places[view.number]

    def _places(self, view: PageView) -> tuple[Place, ...]:
        if view.number not in self.marked_pages:
            return ()
        if self.expected.marks is None:
            return places_of(view, self.expected.plan.areas_on(view.number))
        return tuple(
            Place(each.page, each.rect, each.code, is_drawn=True)
            for each in self.expected.marks
            if each.page == view.number
        )
