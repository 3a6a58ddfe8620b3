"""Words of a text with their places, folded so that spelling variants of a name compare equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

# A letter may carry marks that have no composed form, as in Adébáyọ̀.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_UNCOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "5": "s"})
_LOWER = re.compile(r"(?<![\w@._/-])[a-z]{2,}(?![\w@_/]|\.\w)")
_PLAIN = re.compile(r"\xa0| ?\n(?:> ?)?")
_SENTENCE_END = re.compile(r"[.!?:;|\[]|\n\s*\n|\n>?\s*[-•*]")
_CHAT_LINE = re.compile(r"^\W{0,2}\d[\d/.: ,-]{5,20}\W{1,3}@?\w[\w .]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Token:
    """One run of letters and digits; fold is its plain lower-case form."""

    start: int
    end: int
    text: str
    fold: str
    is_capitalised: bool  # or of a script without capitals
    is_upper: bool  # two or more letters, all capitals


class Words:
    """A text cut into words, with what lies between them."""

    def __init__(self, text: str) -> None:
        """Cuts at everything but letters and digits; hyphens and apostrophes divide."""
        self.text = text
        self.tokens = [
            _token(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)
        ]
        # The parts of a mailbox or handle are names, whatever their case.
        self.lower = frozenset(match.group() for match in _LOWER.finditer(text))
        self.is_chat = len(_CHAT_LINE.findall(text)) >= 3

    def without(self, places: Iterable[tuple[int, int]]) -> Words:
        """The words outside these places, with blanks that nothing is joined across."""
        letters = list(self.text)
        for start, end in places:
            letters[start:end] = "\0" * (end - start)
        rest = copy(self)
        rest.text = "".join(letters)
        rest.tokens = [each for each in self.tokens if "\0" not in letters[each.start : each.end]]
        return rest

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        """The word at this place in the order of words."""
        return self.tokens[index]

    def gap(self, index: int) -> str:
        """What stands between this word and the next; after the last, the rest of the text."""
        if index + 1 >= len(self.tokens):
            return self.text[self.tokens[index].end :] if self.tokens else self.text
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def gap_before(self, index: int) -> str:
        """What stands between the word before and this one."""
        return self.gap(index - 1) if index else self.text[: self.tokens[0].start]

    def starts_sentence(self, index: int) -> bool:
        """True where any word would have a capital."""
        return index == 0 or bool(_SENTENCE_END.search(self.gap_before(index)))

    def follows_word(self, index: int) -> Token | None:
        """The next word when only a space or a line's end lies between, else None."""
        if index + 1 < len(self.tokens) and is_plain(self.gap(index)):
            return self.tokens[index + 1]
        return None

    def precedes_word(self, index: int) -> Token | None:
        """The word before when only a space, a full stop or a line's end lies between."""
        if index and is_plain(self.gap_before(index).lstrip(".")):
            return self.tokens[index - 1]
        return None


def is_plain(gap: str) -> bool:
    """True for the space between two words of one name, even where a line ends."""
    return gap == " " or _PLAIN.fullmatch(gap) is not None


def fold(text: str) -> str:
    """The word without case, accents and marks: `Adébáyọ̀` and `ADEBAYO` fold alike."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_UNCOMPOSED)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _folded(text: str) -> str:
    folded = fold(text)
    # A scan reads letters as digits; a word with more digits than that is a number.
    if folded.isalpha() or sum(letter.isalpha() for letter in folded) * 2 <= len(folded):
        return folded
    return folded.translate(_LOOKALIKES)


@lru_cache(maxsize=65536)
def _shape(word: str) -> tuple[str, bool, bool]:
    is_capitalised = word[0].isalpha() and not word[0].islower()
    return _folded(word), is_capitalised, len(word) > 1 and word.isupper()


def _token(start: int, end: int, word: str) -> Token:
    return Token(start, end, word, *_shape(word))


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The folds of the words of a name."""
    return tuple(token.fold for token in Words(name).tokens)
