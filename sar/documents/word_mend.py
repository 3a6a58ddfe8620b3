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


def mended(parts: Parts, out: Path) -> tuple[Path, list[HiddenPart]]:
    """A copy of a docx to print from, and remarks on what was mended."""
    remarks: list[HiddenPart] = []
    moving = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(parts.names):
            content = parts.read(name)
            if re.fullmatch(_BODY, name) and content:
                root = parsed_xml(content)
                _unfloat(root)
                moving += _hold_dates(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            copy.writestr(name, content)
    if moving:
        count = "A field" if moving == 1 else f"{moving} fields"
        remarks.append(HiddenPart(f"{count} that would show today's date: the saved date is shown"))
    return out, remarks


def _unfloat(root: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Lets a table inside another table stand in the text: LibreOffice loses it when it floats."""
    for place in list(root.iter(f"{W}tblpPr")):
        table = place.getparent().getparent()
        if any(True for _ in table.iterancestors(f"{W}tbl", f"{W}txbxContent")):
            place.getparent().remove(place)


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
