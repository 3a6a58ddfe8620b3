"""The one door for outgoing mail and texts: one message to one recipient.

The only thing ever attached is a letter of our own as a PDF; records leave by link and code.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,189}")


_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,30}[0-9]")


class AddressError(ValueError):
    """The recipient is not one plain e-mail address."""


@dataclass(frozen=True)
class Mail:
    """One mail to an address, or text to a phone; `id` makes a second sending recognisable.

    `letter` is the PDF of the letter whose words the body holds.
    """

    id: str
    sender: str
    recipient: str
    subject: str
    body: str
    on: datetime
    letter: bytes | None = None


class Outbox(Protocol):
    """Sends one mail, or raises OSError to be tried again."""

    def send(self, mail: Mail) -> None:
        """Hands the mail over."""

    def sent(self) -> Iterable[Path]:
        """Files of what has left, where it leaves by a folder; nothing elsewhere."""


def check_address(address: str) -> str:
    """The address, when it is exactly one.

    Raises:
        AddressError: it is empty, a list, or holds what could add a header.
    """
    if _ADDRESS.fullmatch(address) is None:
        raise AddressError("That is not one e-mail address.")
    return address


def check_recipient(recipient: str) -> str:
    """The recipient, when it is exactly one e-mail address or one phone number.

    Raises:
        AddressError: it is neither.
    """
    return recipient if is_phone(recipient) else check_address(recipient)


def is_phone(recipient: str) -> bool:
    """Whether a text, not a mail, goes there."""
    return _PHONE.fullmatch(recipient.strip()) is not None


def as_bytes(mail: Mail) -> bytes:
    """The mail as it goes out; the library refuses line breaks in any header."""
    message = EmailMessage()
    message["Message-ID"] = f"<{mail.id}@data-rights-desk.invalid>"
    message["From"] = check_address(mail.sender)
    message["To"] = check_address(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.on)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    if mail.letter is not None:
        message.add_attachment(
            mail.letter, maintype="application", subtype="pdf", filename="letter.pdf"
        )
        # The library would choose another at each sending; the same mail is the same bytes.
        message.set_boundary(f"letter-{mail.id}")
    return message.as_bytes()


class FolderOutbox:
    """Writes a mail (.eml) or text (.txt) as a file named by its id: sending twice leaves one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sent(self) -> Iterable[Path]:
        """Every mail and text in the folder."""
        return [path for path in self.folder.glob("*.*") if path.suffix in {".eml", ".txt"}]

    def send(self, mail: Mail) -> None:
        """Writes the whole file or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        is_text = is_phone(mail.recipient)
        content = f"To: {mail.recipient}\n\n{mail.body}".encode() if is_text else as_bytes(mail)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(self.folder / f"{mail.id}.{'txt' if is_text else 'eml'}")
