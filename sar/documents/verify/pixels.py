"""Pixels: pages as they look, and pictures as they are stored (a render cannot look beneath)."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from sar.documents.verify.page_objects import Drawn, Matrix, matrix_of, times
from sar.domain.redaction import Rect

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
_MOST_SAMPLES = 600
LOSSLESS, LOSSY = 3, 72  # steps of 255 by which pixels of one colour may differ
_BLOCK, _BLOCK_SPREAD = 8, 12.0
_WEIGHTS = np.array((0.114, 0.587, 0.299))  # blue, green, red


def rendered(page: pdfium.PdfPage, scale: float) -> Pixels:
    """The page as it looks, rows by columns by one grey; scale is pixels a point."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        found = np.array(bitmap.to_numpy())
        return found if found.ndim == 3 else found[:, :, None]
    finally:
        bitmap.close()


def cut(pixels: Pixels, rect: Rect, scale: float, margin: float = 0.0) -> Pixels:
    """The pixels wholly inside a rectangle in points, less a margin in points."""
    high, wide = pixels.shape[:2]
    x0, y0 = int(np.ceil((rect.x0 + margin) * scale)), int(np.ceil((rect.y0 + margin) * scale))
    x1, y1 = int((rect.x1 - margin) * scale), int((rect.y1 - margin) * scale)
    return pixels[max(0, y0) : min(high, max(y1, y0)), max(0, x0) : min(wide, max(x1, x0))]


def stored(each: Drawn) -> Pixels | None:
    """A picture's pixels as stored, rows by columns by channels; None when pdfium cannot."""
    handle = raw.FPDFImageObj_GetBitmap(each.handle)
    if not handle:
        return None
    bitmap = pdfium.PdfBitmap.from_raw(handle)  # frees itself: closing it by hand is not safe
    found = np.array(bitmap.to_numpy())
    return found if found.ndim == 3 else found[:, :, None]


def raw_data(each: Drawn) -> bytes:
    """A picture's bytes as they stand in the file."""
    size = raw.FPDFImageObj_GetImageDataRaw(each.handle, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(each.handle, buffer, size)
    return buffer.raw


def is_lossy(each: Drawn) -> bool:
    """True when the picture's coding blurs edges."""
    buffer = ctypes.create_string_buffer(64)
    for index in range(raw.FPDFImageObj_GetImageFilterCount(each.handle)):
        raw.FPDFImageObj_GetImageFilter(each.handle, index, buffer, 64)
        if buffer.value in (b"DCTDecode", b"JPXDecode", b"DCT"):
            return True
    return False


def strays(pixels: Pixels, each: Drawn, rect: Rect) -> bool:
    """True when a picture's pixels under a rectangle of the displayed page are not all alike.

    A blurring coding rings beside an edge, but never in a block that lies wholly in one colour.
    """
    matrix = times(matrix_of(each.handle), each.matrix)
    if not is_lossy(each):
        return spread(sampled(pixels, matrix, rect)) > LOSSLESS
    return spread(sampled(pixels, matrix, rect)) > LOSSY or _blocks_stray(pixels, matrix, rect)


def _blocks_stray(pixels: Pixels, matrix: Matrix, rect: Rect) -> bool:
    rows, columns = _upright_part(pixels, matrix, rect)
    top, left = -(-rows[0] // _BLOCK) * _BLOCK, -(-columns[0] // _BLOCK) * _BLOCK
    bottom, right = rows[1] // _BLOCK * _BLOCK, columns[1] // _BLOCK * _BLOCK
    inside = pixels[top:bottom, left:right, :3].astype(float)
    if bottom <= top or right <= left:
        return False
    grey = inside @ _WEIGHTS if inside.shape[2] == 3 else inside[:, :, 0]
    return float(grey.max() - grey.min()) > _BLOCK_SPREAD or spread(inside) > LOSSY // 2


def _upright_part(
    pixels: Pixels, matrix: Matrix, rect: Rect
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows and columns (first, and one after the last) of whole pixels; none for a slanted one."""
    a, b, c, d, e, f = matrix
    high, wide = pixels.shape[:2]
    if abs(b) + abs(c) < 1e-3:
        across = sorted(((rect.x0 - e) / a, (rect.x1 - e) / a))
        up = sorted(((rect.y0 - f) / d, (rect.y1 - f) / d))
    elif abs(a) + abs(d) < 1e-3:
        across = sorted(((rect.y0 - f) / b, (rect.y1 - f) / b))
        up = sorted(((rect.x0 - e) / c, (rect.x1 - e) / c))
    else:
        return (0, 0), (0, 0)
    rows = max(0, int(np.ceil((1 - up[1]) * high))), min(high, int((1 - up[0]) * high))
    return rows, (max(0, int(np.ceil(across[0] * wide))), min(wide, int(across[1] * wide)))


def sampled(pixels: Pixels, matrix: Matrix, rect: Rect) -> Pixels:
    """Pixels at a grid over the rectangle no wider than a pixel, through any turn or slant."""
    a, b, c, d, e, f = matrix
    det = a * d - b * c
    high, wide = pixels.shape[:2]
    if abs(det) < 1e-9:
        return pixels.reshape(-1, pixels.shape[2])
    step = min(np.hypot(a, b) / wide, np.hypot(c, d) / high) * 0.7
    xs = np.linspace(rect.x0, rect.x1, _samples(rect.width, step))
    ys = np.linspace(rect.y0, rect.y1, _samples(rect.height, step))
    x, y = np.meshgrid(xs, ys)
    across = (d * (x - e) - c * (y - f)) / det
    up = (a * (y - f) - b * (x - e)) / det
    column, row = np.floor(across * wide).astype(int), np.floor((1 - up) * high).astype(int)
    inside = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
    return np.asarray(pixels[row[inside], column[inside]])


def pixel_size(each: Drawn, pixels: Pixels) -> float:
    """The longer side of one of the picture's pixels, in points."""
    a, b, c, d, _, _ = times(matrix_of(each.handle), each.matrix)
    return float(max(np.hypot(a, b) / pixels.shape[1], np.hypot(c, d) / pixels.shape[0]))


def spread(pixels: Pixels) -> int:
    """How far the pixels are from one colour: 0 for one colour, 255 for black and white."""
    if pixels.size == 0:
        return 0
    rows = pixels.reshape(-1, pixels.shape[-1]).astype(int)
    return int((rows.max(axis=0) - rows.min(axis=0)).max())


def _samples(length: float, step: float) -> int:
    return int(min(max(2, np.ceil(length / max(step, 1e-6))), _MOST_SAMPLES))


def grown(rect: Rect, margin: float) -> Rect:
    """The rectangle and a margin around it."""
    return Rect(rect.x0 - margin, rect.y0 - margin, rect.x1 + margin, rect.y1 + margin)


def shrunk(rect: Rect, margin: float) -> Rect:
    """The rectangle less a margin, but never less than its middle third."""
    x, y = min(margin, rect.width / 3), min(margin, rect.height / 3)
    return Rect(rect.x0 + x, rect.y0 + y, rect.x1 - x, rect.y1 - y)
