"""Makes of any PDF one that draws exactly what is displayed, in the simple grammar cairo writes.

Normalise (pikepdf): only what an officer would see may be drawn. Distil (poppler): draw it anew,
so that whatever a clip, a layer or the page's edge hides was never drawn.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from sar.documents import tools
from sar.documents.drawing import PdfObject
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.redrawing import redrawn
from sar.documents.whole_pdf import whole_pdf

# Annotations that draw nothing an officer approved; all others are drawn into the page.
_DROPPED = frozenset(
    (
        *("/Text", "/Popup", "/Link", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D"),
        *("/RichMedia", "/Redact", "/TrapNet", "/PrinterMark", "/Projection"),
    )
)
_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32
_KEPT_IN_CATALOG = {"/Type", "/Pages", "/OCProperties", "/AcroForm"}
_KEPT_IN_PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents",
                 "/Annots", "/Group"}  # fmt: skip
_SMALLEST, _LARGEST = 1.0, 14_400.0  # points; beyond these no viewer shows a page
_LIMITS = tools.Limits(seconds=300, memory_mb=3072, output_mb=2048)
_CORRUPT = (
    "This PDF is damaged and cannot be opened. Open it in the program that made it, save it as a "
    "PDF again and upload that."
)
_CUT_SHORT = (
    "The end of this PDF is missing, and parts of its pages with it. Ask for the whole file again."
)
_PADDING = b"\nxref\n"  # qpdf drops an object that ends where the file ends
_LOST_TRAILER = "unable to find trailer"
_REFERENCE = re.compile(rb"\b(\d{1,8})\s+(\d{1,5})\s+R\b")
_LOCKED = "This PDF needs a password to open. Ask for a copy without a password."


@dataclass(frozen=True)
class Prepared:
    """A prepared PDF: width and height of each page in points, as displayed.

    `pictured` says why a page had to become a picture, by page number.
    """

    pages: tuple[tuple[float, float], ...]
    pictured: Mapping[int, str] = field(default_factory=dict)


def prepare(source: Path, out: Path, scratch: Path) -> Prepared:
    """Writes the prepared form of a PDF; scratch is a folder for files on the way.

    Raises:
        DocumentError: EMPTY, ENCRYPTED, CORRUPT or TIMED_OUT.
    """
    if not source.stat().st_size:
        raise DocumentError(DocumentFault.EMPTY, "This file is empty.")
    normal, distilled = scratch / "normal.pdf", scratch / "distilled.pdf"
    with _faults():
        source = whole_pdf(source, scratch)
    units = _normalise(source, normal)
    finished = tools.run(
        ["pdftocairo", "-pdf", "-q", normal.name, distilled.name], scratch=scratch, limits=_LIMITS
    )
    normal.unlink()
    if finished.returncode or not distilled.exists():
        raise DocumentError(DocumentFault.CORRUPT, _CORRUPT)
    with _faults():
        distilled = whole_pdf(distilled, scratch)
    _scaled(distilled, units)
    with _faults():
        pictured, sizes = redrawn(distilled, out, scratch)
    distilled.unlink()
    return Prepared(tuple(sizes), pictured)


def prepare_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's way in: `{source, out}` to `{pages: [[width, height], ...], pictured}`."""
    prepared = prepare(scratch / arguments["source"], scratch / arguments["out"], scratch)
    pictured = {str(page): why for page, why in prepared.pictured.items()}
    return {"pages": [list(size) for size in prepared.pages], "pictured": pictured}


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except pikepdf.PasswordError as error:
        raise DocumentError(DocumentFault.ENCRYPTED, _LOCKED) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DocumentError(DocumentFault.CORRUPT, _CORRUPT) from error


def _normalise(source: Path, normal: Path) -> list[float]:
    """Writes a copy that holds only what is displayed; returns each page's UserUnit."""
    with _faults(), _opened(source) as pdf:
        if not len(pdf.pages):
            raise DocumentError(DocumentFault.EMPTY, "This PDF has no pages.")
        units = [_normal_page(pdf, page) for page in pdf.pages]
        for key in set(pdf.Root.keys()) - _KEPT_IN_CATALOG:
            del pdf.Root[key]
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, Dictionary) and "/XFA" in form:
            del form["/XFA"]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        with warnings.catch_warnings():
            # A widget outside the form is drawn all the same; nobody will fill it in any more.
            warnings.simplefilter("ignore")
            pdf.save(normal, encryption=False)
    return units


def _opened(source: Path) -> pikepdf.Pdf:
    """The file, repaired where nothing of it is lost."""
    pdf = pikepdf.open(source, suppress_warnings=True)
    if not any(_LOST_TRAILER in str(warning) for warning in pdf.get_warnings()):
        return pdf
    pdf.close()
    data = source.read_bytes() + _PADDING
    pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    wanted = {(int(number), int(generation)) for number, generation in _REFERENCE.findall(data)}
    if any(pdf.get_object(each) is None for each in wanted):
        raise DocumentError(DocumentFault.CORRUPT, _CUT_SHORT)
    return pdf


def _normal_page(pdf: pikepdf.Pdf, page: pikepdf.Page) -> float:
    inherited = {key: _inherited(page.obj, key) for key in ("/Rotate", "/Resources", "/UserUnit")}
    box = _displayed_box(page)
    page.obj.MediaBox = page.obj.CropBox = Array([round(edge, 4) for edge in box])
    page.obj.Rotate = _quarter(inherited["/Rotate"])
    resources = inherited["/Resources"]
    page.obj.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    _keep_drawn_annotations(pdf, page)
    for key in set(page.obj.keys()) - _KEPT_IN_PAGE:
        del page.obj[key]
    longest = max(box[2] - box[0], box[3] - box[1])
    return max(min(unit, _LARGEST / longest), 0.01)


def _inherited(page: PdfObject, key: str) -> PdfObject:
    node, depth = page, 0
    while node is not None and depth < 64:
        if key in node:
            return node[key]
        node, depth = node.get("/Parent"), depth + 1
    return None


def _number(value: PdfObject, default: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return default
    return number if number > 0 else default


def _quarter(value: PdfObject) -> int:
    try:
        return round(float(value) / 90) * 90 % 360
    except (TypeError, ValueError):
        return 0


def _box(page: PdfObject, key: str) -> tuple[float, float, float, float] | None:
    value = _inherited(page, key)
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        a, b, c, d = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    return (min(a, c), min(b, d), max(a, c), max(b, d))


def _displayed_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The part of the page that viewers show: the crop box inside the media box."""
    media = _usable(_box(page.obj, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _usable(_box(page.obj, "/CropBox")) or media
    both = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return _usable(both) or media


def _usable(
    box: tuple[float, float, float, float] | None,
) -> tuple[float, float, float, float] | None:
    if box is None or not all(
        _SMALLEST <= edge <= _LARGEST for edge in (box[2] - box[0], box[3] - box[1])
    ):
        return None
    return box


def _keep_drawn_annotations(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        if annotations is not None:
            del page.obj["/Annots"]
        return
    kept = []
    for each in annotations:
        if not isinstance(each, Dictionary) or str(each.get("/Subtype")) in _DROPPED:
            continue
        flags = each.get("/F", 0)
        flags = flags if isinstance(flags, int) else 0
        if flags & (_HIDDEN | _NO_VIEW):
            continue
        # Poppler draws into a PDF what would be printed; what is displayed is what counts here.
        each.F = flags | _PRINT
        for key in ("/Popup", "/A", "/AA", "/RC", "/NM", "/T", "/Subj"):
            if key in each and not (key == "/T" and each.get("/Subtype") == Name.Widget):
                del each[key]
        kept.append(each if each.is_indirect else pdf.make_indirect(each))
    page.obj.Annots = Array(kept)


def _scaled(distilled: Path, units: list[float]) -> None:
    """Folds UserUnit into the distilled pages."""
    with _faults(), pikepdf.open(distilled, allow_overwriting_input=True) as pdf:
        if len(pdf.pages) != len(units):
            raise DocumentError(DocumentFault.CORRUPT, _CORRUPT)
        if all(abs(unit - 1) < 1e-6 for unit in units):
            return
        for page, unit in zip(pdf.pages, units, strict=True):
            if abs(unit - 1) > 1e-6:
                _magnify(pdf, page, unit)
        pdf.save(distilled)


def _magnify(pdf: pikepdf.Pdf, page: pikepdf.Page, unit: float) -> None:
    page.obj.MediaBox = Array([round(float(edge) * unit, 4) for edge in page.mediabox])
    page.contents_add(pdf.make_stream(f"{unit:.6f} 0 0 {unit:.6f} 0 0 cm".encode()), prepend=True)
