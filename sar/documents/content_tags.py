"""Tags inside the content of a compiled page: what is text, a gap, a picture, or decoration.

Reads the one grammar that `content_writer` writes, an operator a line, and puts marked content
around what is drawn; not an operator is moved. The order in which it is to be read is worked out
beside it: words in the order they were written, each gap where it interrupts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sar.domain.redaction import Rect

_PAINT = re.compile(rb"(?:f|f\*|S|B|B\*)(?: Q)?")
_PATH = re.compile(rb"(?:[-\d.]+ )+[mlc]|h")
_TEXT_PLACE = re.compile(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) Tm")
_SHOWN = re.compile(rb"\[.*\] TJ")
_DRAWN = re.compile(rb"(?:q .* cm )?/(\w+) Do(?: Q)?")
_SHADED = re.compile(rb"q .* cm /\w+ sh Q")
_POINT = re.compile(rb"([-\d.]+) ([-\d.]+) [ml]")
_STATE = re.compile(
    rb"q|Q|q (?:[-\d.]+ ){6}cm|BT|ET|[03] Tr|/\w+ [\d.]+ Tf|/\w+ gs|W\*? n|"
    rb"(?:[-\d.]+ )+(?:g|G|rg|RG|k|K|w|J|j|M|cm)|\[[-\d. ]*\] [-\d.]+ d|/\w+ (?:cs|CS|scn|SCN)"
)
_HEADING = 1.18  # times the size of most words
_SAME_SIZE, _SAME_LINE, _NEXT_LINE = 0.15, 0.5, 1.6  # of the size of the words
_NEAR = 1.0  # points between a mark and the box drawn for it


class UnknownContentError(ValueError):
    """The content is not in our own grammar."""


@dataclass
class Block:
    """A paragraph, heading, gap or picture: its pieces of marked content, in reading order.

    A paragraph may hold gaps among its pieces. `top` and `left` are in points from the top left.
    """

    tag: str
    top: float
    left: float
    pieces: list[int | Block] = field(default_factory=list)
    words: str = ""
    box: Rect | None = None


@dataclass(frozen=True)
class Tagged:
    """The content with its marks, the blocks in reading order, and how many pieces there are."""

    content: bytes
    blocks: tuple[Block, ...]
    count: int


@dataclass(frozen=True)
class _Words:
    """Where a piece of text starts, and how large it is."""

    left: float
    base: float
    size: float

    def follows(self, before: _Words) -> bool:
        """Whether it goes on with the same paragraph."""
        if abs(self.size - before.size) > _SAME_SIZE * before.size:
            return False
        down = self.base - before.base
        return -_SAME_LINE * before.size < down <= _NEXT_LINE * before.size


def tagged(
    content: bytes, gaps: Sequence[tuple[Rect, str]], forms: frozenset[str] = frozenset()
) -> Tagged:
    """Tags one page.

    Args:
        content: as the content writer wrote it, in points from the top left.
        gaps: where something was left out, and the words that say why.
        forms: names of the drawings in it that may hold words; others are pictures.

    Raises:
        UnknownContentError: an operator is not one that the content writer writes so.
    """
    tagging = _Tagging(content, gaps, forms)
    tagging.run()
    return Tagged(b"\n".join(tagging.out), tuple(tagging.in_order()), tagging.count)


class _Tagging:
    def __init__(
        self, content: bytes, gaps: Sequence[tuple[Rect, str]], forms: frozenset[str]
    ) -> None:
        self.lines = content.split(b"\n")
        self.forms = forms
        self.gaps = [Block("/Figure", rect.y0, rect.x0, [], words, rect) for rect, words in gaps]
        self.body = _body_size(self.lines)
        self.out: list[bytes] = []
        self.blocks: list[Block] = []
        self.count = 0
        self._path: list[bytes] = []
        self._open: Block | None = None  # whose marked content is open
        self._words: _Words | None = None  # the last words of the last paragraph
        self._line: list[tuple[_Words, Block, int]] = []

    def run(self) -> None:
        for line in self.lines:
            if _PATH.fullmatch(line):
                self._path.append(line)
            elif self._path:
                self._end_path(line)
            else:
                self._operator(line)
        self._close()
        if self._path:
            raise UnknownContentError

    def _operator(self, line: bytes) -> None:
        if match := _TEXT_PLACE.fullmatch(line):
            self._place(match, line)
        elif match := _DRAWN.fullmatch(line):
            self._drawing(match[1].decode("ascii"), line)
        elif _SHADED.fullmatch(line):
            self._decoration([line])
        elif (_SHOWN.fullmatch(line) and self._open) or _STATE.fullmatch(line) or not line:
            if line in {b"ET", b"q", b"Q"}:
                self._close()
            self.out.append(line)
        else:
            raise UnknownContentError

    def _end_path(self, line: bytes) -> None:
        """Writes a path that a line of painting or clipping ends."""
        path, self._path = self._path, []
        if line in {b"W n", b"W* n"}:
            self.out += [*path, line]
            return
        if not _PAINT.fullmatch(line):
            raise UnknownContentError
        gap = self._gap_of(path)
        if gap is None:
            self._decoration([*path, line])
            return
        self._close()
        self._begin(gap)
        self.out += [*path, line]
        self._close()

    def _decoration(self, lines: Sequence[bytes]) -> None:
        self._close()
        self.out += [b"/Artifact BMC", *lines, b"EMC"]

    def _drawing(self, name: str, line: bytes) -> None:
        self._close()
        has_words = name in self.forms
        block = Block("/P" if has_words else "/Figure", 0, 0, [], "" if has_words else "A picture")
        self.blocks.append(block)
        self._begin(block)
        self.out.append(line)
        self._close()
        self._words = None

    def _place(self, match: re.Match[bytes], line: bytes) -> None:
        a, b, _, _, left, base = map(float, match.groups())
        words = _Words(left, base, (a * a + b * b) ** 0.5)
        gap = self._gap_at(left, base)
        if gap is not None:
            if self._open is not gap:
                self._close()
                self._begin(gap)
        else:
            self._paragraph(words)
        self.out.append(line)

    def _paragraph(self, words: _Words) -> None:
        before = self._words
        block = self.blocks[-1] if before is not None and self.blocks else None
        if block is None or before is None or not words.follows(before):
            self._close()
            tag = "/H2" if words.size > _HEADING * self.body else "/P"
            block = Block(tag, words.base - words.size, words.left)
            self.blocks.append(block)
        elif self._is_near_gap(words):
            self._close()
        if self._open is not block:
            self._close()
            self._begin(block)
        self._line.append((words, block, self.count - 1))
        self._words = words

    def _begin(self, block: Block) -> None:
        tag = b"/Figure" if block.tag == "/Figure" else b"/P"
        self.out.append(tag + b" <</MCID %d>> BDC" % self.count)
        block.pieces.append(self.count)
        self._open = block
        self.count += 1

    def _close(self) -> None:
        if self._open is not None:
            self.out.append(b"EMC")
            self._open = None

    def _gap_of(self, path: Sequence[bytes]) -> Block | None:
        """The gap whose box this path is."""
        points = [match.groups() for line in path if (match := _POINT.fullmatch(line))]
        if len(points) != len([line for line in path if line != b"h"]):
            return None
        x, y = ([float(point[axis]) for point in points] for axis in (0, 1))
        drawn = (min(x), min(y), max(x), max(y))
        for gap in self.gaps:
            assert gap.box is not None
            pairs = zip(gap.box.as_list(), drawn, strict=True)
            if all(abs(first - second) < _NEAR for first, second in pairs):
                return gap
        return None

    def _gap_at(self, left: float, base: float) -> Block | None:
        """The gap whose label begins here: nothing else may stand inside a mark."""
        for gap in self.gaps:
            box = gap.box
            if box is not None and box.x0 <= left <= box.x1 and box.y0 < base <= box.y1:
                return gap
        return None

    def _is_near_gap(self, words: _Words) -> bool:
        """Whether a gap stands on the line of these words, so that it may come before them."""
        return any(_is_on_line(gap, words) for gap in self.gaps)

    def in_order(self) -> list[Block]:
        """The blocks, each gap after the words it follows on its line, else by its height."""
        for gap in _told_once(self.gaps):
            self._put(gap)
        return self.blocks

    def _put(self, gap: Block) -> None:
        same = [each for each in self._line if _is_on_line(gap, each[0])]
        before = [each for each in same if each[0].left <= gap.left]
        if before:
            _, block, piece = max(before, key=lambda each: each[0].left)
            block.pieces.insert(_after(block, piece, gap), gap)
        elif same:
            _, block, piece = min(same, key=lambda each: each[0].left)
            block.pieces.insert(block.pieces.index(piece), gap)
        else:
            above = [at for at, block in enumerate(self.blocks) if block.top <= gap.top]
            self.blocks.insert(above[-1] + 1 if above else 0, gap)


def _after(block: Block, piece: int, gap: Block) -> int:
    """The place in a block after a piece and the gaps that already follow it, left of this one."""
    at = block.pieces.index(piece) + 1
    while at < len(block.pieces):
        next_ = block.pieces[at]
        if not isinstance(next_, Block) or next_.left > gap.left:
            break
        at += 1
    return at


def _told_once(gaps: Sequence[Block]) -> list[Block]:
    """The gaps that are drawn; one that another covers adds its words to that one."""
    drawn = [gap for gap in gaps if gap.pieces]
    for gap in gaps:
        if gap.pieces or gap.box is None:
            continue
        over = [each for each in drawn if each.box is not None and each.box.meets(gap.box)]
        if over and gap.words not in over[0].words:
            over[0].words = f"{over[0].words}; {gap.words}"
    return drawn


def _is_on_line(gap: Block, words: _Words) -> bool:
    box = gap.box
    return box is not None and box.y0 < words.base - words.size * 0.2 < box.y1


def _body_size(lines: Sequence[bytes]) -> float:
    """The size most letters have, to half a point."""
    sizes: Counter[float] = Counter()
    size = 0.0
    for line in lines:
        if match := _TEXT_PLACE.fullmatch(line):
            size = round(2 * abs(float(match[1])) or 2 * abs(float(match[2]))) / 2
        elif size and line.endswith(b"TJ"):
            sizes[size] += len(line)
    return max(sizes, key=lambda each: (sizes[each], -each)) if sizes else 0.0
