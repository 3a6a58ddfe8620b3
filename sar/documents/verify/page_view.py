"""One page under test: opened once, each way of looking at it worked out once."""

from __future__ import annotations

from functools import cached_property

import pypdfium2 as pdfium

from sar.documents.verify.needles import Haystack, haystack
from sar.documents.verify.page_frame import PageFrame, frame
from sar.documents.verify.page_objects import Drawn, drawn
from sar.documents.verify.page_text import Glyph, glyphs
from sar.documents.verify.pixels import Pixels, rendered


class PageView:
    """A page as pdfium shows, reads and takes it apart; number counts from 1."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        self.number = number
        self.page = document[number - 1]
        self._pixels: dict[float, Pixels] = {}

    def close(self) -> None:
        """Lets go of the page."""
        if "letters" in self.__dict__:
            self.letters.close()
        self.page.close()

    @cached_property
    def frame(self) -> PageFrame:
        """How the page is shown."""
        return frame(self.page)

    @cached_property
    def letters(self) -> pdfium.PdfTextPage:
        """The page's text as pdfium holds it."""
        return self.page.get_textpage()

    @cached_property
    def text(self) -> Haystack:
        """The text pdfium reads: hidden or not, on the page or off it."""
        return haystack(str(self.letters.get_text_range()))

    @cached_property
    def glyphs(self) -> list[Glyph]:
        """Every character with its box."""
        return glyphs(self.letters, self.frame)

    @cached_property
    def objects(self) -> list[Drawn]:
        """Everything the page draws, in order."""
        return drawn(self.page, self.frame)

    def pixels(self, scale: float) -> Pixels:
        """The page as it looks, grey; scale is pixels a point."""
        if scale not in self._pixels:
            self._pixels[scale] = rendered(self.page, scale)
        return self._pixels[scale]
