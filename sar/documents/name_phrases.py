"""Runs of words that look like one name, and which part of them is the family name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sar.documents.known_names import all_names, given_names, never_names
from sar.documents.name_forms import PARTICLES
from sar.documents.name_words import Token, Words, is_plain
from sar.documents.table_rows import Row
from sar.documents.titles import KIN, TITLES

_INSIDE = re.compile(r" |\xa0| ?\n(?:> ?)?|[-‐‑'’]")


@dataclass(frozen=True)
class Phrase:
    """The words from first up to, not with, after."""

    first: int
    after: int


class Phrases:
    """Reads names off one text; rows are those of its tables."""

    def __init__(self, words: Words, rows: Sequence[Row]) -> None:
        """In a table a family name and a comma may lead a name without capitals throughout."""
        self._words = words
        self._rows = rows

    def at(self, at: int, limit: int) -> Phrase | None:
        """The name that begins at this word and ends before this place of the text, or None."""
        if not (self._may_be_name(self._words[at]) or self.opens_with_initial(at)):
            return None
        after = at + 1
        while after < min(at + 5, len(self._words)) and self._words[after].start < limit:
            joined = (
                _INSIDE.fullmatch(self._words.gap(after - 1))
                or self._is_reversal(at, after)
                or self._is_dotted(after - 1)
            )
            if not joined or not self._may_continue(after):
                break
            after += 1
        first = self._without_opening(at, after)
        is_letter = after - first == 1 and len(self._words[first].fold) == 1
        return None if is_letter else Phrase(first, after)

    def _may_be_name(self, token: Token) -> bool:
        return (
            token.fold.isalpha()
            and len(token.fold) > 1
            and token.fold not in never_names()
            and token.fold not in TITLES
        )

    def _may_continue(self, after: int) -> bool:
        token = self._words[after]
        if self._is_initial(after):
            return token.is_capitalised
        if token.fold in PARTICLES and after + 1 < len(self._words):
            return self._words[after + 1].is_capitalised
        before = self._words[after - 1]
        is_alike = token.is_upper == before.is_upper or len(before.fold) == 1
        is_alike = is_alike or "," in self._words.gap(after - 1)
        return token.is_capitalised and is_alike and self._may_be_name(token)

    def _is_initial(self, at: int) -> bool:
        return len(self._words[at].fold) == 1 and self._words[at].fold not in {"i", "a"}

    def opens_with_initial(self, at: int) -> bool:
        """True for the R of R. Dhillon."""
        if len(self._words[at].fold) != 1 or at + 1 >= len(self._words):
            return False
        following = self._words[at + 1]
        is_name = following.is_capitalised and len(following.fold) > 2
        is_joined = self._is_dotted(at) or self._words.gap(at) in {"'", "’"}
        return is_joined and is_name and self._may_be_name(following)

    def _is_dotted(self, at: int) -> bool:
        return len(self._words[at].fold) == 1 and self._words.gap(at) in {". ", "."}

    def _is_reversal(self, at: int, after: int) -> bool:
        if not re.fullmatch(r", ?(?:\n(?:> )?)?", self._words.gap(after - 1)):
            return False
        last, following = self._words[after - 1], self._words[after]
        if last.is_upper and not following.is_upper:
            return self._words[at].text.isupper()
        return self._is_in_row(self._words[at].start) and not last.is_upper

    def _without_opening(self, at: int, after: int) -> int:
        first, known = self._words[at].fold, all_names()
        if after - at > 1 and self._words.starts_sentence(at) and first not in known:
            second = self._words[at + 1].fold
            if is_plain(self._words.gap(at)) and second in given_names():
                return at + 1
        return at

    def split(self, phrase: Phrase, title: str) -> tuple[str, str]:
        """Given and family name, as written; title is what stands before them."""
        tokens = range(phrase.first, phrase.after)
        text = self._words.text
        whole = text[self._words[phrase.first].start : self._words[phrase.after - 1].end]
        comma = next((at for at in tokens[:-1] if "," in self._words.gap(at)), None)
        if comma is not None:
            family = text[self._words[phrase.first].start : self._words[comma].end]
            return text[self._words[comma + 1].start : self._words[phrase.after - 1].end], family
        if len(tokens) == 1:
            return ("", whole) if title and title not in KIN else (whole, "")
        cut = next((at for at in tokens[:-1] if is_plain(self._words.gap(at))), None)
        if cut is None:
            return ("", whole) if title else (whole, "")
        if (
            title
            and title not in KIN
            and cut == phrase.first
            and self._words[cut].fold in {"al", "el"}
        ):
            return "", whole
        given = text[self._words[phrase.first].start : self._words[cut].end]
        return given, text[self._words[cut + 1].start : self._words[phrase.after - 1].end]

    def _is_in_row(self, start: int) -> bool:
        return any(row.start <= start < row.end for row in self._rows)
