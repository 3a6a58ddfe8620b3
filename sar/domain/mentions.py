"""Which people of a case are named in some words of a page.

The longest name wins: in "Grace Boateng" it is Grace, though a worker is called Boateng too.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3  # letters of a name that stands alone
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "pc", "dc", "sgt"})
_Spans = dict[tuple[int, int], set[Key]]


def people_named(words: Sequence[str], names: Mapping[Key, Sequence[str]]) -> frozenset[Key]:
    """Everybody of `names` (all the names each is known by) who may be meant in these words.

    Where one name fits inside a longer one of somebody else, only the longer counts; where the same
    name fits two people, both are meant.

    Law: UK GDPR Art 4(1): whoever can be identified from the words.
    """
    tokens = [token for word in words for token in _tokens(word)]
    spans: _Spans[Key] = {}
    for key, known in names.items():
        for form in {form for name in known for form in _forms(name)}:
            for start in range(len(tokens) - len(form) + 1):
                if tuple(tokens[start : start + len(form)]) == form:
                    spans.setdefault((start, start + len(form)), set()).add(key)
    return frozenset(
        key for span, keys in spans.items() for key in keys if not _is_inside(span, key, spans)
    )


def _is_inside(span: tuple[int, int], key: Key, spans: _Spans[Key]) -> bool:
    """Whether a longer name of somebody else holds this one."""
    return any(
        other != span and other[0] <= span[0] and span[1] <= other[1] and key not in keys
        for other, keys in spans.items()
    )


def _forms(name: str) -> set[tuple[str, ...]]:
    """The whole name, and its first and last part alone."""
    tokens = tuple(token for token in _tokens(name) if token not in _TITLES)
    alone = {tokens[0], tokens[-1]} if tokens else set()
    forms = {(each,) for each in alone if len(each) >= _SHORTEST}
    return forms | ({tokens, (tokens[0], tokens[-1])} if len(tokens) > 1 else set())


def _tokens(text: str) -> list[str]:
    found = _LETTERS.findall(text.casefold().replace("’", "'"))
    return [token.removesuffix("'s") for token in found]
