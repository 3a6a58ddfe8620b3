"""A new PDF with nothing in it but pages: type, box, resources, contents. One revision, no history.

Nothing is copied from a source file. What is not made here, or by the stores that pages share,
cannot be in an output.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from sar.documents.content_writer import ContentWriter, Stores
from sar.documents.drawing import Item, PdfObject, Shape, walk
from sar.documents.fonts import FontStore
from sar.documents.pictures import PictureStore


class CleanDocument:
    """An output being made, page by page."""

    def __init__(self) -> None:
        """Starts without pages."""
        self.pdf = pikepdf.new()
        self._stores = Stores(self.pdf, FontStore(self.pdf), PictureStore(self.pdf))

    def add(self, size: tuple[float, float], items: list[Item]) -> None:
        """A page of this many points, drawing these items.

        Raises:
            NotUnderstoodError: an item cannot be written.
        """
        writer = ContentWriter(self._stores, (1.0, 0.0, 0.0, -1.0, 0.0, size[1]))
        page = self._page(size, *writer.write(items))
        if any(not item.style.blend.is_plain for item in walk(items)):
            page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB, I=True)

    def add_stream(
        self, size: tuple[float, float], data: bytes, fonts: Mapping[str, PdfObject]
    ) -> None:
        """A page of text and lines whose stream is written already, with codes from `place`."""
        kinds = {"/Font": Dictionary({f"/{name}": font for name, font in fonts.items()})}
        self._page(size, data, Dictionary(kinds if fonts else {}))

    def place(self, shape: Shape) -> tuple[PdfObject, str, int, int]:
        """The font object that draws a shape, its name, the glyph's code and bytes per code."""
        return self._stores.fonts.place(shape)

    def _page(self, size: tuple[float, float], data: bytes, resources: Dictionary) -> PdfObject:
        width, height = (round(edge, 3) for edge in size)
        page = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width, height]),
                Resources=resources,
                Contents=self.pdf.make_stream(data),
            )
        )
        self.pdf.pages.append(pikepdf.Page(page))
        return page

    def stream(self, data: bytes, entries: Dictionary) -> pikepdf.Stream:
        """A picture of our own, for a picture item to draw."""
        made = self.pdf.make_stream(data)
        for key in entries.keys():  # noqa: SIM118  # a PDF dictionary
            made[key] = entries[key]
        return made

    def save(self, out: Path) -> None:
        """Writes the file; the same pages give the same bytes."""
        self._stores.fonts.finish()
        self.pdf.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        self.pdf.close()
