"""Many byte patterns looked for at once: the time grows with the bytes, not with the patterns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

_HEAD = 4  # bytes by which a pattern is first recognised
_CHUNK = 1 << 20  # places looked at together


class PatternIndex:
    """Patterns by their first four bytes; a table of pairs lets almost all places go by."""

    def __init__(self, patterns: Iterable[bytes]) -> None:
        """Takes the patterns; shorter ones than four bytes are looked for one by one."""
        self._short: list[bytes] = []
        self._long: dict[bytes, list[bytes]] = defaultdict(list)
        self._first, self._second = (np.zeros(1 << 16, dtype=bool) for _ in range(2))
        for pattern in dict.fromkeys(patterns):
            if len(pattern) < _HEAD:
                self._short.append(pattern)
                continue
            self._long[pattern[:_HEAD]].append(pattern)
            self._first[int.from_bytes(pattern[:2], "big")] = True
            self._second[int.from_bytes(pattern[2:_HEAD], "big")] = True

    def found(self, blob: bytes) -> Iterator[tuple[bytes, int]]:
        """Each pattern with each place where it begins; short ones with their first place only."""
        for pattern in self._short:
            if pattern and (at := blob.find(pattern)) >= 0:
                yield pattern, at
        if not self._long:
            return
        for start in range(0, len(blob), _CHUNK):
            for at in self._places(blob[start : start + _CHUNK + _HEAD - 1]):
                here = start + at
                for pattern in self._long.get(blob[here : here + _HEAD], ()):
                    if blob.startswith(pattern, here):
                        yield pattern, here

    def _places(self, part: bytes) -> list[int]:
        if len(part) < _HEAD:
            return []
        cells = np.frombuffer(part, dtype=np.uint8).astype(np.uint16)
        pairs = (cells[:-1] << 8) | cells[1:]
        likely = np.flatnonzero(self._first[pairs[:-2]] & self._second[pairs[2:]])
        return [int(each) for each in likely]
