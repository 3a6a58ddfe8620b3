"""Carries over a prepared page that nothing is taken from: its own stream, with new glyph codes.

Reading such a page glyph by glyph only to write the same again is most of the work of a bundle, as
most pages have no mark. Codes are still handed out anew, because those of the source tell which
letters the rest of the document had.
"""

from __future__ import annotations

import re

import pikepdf

from sar.documents.content_reader import Faces
from sar.documents.drawing import PdfObject
from sar.documents.sanitise import CleanDocument
from sar.documents.typefaces import Typeface

_NUMBER = r"-?(?:\d+(?:\.\d+)?|\.\d+)"
_NUMBERS = {
    6: r"cm|Tm|c",
    4: r"[kK]",
    3: r"rg|RG",
    2: r"[ml]",
    1: r"[gGwJjM]",
}
_LINES = (
    *(rf"(?:q )?(?:{_NUMBER} ){{{count}}}(?:{names})" for count, names in _NUMBERS.items()),
    rf"\[(?:{_NUMBER}(?: {_NUMBER})*+)?\] {_NUMBER} d",
    r"/F\d+ 1 Tf",
    r"\[(?:(?:-?\d+)?<[0-9a-f]+>)++\] TJ",
    r"(?:f\*?|B\*?|S)(?: Q)?",
    r"[qQh]|BT|ET|W\*? n",
)
_OWN_WORDS = re.compile(rf"(?:(?:{'|'.join(_LINES)})(?:\n|\Z))*+".encode())
_FONT = re.compile(rb"/F(\d+) 1 Tf")
_FONT_OR_STRING = re.compile(rb"/F(\d+) 1 Tf|<([0-9a-f]+)>")


def carry_over(page: pikepdf.Page, faces: Faces, document: CleanDocument) -> bool:
    """Adds the page to the document as it is; False when it has to be read and written anew.

    That is so when it draws more than text and lines, or not in the words of our own writer.

    Raises:
        NotUnderstoodError: a font is not one that preparing writes.
    """
    resources, contents = page.obj.get("/Resources"), page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Stream) or "/Group" in page.obj:
        return False
    if not isinstance(resources, pikepdf.Dictionary) or set(resources.keys()) - {"/Font"}:
        return False
    data = contents.read_bytes()
    if not _OWN_WORDS.fullmatch(data):
        return False
    fonts = {
        name.removeprefix("/F").encode(): faces.face(font)
        for name, font in resources.get("/Font", pikepdf.Dictionary()).items()
    }
    recoded = _Recoding(fonts, document).of(data)
    if recoded is None:
        return False
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    document.add_stream((x1 - x0, y1 - y0), *recoded)
    return True


class _Recoding:
    """One page's strings in the codes of the output; `holders` are the fonts it then needs."""

    def __init__(self, fonts: dict[bytes, Typeface], document: CleanDocument) -> None:
        self._fonts, self._document = fonts, document
        self._face: Typeface | None = None
        self._font = b""
        self._codes: dict[tuple[bytes, bytes], bytes] = {}
        self._names: dict[bytes, str] = {}
        self._holders: dict[str, PdfObject] = {}

    def of(self, data: bytes) -> tuple[bytes, dict[str, PdfObject]] | None:
        """The stream and its fonts, or None when one source font would become several."""
        try:
            # Strings first: which name a font has in the output is known when a letter is placed.
            recoded = _FONT_OR_STRING.sub(self._string, data)
            return _FONT.sub(self._named, recoded), self._holders
        except _SplitFontError:
            return None

    def _string(self, found: re.Match[bytes]) -> bytes:
        if found[1] is not None:
            self._font = found[1]
            return found[0]
        face = self._fonts.get(self._font)
        digits = 0 if face is None else 2 * face.bytes_per_code
        text = found[2]
        if face is None or len(text) % digits:
            raise _SplitFontError
        codes = (text[at : at + digits] for at in range(0, len(text), digits))
        return b"<%b>" % b"".join(self._recoded(face, code) for code in codes)

    def _recoded(self, face: Typeface, code: bytes) -> bytes:
        known = self._codes.get((self._font, code))
        if known is not None:
            return known
        holder, name, number, width = self._document.place(face.shape(int(code, 16)))
        if self._names.setdefault(self._font, name) != name or width != face.bytes_per_code:
            raise _SplitFontError
        self._holders[name] = holder
        new = self._codes[self._font, code] = f"{number:0{width * 2}x}".encode()
        return new

    def _named(self, found: re.Match[bytes]) -> bytes:
        name = self._names.get(found[1])
        if name is None:
            raise _SplitFontError
        return f"/{name} 1 Tf".encode()


class _SplitFontError(Exception):
    """The letters of one source font do not all fit one font of the output."""
