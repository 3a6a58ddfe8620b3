"""Which converter opens which family of files, and what is said about those none can open."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from email.errors import MessageError
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf

from sar.documents.converted import Converted, HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.media import Family, Media, is_other_than_named, promised_ending, what_is
from sar.documents.page_words import opened_pdf

# By name, because most files need one of them: setting pages alone takes half a second to load.
_CONVERTERS: dict[Family, str] = {
    Family.PDF: "pdf_intake.convert_pdf",
    Family.WORD: "word.convert_word",
    Family.SLIDES: "slides.convert_slides",
    Family.SHEET: "sheets.convert_sheet",
    Family.MAIL: "mail.convert_mail",
    Family.MAILBOX: "mail.convert_mailbox",
    Family.OUTLOOK: "outlook.convert_outlook",
    Family.TNEF: "outlook.convert_tnef",
    Family.CALENDAR: "cards.convert_cards",
    Family.CONTACT: "cards.convert_cards",
    Family.IMAGE: "images.convert_image",
    Family.TEXT: "text.convert_text",
    Family.MARKDOWN: "text.convert_markdown",
    Family.TABLE: "text.convert_table",
    Family.HTML: "text.convert_html",
    Family.ARCHIVE: "unpack.convert_archive",
}
_REFUSALS: dict[Family, tuple[DocumentFault, str]] = {
    Family.EMPTY: (DocumentFault.EMPTY, "This file is empty. Ask for it again."),
    Family.LOCKED: (
        DocumentFault.ENCRYPTED,
        (
            "This document needs a password. "
            "Ask the sender for it, or open it yourself, save a copy without one and upload that."
        ),
    ),
    Family.OTHER_ARCHIVE: (
        DocumentFault.UNSUPPORTED,
        (
            "This kind of archive cannot be opened here. "
            "Unpack it yourself and upload the files, or upload them as a zip."
        ),
    ),
    Family.OUTLOOK_FILE: (
        DocumentFault.UNSUPPORTED,
        (
            "This is a whole Outlook mailbox. "
            "Open it in Outlook, save the mails about the person as .msg files and upload those."
        ),
    ),
    Family.SEALED: (
        DocumentFault.ENCRYPTED,
        (
            "This mail or file is encrypted or sealed. "
            "Open it in the mail program it was sent to, save it as a PDF and upload that."
        ),
    ),
    Family.SOUND: (
        DocumentFault.UNSUPPORTED,
        (
            "This is a sound recording, which cannot be turned into pages. "
            "Listen to it, upload a transcript, and keep the recording for review."
        ),
    ),
    Family.VIDEO: (
        DocumentFault.UNSUPPORTED,
        (
            "This is a video, which cannot be turned into pages. "
            "Watch it, upload a note of what it shows, and keep the video for review."
        ),
    ),
    Family.PROGRAM: (
        DocumentFault.UNSUPPORTED,
        ("This is a program, not a record. If it should be here, say why to the case officer."),
    ),
    Family.UNKNOWN: (
        DocumentFault.UNSUPPORTED,
        (
            "This kind of file cannot be opened here. "
            "Open it in the program that made it, save it as a PDF and upload that."
        ),
    ),
}
_DAMAGED = (
    "This file is damaged and cannot be opened. "
    "Ask for it again, or open it in the program that made it, save it as a PDF and upload that."
)
# Everything that parsers of ours and of others raise at bytes they did not expect.
_PARSER_FAULTS = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OSError),
    *(EOFError, RecursionError, OverflowError, ArithmeticError, LookupError, SyntaxError),
    *(struct.error, zlib.error, MessageError, pikepdf.PdfError, NotImplementedError),
)
_MOST_PAGES = 10_000


def convert_step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The "convert" step: `{"source", "name", "password"}` in, `Converted.as_dict` out."""
    source = scratch / str(arguments["source"])
    folder = scratch / "converted"
    folder.mkdir()
    converted = convert_inside(source, str(arguments["name"]), folder, arguments.get("password"))
    return converted.as_dict(scratch)


def convert_inside(source: Path, name: str, folder: Path, password: str | None) -> Converted:
    """Converts one file, in the sandbox; a fault becomes part of the answer."""
    media = what_is(source, name)
    material = Material(source, name, media, folder, password)
    try:
        made = _made(material)
        hidden = [*_named_otherwise(name, media), *made.hidden]
        hidden_pages = [*made.hidden_pages, *add_pages(made.pdf, hidden, folder)]
        _check_pages(made.pdf)
    except DocumentError as error:
        return _quarantined(error, name, media)
    except MemoryError:
        fault = DocumentError(DocumentFault.TOO_BIG, "This file is too large to open. Split it.")
        return _quarantined(fault, name, media)
    return Converted(
        media_type=media.media_type,
        pdf=made.pdf,
        children=tuple(made.children),
        hidden=tuple(part.summary for part in hidden),
        hidden_pages=tuple(hidden_pages),
        dated_on=made.dated_on,
        title=made.title,
    )


def _made(material: Material) -> Made:
    family = material.media.family
    name = _CONVERTERS.get(family)
    if name is None:
        raise DocumentError(*_REFUSALS[family])
    try:
        made = _loaded(name)(material)
    except _PARSER_FAULTS as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    assert isinstance(made, Made)
    return made


def add_pages(pdf: Path, hidden: Sequence[HiddenPart], folder: Path) -> list[int]:
    """Adds the pages of hidden content to a PDF, when any needs pages; gives their numbers."""
    if not any(part.lines for part in hidden):
        return []
    numbers: list[int] = _loaded("own_pages.append_hidden")(pdf, hidden, folder)
    return numbers


def _loaded(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"sar.documents.{module}"), function)
    return found


def _named_otherwise(name: str, media: Media) -> list[HiddenPart]:
    if not is_other_than_named(name, media):
        return []
    ending = media.ending or "other"
    return [HiddenPart(f"The name ends in .{promised_ending(name)}, but this is a {ending} file")]


def _quarantined(error: DocumentError, name: str, media: Media) -> Converted:
    fault, sentence = error.fault, error.sentence
    is_unknown = media.family in {Family.UNKNOWN, Family.PROGRAM}
    if is_unknown and is_other_than_named(name, media):
        fault = DocumentFault.MISMATCHED
        sentence = (
            f"The name ends in .{promised_ending(name)}, but the content is something else or "
            "damaged. Ask for the file again, or save it as a PDF and upload that."
        )
    return Converted(media_type=media.media_type, fault=fault, sentence=sentence)


def _check_pages(pdf: Path) -> None:
    with opened_pdf(pdf) as document:
        count = len(document)
    if count > _MOST_PAGES:
        raise DocumentError(
            DocumentFault.TOO_BIG,
            f"This file makes {count:,} pages. Split it and upload the parts about the person.",
        )
    if not count:
        raise DocumentError(DocumentFault.EMPTY, "This file has no pages. Ask for it again.")
