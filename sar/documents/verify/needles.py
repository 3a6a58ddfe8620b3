"""What must not be found, and how text is compared so that spacing, case or accents hide nothing.

Text is *squeezed* before it is compared: compatibility forms and accents are folded, case is
folded, and everything that is not a letter or a digit is dropped. So a name broken over two lines,
hyphenated, set letter by letter, or stored as UTF-16 is still the same name.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sar.documents.verify.pattern_index import PatternIndex

_WORD = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"[\W_]+")
_HEX_RUN = re.compile(rb"(?:[0-9A-Fa-f]{2}[\s<>]{0,3}){5,}")
_BASE64_RUN = re.compile(rb"[A-Za-z0-9+/\-_]{8,}={0,2}")
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_NUMBER = re.compile(r"\+?\d[\d\s\-/().]{3,}\d")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+\.[\w.-]+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’-]+")
_LONG = 12
_LONG_WORD = 8
_SHORTEST_RAW = 5  # bytes; shorter ones occur by chance in any picture
_BETWEEN = ("", " ", "_", "-", ", ", "+", "%20", "#20", "  ")
# Words with a capital at the start of a sentence, a heading or a title, that name no one.
_ORDINARY = frozenset(
    """a about after again all also although an and any are area as assessment at away be because
    been before being brother but by call called care carer carers case child children christmas
    class college conference contact council court dad date dear did do doctor dr each easter email
    every family father file first foster friday friends from further gp had has have he head health
    her here him his home hospital house how however i if in is it just kind later letter london
    madam manager may meeting miss monday mother mr mrs ms mum my no not note notes nurse of office
    officer old on once one or order our out over page parent parents people phone plan please
    police prof record redacted regards report review road room said saturday school section
    services she sincerely sir sister since so social some son staff street subject sunday support
    teacher team telephone thank that the their them then there these they this those thursday to
    today tuesday two under until visit was we wednesday week were what when where which while who
    why will with worker would year yes yesterday you your yours january february march april june
    july august september october november december""".split()  # noqa: SIM905 - readable as prose
)


def squeeze(text: str) -> str:
    """Only the letters and digits, folded so that no spelling of the same text differs."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _NOT_WORD.sub("", text.casefold())


@dataclass(frozen=True)
class Needle:
    """Text that must not be found. `label` names it in a finding without repeating it."""

    label: str
    squeezed: str
    is_never: bool
    is_part: bool = False
    is_one_word: bool = False
    forms: frozenset[bytes] = frozenset()  # as a binary blob may hold it, in small letters

    @property
    def needs_edges(self) -> bool:
        """True when the text is so short that it also occurs inside other words by chance."""
        if self.is_one_word and self.squeezed.isalpha():
            return len(self.squeezed) < _LONG_WORD
        return len(self.squeezed) < _LONG


@dataclass(frozen=True)
class Haystack:
    """Text made ready to be searched; `text` is kept to see where words begin and end."""

    text: str
    squeezed: str

    def holds(self, needle: Needle) -> bool:
        """True when the needle is in it, forwards or backwards."""
        if needle.squeezed in self.squeezed:
            return not needle.needs_edges or self._has_edges(needle.squeezed)
        backwards = needle.squeezed[::-1]
        return len(backwards) >= 6 and backwards != needle.squeezed and backwards in self.squeezed

    @cached_property
    def _places(self) -> list[int]:
        """Where in the text each letter of the squeezed text stands."""
        found: list[int] = []
        for word in _WORD.finditer(self.text):
            if word.group().isascii():
                found += range(*word.span())
            else:
                for place, letter in enumerate(word.group(), word.start()):
                    found += [place] * len(squeeze(letter))
        return found

    def _has_edges(self, squeezed: str) -> bool:
        start = self.squeezed.find(squeezed)
        if len(self._places) != len(self.squeezed):  # folding joined letters: sight is lost
            return True
        while start >= 0:
            first, last = self._places[start], self._places[start + len(squeezed) - 1]
            if _is_edge(self.text, first - 1, first) and _is_edge(self.text, last, last + 1):
                return True
            start = self.squeezed.find(squeezed, start + 1)
        return False


def haystack(text: str) -> Haystack:
    """The text, ready for many searches."""
    return Haystack(text, squeeze(text))


def needles(never: Iterable[str], secrets: Iterable[str]) -> tuple[Needle, ...]:
    """Everything to look for: each never-text, each distinctive secret and its parts."""
    result = [
        _needle(f"item {number} of never", text, True) for number, text in enumerate(never, 1)
    ]
    for number, text in enumerate(secrets, 1):
        label = f"removed text {number}"
        if is_distinctive(text):
            result.append(_needle(label, text, False))
        result += [
            replace(_needle(f"part of {label}", part, False), is_part=True)
            for part in distinctive_parts(text)
        ]
    return tuple(_once(result))


def _needle(label: str, text: str, is_never: bool) -> Needle:  # one of two kinds
    words = re.findall(r"[^\W_]+", text.casefold())
    spelt = {text.casefold(), *(between.join(words) for between in _BETWEEN)}
    forms = {form.encode(code) for form in spelt for code in ("utf-8", "utf-16-be")}
    forms |= {form.encode("latin-1", "ignore") for form in spelt}
    return Needle(
        label,
        squeeze(text),
        is_never,
        is_one_word=len(text.split()) == 1,
        forms=frozenset(form for form in forms if len(form) >= _SHORTEST_RAW),
    )


def is_distinctive(text: str) -> bool:
    """True when the text says something wherever it stands: a name, a number, several words."""
    squeezed = squeeze(text)
    if sum(letter.isdigit() for letter in squeezed) >= 4:
        return True
    words = [word for word in re.findall(r"[^\W_]+", text) if word.casefold() not in _ORDINARY]
    if len(words) >= 2:
        return len(squeezed) >= 8
    return bool(words) and len(squeezed) >= 4 and (words[0][0].isupper() or not words[0].isascii())


def distinctive_parts(text: str) -> tuple[str, ...]:
    """The names, numbers, postcodes and addresses within a longer text."""
    found = [match.group() for match in _ADDRESS.finditer(text)]
    found += [match.group() for match in _POSTCODE.finditer(text)]
    found += [match.group() for match in _NUMBER.finditer(text) if _digits(match.group()) >= 5]
    found += [
        word
        for word in _CAPITALISED.findall(text)
        if word.casefold() not in _ORDINARY and len(squeeze(word)) >= 4
    ]
    whole = squeeze(text)
    return tuple(part for part in found if squeeze(part) != whole)


def spellings(data: bytes) -> Iterator[Haystack]:
    """The text a blob holds, read as bytes, UTF-8, UTF-16, and hex or base64 within it."""
    yield haystack(data.decode("latin-1"))
    yield from _wider(data)
    for inner in _decoded_runs(data):
        yield haystack(inner.decode("latin-1"))
        yield from _wider(inner)


class NeedleIndex:
    """Many needles looked for at once, in text or in bytes."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        """Takes the needles; answers keep their order."""
        self.needles = tuple(needles)
        self._letters, self._forms = (defaultdict[bytes, list[int]](list) for _ in range(2))
        for at, needle in enumerate(self.needles):
            for squeezed in {needle.squeezed, needle.squeezed[::-1]}:
                self._letters[squeezed.encode()].append(at)
            for form in needle.forms:
                self._forms[form].append(at)
        self._in_text, self._in_bytes = PatternIndex(self._letters), PatternIndex(self._forms)

    def in_text(self, *texts: Haystack) -> list[Needle]:
        """The needles that any of these texts holds."""
        found: set[int] = set()
        for text in texts:
            patterns = {pattern for pattern, _ in self._in_text.found(text.squeezed.encode())}
            likely = {at for pattern in patterns for at in self._letters[pattern]}
            found |= {at for at in likely - found if text.holds(self.needles[at])}
        return [self.needles[at] for at in sorted(found)]

    def in_string(self, blob: bytes) -> list[Needle]:
        """Those that a small piece of text or a string of the file holds, however spelt."""
        return self.in_text(*spellings(blob))

    def in_letters(self, blob: bytes) -> list[Needle]:
        """Those in bytes read as letters of one or two bytes each, and in no other way."""
        return self.in_text(haystack(blob.decode("latin-1")), *_wider(blob))

    def in_bytes(self, blob: bytes) -> list[Needle]:
        """Those in a binary blob, letter beside letter: chance makes squeezing unsafe there."""
        plain = blob.lower()
        narrow = plain.replace(b"\0", b"")
        found: set[int] = set()
        for each in (plain, narrow) if len(narrow) < len(plain) else (plain,):
            for form, place in self._in_bytes.found(each):
                found |= {at for at in self._forms[form] if self._stands(at, form, each, place)}
        return [self.needles[at] for at in sorted(found)]

    def _stands(self, at: int, form: bytes, blob: bytes, place: int) -> bool:
        if not self.needles[at].needs_edges:
            return True
        end = place + len(form)
        around = blob[max(0, place - 1) : place] + blob[end : end + 1]
        return not any(chr(byte).isalnum() for byte in around)


def _wider(data: bytes) -> Iterator[Haystack]:
    if not data.isascii():
        yield haystack(data.decode("utf-8", "ignore"))
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        yield haystack(data.decode("utf-16", "ignore"))
    elif data.count(b"\0") * 3 >= len(data) > 3:
        yield haystack(data.decode("utf-16-be", "ignore"))


def _decoded_runs(data: bytes) -> Iterator[bytes]:
    for match in _HEX_RUN.finditer(data):
        digits = _NOT_HEX.sub(b"", match.group())
        yield binascii.unhexlify(digits[: len(digits) // 2 * 2])
        yield binascii.unhexlify(digits[1 : len(digits) // 2 * 2 - 1])
    for match in _BASE64_RUN.finditer(data):
        run = match.group().rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        whole = run[: len(run) // 4 * 4] if len(run) % 4 == 1 else run + b"=" * (-len(run) % 4)
        yield base64.b64decode(whole)


def _is_edge(text: str, before: int, after: int) -> bool:
    if before < 0 or after >= len(text):
        return True
    left, right = text[before], text[after]
    if not left.isalnum() or not right.isalnum():
        return True
    return left.isdigit() != right.isdigit() or (left.islower() and right.isupper())


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _once(found: Iterable[Needle]) -> Iterator[Needle]:
    seen: set[tuple[str, bool]] = set()
    for needle in found:
        key = (needle.squeezed, needle.is_never)
        if needle.squeezed and key not in seen:
            seen.add(key)
            yield needle
