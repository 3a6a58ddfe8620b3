"""Bodies that Outlook keeps as rich text: unpacked, and given back as the HTML or text inside."""

from __future__ import annotations

import re
import struct

_COMPRESSED = 0x75465A4C
_STORED = 0x414C454D
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_LONGEST = 64 << 20
_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
# Groups that hold no words of the body.
_SILENT = {
    *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"objdata", b"themedata"),
    *(b"generator", b"listtable", b"listoverridetable", b"header", b"footer", b"datastore"),
    *(b"latentstyles", b"xmlnstbl", b"rsidtbl", b"fldinst", b"pntext"),
}
_SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
}


def decompressed(content: bytes) -> bytes:
    """The rich text in an Outlook "compressed RTF" property (MS-OXRTFCP).

    Raises:
        ValueError: it is not one, or unpacks to more than 64 MB.
    """
    if len(content) < 16:
        raise ValueError("too short for compressed rich text")
    _, raw_size, kind, _ = struct.unpack("<IIII", content[:16])
    if kind == _STORED:
        return content[16 : 16 + raw_size]
    if kind != _COMPRESSED or raw_size > _LONGEST:
        raise ValueError("not compressed rich text")
    return _unpacked(content, raw_size)


def html_or_text(rtf: bytes) -> tuple[str, str]:
    """("html", markup) when the rich text wraps a web page (MS-OXRTFEX), else ("text", words)."""
    is_html = b"\\fromhtml1" in rtf[:1024]
    return ("html" if is_html else "text"), _Reader(rtf, is_html).read()


def _unpacked(content: bytes, raw_size: int) -> bytes:
    window = bytearray(_START.ljust(4096, b"\0"))
    write, out, place = len(_START), bytearray(), 16
    while place < len(content) and len(out) < raw_size:
        flags, place = content[place], place + 1
        for bit in range(8):
            if flags >> bit & 1:
                pair = content[place : place + 2]
                place += 2
                if len(pair) < 2 or (pair[0] << 4 | pair[1] >> 4) == write:
                    return bytes(out)
                start, length = pair[0] << 4 | pair[1] >> 4, (pair[1] & 15) + 2
                piece = [(start + step) % 4096 for step in range(length)]
            elif place < len(content):
                window[write] = content[place]
                piece, place = [write], place + 1
            else:
                return bytes(out)
            for source in piece:
                window[write] = window[source]
                out.append(window[write])
                write = (write + 1) % 4096
    return bytes(out[:raw_size])


class _Reader:
    """Walks the tokens once; a stack remembers which groups are silent."""

    def __init__(self, rtf: bytes, is_html: bool) -> None:
        self._rtf, self._is_html = rtf, is_html
        found = re.search(rb"\\ansicpg(\d+)", rtf[:1024])
        self._codepage = f"cp{found.group(1).decode()}" if found else "cp1252"
        self._out: list[str] = []
        self._bytes = bytearray()
        self._silent, self._stack = False, [False]
        self._skip, self._unicode_skip = 0, 1
        self._is_starred = False

    def read(self) -> str:
        """The words, or the markup, of the whole."""
        for match in _TOKEN.finditer(self._rtf):
            word, number, code, sign, brace, plain = match.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif code:
                self._add_bytes(bytes.fromhex(code.decode()))
            elif sign:
                self._sign(sign)
            elif plain:
                self._add_bytes(plain)
        self._flush()
        whole = "".join(self._out).replace("\0", "")
        # Signs beyond the first 65,536 come as two halves.
        return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            self._stack.append(self._silent)
        elif self._stack:
            self._silent = self._stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self._flush()
            if not self._silent:
                self._out.append(chr(number % 65536))
            self._skip = self._unicode_skip
        elif word == b"uc":
            self._unicode_skip = number or 0
        elif word == b"htmlrtf":
            self._flush()
            self._silent = number != 0
        elif word in _SILENT or (self._is_starred and word != b"htmltag"):
            self._flush()
            self._silent = True
        elif word in _SIGNS:
            self._flush()
            if not self._silent:
                self._out.append(_SIGNS[word])
        self._is_starred = False

    def _sign(self, sign: bytes) -> None:
        self._is_starred = sign == b"*"
        if sign in b"\\{}":
            self._add_bytes(sign)
        elif sign == b"~":
            self._add_bytes(b" ")

    def _add_bytes(self, content: bytes) -> None:
        dropped = min(self._skip, len(content))
        self._skip -= dropped
        if not self._silent:
            self._bytes += content[dropped:]

    def _flush(self) -> None:
        if self._bytes:
            try:
                self._out.append(self._bytes.decode(self._codepage, "replace"))
            except LookupError:
                self._out.append(self._bytes.decode("cp1252", "replace"))
            self._bytes.clear()
