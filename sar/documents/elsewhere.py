"""Words left out of one document that still stand, in view, in another, or in our own lists.

The check of each document looks for its own secrets everywhere in its bytes. This looks across
documents, at the words a reader sees, in time that grows with the words and not with their product.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sar.documents.verify.needles import is_distinctive, squeeze

_WORD = re.compile(r"[^\W_]+")
# Two to four words in a row that begin with a capital letter.
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*){1,3}")
_MOST_PAGES = 20
Words = tuple[str, ...]


@dataclass(frozen=True)
class Repeat:
    """Something left out of one document (by its place in the bundle) that pages still show."""

    document: int
    item: int
    pages: tuple[int, ...]

    def as_dict(self) -> dict[str, object]:
        """The form a certificate holds: where, never what."""
        shown = ", ".join(map(str, self.pages[:_MOST_PAGES]))
        more = len(self.pages) - _MOST_PAGES
        rest = f" and {more} more" if more > 0 else ""
        return {
            "page": self.pages[0],
            "channel": "same words elsewhere",
            "sentence": (
                f"Words left out of record {self.document} (area {self.item}) also stand, in view,"
                f" on page {shown}{rest}."
            ),
        }


class LeftOut:
    """The distinctive texts left out of a bundle, found by their first word."""

    def __init__(self, removed: Sequence[Sequence[str]]) -> None:
        """Takes, for each record in order, the text removed under each of its areas."""
        self._by_first: dict[str, dict[Words, tuple[int, int]]] = defaultdict(dict)
        for document, texts in enumerate(removed, 1):
            for item, text in enumerate(texts, 1):
                for words in telling_parts(text):
                    self._by_first[words[0]].setdefault(words, (document, item))

    def in_words(self, words: Words) -> set[tuple[int, int]]:
        """Which texts stand in these words: (record, area) of the first place each came from."""
        found = set()
        for at, word in enumerate(words):
            for text, place in self._by_first.get(word, {}).items():
                if words[at : at + len(text)] == text:
                    found.add(place)
        return found

    def in_title(self, title: str) -> int | None:
        """The record whose left-out words a title repeats, when they say something by themselves.

        One capitalised word can be anybody's; two words, or a long number, are a name or a fact.
        """
        words = words_of(title)
        for at, word in enumerate(words):
            for text, (document, _) in self._by_first.get(word, {}).items():
                is_telling = len(text) > 1 or sum(letter.isdigit() for letter in text[0]) >= 5
                if is_telling and words[at : at + len(text)] == text:
                    return document
        return None

    def repeats(self, pages: Mapping[int, str]) -> list[Repeat]:
        """Where pages of the bundle still show what was left out elsewhere."""
        where: dict[tuple[int, int], list[int]] = defaultdict(list)
        for page, text in pages.items():
            for place in self.in_words(words_of(text)):
                where[place].append(page)
        return [Repeat(*place, tuple(found)) for place, found in sorted(where.items())]


def telling_parts(text: str) -> list[Words]:
    """The text itself and the names within it, where they say something wherever they stand."""
    names = (match.group() for match in _NAME.finditer(text))
    parts = (words_of(each) for each in (text, *names) if is_distinctive(each))
    return list(dict.fromkeys(filter(None, parts)))


def words_of(text: str) -> Words:
    """The words of a text, folded so that case and accents do not matter."""
    return tuple(filter(None, map(squeeze, _WORD.findall(text))))


def never_in(text: str, never: Iterable[str]) -> bool:
    """True when a text of ours holds something that must not stand anywhere."""
    squeezed = squeeze(text)
    return any(each in squeezed for each in map(squeeze, never) if each)
