"""Ruled tables as a flat OpenDocument workbook, for LibreOffice to print quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

_LONGEST_CELL = 900  # signs; a row cannot go over a page here
_NUMBER_WIDTH = 30.0
_SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("table", "table"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document%s office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>
<style:style style:name="row" style:family="table-row">
<style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="cell" style:family="table-cell">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"
 fo:border="0.5pt solid #999999" fo:padding="1pt"/>
<style:paragraph-properties fo:text-align="start"/>
<style:text-properties fo:font-family="Noto Sans" fo:font-size="8pt"/></style:style>
<style:style style:name="head" style:family="table-cell" style:parent-style-name="cell">
<style:text-properties fo:font-family="Noto Sans" fo:font-size="8pt" fo:font-weight="bold"/>
</style:style>
%s<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="%dmm"
 fo:page-height="%dmm" fo:margin="12mm"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page">
<style:header style:display="false"/><style:footer style:display="false"/></style:master-page>
</office:master-styles>
<office:body><office:spreadsheet>
"""
_TAIL = "</office:spreadsheet></office:body></office:document>\n"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Columns(Protocol):
    """Neighbouring columns of a table (`ruled.Band`)."""

    @property
    def title(self) -> str:
        """What stands above."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    def widths(self) -> tuple[float, ...]:
        """Points."""

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Numbers and cells."""


def flat_workbook(bands: Sequence[Columns], paper: tuple[int, int]) -> str:
    """The workbook's XML; paper is width and height in millimetres."""
    widths = sorted({width for band in bands for width in band.widths} | {_NUMBER_WIDTH})
    styles = "".join(
        f'<style:style style:name="w{width:.0f}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:.0f}pt"/></style:style>\n'
        for width in widths
    )
    sheets = "".join(_sheet(band, number) for number, band in enumerate(bands, 1))
    return _HEAD % (_SPACES, styles, *paper) + sheets + _TAIL


def _sheet(band: Columns, number: int) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="w{width:.0f}"/>'
        for width in (_NUMBER_WIDTH, *band.widths)
    )
    lines = [_row([band.title], "head")] if band.title else []
    lines.append(f"<table:table-header-rows>{_row(['', *band.letters], 'head')}")
    lines.append("</table:table-header-rows>")
    for name, row in band.rows:
        for piece in _pieces(row):
            lines.append(_row([name, *piece], "cell"))
    name = quoteattr(f"Part {number}")
    return (
        f'<table:table table:name={name} table:style-name="sheet">{columns}'
        f"{''.join(lines)}</table:table>\n"
    )


def _pieces(row: list[str]) -> Iterable[list[str]]:
    count = max((-(-len(cell) // _LONGEST_CELL) for cell in row), default=1) or 1
    for piece in range(count):
        yield [cell[piece * _LONGEST_CELL : (piece + 1) * _LONGEST_CELL] for cell in row]


def _row(cells: Iterable[str], style: str) -> str:
    written = "".join(_cell(each, style) for each in cells)
    return f'<table:table-row table:style-name="row">{written}</table:table-row>'


def _cell(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}'
        "</table:table-cell>"
    )


def _line(text: str) -> str:
    spaced = escape(_NOT_XML.sub("", text)).replace("\t", "<text:tab/>")
    return re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', spaced)
