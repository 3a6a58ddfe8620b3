"""Lays a line of words anew around its marks, so that no gap tells how long a removed word was.

A mark inside a line gets a width that depends on its code alone. The words around it are set from
the start of their piece of the line with natural spaces, which also undoes justification: stretched
spaces would give the removed width away. Where that cannot be done well, nothing is moved and the
area keeps its own width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from sar.documents import outlines
from sar.documents.content_filter import Removal
from sar.documents.drawing import Glyph, Item, PathItem, PictureItem, TextItem, walk
from sar.documents.marks import joined_code, mark_width
from sar.documents.visibility import box_of_item
from sar.domain.redaction import Area, Rect

_SAME_LINE = 0.45  # ems between baselines that still belong to one line
_PIECE_GAP = 1.3  # ems of white that end a piece of a line: another column, a table cell
_WORD_GAP = 0.18  # ems of white that end a word where no space was drawn
_SPACE = 0.26  # ems, where the line draws no space of its own
_ASCENT, _DESCENT = 0.80, 0.24  # ems a mark rises over and falls under its baseline
_AIR = 2.0  # points that stay free between a line laid again and what follows it
_PAGE_EDGE = 8.0
_THIN = 3.0  # points; a thinner shape is a rule, a border or an underline
_CLOSING = frozenset(",.;:!?)]}'\"\u2019\u201d/-\u2013\u2026")
_OPENING = frozenset("([{'\"\u2018\u201c/-\u2013")


@dataclass(slots=True, eq=False)
class Placed:
    """A glyph on a line; area is the index of the area it was removed for, None when kept."""

    item: TextItem
    glyph: Glyph
    area: int | None

    @property
    def size(self) -> float:
        """Points to the em, down the page."""
        return -self.item.scale[3]

    @property
    def end(self) -> float:
        """Where the next glyph would start."""
        return self.glyph.x + self.glyph.shape.advance / 1000 * self.item.scale[0]

    @property
    def is_blank(self) -> bool:
        """True for a space."""
        return self.glyph.shape.ink is None


@dataclass(slots=True)
class Word:
    """Glyphs that stay together, or one mark (area is its index); is_joined to what is before."""

    placed: list[Placed]
    area: int | None
    is_joined: bool


@dataclass(slots=True)
class Relaid:
    """The marks laid into lines, by area index, and the parts of the page that look different."""

    marks: dict[int, Rect] = field(default_factory=dict)
    changed: list[Rect] = field(default_factory=list)


def relay(
    items: list[Item], removal: Removal, areas: Sequence[Area], size: tuple[float, float]
) -> Relaid:
    """Moves kept glyphs in place; areas without a mark in the answer keep their own form."""
    result = Relaid()
    clusters = clustered(areas)
    kept = [
        Placed(item, glyph, None)
        for item in walk(items)
        if isinstance(item, TextItem) and _is_level(item)
        for glyph in item.glyphs
    ]
    gone = [Placed(item, glyph, clusters[index][0]) for item, glyph, index in removal.glyphs]
    drawn = {clusters[index][0] for index in removal.drawn}
    fit = {first for first in {each[0] for each in clusters} - drawn if _is_fit(first, gone)}
    joined = [_joined([areas[index] for index in cluster]) for cluster in clusters]
    page = _Page(items, size)
    for piece in _pieces(kept, gone, fit, page):
        indexes = {each.area for each in piece if each.area is not None}
        if indexes <= fit and not indexes & set(result.marks):
            _Piece(piece, joined, page, kept).lay(result)
    for index, cluster in enumerate(clusters):
        if cluster[0] in result.marks:
            result.marks[index] = result.marks[cluster[0]]
    return result


def clustered(areas: Sequence[Area]) -> list[tuple[int, ...]]:
    """For each area, by index, all areas that it overlaps, directly or through others."""
    groups: list[set[int]] = []
    for index, area in enumerate(areas):
        near = [group for group in groups if any(areas[at].rect.meets(area.rect) for at in group)]
        groups = [group for group in groups if all(group is not each for each in near)]
        groups.append({index}.union(*near))
    by_index = {index: tuple(sorted(group)) for group in groups for index in group}
    return [by_index[index] for index in range(len(areas))]


def _joined(areas: Sequence[Area]) -> Area:
    rect = areas[0].rect
    for area in areas[1:]:
        rect = rect.union(area.rect)
    return Area(areas[0].page, rect, joined_code([area.code for area in areas]))


def _is_level(item: TextItem) -> bool:
    a, b, c, d = item.scale
    return abs(b) < 1e-4 and abs(c) < 0.4 * abs(d) and a > 0 > d and not item.is_hidden


def _is_fit(index: int, gone: Sequence[Placed]) -> bool:
    """True when the area took words of one level line and nothing else."""
    own = [each for each in gone if each.area == index]
    if all(each.is_blank for each in own):
        return False
    if not all(_is_level(each.item) and not _is_leftward(each) for each in own):
        return False
    levels = [each.glyph.y for each in own]
    return max(levels) - min(levels) < _SAME_LINE * max(each.size for each in own)


def _is_leftward(placed: Placed) -> bool:
    return any(
        unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in placed.glyph.shape.text
    )


class _Page:
    """What else is on the page that a line must not run into."""

    def __init__(self, items: list[Item], size: tuple[float, float]) -> None:
        self.width = size[0]
        self.rules: list[Rect] = []
        self.blocks: list[Rect] = []
        for item in walk(items):
            box = box_of_item(item)
            if isinstance(item, PathItem) and box is not None:
                self._path(item, box)
            elif isinstance(item, PictureItem) and box is not None:
                self.blocks.append(box)

    def _path(self, item: PathItem, box: Rect) -> None:
        parts = [outlines.box_of((subpath,)) or box for subpath in item.outline]
        parts = sorted(parts, key=lambda part: -part.width * part.height)
        if item.pen is not None or outlines.as_rectangle(item.outline) is not None:
            self.rules.append(box)
        elif len(parts) > 1 and item.even_odd and parts[0].contains(parts[1]):
            self.rules += _frame(parts[0], parts[1])
        else:
            thin = [min(part.width, part.height) < _THIN for part in parts]
            self.rules += [part for part, is_thin in zip(parts, thin, strict=True) if is_thin]
            self.blocks += [part for part, is_thin in zip(parts, thin, strict=True) if not is_thin]

    def has_wall(self, left: float, right: float, band: Rect) -> bool:
        """True when an upright edge of a shape stands between two glyphs of a line."""
        return any(
            rule.y0 < band.y1
            and rule.y1 > band.y0
            and rule.height > 0.8 * band.height
            and any(left - 0.5 <= edge <= right + 0.5 for edge in (rule.x0, rule.x1))
            for rule in self.rules
        )

    def is_decorated(self, line: Rect) -> bool:
        """True when something under or behind the words would no longer fit them once moved."""
        return any(
            rule.meets(line) and (rule.x0 > line.x0 - 1 or rule.x1 < line.x1 + 1)
            for rule in self.rules
        ) or any(block.meets(line) for block in self.blocks)

    def room(self, start: float, band: Rect) -> float:
        """How far right a line may reach from where it now ends."""
        stops = [self.width - _PAGE_EDGE]
        for box in (*self.rules, *self.blocks):
            if box.y0 < band.y1 and box.y1 > band.y0:
                stops += [edge - _AIR for edge in (box.x0, box.x1) if edge >= start]
        return min(stops)


def _frame(outer: Rect, inner: Rect) -> list[Rect]:
    """The four sides of a frame."""
    return [
        Rect(outer.x0, outer.y0, outer.x1, max(inner.y0, outer.y0)),
        Rect(outer.x0, min(inner.y1, outer.y1), outer.x1, outer.y1),
        Rect(outer.x0, outer.y0, max(inner.x0, outer.x0), outer.y1),
        Rect(min(inner.x1, outer.x1), outer.y0, outer.x1, outer.y1),
    ]


def _pieces(
    kept: Sequence[Placed], gone: Sequence[Placed], fit: set[int], page: _Page
) -> list[list[Placed]]:
    """Pieces of lines that hold removed words, each from left to right."""
    result: list[list[Placed]] = []
    done: set[int] = set()
    for each in gone:
        if each.area not in fit or id(each) in done:
            continue
        level, size = each.glyph.y, each.size
        line = [
            other
            for other in (*kept, *gone)
            if abs(other.glyph.y - level) < _SAME_LINE * size and _is_level(other.item)
        ]
        line.sort(key=lambda placed: (placed.glyph.x, placed.end))
        piece = next(part for part in _split(line, page, level, size) if each in part)
        done |= {id(other) for other in piece}
        result.append(piece)
    return result


def _split(line: list[Placed], page: _Page, level: float, size: float) -> list[list[Placed]]:
    band = Rect(0, level - 0.6 * size, 1e4, level)
    parts: list[list[Placed]] = []
    end = -1e9
    for placed in line:
        inked = not placed.is_blank
        if not parts or (
            inked
            and (
                placed.glyph.x - end > _PIECE_GAP * size
                or page.has_wall(min(end, placed.glyph.x), placed.glyph.x, band)
            )
        ):
            parts.append([])
        parts[-1].append(placed)
        end = max(end, placed.end) if inked or end < 0 else end
    return parts


class _Piece:
    """One piece of a line, being laid again."""

    def __init__(
        self, piece: list[Placed], areas: Sequence[Area], page: _Page, kept: Sequence[Placed]
    ) -> None:
        self.piece, self.areas, self.page, self.kept = piece, areas, page, kept
        gone = [each for each in piece if each.area is not None]
        self.size = max(each.size for each in gone)
        self.level = min(each.glyph.y for each in gone)
        self.words = _words(piece, self.size)
        blanks = [each for each in piece if each.is_blank and each.area is None]
        self.space = _SPACE * self.size
        if blanks:
            self.space = min(blanks[0].glyph.shape.advance / 1000, 0.4) * self.size

    def lay(self, result: Relaid) -> None:
        """Moves the glyphs and notes the marks, if the piece can be laid again."""
        before = Rect(
            min(each.glyph.x for each in self.piece),
            self.level - _ASCENT * self.size,
            max(each.end for each in self.piece),
            self.level + _DESCENT * self.size,
        )
        if self._is_spread_out() or self.page.is_decorated(before):
            return
        places, marks, end = self._plan(before)
        if end > before.x1 and end > self._limit(before):
            return
        moves = [
            (placed, x) for word, start in places for placed, x in _inside(word, start, self.size)
        ]
        if not all(_stays_in_clip(placed, x) for placed, x in moves):
            return
        for placed, x in moves:
            placed.glyph.x, placed.glyph.y = x, placed.glyph.y
        self._set_blanks(before.x0)
        result.marks |= marks
        result.changed.append(
            Rect(before.x0 - 2, before.y0 - 2, max(before.x1, end) + 2, before.y1 + 2)
        )

    def _is_spread_out(self) -> bool:
        """Letters set far apart look like words of one letter."""
        words = [word for word in self.words if word.area is None]
        letters = sum(len(word.placed) for word in words)
        return len(words) > 4 and letters < 2 * len(words)

    def _plan(self, before: Rect) -> tuple[list[tuple[Word, float]], dict[int, Rect], float]:
        first = self.words[0]
        x = before.x0
        if first.area is not None:
            x = self.areas[first.area].rect.x0
        places: list[tuple[Word, float]] = []
        marks: dict[int, Rect] = {}
        for at, word in enumerate(self.words):
            if at:
                x += 1.0 if word.is_joined else self.space
            if word.area is None:
                places.append((word, x))
                x += _length(word, self.size)
            elif word.area not in marks:
                width = mark_width(self.areas[word.area].code)
                marks[word.area] = Rect(x, before.y0, x + width, before.y1)
                x += width
        return places, marks, x

    def _limit(self, before: Rect) -> float:
        others = [
            each.glyph.x - _AIR
            for each in self.kept
            if each.glyph.x > before.x1 - 1
            and abs(each.glyph.y - self.level) < self.size
            and not each.is_blank
            and all(each is not own for own in self.piece)
        ]
        return min([self.page.room(before.x1, before), *others])

    def _set_blanks(self, start: float) -> None:
        """Spaces go where the word before them ends, which only kept words decide."""
        end = start
        for each in self.piece:
            if each.area is not None:
                continue
            if each.is_blank:
                each.glyph.x = round(end, 3)
            else:
                end = each.end


def _words(piece: list[Placed], size: float) -> list[Word]:
    """Words and marks in order; only what is kept decides what is joined to what."""
    words: list[Word] = []
    end: float | None = None
    had_blank = False
    for placed in piece:
        if placed.is_blank:
            had_blank = had_blank or placed.area is None
            continue
        last = words[-1] if words else None
        if last is not None and last.area == placed.area:
            gap = 0.0 if end is None else placed.glyph.x - end
            is_apart = placed.area is None and (had_blank or gap > _WORD_GAP * size)
        else:
            is_apart = had_blank or last is None or not _clings(last.placed[-1], placed)
        if last is None or last.area != placed.area or is_apart:
            words.append(Word([placed], placed.area, not is_apart))
        else:
            last.placed.append(placed)
        end, had_blank = placed.end, False
    return words


def _clings(before: Placed, after: Placed) -> bool:
    """True when punctuation stands between a kept word and a mark without a space."""
    if after.area is None:
        return after.glyph.shape.text[:1] in _CLOSING
    return before.area is None and before.glyph.shape.text[-1:] in _OPENING


def _inside(word: Word, start: float, size: float) -> list[tuple[Placed, float]]:
    """New places of a word's glyphs; kerning is kept, noise of a thousandth of an em is not."""
    result: list[tuple[Placed, float]] = []
    x = start
    last: Placed | None = None
    for placed in word.placed:
        if last is not None:
            x += last.end - last.glyph.x + round((placed.glyph.x - last.end) / size, 2) * size
        result.append((placed, round(x, 3)))
        last = placed
    return result


def _length(word: Word, size: float) -> float:
    last, x = _inside(word, 0.0, size)[-1]
    return x + last.end - last.glyph.x


def _stays_in_clip(placed: Placed, x: float) -> bool:
    if abs(x - placed.glyph.x) < 0.05:
        return True
    ink = placed.item.ink_of(Glyph(placed.glyph.shape, x, placed.glyph.y))
    boxes = [outlines.as_rectangle(clip.outline) for clip in placed.item.style.clips]
    return ink is None or all(box is not None and box.contains(ink) for box in boxes)
