"""Mails and mailboxes set as pages by ourselves; what they carry becomes records of its own."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.mail_parts import Letter, read_letter
from sar.documents.names import clean_name
from sar.documents.own_pages import facts, paragraphs, render, table
from sar.documents.safe_html import safe_html

_LONDON = ZoneInfo("Europe/London")
_MOST_MESSAGES = 2000
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_SIGNATURES = re.compile(r"\.(p7s|asc)$", re.IGNORECASE)


def convert_mail(material: Material) -> Made:
    """An .eml file: its head and body on pages, its attachments as children."""
    return letter_to_made(read_letter(material.path.read_bytes()), material)


def convert_mailbox(material: Material) -> Made:
    """An .mbox file: the mail itself when there is one, else a list with each mail a child."""
    messages = split_mailbox(material.path.read_bytes())
    if len(messages) == 1:
        return letter_to_made(read_letter(messages[0]), material)
    if len(messages) > _MOST_MESSAGES:
        raise DocumentError(
            DocumentFault.TOO_BIG,
            f"This mailbox holds {len(messages)} mails. Export only those about the person, "
            f"at most {_MOST_MESSAGES} at a time.",
        )
    made = Made(material.folder / "mailbox.pdf")
    rows = [("", "Date", "From", "Subject")]
    for number, content in enumerate(messages, 1):
        letter = read_letter(content)
        made.add_child(
            material.folder, clean_name(f"{number} {letter.subject}".strip() + ".eml"), content
        )
        head = dict(letter.facts)
        rows.append((str(number), head.get("Date", ""), head.get("From", ""), letter.subject))
    body = f"<h1>Mailbox of {len(messages)} mails</h1>" + table(rows, (1, 4, 6, 9), head=True)
    render(body, made.pdf)
    return made


def split_mailbox(content: bytes) -> list[bytes]:
    """The mails of an mbox file, without the lines that part them."""
    pieces = _FROM_LINE.split(content)
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", each) for each in pieces if each.strip()]


def letter_to_made(letter: Letter, material: Material) -> Made:
    """Sets a letter as a PDF and keeps every file it carries."""
    made = Made(material.folder / "mail.pdf", title=letter.subject or None)
    if letter.sent_at is not None:
        zoned = letter.sent_at.tzinfo is not None
        made.dated_on = (letter.sent_at.astimezone(_LONDON) if zoned else letter.sent_at).date()
    body, shown = "", ""
    for kind, content in letter.bodies:
        if kind == "html":
            page = safe_html(content, letter.pictures.get)
            letter.hidden += page.hidden
            body, shown = body + f"<div>{page.markup}</div>", shown + page.text
        else:
            body, shown = body + paragraphs(content), shown + content
    letter.hidden += _plain_that_differs(letter.plain, shown)
    head = facts([*letter.facts, ("Attachments", _listed(letter))])
    render(head + body, made.pdf, title=letter.subject)
    made.hidden = letter.hidden
    for name, attached in letter.attachments:
        if not _SIGNATURES.search(name):
            made.add_child(material.folder, clean_name(name), attached)
    return made


def _listed(letter: Letter) -> str:
    return "\n".join(
        f"{clean_name(name)} ({_size(len(content))})" for name, content in letter.attachments
    )


def _size(count: int) -> str:
    return f"{max(1, count // 1024)} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"


def _plain_that_differs(plain: str, shown: str) -> list[HiddenPart]:
    """The plain version of a mail, when it says things that the shown version does not."""
    words = set(re.findall(r"\w{3,}", plain.casefold()))
    # What stands in addresses of links is in the plain version alone; that is no difference.
    words -= set(re.findall(r"\w{3,}", " ".join(re.findall(r"https?://\S+", plain.casefold()))))
    missing = words - set(re.findall(r"\w{3,}", shown.casefold()))
    if not missing or len(missing) * 10 < len(words):
        return []
    return [HiddenPart("Plain-text version of this mail, which says other things", (plain,))]
