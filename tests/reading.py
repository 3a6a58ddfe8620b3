"""How hard a letter is to read, and words no letter to a requester may hold."""

from __future__ import annotations

import re

BANNED = re.compile(r"redact|data subject|exempt|controller|pursuant|hereby", re.IGNORECASE)


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade: years of school a reader needs; numbers and addresses left out."""
    text = re.sub(r"\S*@\S*|[\d-]{2,}|ico\.org\.uk", "", text)
    sentences = [each for each in re.split(r"[.!?:]+\s", text) if len(each.split()) > 1]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    word = word.lower().rstrip("s")
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)
