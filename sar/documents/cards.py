"""Calendar entries (.ics) and contact cards (.vcf) set as pages."""

from __future__ import annotations

import re
from datetime import date, datetime

from sar.documents.content_lines import ContentLine, content_lines
from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.encoding import readable
from sar.documents.inline_pictures import shown_inline
from sar.documents.mail_parts import said
from sar.documents.names import clean_name
from sar.documents.own_pages import facts, render

_TITLES = {
    "VEVENT": "Calendar entry",
    "VTODO": "Task",
    "VJOURNAL": "Journal entry",
    "VFREEBUSY": "Times free and busy",
    "VALARM": "Reminder",
    "VCARD": "Contact card",
}
_QUIET = {"VERSION", "PRODID", "METHOD", "CALSCALE", "BEGIN", "END"}
_PERSONS = {"ORGANIZER", "ATTENDEE"}
_ENDINGS = {"PHOTO": "jpg", "LOGO": "jpg", "SOUND": "wav", "KEY": "cer", "ATTACH": "dat"}


def convert_cards(material: Material) -> Made:
    """Each entry or card a block of facts with its photograph; files inside it are children."""
    made = Made(material.folder / "cards.pdf")
    blocks: list[str] = []
    component, rows = "", list[tuple[str, str]]()
    for line in content_lines(readable(material.path.read_bytes())):
        if line.name == "BEGIN":
            blocks.append(_block(component, rows))
            component, rows = line.value.strip().upper(), []
        elif line.name == "END":
            blocks.append(_block(component, rows))
            rows = []
        elif line.name not in _QUIET and component in _TITLES:
            rows.append((line.label, _value(line)))
            blocks.append(_file_inside(line, made, material))
            _note(line, made)
    blocks.append(_block(component, rows))
    render("".join(blocks) or "<p>No entries.</p>", made.pdf, title=made.title or "")
    return made


def _block(component: str, rows: list[tuple[str, str]]) -> str:
    if component not in _TITLES or not rows:
        return ""
    return f"<h2>{_TITLES[component]}</h2>{facts(rows)}"


def _note(line: ContentLine, made: Made) -> None:
    if line.name in {"SUMMARY", "FN"} and made.title is None:
        made.title = line.value
    if line.name == "DTSTART" and made.dated_on is None:
        made.dated_on = _day(line.value)


def _file_inside(line: ContentLine, made: Made, material: Material) -> str:
    if line.content is None:
        return ""
    name = line.parameters.get("X-FILENAME") or line.parameters.get("FILENAME")
    if line.name == "KEY":
        made.hidden.append(HiddenPart(f"A certificate of {len(line.content)} bytes"))
        return ""
    ending = _ENDINGS.get(line.name, "dat")
    name = name or f"{line.name.lower()}.{ending}"
    made.add_child(material.folder, clean_name(name), line.content)
    source = shown_inline(line.content)
    return f'<p><img src="{source}" alt=""></p>' if source else ""


def _value(line: ContentLine) -> str:
    if line.name in _PERSONS:
        name, address = line.parameters.get("CN", ""), re.sub(r"(?i)^mailto:", "", line.value)
        state = line.parameters.get("PARTSTAT", "").replace("-", " ").lower()
        person = f"{name} <{address}>" if name and name != address else address
        return f"{person} ({state})" if state else person
    if re.fullmatch(r"\d{8}(T\d{6}Z?)?", line.value.strip()):
        return _moment(line)
    if line.name in {"ADR", "N", "ORG"}:
        return ", ".join(part.strip() for part in line.value.split(";") if part.strip())
    return line.value


def _moment(line: ContentLine) -> str:
    value = line.value.strip()
    if "T" not in value:
        day = _day(value)
        return f"{day.day} {day:%B %Y}" if day else value
    try:
        moment = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007  # its zone is named beside it
    except ValueError:
        return value
    zone = "UTC" if value.endswith("Z") else line.parameters.get("TZID", "")
    return said(moment) + (f" ({zone})" if zone else "")


def _day(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None
