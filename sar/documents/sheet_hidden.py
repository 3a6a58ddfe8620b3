"""What an Excel file stores away from its cells: pivot caches, names, links to other files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sar.documents.converted import HiddenPart
from sar.documents.office_parts import Parts

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TC = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_MOST_RECORDS = 5000


def cells_stored(parts: Parts) -> int:
    """How many cells with a value an Excel file stores, counted without reading them all."""
    names = parts.matching(r"xl/worksheets/[^/]+\.xml")
    return sum(parts.read(name).count(b"<v>") + parts.read(name).count(b"<is>") for name in names)


def stored_elsewhere(parts: Parts) -> list[HiddenPart]:
    """Pivot caches hold whole copies of data whose sheet was deleted: they are printed in full."""
    found = []
    for number, name in enumerate(parts.matching(r"xl/pivotCache/pivotCacheDefinition\d+\.xml"), 1):
        lines = tuple(_cache_lines(parts, name))
        if lines:
            found.append(HiddenPart(f"Stored data of pivot table {number}", lines))
    names = tuple(_names(parts))
    if names:
        found.append(HiddenPart("Names defined in the workbook", names))
    links = tuple(_links(parts))
    if links:
        found.append(HiddenPart("Values stored from other workbooks", links))
    threads = tuple(_threads(parts))
    if threads:
        found.append(HiddenPart("Conversations on cells", threads))
    return found


def _cache_lines(parts: Parts, name: str) -> Iterator[str]:
    definition = parts.xml(name)
    records = parts.xml(name.replace("Definition", "Records"))
    if definition is None:
        return
    fields = list(definition.iter(f"{_S}cacheField"))
    titles = [each.get("name") or "" for each in fields]
    shared = [
        [_value(item) for item in each.find(f"{_S}sharedItems")]
        if each.find(f"{_S}sharedItems") is not None
        else []
        for each in fields
    ]
    if records is None:
        for title, items in zip(titles, shared, strict=True):
            if items:
                yield f"{title}: {', '.join(items)}"
        return
    for record in islice(records.iter(f"{_S}r"), _MOST_RECORDS):
        cells = [_looked_up(item, shared, column) for column, item in enumerate(record)]
        yield "; ".join(
            f"{title}: {cell}" for title, cell in zip(titles, cells, strict=False) if cell
        )


def _looked_up(item: Any, shared: list[list[str]], column: int) -> str:  # noqa: ANN401  # lxml has no types
    value = _value(item)
    if item.tag != f"{_S}x":
        return value
    items = shared[column] if column < len(shared) else []
    return items[int(value)] if value.isdigit() and int(value) < len(items) else value


def _value(item: Any) -> str:  # noqa: ANN401  # lxml has no types
    return str(item.get("v") or "")


def _names(parts: Parts) -> Iterator[str]:
    root = parts.xml("xl/workbook.xml")
    if root is not None:
        for each in root.iter(f"{_S}definedName"):
            name, text = each.get("name") or "", (each.text or "").strip()
            if not name.startswith("_xlnm.") and text and "!" not in text:
                yield f"{name}: {text}"


def _links(parts: Parts) -> Iterator[str]:
    for name in parts.matching(r"xl/externalLinks/externalLink\d+\.xml"):
        root = parts.xml(name)
        if root is not None:
            for cell in root.iter(f"{_S}cell"):
                value = cell.findtext(f"{_S}v")
                if value:
                    yield f"{cell.get('r')}: {value}"


def _threads(parts: Parts) -> Iterator[str]:
    for name in parts.matching(r"xl/threadedComments/.+\.xml"):
        root = parts.xml(name)
        if root is not None:
            for comment in root.iter(f"{_TC}threadedComment"):
                yield f"{comment.get('ref')}: {comment.findtext(f'{_TC}text') or ''}"
