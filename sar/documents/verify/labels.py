"""Tells the labels of our own marks from any other text inside them."""

from __future__ import annotations

from collections.abc import Sequence

from sar.documents.verify.needles import squeeze

_LETTER = 4.0  # points a letter of a label takes when it has room
_CUT_OFF = 2  # letters of a label that may lie on the edges of a narrow mark


def is_label(text: str, codes: Sequence[str], width: float) -> bool:
    """True when the text is made of the codes of the marks that meet here, each at most once.

    A mark (its width in points) narrower than its label cuts letters off; marks that overlap
    share their labels.
    """
    rest = squeeze(text)
    known = [squeeze(code) for code in codes]
    if not known:
        return False
    if not rest:  # a bracket of a label that lies mostly in another mark
        return len(known) > 1 and set(text) <= set("".join(codes))
    is_cut = width < _LETTER * len(known[0])
    if len(known) == 1 and not is_cut and len(rest) < len(known[0]) - _CUT_OFF:
        return False
    return _fewest_pieces(rest, known) <= len(known)


def is_label_word(word: str, codes: Sequence[str]) -> bool:
    """True when one word, as a reader splits labels, is made of parts of these codes."""
    return _fewest_pieces(squeeze(word), [squeeze(code) for code in codes]) <= len(codes)


def _fewest_pieces(text: str, codes: Sequence[str]) -> int:
    """How many parts of codes, one after the other, make up the text; many when they cannot."""
    fewest = [0] + [len(text) + 1_000] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(end):
            if fewest[start] + 1 < fewest[end] and any(text[start:end] in code for code in codes):
                fewest[end] = fewest[start] + 1
    return fewest[-1]
