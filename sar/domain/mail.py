"""What the desk knows of a mail before anyone has judged it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

from sar.domain.mail_words import own_words

_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|fw)\s*:)+", re.IGNORECASE)


@dataclass(frozen=True)
class MailFacts:
    """A mail as read, nothing decided.

    Addresses are as written, one a string. `delivered_to` holds envelope recipients where the
    mail server noted them. `body` is plain text; messages attached to the mail follow in it under
    a "Forwarded message" line. `received_at` is an ISO 8601 moment with its offset, or empty.
    `problems` are sentences for the officer on what could not be read.
    """

    from_: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    reply_to: str = ""
    subject: str = ""
    body: str = ""
    attachments: tuple[str, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    received_at: str = ""
    received_on: date | None = None
    is_auto_reply: bool = False
    is_bounce: bool = False
    is_bulk: bool = False
    problems: tuple[str, ...] = ()

    @property
    def received(self) -> datetime | None:
        """The moment of receipt, aware, or None when the mail does not say."""
        return datetime.fromisoformat(self.received_at) if self.received_at else None

    def as_dict(self) -> dict[str, Any]:
        """A form JSON can carry; facts_from reads it back."""
        return {**asdict(self), "received_on": str(self.received_on or "")}


def fingerprint(mail: MailFacts) -> str:
    """A hash of sender and words; the same mail sent or fetched twice has the same.

    Empty for a mail with no words, which resembles nothing.
    """
    words = " ".join(re.findall(r"\w+", own_words(mail.subject, mail.body).casefold()))
    if not words:
        return ""
    sender = parseaddr(mail.from_)[1].casefold()
    title = " ".join(re.findall(r"\w+", _PREFIX.sub("", mail.subject).casefold()))
    return hashlib.sha256("\n".join((sender, title, words)).encode()).hexdigest()


def duplicates(mails: Sequence[MailFacts]) -> tuple[int | None, ...]:
    """For each mail the place of the first earlier one it repeats, or None.

    The same Message-ID or the same fingerprint is a repeat.
    """
    seen: dict[str, int] = {}
    answer: list[int | None] = []
    for place, mail in enumerate(mails):
        marks = [each for each in (mail.message_id.strip(), fingerprint(mail)) if each]
        answer.append(next((seen[each] for each in marks if each in seen), None))
        for each in marks:
            seen.setdefault(each, place)
    return tuple(answer)


_LISTS = ("to", "cc", "delivered_to", "attachments", "problems")


def facts_from(data: Mapping[str, Any]) -> MailFacts:
    """The inverse of MailFacts.as_dict."""
    values = dict(data)
    for name in _LISTS:
        values[name] = tuple(values.get(name, ()))
    day = values.get("received_on")
    values["received_on"] = date.fromisoformat(day) if day else None
    return MailFacts(**values)
