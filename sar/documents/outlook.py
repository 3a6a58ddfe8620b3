"""Outlook items (.msg) and winmail.dat as letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import olefile
import tnefparse

from sar.documents.compound_writer import compound_file
from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.encoding import readable
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.mail import letter_to_made
from sar.documents.mail_parts import Letter, said
from sar.documents.outlook_store import Store, read_tree
from sar.documents.rtf_body import decompressed, html_or_text

_LONDON = ZoneInfo("Europe/London")
_KIND = {1: "To", 2: "Cc", 3: "Bcc"}
# Fields of contacts and other items (MS-OXPROPS), shown when they are there.
_FIELDS = (
    *((0x3001, "Name"), (0x3A16, "Organisation"), (0x3A17, "Job title"), (0x3A18, "Department")),
    *((0x3A08, "Work phone"), (0x3A09, "Home phone"), (0x3A1C, "Mobile"), (0x3A24, "Fax")),
    *((0x3A15, "Postal address"), (0x3A42, "Birthday"), (0x3A48, "Partner"), (0x3A4F, "Nickname")),
)
_NAMED_FIELDS = (
    *((0x8208, "Location"), (0x8083, "E-mail"), (0x8093, "E-mail 2"), (0x80A3, "E-mail 3")),
    *((0x801A, "Home address"), (0x801B, "Work address"), (0x801C, "Other address")),
)
_NAMED_TIMES = ((0x820D, "Starts"), (0x820E, "Ends"), (0x8104, "Task starts"), (0x8105, "Due"))
_DAMAGED = (
    "This Outlook file is damaged and cannot be read. "
    "Ask the sender to save the message again, or to forward it as an attachment."
)


def convert_outlook(material: Material) -> Made:
    """A .msg file: its head, fields and body on pages, what it carries as children."""
    try:
        with olefile.OleFileIO(material.path) as ole:
            store = Store(read_tree(ole))
    except (OSError, ValueError, IndexError, TypeError, AssertionError) as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    return letter_to_made(letter_of(store), material)


def convert_tnef(material: Material) -> Made:
    """A winmail.dat: what Outlook wrapped when it sent a mail to another program."""
    try:
        wrapped = tnefparse.TNEF(material.path.read_bytes(), do_checksum=False)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    letter = Letter()
    texts = {each.name: each.data for each in wrapped.mapiprops}
    subject = texts.get(0x0037) or texts.get(0x0070) or ""
    letter.subject = subject if isinstance(subject, str) else readable(bytes(subject))
    letter.facts = [("Subject", letter.subject), ("From", _as_text(texts.get(0x0C1A)))]
    _add_bodies(letter, _as_text(wrapped.htmlbody), _as_text(wrapped.body), wrapped.rtfbody or b"")
    for each in wrapped.attachments:
        letter.attachments.append((_tnef_name(each), bytes(each.data)))
    return letter_to_made(letter, material)


def letter_of(store: Store) -> Letter:
    """The letter in a message's properties."""
    letter = Letter(subject=store.text(0x0037))
    letter.sent_at = store.moment(0x0039) or store.moment(0x0E06) or _starts(store)
    letter.facts = [("Date", _shown(store.moment(0x0039) or store.moment(0x0E06)))]
    letter.facts += [("From", _sender(store)), *_recipients(store), ("Subject", letter.subject)]
    letter.facts += [(label, store.text(number)) for number, label in _FIELDS]
    for number, label in _NAMED_FIELDS:
        letter.facts.append((label, _named(store, number, store.text)))
    for number, label in _NAMED_TIMES:
        letter.facts.append((label, _shown(_named(store, number, store.moment) or None)))
    html = store.binary(0x1013)
    _add_bodies(
        letter,
        readable(html) if html else store.text(0x1013),
        store.text(0x1000),
        store.binary(0x1009),
    )
    for part in store.attachments():
        _attach(part, letter)
    headers = store.text(0x007D).strip()
    if headers:
        letter.hidden.append(HiddenPart("Internet headers of this mail"))
    return letter


def _add_bodies(letter: Letter, html: str, plain: str, packed: bytes) -> None:
    kind, rich = "text", ""
    if packed and not html:
        try:
            kind, rich = html_or_text(decompressed(packed))
        except ValueError:
            letter.hidden.append(HiddenPart("A rich-text body that could not be read"))
    if html:
        letter.bodies.append(("html", _declared(html)))
        letter.plain = plain
    elif kind == "html" or (rich and not plain.strip()):
        letter.bodies.append((kind, rich))
        letter.plain = plain
    elif plain.strip():
        letter.bodies.append(("text", plain))


def _declared(html: str) -> str:
    return re.sub(r"(?i)<meta[^>]*charset[^>]*>", "", html)


def _sender(store: Store) -> str:
    name = store.text(0x0C1A) or store.text(0x0042)
    address = store.text(0x5D01) or store.text(0x0C1F) or store.text(0x0065)
    if not address or address.startswith("/") or address == name:
        return name or address
    return f"{name} <{address}>" if name else address


def _recipients(store: Store) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for each in store.recipients():
        name, address = each.text(0x3001), each.text(0x39FE) or each.text(0x3003)
        shown = f"{name} <{address}>" if address and address != name else name
        found.setdefault(_KIND.get(each.number(0x0C15) or 1, "To"), []).append(shown)
    if found:
        return [(kind, ", ".join(found[kind])) for kind in _KIND.values() if kind in found]
    return [(label, store.text(pid)) for pid, label in ((0x0E04, "To"), (0x0E03, "Cc"))]


def _attach(part: Store, letter: Letter) -> None:
    name = part.text(0x3707) or part.text(0x3704) or part.text(0x3001)
    inner = part.embedded()
    if inner is not None:
        name = name or Store(inner).text(0x0037) or "message"
        name = name if name.lower().endswith(".msg") else f"{name}.msg"
        letter.attachments.append((name, compound_file(inner)))
        return
    content = part.binary(0x3701)
    name = name or f"attachment {len(letter.attachments) + 1}{part.text(0x3703)}"
    if not content:
        letter.hidden.append(HiddenPart(f"{name}: a link to a file that did not travel along"))
        return
    for key in (f"cid:{part.text(0x3712)}", part.text(0x3713), name):
        letter.pictures.setdefault(key, content)
    letter.attachments.append((name, content))


def _named(store: Store, number: int, read: Callable[[int], Any]) -> Any:  # noqa: ANN401  # text or moment
    found = store.named(number)
    return read(found) if found else ""


def _starts(store: Store) -> datetime | None:
    return _named(store, 0x820D, store.moment) or None


def _shown(moment: datetime | None) -> str:
    if moment is None or moment.year >= 4500:  # what Outlook writes for "none"
        return ""
    return said(moment.astimezone(_LONDON))


def _as_text(value: object) -> str:
    if isinstance(value, list):
        value = b"".join(value)
    if isinstance(value, bytes):
        return readable(value).rstrip("\0")
    return value.rstrip("\0") if isinstance(value, str) else ""


def _tnef_name(part: Any) -> str:  # noqa: ANN401  # the library has no types
    try:
        return str(part.long_filename() or part.name or "attachment.dat").rstrip("\0")
    except (UnicodeError, AttributeError, TypeError):
        return "attachment.dat"
