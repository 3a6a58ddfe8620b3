"""How alike pages and records are: the same, nearly the same, or one quoted whole in another.

Compared are the terms of `page_terms` and, where they must be the same, the pictures too. Work
grows with the number of pages: what might be alike is found by MinHash over runs of four terms, and
each such pair is then compared exactly.
"""

from __future__ import annotations

import uuid
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from sar.documents.page_terms import terms_of

RUN = 4  # terms
ALIKE = 0.8  # of the runs of both
FEWEST_TERMS = 12  # with fewer, a page is too short to be told from another by its words
BANDS, ROWS = 8, 4
_PRIME = np.uint64((1 << 31) - 1)
_MADE = np.random.default_rng(20_260_217)
_FACTORS = _MADE.integers(1, int(_PRIME), BANDS * ROWS, dtype=np.uint64)
_SUMMANDS = _MADE.integers(0, int(_PRIME), BANDS * ROWS, dtype=np.uint64)

Runs = NDArray[np.uint32]


@dataclass(frozen=True)
class PageText:
    """One page: its terms in order, and a digest of its picture, empty where it has none."""

    id: uuid.UUID
    terms: tuple[str, ...]
    look: str


@dataclass(frozen=True)
class RecordText:
    """One record as it is compared; `head_count` terms of a mail come before what it says."""

    id: uuid.UUID
    pages: tuple[PageText, ...]
    is_mail: bool = False
    head_count: int = 0
    dated_on: date | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of all its pages."""
        return tuple(term for page in self.pages for term in page.terms)

    @property
    def said(self) -> tuple[str, ...]:
        """What a mail says below its head."""
        return self.terms[self.head_count :]


@dataclass(frozen=True)
class Pair:
    """Something that says what another says: `share` of the runs of both, 1.0 when all."""

    copy: uuid.UUID
    kept: uuid.UUID
    share: float = 1.0


@dataclass(frozen=True)
class Piece:
    """Words that stand together in one of two compared texts, and whether the other has them."""

    words: str
    is_same: bool


def same_content(records: Iterable[RecordText]) -> Iterator[Pair]:
    """Records of the same words and the same pictures on every page; the first is kept."""
    first: dict[tuple[tuple[tuple[str, ...], str], ...], uuid.UUID] = {}
    for record in records:
        content = tuple((page.terms, page.look) for page in record.pages)
        if not content or not all(look for _, look in content):
            continue
        kept = first.setdefault(content, record.id)
        if kept != record.id:
            yield Pair(record.id, kept)


def quoted_mails(records: Iterable[RecordText]) -> Iterator[Pair]:
    """Mails whose every word below the head stands, in one piece, in a later mail; that is kept.

    Of several later mails the fullest is kept. A mail of a few words proves nothing: they may stand
    anywhere.
    """
    mails = [each for each in records if each.is_mail and len(each.said) >= FEWEST_TERMS]
    whole = {mail.id: f" {' '.join(mail.terms)} " for mail in mails}
    holders: dict[int, list[RecordText]] = defaultdict(list)
    wanted = {int(_runs(mail.said).min()) for mail in mails}
    for mail in mails:
        for run in set(_runs(mail.terms).tolist()) & wanted:
            holders[run].append(mail)
    for mail in mails:
        said = f" {' '.join(mail.said)} "
        later = [
            each
            for each in holders[int(_runs(mail.said).min())]
            if each.id != mail.id and _is_later(mail, each) and said in whole[each.id]
        ]
        if later:
            yield Pair(mail.id, max(later, key=lambda each: len(each.terms)).id)


def alike(texts: Iterable[tuple[uuid.UUID, Sequence[str]]]) -> Iterator[Pair]:
    """Texts that say nearly what an earlier one says, the first of its like."""
    buckets: dict[tuple[int, bytes], list[tuple[uuid.UUID, Runs]]] = defaultdict(list)
    for key, terms in texts:
        if len(terms) < FEWEST_TERMS:
            continue
        runs = _runs(terms)
        bands = list(_bands(runs))
        known = {other: theirs for band in bands for other, theirs in buckets[band]}
        shares = ((_share(runs, theirs), other) for other, theirs in known.items())
        share, kept = max(shares, default=(0.0, key), key=lambda each: each[0])
        if share >= ALIKE:
            yield Pair(key, kept, share)
            continue  # the first stands for all of its like, so that no list grows long
        for band in bands:
            buckets[band].append((key, runs))


def compared(left: Sequence[str], right: Sequence[str]) -> tuple[list[Piece], list[Piece]]:
    """Two texts, as words, cut into pieces that both have and pieces that only one has."""
    folded = [["".join(terms_of(word)) for word in words] for words in (left, right)]
    is_same = ([False] * len(left), [False] * len(right))
    for step in Indel.opcodes(*folded):
        if step.tag == "equal":
            is_same[0][step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
            is_same[1][step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return _pieces(left, is_same[0]), _pieces(right, is_same[1])


def same_places(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Which word of the right text corresponds to each of the left that it has, by their places."""
    folded = [["".join(terms_of(word)) for word in words] for words in (left, right)]
    return {
        step.src_start + offset: step.dest_start + offset
        for step in Indel.opcodes(*folded)
        if step.tag == "equal"
        for offset in range(step.src_end - step.src_start)
    }


def _pieces(words: Sequence[str], is_same: Sequence[bool]) -> list[Piece]:
    grouped = groupby(zip(words, is_same, strict=True), key=lambda each: each[1])
    return [Piece(" ".join(word for word, _ in group), same) for same, group in grouped]


def _is_later(mail: RecordText, other: RecordText) -> bool:
    """Whether the other came after, or on the same day and says more."""
    if mail.dated_on and other.dated_on and mail.dated_on != other.dated_on:
        return other.dated_on > mail.dated_on
    return len(other.said) > len(mail.said)


def _runs(terms: Sequence[str]) -> Runs:
    """The different runs of terms, hashed, in order of their hashes."""
    last = max(1, len(terms) - RUN + 1)
    hashes = {zlib.crc32(" ".join(terms[at : at + RUN]).encode()) for at in range(last)}
    return np.fromiter(sorted(hashes), dtype=np.uint32, count=len(hashes))


def _bands(runs: Runs) -> Iterator[tuple[int, bytes]]:
    """What two texts that are alike have in common with high probability: MinHash in bands."""
    wide = runs.astype(np.uint64)[:, None] % _PRIME
    least = ((wide * _FACTORS + _SUMMANDS) % _PRIME).min(axis=0)
    for band in range(BANDS):
        yield band, least[band * ROWS : (band + 1) * ROWS].tobytes()


def _share(runs: Runs, others: Runs) -> float:
    both = len(np.intersect1d(runs, others, assume_unique=True))
    return both / (len(runs) + len(others) - both)
