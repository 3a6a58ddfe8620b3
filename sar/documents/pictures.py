"""Pictures of an output: only pixels that may be seen, nothing beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name

from sar.documents import samples
from sar.documents.drawing import NotUnderstoodError, PdfObject, PictureItem
from sar.documents.photographs import stripped_jpeg
from sar.documents.samples import Samples


class PictureStore:
    """Makes each picture once; the same pixels are one object, wherever they are drawn."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Pictures become objects of this file."""
        self._pdf = pdf
        self._made: dict[Hashable, PdfObject] = {}
        self._seen: dict[bytes, PdfObject] = {}

    def picture(self, item: PictureItem) -> PdfObject:
        """The item's picture as an object of the output, without what may not be seen of it."""
        # The picture of a page is made in the output, where it may have a number of the source.
        is_ours = item.source.is_owned_by(self._pdf)
        key = (is_ours, item.source.objgen, item.holes, item.hidden, item.crop)
        if key not in self._made:
            self._made[key] = self._make(item)
        return self._made[key]

    def _make(self, item: PictureItem) -> PdfObject:
        source = item.source
        mask = source.get("/SMask")
        if "/Mask" in source:
            raise NotUnderstoodError("a picture with a mask of another kind")
        if not isinstance(mask, pikepdf.Stream):
            if item.holes or item.hidden or item.crop:
                return self._object(samples.written(_touched(samples.read(source), item)), source)
            return self._object(plain(source), source)
        if "/Matte" in mask or "/SMask" in mask or "/Mask" in mask:
            raise NotUnderstoodError("a picture with a matte")
        base, opacity = _touched(samples.read(source), item), _touched(samples.read(mask), item)
        _forget_transparent(base, opacity)
        below = self._object(samples.written(opacity, is_mask=True), mask)
        return self._object(samples.written(base, is_mask=base.is_one_bit), source, below)

    def _object(
        self, made: tuple[bytes, dict[str, Any]], source: PdfObject, mask: PdfObject = None
    ) -> PdfObject:
        data, entries = made
        if source.get("/Interpolate", False):
            entries["/Interpolate"] = True
        text = repr(sorted((key, str(value)) for key, value in entries.items()))
        if mask is not None:
            entries["/SMask"] = mask
            text += str(mask.objgen)
        digest = hashlib.sha256(data + text.encode()).digest()
        if digest not in self._seen:
            self._seen[digest] = self._stream(data, entries)
        return self._seen[digest]

    def _stream(self, data: bytes, entries: dict[str, Any]) -> PdfObject:
        packing, parameters = entries.pop("/Filter", None), entries.pop("/DecodeParms", None)
        stream = self._pdf.make_stream(b"", Dictionary(entries))
        if packing is not None:
            stream.write(data, filter=packing, decode_parms=parameters)
        else:
            stream.write(data)
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        return stream


def plain(source: PdfObject) -> tuple[bytes, dict[str, Any]]:
    """The picture as it is, less everything that is not pixels."""
    if samples.packing(source) == "/DCTDecode" and samples.is_simple(source):
        entries = samples.kept_entries(source)
        return stripped_jpeg(source.read_raw_bytes()), {**entries, "/Filter": Name.DCTDecode}
    return samples.written(samples.read(source))


def _touched(picture: Samples, item: PictureItem) -> Samples:
    for hidden in item.hidden:
        picture.fill(hidden, 255, is_outward=False)
    for hole in item.holes:
        picture.fill(hole, 0, is_outward=True)
    if item.crop is not None:
        picture.crop(item.crop, (int(item.source.Width), int(item.source.Height)))
    return picture


def _forget_transparent(base: Samples, opacity: Samples) -> None:
    """Pixels that the mask makes wholly transparent are seen by nobody."""
    seen = opacity.opacity()
    if seen.shape != base.pixels.shape[:2]:
        rows = np.arange(base.pixels.shape[0]) * seen.shape[0] // base.pixels.shape[0]
        columns = np.arange(base.pixels.shape[1]) * seen.shape[1] // base.pixels.shape[1]
        seen = seen[rows][:, columns]
    unseen = seen == 0
    if unseen.any():
        base.change(unseen, 0)
