"""Removes what a plan names from a prepared PDF and writes a new, clean file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pypdfium2

from sar.documents import marks as drawing_of_marks
from sar.documents.content_filter import ContentFilter, Removal
from sar.documents.content_reader import Faces, read_page
from sar.documents.drawing import Item, NotUnderstoodError, PdfObject, texts
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.page_audit import Taken, changed_pixels, judge
from sar.documents.page_copy import carry_over
from sar.documents.picture_page import picture_items
from sar.documents.relay import Relaid, relay
from sar.documents.sanitise import CleanDocument
from sar.domain.redaction import Area, Mark, Plan, Rect, check_pages, parse_plan

ENGINE = "sar-redact 1"
PageFate = Literal["disclosed", "disclosed-in-part", "withheld"]
_MOST_ROUNDS = 3
_COPIES = 0.12  # ems; about as near as this, the same letter drawn again is its shadow


@dataclass(frozen=True)
class Compiled:
    """A redacted file: what was drawn where, and what became of each page.

    `removed` holds the text taken from under each area, in the order of the plan. It is for the
    verifier alone and never leaves the process otherwise.
    """

    marks: tuple[Mark, ...]
    fates: tuple[PageFate, ...]
    picture_pages: tuple[int, ...]
    reasons: tuple[str, ...]
    removed: tuple[str, ...]
    engine: str = ENGINE


@dataclass(slots=True)
class _Page:
    """One page on its way; `why` says why it is a picture."""

    number: int
    size: tuple[float, float]
    areas: tuple[Area, ...]
    withheld: str | None
    why: str | None = None
    removal: Removal = field(default_factory=Removal)
    relaid: Relaid = field(default_factory=Relaid)
    marks: list[Mark] = field(default_factory=list)

    @property
    def fate(self) -> PageFate:
        if self.withheld is not None:
            return "withheld"
        return "disclosed-in-part" if self.areas else "disclosed"


def page_sizes(prepared: Path) -> tuple[tuple[float, float], ...]:
    """Width and height in points of each page of a prepared PDF."""
    with _opened(prepared) as pdf:
        return tuple(_size(page) for page in pdf.pages)


def compile_plan(prepared: Path, plan: Plan, out: Path, scratch: Path) -> Compiled:
    """Writes a redacted copy of a prepared PDF.

    Raises:
        DocumentError: the file is not a prepared PDF, or a page cannot be made safe at all.
        PlanError: an area or a withheld page is not in the document.
    """
    with _opened(prepared) as pdf:
        sizes = [_size(page) for page in pdf.pages]
        plan = check_pages(plan, sizes)
        pages = [
            _Page(at, size, plan.areas_on(at), plan.code_withholding(at))
            for at, size in enumerate(sizes, start=1)
        ]
        view = pypdfium2.PdfDocument(prepared)
        try:
            _write_until_sound(pdf, view, pages, out, scratch)
        finally:
            view.close()
    return _compiled(plan, pages)


def compile_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's way in: `{prepared, plan, out}` to the parts of Compiled as plain data."""
    plan = parse_plan(arguments["plan"])
    compiled = compile_plan(
        scratch / arguments["prepared"], plan, scratch / arguments["out"], scratch
    )
    return {
        "marks": [mark.as_dict() for mark in compiled.marks],
        "fates": list(compiled.fates),
        "picture_pages": list(compiled.picture_pages),
        "reasons": list(compiled.reasons),
        "removed": list(compiled.removed),
        "engine": compiled.engine,
    }


def parse_compiled(data: dict[str, Any]) -> Compiled:
    """The inverse of what compile_step answers."""
    return Compiled(
        marks=tuple(
            Mark(each["page"], Rect(*each["rect"]), each["code"], each["width_visible"])
            for each in data["marks"]
        ),
        fates=tuple(data["fates"]),
        picture_pages=tuple(data["picture_pages"]),
        reasons=tuple(data["reasons"]),
        removed=tuple(data["removed"]),
        engine=data["engine"],
    )


def _write_until_sound(
    pdf: pikepdf.Pdf,
    view: PdfObject,
    pages: list[_Page],
    out: Path,
    scratch: Path,
) -> None:
    for _ in range(_MOST_ROUNDS):
        _write(pdf, view, pages, out, scratch)
        refused = _refused(view, pages, out)
        if not refused:
            return
        for page, why in refused:
            if page.why is not None or page.withheld is not None:
                break
            page.why = why
    out.unlink(missing_ok=True)
    numbers = ", ".join(str(page.number) for page, _ in refused)
    raise DocumentError(
        DocumentFault.LEAK_FOUND, f"Page {numbers} could not be redacted safely. Withhold it whole."
    )


def _write(pdf: pikepdf.Pdf, view: PdfObject, pages: list[_Page], out: Path, scratch: Path) -> None:
    faces = Faces()
    document = CleanDocument()
    for page in pages:
        if page.withheld is None and page.why is None:
            try:
                source = pdf.pages[page.number - 1]
                if page.areas or not carry_over(source, faces, document):
                    document.add(page.size, _filtered(source, faces, page))
                continue
            except NotUnderstoodError as error:
                page.why = str(error)
        if page.withheld is not None:
            items = drawing_of_marks.notice(page.size, page.withheld)
            page.marks = [Mark(page.number, each.rect, each.code, False) for each in page.areas]
        else:
            items = _pictured(document, view, page, scratch)
        document.add(page.size, items)
    document.save(out)


def _filtered(source: pikepdf.Page, faces: Faces, page: _Page) -> list[Item]:
    items = read_page(source, faces)
    if page.areas and any(item.is_hidden for item in texts(items)):
        # Words read from a picture may lean on pixels that now go; they are read anew without them.
        raise NotUnderstoodError("its words were read from a picture")
    content = ContentFilter(tuple(area.rect for area in page.areas))
    items = content.filtered(items)
    page.removal = content.removal
    page.relaid = relay(items, content.removal, page.areas, page.size)
    page.marks = [_mark(page, index) for index in range(len(page.areas))]
    return [*items, *page.relaid.rules, *drawing_of_marks.drawn(page.marks)]


def _mark(page: _Page, index: int) -> Mark:
    area = page.areas[index]
    laid = page.relaid.marks.get(index)
    if laid is not None:
        return Mark(page.number, laid, area.code, width_visible=False)
    is_telling = index in page.removal.drawn or bool(page.removal.text_under(index).strip())
    return Mark(page.number, area.rect, area.code, is_telling)


def _pictured(document: CleanDocument, view: PdfObject, page: _Page, scratch: Path) -> list[Item]:
    rects = [area.rect for area in page.areas]
    items = picture_items(document, view[page.number - 1], rects, scratch)
    page.removal, page.relaid = Removal(), Relaid()
    page.marks = [Mark(page.number, each.rect, each.code, True) for each in page.areas]
    return items + drawing_of_marks.drawn(page.marks)


def _refused(view: PdfObject, pages: Sequence[_Page], out: Path) -> list[tuple[_Page, str]]:
    after = pypdfium2.PdfDocument(out)
    try:
        verdicts = [
            (page, _verdict(view[page.number - 1], after[page.number - 1], page))
            for page in pages
            if page.withheld is None
        ]
    finally:
        after.close()
    return [(page, why) for page, why in verdicts if why is not None]


def _verdict(before: PdfObject, after: PdfObject, page: _Page) -> str | None:
    covered: list[Rect] = [mark.rect for mark in page.marks]
    covered += [area.rect for area in page.areas]
    if page.why is not None:
        looks_right = changed_pixels(before, after, covered) <= before.get_width() * 10
        return None if looks_right else "the picture of the page is wrong"
    covered += [*page.removal.blurred, *page.relaid.changed]
    covered += [item.ink_of(glyph) or item.cell_of(glyph) for item, glyph, _ in page.removal.glyphs]
    return judge(before, after, covered, _taken(page), "".join(mark.code for mark in page.marks))


def _taken(page: _Page) -> Taken:
    once: dict[tuple[str, int, int], str] = {}
    for item, glyph, _ in page.removal.glyphs:
        a, b, c, d = item.scale
        cell = max(_COPIES * abs(a * d - b * c) ** 0.5, 1e-3)
        x, y = round(glyph.x / cell), round(glyph.y / cell)
        around = ((glyph.shape.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if not any(each in once for each in around):
            once[glyph.shape.text, x, y] = glyph.shape.text
    every = "".join(glyph.shape.text for _, glyph, _ in page.removal.glyphs)
    return Taken(every, "".join(once.values()))


def _compiled(plan: Plan, pages: Sequence[_Page]) -> Compiled:
    waiting = {page.number: list(enumerate(page.marks)) for page in pages}
    marks, removed = [], []
    for area in plan.areas:
        index, mark = waiting[area.page].pop(0)
        marks.append(mark)
        removed.append(pages[area.page - 1].removal.text_under(index))
    pictured = [page for page in pages if page.why is not None]
    return Compiled(
        marks=tuple(marks),
        fates=tuple(page.fate for page in pages),
        picture_pages=tuple(page.number for page in pictured),
        reasons=tuple(str(page.why) for page in pictured),
        removed=tuple(removed),
    )


def _size(page: pikepdf.Page) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    return (x1 - x0, y1 - y0)


def _opened(prepared: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(prepared)
    except pikepdf.PdfError as error:
        raise DocumentError(DocumentFault.CORRUPT, "The prepared file cannot be read.") from error


def sha256_of(path: Path) -> str:
    """The file's SHA-256, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
