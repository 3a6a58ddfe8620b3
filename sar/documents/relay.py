"""Lays a line of words anew around its marks, so that no gap tells how long a removed word was.

A mark inside a line gets a width that depends on its code alone. The words around it are set from
the start of their piece of the line with natural spaces, which also undoes justification: stretched
spaces would give the removed width away. Where that cannot be done well, nothing is moved and the
area keeps its own width.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sar.documents import outlines
from sar.documents.content_filter import Removal
from sar.documents.drawing import Glyph, Item, PathItem, Style, TextItem, walk
from sar.documents.marks import joined_code, mark_width
from sar.documents.surroundings import Rule, Surroundings
from sar.domain.redaction import Area, Rect

_SAME_LINE = 0.45  # ems between baselines that still belong to one line
_HIGHEST = 2.6  # ems; a higher area stands for more than the words it took
_PIECE_GAP = 1.0  # ems of white that end a piece of a line: another column, a table cell
_WORD_GAP = 0.18  # ems of white that end a word where no space was drawn
_SPACE = 0.26  # ems, where the line draws no space of its own
_ASCENT, _DESCENT = 0.80, 0.24  # ems a mark rises over and falls under its baseline
_AIR = 2.0  # points that stay free between a line laid again and what follows it
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
    """Marks laid into lines, by area index; parts of the page that changed; fresh underlines."""

    marks: dict[int, Rect] = field(default_factory=dict)
    changed: list[Rect] = field(default_factory=list)
    rules: list[Item] = field(default_factory=list)


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
    joined = [_joined([areas[index] for index in cluster]) for cluster in clusters]
    fit = {
        first
        for first in {each[0] for each in clusters} - drawn
        if _is_fit([each for each in gone if each.area == first], joined[first].rect)
    }
    page = Surroundings(items, size[0])
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


def _is_fit(own: Sequence[Placed], rect: Rect) -> bool:
    """True when the area is drawn on one level line, and took words of it and nothing else."""
    if all(each.is_blank for each in own):
        return False
    if not all(_is_level(each.item) and not _is_leftward(each) for each in own):
        return False
    levels = [each.glyph.y for each in own]
    size = max(each.size for each in own)
    return rect.height < _HIGHEST * size and max(levels) - min(levels) < _SAME_LINE * size


def _is_leftward(placed: Placed) -> bool:
    return any(
        unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in placed.glyph.shape.text
    )


def _pieces(
    kept: Sequence[Placed], gone: Sequence[Placed], fit: set[int], page: Surroundings
) -> list[list[Placed]]:
    """Pieces of lines that hold removed words, each from left to right."""
    result: list[list[Placed]] = []
    done: set[int] = set()
    level_gone = [each for each in gone if _is_level(each.item)]
    by_level = sorted((*kept, *level_gone), key=lambda placed: placed.glyph.y)
    levels = [placed.glyph.y for placed in by_level]
    for each in gone:
        if each.area not in fit or id(each) in done:
            continue
        level, size = each.glyph.y, each.size
        first = bisect_right(levels, level - _SAME_LINE * size)
        line = by_level[first : bisect_left(levels, level + _SAME_LINE * size)]
        line.sort(key=lambda placed: (placed.glyph.x, placed.end))
        piece = next(part for part in _split(line, page, level, size) if each in part)
        done |= {id(other) for other in piece}
        result.append(piece)
    return result


def _split(line: list[Placed], page: Surroundings, level: float, size: float) -> list[list[Placed]]:
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
        self, piece: list[Placed], areas: Sequence[Area], page: Surroundings, kept: Sequence[Placed]
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
        rules = self.page.underlines(before)
        if self._is_spread_out() or rules is None:
            return
        places, marks, end = self._plan(before)
        if end > before.x1 and end > self._limit(before):
            return
        moves = [
            (placed, x) for word, start in places for placed, x in _inside(word, start, self.size)
        ]
        if not all(_stays_in_clip(placed, x) for placed, x in moves):
            return
        result.rules += self._ruled(places, rules)
        for placed, x in moves:
            placed.glyph.x = x
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

    def _ruled(self, places: list[tuple[Word, float]], rules: list[Rule]) -> list[Item]:
        """Takes the underlines off and draws them again under the words they were under."""
        fresh: list[Item] = []
        for rule in rules:
            rule.item.outline = tuple(part for part in rule.item.outline if part is not rule.part)
            colour = rule.item.style.stroke if rule.item.pen else rule.item.style.fill
            style = Style(fill=colour, blend=rule.item.style.blend)
            for left, right in self._runs(places, rule.box):
                line = Rect(left, rule.box.y0, right, rule.box.y1)
                fresh.append(PathItem(style, outlines.rectangle(line), is_filled=True))
        return fresh

    def _runs(self, places: list[tuple[Word, float]], box: Rect) -> list[tuple[float, float]]:
        """From where to where words that stood over a rule now stand, a run ending at a mark."""
        starts = {id(word): start for word, start in places}
        runs: list[tuple[float, float]] = []
        is_open = False
        for word in self.words:
            start = starts.get(id(word))
            if start is None or not box.x0 - 0.5 <= _middle(word) <= box.x1 + 0.5:
                is_open = False
                continue
            end = start + _length(word, self.size)
            runs = [*runs[:-1], (runs[-1][0], end)] if is_open else [*runs, (start, end)]
            is_open = True
        return runs

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


def _middle(word: Word) -> float:
    return (word.placed[0].glyph.x + word.placed[-1].end) / 2


def _stays_in_clip(placed: Placed, x: float) -> bool:
    if abs(x - placed.glyph.x) < 0.05:
        return True
    ink = placed.item.ink_of(Glyph(placed.glyph.shape, x, placed.glyph.y))
    boxes = [outlines.as_rectangle(clip.outline) for clip in placed.item.style.clips]
    return ink is None or all(box is not None and box.contains(ink) for box in boxes)
