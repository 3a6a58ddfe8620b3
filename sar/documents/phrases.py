"""Where words stand on a page: the rectangles that cover a phrase, line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from sar.documents.layout import PageLayout, Word
from sar.domain.redaction import Rect


def find_phrase(layout: PageLayout, phrase: str) -> list[tuple[Rect, ...]]:
    """Each place the phrase stands, as one rectangle for each line it runs over.

    Spaces, case, accents composed or not, and punctuation at either end are no difference; a
    phrase is found only at whole words.
    """
    wanted = _letters(phrase)
    if not wanted:
        return []
    return [tuple(_by_line(run)) for run in _runs(layout.words, wanted)]


def words_between(layout: PageLayout, start: int, end: int) -> tuple[Rect, ...]:
    """The rectangles of the words that meet `layout.text[start:end]`, one for each line."""
    met, at = [], 0
    for line in layout.lines:
        words = [word for word in layout.words if word.line == line.number]
        for word in words:
            if at < end and start < at + len(word.text):
                met.append(word)
            at += len(word.text) + 1
    return tuple(_by_line(met))


def _runs(words: Sequence[Word], wanted: str) -> Iterator[Sequence[Word]]:
    first = 0
    while first < len(words):
        length = _run_length(words, first, wanted)
        if length:
            yield words[first : first + length]
        first += length or 1


def _run_length(words: Sequence[Word], first: int, wanted: str) -> int:
    said = ""
    for length, word in enumerate(words[first:], start=1):
        said += _letters(word.text)
        if said == wanted:
            return length
        if not wanted.startswith(said) or (length == 1 and not said):
            return 0
    return 0


def _by_line(words: Sequence[Word]) -> Iterator[Rect]:
    for _, group in groupby(words, key=lambda word: word.line):
        same = list(group)
        rect = same[0].rect
        for word in same[1:]:
            rect = rect.union(word.rect)
        yield rect


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or char in "@+")
