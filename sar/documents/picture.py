"""Pictures of pages, drawn by pdfium: what officers see and mark."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from sar.documents.page_words import opened_pdf

SCREEN_DPI = 100
_LONGEST_SIDE = 6000
_KINDS = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG", ".jpeg": "JPEG"}


def picture(prepared: Path, page: int, out: Path, dpi: int = SCREEN_DPI) -> None:
    """Draws one page, counted from 1, to a .png, .webp or .jpg file.

    Raises:
        DocumentError: CORRUPT.
    """
    with opened_pdf(prepared) as document:
        save(drawn(document, page, dpi), out)


def drawn(document: pdfium.PdfDocument, page: int, dpi: int, is_grey: bool = False) -> Image.Image:
    """One page as a picture; very large pages get fewer dots than asked for."""
    opened = document[page - 1]
    scale = scale_for(opened.get_size(), dpi)
    bitmap = opened.render(scale=scale, grayscale=is_grey, may_draw_forms=False)
    drawing: Image.Image = bitmap.to_pil().convert("L" if is_grey else "RGB")
    bitmap.close()
    opened.close()
    return drawing


def scale_for(size: tuple[float, float], dpi: int) -> float:
    """Pixels a point, for a page of this size in points."""
    return min(dpi / 72, _LONGEST_SIDE / max(*size, 1.0))


def save(drawing: Image.Image, out: Path) -> None:
    """Writes a picture in the format its name asks for."""
    kind = _KINDS[out.suffix.lower()]
    settings = {"WEBP": {"quality": 85, "method": 2}, "JPEG": {"quality": 88}}.get(kind, {})
    drawing.save(out, kind, **settings)
