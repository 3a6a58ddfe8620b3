from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name

from sar.documents.drawing import PdfObject, PictureItem, Style
from sar.documents.pictures import PictureStore


def _picture(pdf: pikepdf.Pdf, shade: int) -> PdfObject:
    entries = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=2,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    return pdf.make_stream(bytes([shade] * 4), entries)


def _item(source: PdfObject) -> PictureItem:
    return PictureItem(Style(), (10.0, 0.0, 0.0, -10.0, 0.0, 10.0), source)


def test_a_picture_of_the_output_is_not_taken_for_one_of_the_source_with_its_number() -> None:
    with pikepdf.new() as source, pikepdf.new() as output:
        theirs, ours = _picture(source, 10), _picture(output, 200)
        assert theirs.objgen == ours.objgen
        store = PictureStore(output)
        first, second = store.picture(_item(theirs)), store.picture(_item(ours))
        assert first.read_bytes() == bytes([10] * 4)
        assert second.read_bytes() == bytes([200] * 4)


def test_the_same_pixels_are_one_object() -> None:
    with pikepdf.new() as source, pikepdf.new() as output:
        store = PictureStore(output)
        first = store.picture(_item(_picture(source, 10)))
        assert store.picture(_item(_picture(source, 10))).objgen == first.objgen
