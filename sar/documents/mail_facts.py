"""Reads a raw mail into facts. What is wrong with the mail becomes a sentence, never an error."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.mail_text import plain_from_html, readable
from sar.domain.mail import MailFacts

LONDON = ZoneInfo("Europe/London")
MAX_BYTES = 60 << 20
_MAX_BODY = 400_000
_MAX_NESTED = 5
_MAX_PARTS = 500
_MAX_HEADER = 20_000
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_BULK_HEADERS = ("list-unsubscribe", "list-id", "x-campaign-id", "feedback-id")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_T = TypeVar("_T")


def mail_facts(raw: bytes) -> MailFacts:
    """The facts of one message, given as the bytes received; never raises.

    The day received is the London date of the newest Received header, or of Date without one.
    """
    problems: list[str] = []
    if not raw.strip():
        return MailFacts(problems=("The mail is empty.",))
    message = _parsed(_from_first_header(raw))
    if message is None:
        return MailFacts(problems=("The mail could not be read at all. Ask for it again.",))
    received = _received(message, problems)
    parts = list(_parts(message))
    body = _body(message, parts, problems)
    from_ = _header(message, "from")
    if not _addresses(message, "from"):
        problems.append("The mail does not say who sent it.")
    if not body.strip():
        problems.append("The mail has no text a program can read. Open it and its attachments.")
    return MailFacts(
        from_=from_,
        to=_addresses(message, "to", "resent-to"),
        cc=_addresses(message, "cc", "bcc", "resent-cc"),
        delivered_to=_addresses(
            message, "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"
        ),
        reply_to=_header(message, "reply-to"),
        subject=_header(message, "subject"),
        body=body[:_MAX_BODY],
        attachments=tuple(_attachment_names(parts)),
        message_id=_header(message, "message-id"),
        in_reply_to=_header(message, "in-reply-to"),
        received_at=received.isoformat() if received else "",
        received_on=received.date() if received else None,
        is_auto_reply=_is_auto_reply(message),
        is_bounce=_is_bounce(message),
        is_bulk=_is_bulk(message),
        problems=(*problems, *_header_problems(message)),
    )


def read_mail(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The sandbox step "mail-facts": `{"mail": name in scratch}` to MailFacts.as_dict().

    Raises:
        DocumentError: the file is larger than any mail can be.
    """
    source = scratch / str(arguments["mail"])
    if source.stat().st_size > MAX_BYTES:
        raise DocumentError(DocumentFault.TOO_BIG, "This file is too big to be a mail.")
    return mail_facts(source.read_bytes()).as_dict()


def _from_first_header(raw: bytes) -> bytes:
    """The bytes as a parser needs them: blank lines or a byte-order mark would hide all headers."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16", errors="replace").encode()
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()


def _parsed(raw: bytes) -> EmailMessage | None:
    message = _guarded(lambda: email.message_from_bytes(raw, policy=email.policy.default), None)
    return message if isinstance(message, EmailMessage) else None


def _guarded(read: Callable[[], _T], otherwise: _T) -> _T:
    """What the parser gives, or otherwise; the standard parser raises on hostile headers."""
    try:
        return read()
    except _FAULTS:
        return otherwise


def _raw_values(message: Message, name: str) -> list[str]:
    return [str(value) for key, value in message.raw_items() if key.casefold() == name]


def _values(message: Message, name: str) -> list[str]:
    """Every value of a header on one readable line each; raw where the parser gives up."""
    raw = _raw_values(message, name)
    if sum(map(len, raw)) > _MAX_HEADER:
        return [readable(_cut(each)) for each in raw]
    decoded = _guarded(lambda: [str(each) for each in message.get_all(name, [])], raw)
    return [readable(each) for each in decoded]


def _cut(line: str) -> str:
    """The start of an endless header, up to its last whole address."""
    kept = line[:_MAX_HEADER]
    return kept.rpartition(",")[0] or kept


def _header(message: Message, name: str) -> str:
    return next(iter(_values(message, name)), "")


def _addresses(message: Message, *names: str) -> tuple[str, ...]:
    lines = [line for name in names for line in _values(message, name)]
    pairs = email.utils.getaddresses(lines)
    return tuple(dict.fromkeys(address for _, address in pairs if "@" in address))


def _received(message: Message, problems: list[str]) -> datetime | None:
    stamps = [
        _moment(line.rpartition(";")[2]) for line in _raw_values(message, "received") if ";" in line
    ]
    known = next((each for each in stamps if each is not None), None)
    sent = next(map(_moment, _raw_values(message, "date")), None)
    if known is None and sent is None:
        problems.append("The mail has no date that can be read. Enter the day it arrived.")
    elif known is None:
        problems.append("Only the sender's own date is known. Check the day it arrived.")
    return known or sent


def _moment(text: str) -> datetime | None:
    """A mail date in London time; a date without a zone is taken as London time already."""
    cleaned = re.sub(r"\s+", " ", readable(text)).strip()
    when = _guarded(lambda: email.utils.parsedate_to_datetime(cleaned), None)
    when = when or _guarded(lambda: datetime.fromisoformat(cleaned), None)
    if when is None:
        return None
    if when.tzinfo is None:
        # "-0000" says UTC without a place; anything else without a zone is a local clock.
        zone = UTC if cleaned.endswith("-0000") else LONDON
        when = when.replace(tzinfo=zone)
    try:
        return when.astimezone(LONDON)
    except OverflowError:
        return None


def _parts(message: Message, depth: int = 0) -> Iterator[tuple[Message, int]]:
    """Every leaf part with the number of messages it lies inside, few enough to hold."""
    stack: list[tuple[Message, int]] = [(message, depth)]
    seen = 0
    while stack and seen < _MAX_PARTS:
        part, level = stack.pop()
        seen += 1
        inner = part.get_payload()
        if isinstance(inner, list):
            is_nested = part.get_content_type() == "message/rfc822"
            if is_nested:
                yield part, level
            if level + is_nested <= _MAX_NESTED:
                children = [each for each in inner if isinstance(each, Message)]
                stack += [(each, level + is_nested) for each in reversed(children)]
        else:
            yield part, level


def _body(message: Message, parts: Iterable[tuple[Message, int]], problems: list[str]) -> str:
    """Text parts in order; plain text wins over HTML at each level of nesting."""
    texts: dict[int, list[str]] = {}
    pages: dict[int, list[str]] = {}
    heads: dict[int, str] = {}
    level_now = 0
    for part, level in parts:
        if part.get_content_type() == "message/rfc822":
            level_now += 1
            heads[level_now] = _forwarded_head(part)
            continue
        where = level_now if level else 0
        if _is_attachment(part):
            continue
        if part.get_content_type() == "text/html":
            pages.setdefault(where, []).append(plain_from_html(_text(part, problems)))
        elif part.get_content_type() == "text/plain":
            texts.setdefault(where, []).append(_text(part, problems))
    wholes = []
    for where in sorted({*texts, *pages, *heads}):
        plain, page = ("\n".join(each.get(where, ())).strip() for each in (texts, pages))
        # Some programs put only "view this in a browser" in the plain part.
        is_stub = len(page) > 3 * len(plain) + 200
        wholes.append(heads.get(where, "") + (page if is_stub else plain or page))
    return readable("\n\n".join(each for each in wholes if each), keeps_lines=True)


def _forwarded_head(part: Message) -> str:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(first, Message):
        return ""
    names = ("from", "to", "date", "subject")
    lines = "\n".join(f"{name.title()}: {_header(first, name)}" for name in names)
    return f"---------- Forwarded message ----------\n{lines}\n\n"


def _text(part: Message, problems: list[str]) -> str:
    payload = _payload(part)
    charset = _guarded(part.get_content_charset, None) or "utf-8"
    for name in (charset, "utf-8"):
        text = _decoded(payload, name)
        if text is not None:
            return text
    problems.append("Some letters of the mail could not be read.")
    return payload.decode("windows-1252", errors="replace")


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _decoded(payload: bytes, charset: str) -> str | None:
    try:
        return payload.decode(charset)
    except _FAULTS:
        return None


def _is_attachment(part: Message) -> bool:
    if _guarded(part.get_content_disposition, None) == "attachment":
        return True
    return bool(_filename(part)) and part.get_content_maintype() != "multipart"


def _filename(part: Message) -> str:
    return readable(str(_guarded(part.get_filename, None) or ""))


def _attachment_names(parts: Iterable[tuple[Message, int]]) -> Iterator[str]:
    """Names of what hangs on the mail itself; an attached mail goes by its own name or subject."""
    for part, level in parts:
        if level:
            continue
        if part.get_content_type() == "message/rfc822":
            head = re.search(r"^Subject: (.*)$", _forwarded_head(part), re.MULTILINE)
            yield _filename(part) or f"{(head and head.group(1)) or 'message'}.eml"
        elif _is_attachment(part) or part.get_content_maintype() not in ("text", "multipart"):
            yield _filename(part) or f"unnamed.{part.get_content_subtype()}"


def _is_auto_reply(message: Message) -> bool:
    submitted = _header(message, "auto-submitted").casefold()
    if submitted and submitted != "no":
        return True
    if any(message.get(name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from")):
        return True
    return _header(message, "precedence").casefold() in ("auto_reply", "auto-reply")


def _is_bounce(message: Message) -> bool:
    if message.get_content_type() == "multipart/report":
        return True
    path = _raw_values(message, "return-path")
    is_null_sender = bool(path) and path[0].strip() == "<>"
    sender = _header(message, "from").casefold()
    return is_null_sender or "mailer-daemon" in sender or "postmaster@" in sender


def _is_bulk(message: Message) -> bool:
    if _header(message, "precedence").casefold() in ("bulk", "list", "junk"):
        return True
    return any(message.get(name) for name in _BULK_HEADERS)


def _header_problems(message: Message) -> Iterator[str]:
    for name in ("from", "subject", "date", "message-id"):
        if len(_raw_values(message, name)) > 1:
            yield f"The mail has more than one {name} line; the first is used."
    if any(re.search(r"[\r\n](?![ \t])", value) for _, value in message.raw_items()):
        yield "A header of the mail holds a hidden line break. It may be forged."
    if message.get_content_type() in _ENCRYPTED:
        yield "The mail is encrypted or signed as a whole. Ask the sender for a plain one."
    if message.defects:
        yield "The mail is not well formed. Compare what you see with the original."
