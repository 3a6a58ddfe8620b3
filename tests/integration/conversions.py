"""Converts a file made in a test as the service would: in the sandbox, from bytes."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sar.documents.convert import Converted, convert
from sar.documents.expected import squeezed
from sar.documents.page_words import page_texts

_numbers = count()


def converted(folder: Path, name: str, content: bytes, password: str | None = None) -> Converted:
    """The conversion of a file of this name and content; its bytes must stay as they are."""
    number = next(_numbers)
    source, scratch = folder / f"source-{number}", folder / f"scratch-{number}"
    source.write_bytes(content)
    scratch.mkdir()
    result = convert(source, name, scratch, password)
    assert source.read_bytes() == content
    assert (result.pdf is None) == (result.fault is not None)
    assert result.sentence is None or result.sentence.endswith(".")
    return result


def text_of(result: Converted) -> str:
    """All words on all pages, squeezed: no spaces, no case."""
    assert result.pdf is not None, result.sentence
    return squeezed("".join(page_texts(result.pdf)))


def children_of(result: Converted) -> dict[str, bytes]:
    """The bytes of each child by its name."""
    return {child.name: child.path.read_bytes() for child in result.children}


def shows(result: Converted, *texts: str) -> bool:
    """True when every text is on the pages, without regard to spaces and case."""
    text = text_of(result)
    return all(squeezed(each) in text for each in texts)
