"""Content lines, the shape that calendars (RFC 5545) and contact cards (RFC 6350) share."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass

from sar.documents.encoding import readable


@dataclass(frozen=True)
class ContentLine:
    """A name, its parameters (upper-case names) and its value with escapes undone."""

    name: str
    parameters: dict[str, str]
    value: str
    content: bytes | None = None  # what base64 or quoted-printable held

    @property
    def label(self) -> str:
        """The name in words a reader knows, with its kinds: "Telephone (work, voice)"."""
        label = LABELS.get(self.name, self.name.removeprefix("X-").replace("-", " ").capitalize())
        kinds = [each.lower() for each in self.parameters.get("TYPE", "").split(",") if each]
        shown = [each for each in kinds if each not in {"internet", "pref", "postal"}]
        return f"{label} ({', '.join(shown)})" if shown else label


LABELS = {
    "FN": "Name",
    "N": "Name parts",
    "NICKNAME": "Nickname",
    "ORG": "Organisation",
    "TITLE": "Title",
    "ROLE": "Role",
    "TEL": "Telephone",
    "EMAIL": "E-mail",
    "ADR": "Address",
    "LABEL": "Address label",
    "BDAY": "Birthday",
    "NOTE": "Note",
    "URL": "Web page",
    "SUMMARY": "Summary",
    "DTSTART": "Starts",
    "DTEND": "Ends",
    "DTSTAMP": "Written",
    "DUE": "Due",
    "RRULE": "Repeats",
    "LOCATION": "Place",
    "DESCRIPTION": "Description",
    "ORGANIZER": "Organiser",
    "ATTENDEE": "Attendee",
    "UID": "Identifier",
    "REV": "Revised",
    "LAST-MODIFIED": "Last modified",
    "GEO": "Position",
}
# Each sign can be matched in one way only: hostile lines must not take for ever.
_LINE = re.compile(
    r"^(?:[\w-]+\.)?(?P<name>[\w-]+)"
    r"(?P<parameters>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):"
)
_PARAMETER = re.compile(r";([\w-]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_ENCODINGS = {"BASE64", "B", "QUOTED-PRINTABLE", "8BIT", "7BIT"}


def content_lines(text: str) -> list[ContentLine]:
    """Every line, unfolded and decoded; what is not a content line is kept as a note."""
    return [_parsed(each) for each in _unfolded(text) if each.strip()]


def _unfolded(text: str) -> list[str]:
    lines: list[str] = []
    is_soft = False  # a quoted-printable line that goes on
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if lines and is_soft:
            lines[-1] = lines[-1][:-1] + line
        elif lines and line[:1] in {" ", "\t"}:
            lines[-1] += line[1:]
        else:
            lines.append(line)
        is_quoted = "QUOTED-PRINTABLE" in lines[-1][:200].upper()
        is_soft = is_quoted and lines[-1].endswith("=")
    return lines


def _parsed(line: str) -> ContentLine:
    match = _LINE.match(line)
    if match is None:
        return ContentLine("NOTE", {}, line.strip())
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(match["parameters"]):
        key = name.upper()
        if not value:  # the short form of version 2.1: TEL;WORK;VOICE
            key, value = ("ENCODING" if key in _ENCODINGS else "TYPE"), name
        joined = [parameters[key]] if key in parameters else []
        parameters[key] = ",".join([*joined, value.strip('"')])
    raw = line[match.end() :]
    encoding = parameters.get("ENCODING", "").upper()
    name = match["name"].upper()
    if encoding in {"B", "BASE64"} or raw[:64].lower().startswith("data:"):
        return _binary(name, parameters, raw)
    if encoding == "QUOTED-PRINTABLE":
        content = quopri.decodestring(raw.encode("utf-8"))
        raw = readable(content, parameters.get("CHARSET"))
        return ContentLine(name, parameters, raw.replace("\r\n", "\n"))
    return ContentLine(name, parameters, _unescaped(raw))


def _binary(name: str, parameters: dict[str, str], raw: str) -> ContentLine:
    body = raw.partition(",")[2] if raw[:5].lower() == "data:" else raw
    try:
        content = base64.b64decode("".join(body.split()) + "==")
    except (binascii.Error, ValueError):
        return ContentLine(name, parameters, raw)
    return ContentLine(name, parameters, f"({len(content)} bytes)", content)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
