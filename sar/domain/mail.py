"""What the desk knows of a mail before anyone has judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


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


_LISTS = ("to", "cc", "delivered_to", "attachments", "problems")


def facts_from(data: Mapping[str, Any]) -> MailFacts:
    """The inverse of MailFacts.as_dict."""
    values = dict(data)
    for name in _LISTS:
        values[name] = tuple(values.get(name, ()))
    day = values.get("received_on")
    values["received_on"] = date.fromisoformat(day) if day else None
    return MailFacts(**values)
