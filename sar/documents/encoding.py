"""Bytes to text, for the encodings that British office programs have written."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes, declared: str | None = None) -> str | None:
    """The text in some bytes, or None when they are not text.

    A mark at the start wins, then the declared encoding, UTF-8, UTF-16 without a mark, and last
    Windows-1252, in which every byte can be read.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for claimed in (declared, "utf-8"):
        strict = _strictly(content, claimed)
        if strict is not None:
            return strict if _is_readable(strict) else _wide(content)
    text = _wide(content) or content.decode("cp1252", "replace").replace("\ufffd", "·")
    return text if _is_readable(text) else None


def readable(content: bytes, declared: str | None = None) -> str:
    """The text in bytes that are known to be text; what cannot be shown becomes a middle dot."""
    text = decoded(content, declared)
    if text is None:
        text = content.decode("cp1252", "replace").replace("\ufffd", "·")
    return _CONTROLS.sub("·", text)


def _strictly(content: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # A head of a longer file may end within a character.
        if encoding == "utf-8" and error.start >= len(content) - 3 and error.start > 0:
            return content[: error.start].decode(encoding)
    except (LookupError, ValueError):
        pass
    return None


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is zero."""
    sample = content[:2000]
    if len(sample) < 8:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[offset::2].count(0) > len(sample) * 0.4 and not sample[1 - offset :: 2].count(0):
            return content.decode(encoding, "replace")
    return None


def _is_readable(text: str) -> bool:
    return len(_CONTROLS.findall(text[:65536])) <= len(text[:65536]) // 200
