"""Takes out of a page's items whatever nobody can see: off the page, clipped away, or covered.

What hides is an upright rectangle of one solid colour, or a picture without a mask: these can be
reckoned with exactly. Everything else that might hide or be hidden (other shapes, colours that
match their ground, transparency) is tried in pixels by `ink.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sar.documents import outlines
from sar.documents.drawing import (
    Clip,
    GroupItem,
    Item,
    PathItem,
    PictureItem,
    Style,
    TextItem,
)
from sar.documents.outlines import Outline
from sar.documents.samples import is_opaque
from sar.domain.redaction import Rect

_LEAST_SEEN = 0.3  # the part of a glyph that must be open to view for it to be read
_SMALLEST_TEXT = 1.0  # points; smaller letters are specks
_WHITE = {(1.0,), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0)}
_MOST_COVERS = 4_000


@dataclass(slots=True, eq=False)
class Entry:
    """An item with its place in the order, the rectangle it can show in, and what holds it."""

    item: Item
    order: int
    window: Rect | None
    is_solid: bool  # nothing around it is transparent or masked
    has_odd_clip: bool
    box: Rect | None = None


@dataclass(slots=True)
class Scene:
    """All items of a page in drawing order, groups opened."""

    page: Rect
    entries: list[Entry] = field(default_factory=list)
    covers: list[Rect] = field(default_factory=list)
    cover_orders: list[int] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)

    def later_covers(self, entry: Entry, box: Rect) -> list[Rect]:
        """Solid rectangles drawn after the entry that meet a box."""
        return [
            cover
            for cover, order in zip(self.covers, self.cover_orders, strict=True)
            if order > entry.order and cover.meets(box)
        ]


def seen(items: list[Item], size: tuple[float, float]) -> list[Item]:
    """The items less everything off the page, outside its clip or under a solid rectangle."""
    scene = scene_of(items, size)
    _drop_paper(scene)
    for entry in scene.entries:
        if id(entry.item) in scene.dropped:
            continue
        if entry.window is None or entry.box is None or not _touch(entry.box, entry.window):
            scene.dropped.add(id(entry.item))
        elif isinstance(entry.item, TextItem):
            _see_text(scene, entry, entry.item)
        elif isinstance(entry.item, PathItem):
            _see_path(scene, entry, entry.item)
        elif isinstance(entry.item, PictureItem):
            _see_picture(scene, entry, entry.item)
        _drop_idle_clips(entry.item)
    return without_items(items, scene.dropped)


def _drop_paper(scene: Scene) -> None:
    """White rectangles on the bare page are not seen; word processors draw one behind each line."""
    drawn: list[Rect] = []
    for entry in scene.entries:
        box = None if entry.window is None or entry.box is None else entry.box
        if box is None:
            continue
        is_paper = _is_white_rectangle(entry)
        if is_paper and not any(other.meets(grown(box, 0.5)) for other in drawn):
            scene.dropped.add(id(entry.item))
        else:
            drawn.append(box)


def _is_white_rectangle(entry: Entry) -> bool:
    item = entry.item
    return (
        isinstance(item, PathItem)
        and item.pen is None
        and entry.is_solid
        and item.style.fill.components in _WHITE
        and outlines.as_rectangle(item.outline) is not None
    )


def _drop_idle_clips(item: Item) -> None:
    """A clip that cuts nothing off may still tell how long a word was."""
    if not item.style.clips:
        return
    box = _inked_box(item) if isinstance(item, TextItem) else box_of_item(item)
    if box is None:
        return
    clips = tuple(clip for clip in item.style.clips if not _is_idle(clip, box))
    if len(clips) < len(item.style.clips):
        item.style = replace(item.style, clips=clips)


def _is_idle(clip: Clip, box: Rect) -> bool:
    rect = outlines.as_rectangle(clip.outline)
    return rect is not None and grown(rect, 0.01).contains(box)


def scene_of(items: list[Item], size: tuple[float, float]) -> Scene:
    """The page's items with what surrounds each."""
    scene = Scene(Rect(0.0, 0.0, *size))
    for entry in _opened(items, scene.page, is_solid=True, has_odd_clip=False):
        entry.order = len(scene.entries)
        scene.entries.append(entry)
        cover = _cover(entry)
        if cover is not None and len(scene.covers) < _MOST_COVERS:
            scene.covers.append(cover)
            scene.cover_orders.append(entry.order)
    return scene


def _opened(
    items: list[Item], window: Rect, *, is_solid: bool, has_odd_clip: bool
) -> Iterator[Entry]:
    for item in items:
        inner, odd = _window(item.style, window)
        odd = odd or has_odd_clip
        solid = is_solid and item.style.blend.is_plain
        if isinstance(item, GroupItem):
            inside = inner.clipped_to(item.box) if inner is not None else None
            if inside is not None:
                yield from _opened(item.items, inside, is_solid=solid, has_odd_clip=odd)
            continue
        yield Entry(item, 0, inner, solid, odd, box_of_item(item))


def _window(style: Style, window: Rect) -> tuple[Rect | None, bool]:
    inner: Rect | None = window
    odd = False
    for clip in style.clips:
        rect = outlines.as_rectangle(clip.outline)
        odd = odd or rect is None
        box = rect or outlines.box_of(clip.outline)
        inner = inner.clipped_to(box) if inner is not None and box is not None else None
    return inner, odd


def box_of_item(item: Item) -> Rect | None:
    """Where an item may leave ink, or None when it leaves none anywhere."""
    if isinstance(item, TextItem):
        return _text_box(item)
    if isinstance(item, PathItem):
        box = outlines.box_of(item.outline)
        return None if box is None else grown(box, reach_of(item))
    if isinstance(item, PictureItem):
        unit = outlines.rectangle(Rect(0, 0, 1, 1))
        return outlines.box_of(outlines.carried(unit, item.matrix))
    return Rect(-1e6, -1e6, 1e6, 1e6)


def _text_box(item: TextItem) -> Rect | None:
    """A box that holds all ink of a text; a little larger than need be, and quickly found."""
    if not item.glyphs:
        return None
    shapes = {id(glyph.shape): glyph.shape for glyph in item.glyphs}.values()
    inks = [shape.ink for shape in shapes if shape.ink is not None]
    inks.append((0.0, -0.2, 0.3, 0.8))
    em = (min(ink[0] for ink in inks), min(ink[1] for ink in inks))
    far = (max(ink[2] for ink in inks), max(ink[3] for ink in inks))
    a, b, c, d = item.scale
    dx = [a * x + c * y for x in (em[0], far[0]) for y in (em[1], far[1])]
    dy = [b * x + d * y for x in (em[0], far[0]) for y in (em[1], far[1])]
    xs, ys = [glyph.x for glyph in item.glyphs], [glyph.y for glyph in item.glyphs]
    return Rect(min(xs) + min(dx), min(ys) + min(dy), max(xs) + max(dx), max(ys) + max(dy))


def _inked_box(item: TextItem) -> Rect | None:
    inks = [item.ink_of(glyph) or item.cell_of(glyph) for glyph in item.glyphs]
    if not inks:
        return None
    return Rect(
        min(ink.x0 for ink in inks),
        min(ink.y0 for ink in inks),
        max(ink.x1 for ink in inks),
        max(ink.y1 for ink in inks),
    )


def reach_of(item: PathItem) -> float:
    """How far the ink of a stroke lies from its line."""
    if item.pen is None:
        return 0.0
    a, b, c, d = item.pen
    return item.style.line_width * max(abs(a) + abs(c), abs(b) + abs(d)) / 2


def grown(rect: Rect, by: float) -> Rect:
    """The rectangle made larger on every side."""
    return Rect(rect.x0 - by, rect.y0 - by, rect.x1 + by, rect.y1 + by)


def _touch(box: Rect, window: Rect) -> bool:
    return grown(box, 1e-6).meets(window)


def _cover(entry: Entry) -> Rect | None:
    """The rectangle that this entry makes opaque, if it makes one."""
    item = entry.item
    if not entry.is_solid or entry.has_odd_clip or entry.window is None:
        return None
    rect: Rect | None = None
    if isinstance(item, PathItem) and item.is_filled and item.style.fill.pattern is None:
        rect = outlines.as_rectangle(item.outline)
    elif isinstance(item, PictureItem) and is_opaque(item.source):
        a, b, c, d, _, _ = item.matrix
        is_upright = (abs(b) + abs(c) < 1e-6) or (abs(a) + abs(d) < 1e-6)
        rect = entry.box if is_upright else None
    return rect.clipped_to(entry.window) if rect is not None else None


# Text


def _see_text(scene: Scene, entry: Entry, item: TextItem) -> None:
    a, b, c, d = item.scale
    if abs(a * d - b * c) < _SMALLEST_TEXT**2 and not item.is_hidden:
        scene.dropped.add(id(item))
        return
    assert entry.box is not None
    assert entry.window is not None
    covers = scene.later_covers(entry, entry.box)
    if not covers and entry.window.contains(entry.box):
        return
    item.glyphs = [
        glyph
        for glyph in item.glyphs
        if open_part(item.ink_of(glyph) or item.cell_of(glyph), entry.window, covers) >= _LEAST_SEEN
    ]
    if not item.glyphs:
        scene.dropped.add(id(item))


def open_part(box: Rect, window: Rect, covers: list[Rect]) -> float:
    """The part of a box, 0 to 1, inside the window and under no cover."""
    shown = box.clipped_to(window)
    if shown is None:
        return 0.0
    whole = max(box.width * box.height, 1e-9)
    left = [shown]
    for cover in covers:
        left = [piece for rect in left for piece in _pieces(rect, cover)]
    return sum(rect.width * rect.height for rect in left) / whole


def _pieces(rect: Rect, cover: Rect) -> list[Rect]:
    """What a cover leaves of a rectangle."""
    hit = rect.clipped_to(cover)
    if hit is None:
        return [rect]
    pieces = [
        Rect(rect.x0, rect.y0, rect.x1, hit.y0),
        Rect(rect.x0, hit.y1, rect.x1, rect.y1),
        Rect(rect.x0, hit.y0, hit.x0, hit.y1),
        Rect(hit.x1, hit.y0, rect.x1, hit.y1),
    ]
    return [piece for piece in pieces if piece.width > 1e-9 and piece.height > 1e-9]


# Paths


def _see_path(scene: Scene, entry: Entry, item: PathItem) -> None:
    assert entry.box is not None
    assert entry.window is not None
    covers = scene.later_covers(entry, entry.box)
    box = grown(entry.box, 1e-3)
    if open_part(box, entry.window, covers) <= 0:
        scene.dropped.add(id(item))
        return
    if outlines.as_rectangle(item.outline) is not None:
        return  # a plain rectangle says nothing by the part that is hidden
    outline = item.outline
    reach = reach_of(item)
    if not entry.window.contains(entry.box):
        outline = _inside(item, outline, grown(entry.window, reach + 0.5))
    for cover in covers:
        hidden = grown(cover, -reach)
        if hidden.width > 0 and hidden.height > 0:
            outline = _less(item, outline, hidden)
    item.outline = outline
    if not outline:
        scene.dropped.add(id(item))


def _less(item: PathItem, outline: Outline, hidden: Rect) -> Outline:
    if item.pen is None:
        return outlines.without(outline, hidden)
    if not item.is_filled:
        return outlines.lines_without(outline, hidden)
    return tuple(
        subpath for subpath in outline if not hidden.contains(outlines.box_of((subpath,)) or hidden)
    )


def _inside(item: PathItem, outline: Outline, window: Rect) -> Outline:
    far = 1e5
    sides = (
        Rect(-far, -far, far, window.y0),
        Rect(-far, window.y1, far, far),
        Rect(-far, window.y0, window.x0, window.y1),
        Rect(window.x1, window.y0, far, window.y1),
    )
    for side in sides:
        outline = _less(item, outline, side)
    return outline


# Pictures


def _see_picture(scene: Scene, entry: Entry, item: PictureItem) -> None:
    assert entry.box is not None
    assert entry.window is not None
    back = outlines.inverse(item.matrix)
    if back is None:
        scene.dropped.add(id(item))
        return
    covers = scene.later_covers(entry, entry.box)
    if open_part(entry.box, entry.window, covers) <= 0:
        scene.dropped.add(id(item))
        return
    item.hidden = tuple(
        tuple(outlines.points_of(outlines.carried(outlines.rectangle(cover), back)))
        for cover in covers
    )
    if not grown(entry.window, 0.05).contains(entry.box):
        corners = outlines.carried(outlines.rectangle(entry.window), back)
        window = outlines.box_of(corners)
        assert window is not None
        _crop(item, window)


def _crop(item: PictureItem, window: Rect) -> None:
    """Leaves the pixels that the window, in the unit square, touches."""
    width, height = int(item.source.Width), int(item.source.Height)
    left, right = int(window.x0 * width + 0.01), -int(-window.x1 * width + 0.01)
    top, bottom = int((1 - window.y1) * height + 0.01), -int(-(1 - window.y0) * height + 0.01)
    left, top = max(0, min(left, width - 1)), max(0, min(top, height - 1))
    right, bottom = max(left + 1, min(right, width)), max(top + 1, min(bottom, height))
    if (left, top, right, bottom) == (0, 0, width, height):
        return
    part: outlines.Matrix = (
        (right - left) / width,
        0.0,
        0.0,
        (bottom - top) / height,
        left / width,
        1 - bottom / height,
    )
    item.matrix, item.crop = outlines.times(part, item.matrix), (left, top, right, bottom)


def without_items(items: list[Item], dropped: set[int]) -> list[Item]:
    """The items less those named by id, inside groups too."""
    result: list[Item] = []
    for item in items:
        if id(item) in dropped:
            continue
        if isinstance(item, GroupItem):
            inner = without_items(item.items, dropped)
            if not inner:
                continue
            item = replace(item, items=inner)
        result.append(item)
    return result
