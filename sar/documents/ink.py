"""Finds what leaves no ink of its own, by drawing a page with and without it.

White words on white, black on black, words under a shape that is no plain rectangle, words that a
mask hides: taking them away changes no pixel, so nobody saw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from sar.documents import outlines
from sar.documents.drawing import (
    Glyph,
    GroupItem,
    Item,
    NotUnderstoodError,
    PathItem,
    PictureItem,
    ShadeItem,
    TextItem,
)
from sar.documents.samples import is_opaque
from sar.documents.sanitise import CleanDocument
from sar.documents.visibility import Entry, Scene, grown, scene_of
from sar.domain.redaction import Rect

_SCALE = 2.0
_VISIBLE = 16  # steps of 255 by which ink must differ from its ground
_LIGHT, _DARK = 0.55, 0.6
_MOST_LAYERS = 6
_SPECK = 0.25  # points; a shape smaller than this both ways is not worth a look
Pixels = NDArray[np.uint8]


@dataclass(slots=True, eq=False)
class Suspect:
    """A glyph, or a whole item, that may be invisible; box is where its ink would be."""

    item: Item
    glyph: Glyph | None
    box: Rect
    layer: int = 0


def inked(items: list[Item], size: tuple[float, float], scratch: Path) -> list[Item]:
    """The items less those that change no pixel of the page.

    Raises:
        NotUnderstoodError: too many suspects lie over each other to tell them apart.
    """
    suspects = suspects_of(scene_of(items, size))
    if not suspects:
        return items
    layers = _layered(suspects)
    pages = [items, *(_without(items, layer) for layer in layers)]
    views = _views(pages, size, scratch)
    unseen = [
        suspect
        for view, layer in zip(views[1:], layers, strict=True)
        for suspect in layer
        if not _differs(views[0], view, suspect.box)
    ]
    return _without(items, unseen) if unseen else items


def suspects_of(scene: Scene) -> list[Suspect]:
    """What might be on the page without being seen."""
    later = _Boxes([each for each in scene.entries if _may_hide(each)])
    dark = _Boxes([each for each in scene.entries if _is_ground(each)])
    result: list[Suspect] = []
    for entry in scene.entries:
        if entry.box is None or entry.window is None:
            continue
        if isinstance(entry.item, TextItem):
            result += _text_suspects(entry, entry.item, later, dark)
        elif isinstance(entry.item, PathItem) and _is_odd(entry.item, entry.box):
            over = later.meeting(entry.box, after=entry.order)
            under = dark.meeting(entry.box, before=entry.order)
            if _is_faint(entry) or len(over) or len(under):
                result.append(Suspect(entry.item, None, entry.box))
    return result


def _text_suspects(entry: Entry, item: TextItem, later: _Boxes, dark: _Boxes) -> list[Suspect]:
    assert entry.box is not None
    if item.is_hidden:
        return []
    boxes = [(glyph, item.ink_of(glyph)) for glyph in item.glyphs]
    if _is_faint(entry):
        return [Suspect(item, glyph, box) for glyph, box in boxes if box is not None]
    over = later.meeting(entry.box, after=entry.order)
    under = dark.meeting(entry.box, before=entry.order)
    near = np.concatenate((over, under))
    if not len(near):
        return []
    return [
        Suspect(item, glyph, box)
        for glyph, box in boxes
        if box is not None and _meets_any(box, near)
    ]


class _Boxes:
    """The boxes of some entries, to be compared all at once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        shown = [(each, _shown(each)) for each in entries]
        self._edges = np.array(
            [rect.as_list() for _, rect in shown if rect is not None], np.float64
        ).reshape(-1, 4)
        self._orders = np.array([each.order for each, rect in shown if rect is not None])

    def meeting(self, box: Rect, *, after: int = -1, before: int = 1 << 60) -> NDArray[np.float64]:
        if not len(self._orders):
            return self._edges
        edges = self._edges
        hit = (self._orders > after) & (self._orders < before) & _meets(box, edges)
        return edges[hit]


def _meets(box: Rect, edges: NDArray[np.float64]) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = (
        (edges[:, 0] < box.x1)
        & (edges[:, 2] > box.x0)
        & (edges[:, 1] < box.y1)
        & (edges[:, 3] > box.y0)
    )
    return result


def _meets_any(box: Rect, edges: NDArray[np.float64]) -> bool:
    return bool(_meets(box, edges).any())


def _shown(entry: Entry) -> Rect | None:
    if entry.box is None or entry.window is None:
        return None
    return grown(entry.box, 0.01).clipped_to(entry.window)


def _lightness(components: tuple[float, ...]) -> float:
    if len(components) == 4:
        cyan, magenta, yellow, black = components
        return min((1 - each) * (1 - black) for each in (cyan, magenta, yellow))
    return min(components, default=0.0)


def _is_faint(entry: Entry) -> bool:
    """True when the item's colour or transparency may leave nothing to see."""
    if not entry.is_solid or entry.has_odd_clip:
        return True
    style = entry.item.style
    colours = [style.fill]
    if isinstance(entry.item, PathItem) and entry.item.pen is not None:
        colours = [style.stroke, *([style.fill] if entry.item.is_filled else [])]
    return all(
        colour.pattern is not None or _lightness(colour.components) > _LIGHT for colour in colours
    )


def _may_hide(entry: Entry) -> bool:
    """Later things that hide in ways rectangles do not tell; those are dealt with already."""
    item = entry.item
    if isinstance(item, TextItem):
        return False
    if isinstance(item, PathItem):
        if not item.is_filled:
            return item.style.line_width > 2
        is_plain = outlines.as_rectangle(item.outline) is not None and not entry.has_odd_clip
        return not (is_plain and entry.is_solid and item.style.fill.pattern is None)
    if isinstance(item, PictureItem):
        a, b, c, d, _, _ = item.matrix
        is_upright = (abs(b) + abs(c) < 1e-6) or (abs(a) + abs(d) < 1e-6)
        return not (is_upright and is_opaque(item.source) and entry.is_solid)
    return True


def _is_ground(entry: Entry) -> bool:
    """Things that may have the same colour as what is drawn on them."""
    item = entry.item
    if isinstance(item, PathItem):
        if not item.is_filled:
            return False
        fill = item.style.fill
        return fill.pattern is not None or _lightness(fill.components) < _DARK
    return isinstance(item, PictureItem | ShadeItem)


def _is_odd(item: PathItem, box: Rect) -> bool:
    """A path whose form can say something: neither a rectangle nor one straight line."""
    if box.width < _SPECK and box.height < _SPECK:
        return False
    segments = sum(len(parts) for _, parts, _ in item.outline)
    return segments > 1 and outlines.as_rectangle(item.outline) is None


def _layered(suspects: list[Suspect]) -> list[list[Suspect]]:
    """Suspects in layers, so that no two of one layer from different items meet."""
    owners: list[list[tuple[int, Rect]]] = []
    layers: list[list[Suspect]] = []
    by_item: dict[int, list[Suspect]] = {}
    for suspect in suspects:
        by_item.setdefault(id(suspect.item), []).append(suspect)
    for group in by_item.values():
        box = group[0].box
        for suspect in group[1:]:
            box = box.union(suspect.box)
        at = next(
            (at for at, boxes in enumerate(owners) if not any(box.meets(o) for _, o in boxes)),
            len(owners),
        )
        if at == len(owners):
            owners.append([])
            layers.append([])
        owners[at].append((id(group[0].item), box))
        layers[at] += group
    if len(layers) > _MOST_LAYERS:
        raise NotUnderstoodError("too many things over each other")
    return layers


def _without(items: list[Item], suspects: Sequence[Suspect]) -> list[Item]:
    whole = {id(each.item) for each in suspects if each.glyph is None}
    glyphs = {id(each.glyph) for each in suspects if each.glyph is not None}
    return _pruned(items, whole, glyphs)


def _pruned(items: list[Item], whole: set[int], glyphs: set[int]) -> list[Item]:
    result: list[Item] = []
    for item in items:
        if id(item) in whole:
            continue
        if isinstance(item, TextItem):
            kept = [glyph for glyph in item.glyphs if id(glyph) not in glyphs]
            if len(kept) != len(item.glyphs):
                if not any(glyph.shape.ink for glyph in kept):
                    continue
                item = replace(item, glyphs=kept)
        elif isinstance(item, GroupItem):
            item = replace(item, items=_pruned(item.items, whole, glyphs))
        result.append(item)
    return result


def _views(pages: Sequence[list[Item]], size: tuple[float, float], scratch: Path) -> list[Pixels]:
    document, path = CleanDocument(), scratch / "ink.pdf"
    for items in pages:
        document.add(size, items)
    document.save(path)
    view = pypdfium2.PdfDocument(path)
    try:
        return [
            page.render(scale=_SCALE, rev_byteorder=True).to_numpy()[:, :, :3].copy()
            for page in view
        ]
    finally:
        view.close()
        path.unlink()


def _differs(first: Pixels, second: Pixels, box: Rect) -> bool:
    top, left = max(0, int(box.y0 * _SCALE) - 1), max(0, int(box.x0 * _SCALE) - 1)
    bottom, right = int(box.y1 * _SCALE) + 2, int(box.x1 * _SCALE) + 2
    one = first[top:bottom, left:right].astype(np.int16)
    other = second[top:bottom, left:right].astype(np.int16)
    return bool(one.size and np.abs(one - other).max() >= _VISIBLE)
