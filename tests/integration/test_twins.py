"""Two sources that differ only in what is removed give the same bytes."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sar.documents.prepare import prepare
from sar.documents.redact import Compiled, compile_plan
from tests.corpus.leaks import Leak, leaks_of
from tests.corpus.leaks.paper import Names

SEED = int(os.environ.get("SAR_LEAK_SEED") or random.SystemRandom().randrange(1 << 30))
# The name also stands, or shows through, outside every area: these differ in plain view.
_SEEN_OUTSIDE = frozenset({"same name elsewhere", "name in a quoted mail", "flattened to nothing"})
_MOST_DIFFERENT = 0.02


class _Other(Names):
    """The same words to keep, and other secrets: of the same letters, or of any length."""

    def __init__(self, seed: int, *, is_as_long: bool) -> None:
        super().__init__(seed)
        self._hidden = random.Random(seed + (not is_as_long))
        self._is_as_long = is_as_long

    def person(self) -> str:
        name = self._drawn(super().person)
        return " ".join(_turned(word) for word in name.split()) if self._is_as_long else name

    def phone(self) -> str:
        number = self._drawn(super().phone)
        return number[:-3] + number[:-4:-1] if self._is_as_long else number

    def _drawn(self, make: object) -> str:
        kept, self.random = self.random, self._hidden
        try:
            assert callable(make)
            return str(make())
        finally:
            self.random = kept


class _First(_Other):
    def __init__(self, seed: int) -> None:
        super().__init__(seed, is_as_long=True)
        self._is_as_long = False


def _turned(word: str) -> str:
    return word[0] + word[:0:-1]


@dataclass(frozen=True)
class Twins:
    """What became of two sources of one kind."""

    kind: str
    is_same: bool
    both: tuple[Compiled, Compiled]

    @property
    def is_in_a_line(self) -> bool:
        """True when every area took words, and nobody was told that its width can be seen."""
        marks = [
            (mark, text)
            for each in self.both
            for mark, text in zip(each.marks, each.removed, strict=True)
        ]
        return bool(marks) and all(text.strip() and not mark.width_visible for mark, text in marks)


def _twins(other: _Other, folder: Path) -> Iterator[Twins]:
    for first, second in zip(leaks_of(_First(SEED)), leaks_of(other), strict=True):
        assert first.kind == second.kind
        if first.kind not in _SEEN_OUTSIDE:
            (one, left), (two, right) = _redacted(first, folder), _redacted(second, folder)
            yield Twins(first.kind, one == two, (left, right))


def _redacted(leak: Leak, folder: Path) -> tuple[bytes, Compiled]:
    source, prepared, out = (folder / name for name in ("s.pdf", "p.pdf", "o.pdf"))
    source.write_bytes(leak.pdf)
    prepare(source, prepared, folder)
    compiled = compile_plan(prepared, leak.plan(with_never=False), out, folder)
    return out.read_bytes(), compiled


def _told(twins: list[Twins], capsys: pytest.CaptureFixture[str]) -> list[str]:
    different = [each.kind for each in twins if not each.is_same]
    with capsys.disabled():
        print(f"\nseed {SEED}: {len(different)} of {len(twins)} kinds of twins differ: {different}")  # noqa: T201  # the figure to quote
    return different


def test_secrets_of_the_same_letters_leave_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twins = list(_twins(_Other(SEED, is_as_long=True), tmp_path))
    different = _told(twins, capsys)
    assert len(twins) > 165
    assert len(different) <= _MOST_DIFFERENT * len(twins), different
    pictures = [each.kind for each in twins if each.both[0].picture_pages]
    assert len(pictures) <= 0.03 * len(twins), pictures


def test_a_mark_inside_a_line_does_not_tell_how_long_the_words_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = list(_twins(_Other(SEED, is_as_long=False), tmp_path))
    twins = [each for each in every if each.is_in_a_line]
    different = _told(twins, capsys)
    assert len(twins) > 25
    assert len(different) <= _MOST_DIFFERENT * len(every), different
