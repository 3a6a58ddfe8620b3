"""Whether a single capitalised word stands where a name would stand."""

from __future__ import annotations

import re

from sar.documents.known_names import given_names, listed, never_names, word_names
from sar.documents.name_forms import FormKind
from sar.documents.name_words import Words
from sar.documents.titles import TITLES

_MONTHS = frozenset(
    {"april", "may", "june", "july", "august", "march", "summer", "autumn", "easter"}
)
_TIME_WORDS = frozenset(
    [
        "in",
        "by",
        "until",
        "till",
        "since",
        "last",
        "next",
        "of",
        "from",
        "during",
        "before",
        "after",
        "every",
        "early",
        "late",
        "mid",
        "to",
        "and",
    ]
)
_FIELD_END = re.compile(r"\s*\||[,;:)/\]'’\t]|\s*\n(?![a-z>])|  |\s*[-–—]\s|$")
_DEEDS = listed("deeds")
_LAST_KINDS = frozenset({FormKind.LAST, FormKind.PART})


def title_before(words: Words, at: int) -> str:
    """The folded title that stands right before the word, or an empty text."""
    before = words.precedes_word(at)
    return before.fold if before is not None and before.fold in TITLES else ""


def reads_as_name(words: Words, at: int, after: int, kind: FormKind, title: str) -> bool:
    """True unless the words are more likely a part of a place, a body, a date or plain English.

    at and after bound the words, after excluded; title is what stands before them.
    """
    if title:
        return True
    if names_a_body(words, at, after):
        return False
    if words[at].fold not in word_names():
        return True
    if kind in _LAST_KINDS:
        return _follows_given(words, at) or _is_field(words, at, after)
    if not words.starts_sentence(at):
        return not _is_time(words, at, after)
    return _is_field(words, at, after) or _acts(words, after)


def names_a_body(words: Words, at: int, after: int) -> bool:
    """True for a hospital, street or charity called after somebody: St Anne's Ward."""
    before = words.precedes_word(at)
    if before is not None and before.fold in {"st", "saint", "ss"}:
        return True
    last = after - 1
    if after < len(words) and words[after].fold == "s" and words.gap(last) in {"'", "’"}:
        last = after
    following = words.follows_word(last)
    if following is None or following.fold not in never_names() or "\n" in words.gap(last):
        return False
    return following.is_capitalised and following.is_upper == words[after - 1].is_upper


def _follows_given(words: Words, at: int) -> bool:
    before = words.precedes_word(at)
    return before is not None and before.is_capitalised and before.fold in given_names()


def _is_time(words: Words, at: int, after: int) -> bool:
    if words[at].fold not in _MONTHS:
        return False
    before = words.precedes_word(at)
    following = words.follows_word(after - 1)
    if before is not None and (before.fold in _TIME_WORDS or before.fold[:1].isdigit()):
        return True
    return following is not None and following.fold[:1].isdigit()


def _is_field(words: Words, at: int, after: int) -> bool:
    if _is_time(words, at, after):
        return False
    return bool(_FIELD_END.match(words.gap(after - 1)))


def _acts(words: Words, after: int) -> bool:
    following = words.follows_word(after - 1)
    if following is None:
        return False
    if following.fold in _DEEDS or following.fold.endswith("ed") or len(following.fold) == 1:
        return following.text.islower() or following.text.isupper()
    if following.fold in {"and", "to"}:
        later = words.follows_word(after)
        return later is not None and (later.is_capitalised or following.fold == "to")
    return following.is_capitalised
