"""Mends in a copy what LibreOffice would print wrongly: lost letterheads and dates that move."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from sar.documents.converted import HiddenPart
from sar.documents.office_parts import Parts, W, parsed_xml

_BODY = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"
_MOVING = re.compile(r"^\s*(DATE|TIME)\b", re.IGNORECASE)


def mended(parts: Parts, out: Path, *, is_flat: bool = False) -> list[HiddenPart]:
    """Writes a copy of a docx to print from; gives remarks on what was mended.

    With `is_flat` no table floats at all: for documents that still lose words.
    """
    moving = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(parts.names):
            content = parts.read(name)
            if re.fullmatch(_BODY, name) and content:
                root = parsed_xml(content)
                _unfloat(root, is_flat)
                _let_rows_grow(root)
                moving += _hold_dates(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            copy.writestr(name, content)
    if not moving:
        return []
    count = "A field" if moving == 1 else f"{moving} fields"
    return [HiddenPart(f"{count} that would show today's date: the saved date is shown")]


def has_floating_tables(parts: Parts) -> bool:
    """True when some table of the body is placed freely on its page."""
    return b"<w:tblpPr" in parts.read("word/document.xml")


def _unfloat(root: Any, is_flat: bool) -> None:  # noqa: ANN401  # lxml has no types
    """Lets tables in tables, and those around them, stand in the text: afloat, they are lost."""
    for place in list(root.iter(f"{W}tblpPr")):
        table = place.getparent().getparent()
        is_inside = any(True for _ in table.iterancestors(f"{W}tbl", f"{W}txbxContent"))
        if is_flat or is_inside or table.find(f".//{W}tbl") is not None:
            place.getparent().remove(place)


def _let_rows_grow(root: Any) -> None:  # noqa: ANN401  # lxml has no types
    """A row of exact height cuts off the words that do not fit."""
    for height in root.iter(f"{W}trHeight"):
        if height.get(f"{W}hRule") == "exact":
            height.set(f"{W}hRule", "atLeast")


def _hold_dates(root: Any) -> int:  # noqa: ANN401  # lxml has no types
    """Keeps the saved words of DATE and TIME fields, which would be set to the day of printing."""
    held = 0
    for field in list(root.iter(f"{W}fldSimple")):
        if _MOVING.match(field.get(f"{W}instr") or ""):
            parent = field.getparent()
            place = parent.index(field)
            for offset, child in enumerate(list(field)):
                parent.insert(place + offset, child)
            parent.remove(field)
            held += 1
    for paragraph in root.iter(f"{W}p"):
        held += _hold_complex(paragraph)
    return held


def _hold_complex(paragraph: Any) -> int:  # noqa: ANN401  # lxml has no types
    """Takes the instruction and the marks of such a field out, and leaves the words it showed."""
    held, open_fields = 0, list[list[Any]]()
    for element in list(paragraph.iter(f"{W}fldChar", f"{W}instrText")):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append([element])
        elif open_fields:
            open_fields[-1].append(element)
            if kind == "end":
                field = open_fields.pop()
                text = "".join(each.text or "" for each in field if each.tag == f"{W}instrText")
                if _MOVING.match(text):
                    for each in field:
                        each.getparent().remove(each)
                    held += 1
    return held
