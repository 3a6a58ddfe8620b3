"""The outline of a bundle: its front parts, then a heading for each year with its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby


@dataclass(frozen=True)
class Bookmark:
    """A title, the page of the bundle it opens (counted from 1), and what stands under it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = field(default=())

    @property
    def count(self) -> int:
        """Bookmarks from here down, this one included."""
        return 1 + sum(each.count for each in self.below)


def by_year(records: Sequence[tuple[date | None, Bookmark]]) -> tuple[Bookmark, ...]:
    """Records in reading order, under a heading for each year and one for those without a date."""
    result = []
    for year, group in groupby(records, key=lambda record: record[0] and record[0].year):
        below = tuple(bookmark for _, bookmark in group)
        heading = "Records with no date" if year is None else f"Records from {year}"
        result.append(Bookmark(heading, below[0].page, below))
    return tuple(result)


def within(bookmarks: Sequence[Bookmark], pages: range) -> tuple[Bookmark, ...]:
    """The bookmarks that open one of these pages; a heading moves to its first record there."""
    result = []
    for each in bookmarks:
        below = within(each.below, pages)
        if below:
            result.append(Bookmark(each.title, below[0].page, below))
        elif not each.below and each.page in pages:
            result.append(each)
    return tuple(result)


def outline_objects(
    bookmarks: Sequence[Bookmark], root: int, first: int, targets: Sequence[tuple[int, float]]
) -> list[bytes]:
    """Bodies of the outline's objects: its root (numbered `root`), then items from `first`.

    Items come in the order they are read. `targets` has object number and top edge of each page,
    for pages counted from 1; its item 0 is not used.
    """
    bodies: dict[int, bytes] = {}
    count = sum(each.count for each in bookmarks)
    _write(tuple(bookmarks), root, first, targets, bodies)
    ends = _ends(bookmarks, first)
    head = f"<< /Type /Outlines{ends} /Count {len(bookmarks)} >>".encode()
    return [head, *(bodies[first + at] for at in range(count))]


def _write(
    items: tuple[Bookmark, ...],
    parent: int,
    first: int,
    targets: Sequence[tuple[int, float]],
    bodies: dict[int, bytes],
) -> None:
    numbers = _numbers(items, first)
    for at, (item, number) in enumerate(zip(items, numbers, strict=True)):
        page, top = targets[item.page]
        body = f"<< /Title {text_string(item.title)} /Parent {parent} 0 R"
        body += f" /Dest [ {page} 0 R /XYZ null {top} null ]"
        if at:
            body += f" /Prev {numbers[at - 1]} 0 R"
        if at + 1 < len(items):
            body += f" /Next {numbers[at + 1]} 0 R"
        if item.below:
            body += f"{_ends(item.below, number + 1)} /Count {-len(item.below)}"
        bodies[number] = f"{body} >>".encode()
        _write(item.below, number, number + 1, targets, bodies)


def _numbers(items: Sequence[Bookmark], first: int) -> list[int]:
    numbers = []
    for item in items:
        numbers.append(first)
        first += item.count
    return numbers


def _ends(items: Sequence[Bookmark], first: int) -> str:
    if not items:
        return ""
    numbers = _numbers(items, first)
    return f" /First {numbers[0]} 0 R /Last {numbers[-1]} 0 R"


def text_string(text: str) -> str:
    """A PDF text string in hex, UTF-16 with its mark: any letter, no escapes."""
    return "<feff" + text.encode("utf-16-be").hex() + ">"
