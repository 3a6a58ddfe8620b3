"""Content streams, token by token: which fonts, codes and pictures a page really uses.

Only the plain operators are known. A comment, an unknown operator or a stray byte is odd, and odd
is a finding: nothing may travel in a stream that draws nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sar.documents.verify.syntax import from_hex, read_name, unescaped

_TOKEN = re.compile(
    rb"(?P<array>\[[0-9A-Fa-f<>\s.+\-]*\])"
    rb"|(?P<text>\((?:[^()\\]|\\.)*\))"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\f\r ]*>)"
    rb"|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9'\"*]*)"
    rb"|(?P<open><<)|(?P<close>>>)"
    rb"|(?P<comment>%[^\r\n]*)"
    rb"|(?P<nested>\()"
    rb"|(?P<odd>[^\x00\t\n\f\r 0-9+\-.\[\]])",
    re.DOTALL,
)
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_NESTING = re.compile(rb"\\.|[()]", re.DOTALL)
_INLINE_END = re.compile(rb"[\s]EI(?=[\s]|$)")
OPERATORS = frozenset(
    b"""b B b* B* BDC BI BMC BT c cm CS cs d d0 d1 Do EI EMC ET f f* G g gs h i ID j J K k l M m n
    q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y
    ' \" true false null""".split()
)


@dataclass
class Used:
    """What a content stream uses, under the names its own resources give."""

    codes: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    drawn: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    words: list[bytes] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    inline_count: int = 0


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.used = Used()
        self.font = ""
        self.fonts: list[str] = []
        self.last_name = ""
        self.depth = 0

    def read(self) -> Used:
        place = 0
        while (found := _TOKEN.search(self.data, place)) is not None:
            place = self._token(str(found.lastgroup), found.group(), found.end())
        return self.used

    def _token(self, kind: str, token: bytes, place: int) -> int:
        if kind == "array":
            self._text(from_hex(b"".join(_HEX_STRING.findall(token))))
        elif kind == "nested":
            token, place = _nested(self.data, place)
            self._text(unescaped(token))
        elif kind == "text":
            self._text(unescaped(token[1:-1]))
        elif kind == "hex":
            self._text(from_hex(token))
        elif kind == "name":
            self.last_name = str(read_name(token))
            self.used.names.add(self.last_name)
        elif kind == "word":
            return self._word(token, place)
        elif kind in ("open", "close"):
            self.depth += 1 if kind == "open" else -1
        else:
            self.used.odd.append("a comment" if kind == "comment" else "a stray character")
            self.used.words.append(token)
        return place

    def _text(self, text: bytes) -> None:
        if self.depth > 0:
            self.used.properties.append(text)
            return
        self.used.words.append(text)
        self.used.codes[self.font].add(text)

    def _word(self, word: bytes, place: int) -> int:
        if word == b"Tf":
            self.font = self.last_name
        elif word == b"Do":
            self.used.drawn.add(self.last_name)
        elif word == b"q":
            self.fonts.append(self.font)
        elif word == b"Q" and self.fonts:
            self.font = self.fonts.pop()
        elif word == b"ID":
            return self._inline(place)
        elif word not in OPERATORS:
            self.used.odd.append("an operator that draws nothing")
            self.used.words.append(word)
        return place

    def _inline(self, place: int) -> int:
        self.used.inline_count += 1
        found = _INLINE_END.search(self.data, place)
        return found.end() if found else len(self.data)


def read_content(data: bytes) -> Used:
    """What the stream uses; it is read to its end whatever it holds."""
    return _Reader(data).read()


def quick_words(data: bytes) -> tuple[bytes, bytes]:
    """All literal strings of a stream in order, and all hexadecimal ones, by a coarser reading."""
    literal = b"".join(unescaped(text) for text in _LITERAL.findall(data))
    return literal, from_hex(b"".join(_HEX_STRING.findall(data)))


def _nested(data: bytes, place: int) -> tuple[bytes, int]:
    depth, start = 1, place
    for found in _NESTING.finditer(data, place):
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
        if depth == 0:
            return data[start : found.start()], found.end()
    return data[start:], len(data)
