"""The texts of letters as a council has them: its own where it wrote one, else those shipped."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.documents.letter_page import LetterPage, letter_pdf, letter_picture, page_count
from sar.documents.letter_passages import passages
from sar.documents.letter_texts import shipped_text
from sar.documents.letterhead import COUNCILS
from sar.domain.events import EventName
from sar.domain.letter import Letter as LetterForm
from sar.domain.letter import LetterKind
from sar.domain.letter_catalogue import LETTERS, gaps_in
from sar.domain.letter_text import Block, Gap, Words, fill, read_text
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.controller import Controller
from sar.models.letter import LetterText
from sar.services import audit
from sar.services.actor import Actor
from sar.services.councils import council_named
from sar.services.errors import NotFoundError, RefusedError
from sar.services.register import services_named


@dataclass(frozen=True)
class InForce:
    """The text a council uses for a letter; number 0 is the one that is shipped."""

    letter: LetterForm
    text: str
    number: int = 0
    is_shipped: bool = True

    @property
    def shipped(self) -> str:
        """The text that is shipped."""
        return shipped_text(self.letter.kind)


def in_force(controller_id: uuid.UUID, kind: LetterKind) -> InForce:
    """The text a council's letters of this kind are made of now."""
    last = _last(controller_id, kind)
    if last is None or last.text is None:
        return InForce(LETTERS[kind], shipped_text(kind), last.number if last else 0)
    return InForce(LETTERS[kind], last.text, last.number, is_shipped=False)


def blocks_in_force(controller_id: uuid.UUID, kind: LetterKind) -> tuple[Block, ...]:
    """The same, read."""
    letter = LETTERS[kind]
    return check(letter, in_force(controller_id, kind).text)


def check(letter: LetterForm, text: str) -> tuple[Block, ...]:
    """The blocks of a text for this letter.

    Raises:
        LetterTextError: it cannot be used, with every reason and its line.
    """
    return read_text(text, gaps_in(letter), letter.required_gaps)


def council_of(code: str, actor: Actor) -> Controller:
    """The council, when the actor keeps its letters.

    Raises:
        NotFoundError: there is none, or the actor works for another.
    """
    controller = council_named(code.upper())
    if not actor.may(Permission.SETTINGS_CHANGE, controller.id):
        raise NotFoundError("There is no such page, or it is not yours to see.")
    return controller


def of_all(actor: Actor) -> list[tuple[str, str, list[InForce]]]:
    """Code, name and texts of each council the actor keeps letters for, as the catalogue runs."""
    found = db.session.scalars(
        select(Controller)
        .where(Controller.id.in_(actor.councils_with(Permission.SETTINGS_CHANGE)))
        .order_by(Controller.code)
    )
    return [
        (council.code, council.name, [in_force(council.id, kind) for kind in LETTERS])
        for council in found
    ]


def text_for(code: str, kind: LetterKind, actor: Actor) -> InForce:
    """The text a council uses for a letter, for somebody who keeps its letters."""
    return in_force(council_of(code, actor).id, kind)


def gaps_for(letter: LetterForm) -> list[tuple[Gap, tuple[str, ...]]]:
    """The gaps a letter may have, those the law wants first, each with the law that does."""
    laws = {
        gap.name: tuple(duty.law for duty in letter.duties if duty.gap == gap.name)
        for gap in gaps_in(letter).values()
    }
    return sorted(
        ((gap, laws[gap.name]) for gap in gaps_in(letter).values()), key=lambda each: not each[1]
    )


def pictures_of(code: str, now: InForce, text: str, today: date) -> list[bytes]:
    """The pages of a letter with this text as PNGs, what fills its gaps in square brackets.

    Raises:
        LetterTextError: the text cannot be used.
    """
    council, gaps = COUNCILS[code.upper()], gaps_in(now.letter)
    held = passages(council, doors().regulator, services_named(["SVC-01"], council.code))
    values: dict[str, Words] = {name: f"[{gap.meaning}]" for name, gap in gaps.items()}
    page = LetterPage(
        council=council,
        reference=f"{council.code}-0000-000000",
        dated_on=today,
        addressee="[the name of the person]",
        blocks=fill(check(now.letter, text), gaps, {**values, **held}),
    )
    pdf = letter_pdf(page)
    return [letter_picture(pdf, number + 1) for number in range(page_count(pdf))]


def history_of(code: str, kind: LetterKind, actor: Actor) -> Sequence[LetterText]:
    """Every change a council made to the text of a letter, the newest first."""
    return db.session.scalars(
        select(LetterText)
        .where(
            LetterText.controller_id == council_of(code, actor).id,
            LetterText.kind == kind,
        )
        .order_by(LetterText.number.desc())
    ).all()


@dataclass(frozen=True)
class NewText:
    """A text to use from now on, why, and the number of the one it was written over."""

    text: str | None
    reason: str
    over: int


def change(code: str, kind: LetterKind, new: NewText, actor: Actor) -> LetterText:
    """Puts a text in force, or with None the one that is shipped; earlier ones are kept.

    Raises:
        LetterTextError: the text cannot be used, with every reason and its line.
        RefusedError: no reason, nothing would change, or somebody else changed it meanwhile.
    """
    controller, letter = council_of(code, actor), LETTERS[kind]
    now = in_force(controller.id, kind)
    text = new.text.replace("\r\n", "\n").strip("\n") + "\n" if new.text is not None else None
    if text is not None:
        check(letter, text)
    if new.over != now.number:
        raise RefusedError("Somebody else changed this text meanwhile. Look at it again.")
    if (text or shipped_text(kind)) == now.text and (text is not None or now.is_shipped):
        raise RefusedError("Nothing would change.")
    if not new.reason.strip():
        raise RefusedError("Say why the text changes.")
    row = LetterText(
        created_at=actor.now,
        controller_id=controller.id,
        kind=kind,
        number=now.number + 1,
        text=text,
        reason=new.reason.strip(),
        author_id=actor.staff_id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        EventName.LETTER_TEXT_CHANGED,
        actor,
        row,
        controller_id=controller.id,
        letter=kind.value,
        number=row.number,
        is_shipped=text is None,
    )
    return row


def _last(controller_id: uuid.UUID, kind: LetterKind) -> LetterText | None:
    return db.session.scalar(
        select(LetterText)
        .where(LetterText.controller_id == controller_id, LetterText.kind == kind)
        .order_by(LetterText.number.desc())
        .limit(1)
    )
