"""A mail as a letter: its head, its body, the pictures in it and the files it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from sar.documents.converted import HiddenPart
from sar.documents.encoding import readable

_SHOWN = (
    *("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Importance"),
    *("Resent-From", "Resent-To", "Keywords", "Comments"),
)
_HEADER_FAULTS = (LookupError, UnicodeError, ValueError, HeaderParseError, AttributeError)
_DEEPEST = 60


@dataclass
class Letter:
    """One message, from whatever program; `pictures` by content id, location or name."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    subject: str = ""
    sent_at: datetime | None = None
    bodies: list[tuple[str, str]] = field(default_factory=list)  # ("html" or "text", content)
    plain: str = ""  # the plain alternative of a body shown as HTML
    pictures: dict[str, bytes] = field(default_factory=dict)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    hidden: list[HiddenPart] = field(default_factory=list)


def read_letter(content: bytes) -> Letter:
    """Reads an internet message; damaged parts are read as far as they go."""
    message = message_from_bytes(content)
    letter = Letter()
    for name in _SHOWN:
        for value in header_values(message, name):
            letter.facts.append((name, value))
    letter.subject = next(iter(header_values(message, "Subject")), "")
    written = next(iter(header_values(message, "Date")), "")
    letter.sent_at = _moment(written)
    letter.facts.insert(0, ("Date", said(letter.sent_at) if letter.sent_at else written))
    _walk(message, letter, 0)
    return letter


def header_values(message: Message, name: str) -> list[str]:
    """Every value of a header, decoded, on one line."""
    raw = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [" ".join(_decoded(str(value)).split()) for value in raw]


def said(moment: datetime) -> str:
    """A date and time as a mail's head shows it, in the sender's own zone."""
    zone = moment.strftime("%z")
    return f"{moment.day} {moment:%B %Y, %H:%M}" + (f" ({zone[:3]}:{zone[3:]})" if zone else "")


def _decoded(value: str) -> str:
    text = readable(value.encode("utf-8", "surrogateescape"))
    try:
        return str(make_header(decode_header(text)))
    except _HEADER_FAULTS:
        return text


def _moment(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _walk(part: Message, letter: Letter, depth: int) -> None:
    if part.get_content_type() == "message/rfc822" or depth > _DEEPEST:
        _attach_message(part, letter)
    elif part.get_content_type() == "multipart/alternative":
        _alternative(part, letter, depth)
    elif part.is_multipart():
        for each in _parts(part):
            _walk(each, letter, depth + 1)
    else:
        _leaf(part, letter)


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if type(payload) is list else []


def _alternative(part: Message, letter: Letter, depth: int) -> None:
    """Shows the richest version of a body, and keeps the plain one for comparison."""
    parts = _parts(part)
    has_html = any(each.get_content_type() == "text/html" for each in part.walk())
    for each in parts:
        if has_html and each.get_content_type() == "text/plain" and not _file_name(each):
            letter.plain += _text(each)
        else:
            _walk(each, letter, depth + 1)


def _leaf(part: Message, letter: Letter) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    is_body = kind in {"text/plain", "text/html"} and not name
    if is_body and part.get_content_disposition() != "attachment":
        letter.bodies.append((kind.removeprefix("text/").replace("plain", "text"), _text(part)))
        return
    content = _bytes(part)
    for key in _picture_keys(part) if part.get_content_maintype() == "image" else ():
        letter.pictures.setdefault(key, content)
    letter.attachments.append((name or _made_up_name(part, letter), content))


def _attach_message(part: Message, letter: Letter) -> None:
    inner = _parts(part)
    content = _source(inner[0]) if inner else _bytes(part)
    subject = next(iter(header_values(inner[0], "Subject")), "") if inner else ""
    letter.attachments.append((_file_name(part) or f"{subject or 'message'}.eml", content))


def _source(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (LookupError, UnicodeError, ValueError, AttributeError, TypeError):
        return message.as_string().encode("utf-8", "surrogateescape")


def _text(part: Message) -> str:
    try:
        charset = part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        charset = None
    text = readable(_bytes(part), charset)
    return text if text.endswith("\n") else text + "\n"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    return b"\n".join(_source(each) for each in _parts(part))


def _file_name(part: Message) -> str:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(parameter, header=header)
            if value:
                return _decoded(collapse_rfc2231_value(value))
        except _HEADER_FAULTS:
            continue
    return ""


def _made_up_name(part: Message, letter: Letter) -> str:
    kind = part.get_content_subtype()
    known = {"calendar": "ics", "plain": "txt", "jpeg": "jpg", "pkcs7-signature": "p7s"}
    ending = known.get(kind, kind if re.fullmatch(r"[a-z0-9]{2,5}", kind) else "dat")
    return f"attachment {len(letter.attachments) + 1}.{ending}"


def _picture_keys(part: Message) -> list[str]:
    keys = [f"cid:{each.strip('<> ')}" for each in header_values(part, "Content-ID")]
    keys += header_values(part, "Content-Location")
    name = _file_name(part)
    return [*keys, name] if name else keys
