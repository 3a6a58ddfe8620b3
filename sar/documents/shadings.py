"""Shadings by allow-list: axial and radial, with the simple functions distilling writes."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from sar.documents.drawing import NotUnderstoodError, PdfObject

_SPACES = {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"}


def copied_shading(source: PdfObject) -> Dictionary:
    """A shading of our own that paints the same.

    Raises:
        NotUnderstoodError: it is of a kind that can hold a drawing (a mesh, samples, a program).
    """
    kind = int(source.get("/ShadingType", 0))
    space = source.get("/ColorSpace")
    if kind not in {2, 3} or not isinstance(space, Name) or str(space) not in _SPACES:
        raise NotUnderstoodError("a shading that can hold a drawing")
    result = Dictionary(
        ShadingType=kind,
        ColorSpace=space,
        Coords=_numbers(source.Coords),
        Function=_function(source.Function),
    )
    if "/Domain" in source:
        result.Domain = _numbers(source.Domain)
    if "/Extend" in source:
        result.Extend = Array([bool(each) for each in source.Extend])
    return result


def _function(source: PdfObject, depth: int = 0) -> PdfObject:
    kind = None if isinstance(source, pikepdf.Stream) else source.get("/FunctionType")
    if depth > 3 or kind not in {2, 3}:
        raise NotUnderstoodError("a shading that can hold a drawing")
    result = Dictionary(FunctionType=kind, Domain=_numbers(source.Domain))
    if kind == 2:
        result.N = float(source.N)
        for key in ("/C0", "/C1"):
            if key in source:
                result[key] = _numbers(source[key])
        return result
    result.Functions = Array([_function(each, depth + 1) for each in source.Functions])
    result.Bounds, result.Encode = _numbers(source.Bounds), _numbers(source.Encode)
    return result


def _numbers(values: PdfObject) -> Array:
    return Array([round(float(each), 6) for each in values])
