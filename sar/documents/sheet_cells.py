"""A workbook as plain data: sheets, rows and cells as they would be shown, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from sar.documents.office_parts import Parts

_O = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE = f"{_O}table:1.0}}", f"{_O}text:1.0}}", f"{_O}office:1.0}}"
STYLE, DRAW = f"{_O}style:1.0}}", f"{_O}drawing:1.0}}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_REPEATED = 2000  # rows or columns of equal content; more is a pattern, not a record
_MOVING = re.compile(r"\b(TODAY|NOW|RAND|RANDBETWEEN)\(", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """What a cell shows; `value` when its format shows nothing of it."""

    text: str = ""
    value: str = ""
    comment: str = ""
    is_moving: bool = False


@dataclass
class Row:
    """The cells of a row by column, counted from 0."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass
class Sheet:
    """One sheet; columns counted from 0."""

    name: str
    is_hidden: bool = False
    hidden_columns: set[int] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)  # words in shapes and charts


def read_workbook(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets of an OpenDocument file that LibreOffice wrote, and headers and footers."""
    parts = Parts(path)
    root = etree.fromstring(parts.read("content.xml"), _parser())
    hidden_styles = _hidden_styles(root)
    tables = [table for table in root.iter(f"{TABLE}table") if _is_sheet(table)]
    sheets = [_sheet(table, hidden_styles) for table in tables]
    for sheet, table in zip(sheets, tables, strict=True):
        sheet.pictures = list(_pictures(table, parts))
        sheet.drawn = [*_drawn(table), *_charted(table, parts)]
    return sheets, list(_page_texts(etree.fromstring(parts.read("styles.xml"), _parser())))


def _parser() -> Any:  # noqa: ANN401  # lxml has no types
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _is_sheet(table: Any) -> bool:  # noqa: ANN401  # lxml has no types
    return str(table.getparent().tag) == f"{OFFICE}spreadsheet"


def _hidden_styles(root: Any) -> set[str]:  # noqa: ANN401  # lxml has no types
    hidden = set()
    for style in root.iter(f"{STYLE}style"):
        settings = style.find(f"{STYLE}table-properties")
        if settings is not None and settings.get(f"{TABLE}display") == "false":
            hidden.add(style.get(f"{STYLE}name"))
    return hidden


def _page_texts(root: Any) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    seen = set()
    for tag in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for element in root.iter(f"{STYLE}{tag}"):
            is_shown = element.get(f"{STYLE}display") != "false"
            text = " ".join(_words(each) for each in element.iter(f"{TEXT}p")).strip()
            bare = re.sub(r"(?i)\b(page|sheet)\b|\?\?\?|\d+|/|untitled", "", text).strip()
            if is_shown and bare and text not in seen and not re.fullmatch(r"Sheet\d+", text):
                seen.add(text)
                yield text


def _sheet(table: Any, hidden_styles: set[str]) -> Sheet:  # noqa: ANN401  # lxml has no types
    sheet = Sheet(table.get(f"{TABLE}name") or "")
    sheet.is_hidden = table.get(f"{TABLE}style-name") in hidden_styles
    sheet.hidden_columns = set(_hidden_columns(table))
    number = 0
    for element in table.iter(f"{TABLE}table-row"):
        if next(element.iterancestors(f"{TABLE}table")) is not table:
            continue  # a table inside a chart
        repeated = int(element.get(f"{TABLE}number-rows-repeated") or 1)
        cells = dict(_cells(element))
        if cells:
            is_hidden = element.get(f"{TABLE}visibility") in {"collapse", "filter"}
            for step in range(min(repeated, _MOST_REPEATED)):
                sheet.rows.append(Row(number + step + 1, is_hidden, cells))
        number += repeated
    return sheet


def _hidden_columns(table: Any) -> Iterator[int]:  # noqa: ANN401  # lxml has no types
    index = 0
    for column in table.iter(f"{TABLE}table-column"):
        if next(column.iterancestors(f"{TABLE}table")) is not table:
            continue
        repeated = int(column.get(f"{TABLE}number-columns-repeated") or 1)
        if column.get(f"{TABLE}visibility") in {"collapse", "filter"}:
            yield from range(index, index + min(repeated, _MOST_REPEATED))
        index += repeated


def _cells(row: Any) -> Iterator[tuple[int, Cell]]:  # noqa: ANN401  # lxml has no types
    index = 0
    for element in row:
        if element.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            continue
        repeated = int(element.get(f"{TABLE}number-columns-repeated") or 1)
        cell = _cell(element)
        if cell != Cell():
            for step in range(min(repeated, _MOST_REPEATED)):
                yield index + step, cell
        index += repeated


def _cell(element: Any) -> Cell:  # noqa: ANN401  # lxml has no types
    text = "\n".join(_words(each) for each in element.findall(f"{TEXT}p"))
    value = next(
        (
            element.get(f"{OFFICE}{name}")
            for name in ("string-value", "date-value", "time-value", "boolean-value", "value")
            if element.get(f"{OFFICE}{name}")
        ),
        "",
    )
    note = element.find(f"{OFFICE}annotation")
    is_moving = _MOVING.search(element.get(f"{TABLE}formula") or "") is not None
    return Cell(text, "" if text.strip() else value, _note(note), is_moving)


def _note(note: Any) -> str:  # noqa: ANN401  # lxml has no types
    if note is None:
        return ""
    author = note.findtext(f"{_DC}creator") or ""
    text = "\n".join(_words(each) for each in note.iter(f"{TEXT}p"))
    return f"{author}: {text}" if author and not text.startswith(author) else text


def _words(paragraph: Any) -> str:  # noqa: ANN401  # lxml has no types
    """The text of a paragraph, with its runs of spaces, tabs and line breaks."""
    pieces = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            pieces.append(" " * int(child.get(f"{TEXT}c") or 1))
        elif child.tag == f"{TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{TEXT}line-break":
            pieces.append("\n")
        elif isinstance(child.tag, str):
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _pictures(table: Any, parts: Parts) -> Iterator[bytes]:  # noqa: ANN401  # lxml has no types
    for image in table.iter(f"{DRAW}image"):
        content = parts.read((image.get(_HREF) or "").removeprefix("./"))
        if content and not (image.get(_HREF) or "").startswith("./ObjectReplacements"):
            yield content


def _charted(table: Any, parts: Parts) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    """Titles, names and figures of charts."""
    for each in table.iter(f"{DRAW}object"):
        folder = (each.get(_HREF) or "").removeprefix("./")
        content = parts.read(f"{folder}/content.xml")
        if content:
            chart = etree.fromstring(content, _parser())
            words = [_words(paragraph).strip() for paragraph in chart.iter(f"{TEXT}p")]
            yield f"Chart: {'; '.join(word for word in words if word)}"


def _drawn(table: Any) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    """Words in text boxes and shapes."""
    for paragraph in table.iter(f"{TEXT}p"):
        places = {str(each.tag) for each in paragraph.iterancestors()}
        is_noted = f"{OFFICE}annotation" in places
        is_drawn = any(place.startswith(DRAW) for place in places)
        text = _words(paragraph).strip()
        if is_drawn and not is_noted and text:
            yield text
