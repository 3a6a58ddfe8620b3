"""A filled letter as it leaves: a tagged PDF, and the same words as plain text for any screen."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import pypdfium2

from sar.documents.letterhead import Council, Officer
from sar.documents.letters import day, render_page
from sar.domain.letter_text import Block, BlockKind, as_plain_text, shown_safely

SCALE = 1.5  # pixels for each point
_ONE_AT_A_TIME = threading.Lock()  # PDFium may not be entered by two threads


@dataclass(frozen=True)
class LetterPage:
    """A letter with all its words; `address` is where it goes by post, a line each, or nothing."""

    council: Council
    reference: str
    dated_on: date
    addressee: str
    blocks: tuple[Block, ...]
    address: tuple[str, ...] = ()
    officer: Officer = field(default_factory=Officer)

    @property
    def title(self) -> str:
        """The words at the top; they never name anybody."""
        return self.blocks[0].text

    @property
    def greeting(self) -> str:
        """How the letter begins."""
        return f"Dear {shown_safely(self.addressee) or 'Sir or Madam'}"

    @property
    def contact(self) -> tuple[str, ...]:
        """Whom to talk to, and how."""
        named = ", ".join(each for each in (self.officer.name, self.officer.role) if each)
        write = f"Write to {self.officer.email or self.council.email}"
        ring = f" or ring {self.officer.phone}" if self.officer.phone else ""
        reference = f"Please tell us our reference, {self.reference}."
        return (
            f"You can talk to {named or 'our information team'}. {write}{ring}. {reference}",
            "Tell us if you would like this in large print, in another language, or read to you.",
        )

    @property
    def close(self) -> tuple[str, ...]:
        """Who signs, a line each; the team where no officer put a name."""
        role = self.officer.role or "Information team"
        return tuple(each for each in (self.officer.name, role, self.council.name) if each)


def letter_pdf(page: LetterPage) -> bytes:
    """The letter as a tagged PDF; the same letter always gives the same bytes."""
    context = {"page": page, "groups": list(_groups(page.blocks[1:])), "council": page.council}
    return render_page("letter", context)


def letter_text(page: LetterPage) -> str:
    """The same letter as plain text, a paragraph a line."""
    parts = (
        f"{page.council.name}\nOur reference: {page.reference}\nDate: {day(page.dated_on)}",
        page.title,
        page.greeting,
        as_plain_text(page.blocks[1:]),
        *page.contact,
        "Yours sincerely",
        "\n".join(page.close),
    )
    return "\n\n".join(parts) + "\n"


def page_count(pdf: bytes) -> int:
    """How many pages a letter of ours has."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def letter_picture(pdf: bytes, number: int) -> bytes:
    """One page of a letter of ours as a PNG of about 900 by 1,270 pixels; number counts from 1."""
    out = io.BytesIO()
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            document[number - 1].render(scale=SCALE).to_pil().save(out, "PNG", optimize=True)
        finally:
            document.close()
    return out.getvalue()


def _groups(blocks: Iterable[Block]) -> Iterable[tuple[BlockKind, list[Block]]]:
    """Blocks in order, the points of one list together."""
    for is_item, run in groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM):
        if is_item:
            yield BlockKind.ITEM, list(run)
        else:
            yield from ((block.kind, [block]) for block in run)
