"""Letters of a case: chosen, drafted, looked at, sent by mail or by post, and kept as they left."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName
from sar.documents.letter_page import letter_pdf, letter_picture, letter_text, page_count
from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.inboxes import can_send_to
from sar.domain.letter import Letter as LetterForm
from sar.domain.letter import LetterKind
from sar.domain.letter_catalogue import LETTERS
from sar.domain.letter_fit import why_not
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.case import Case
from sar.models.letter import Letter, LetterStatus
from sar.services import audit, clocks, correspondence, letter_writing, people
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.clock_story import EVENT_WORDS
from sar.services.errors import RefusedError
from sar.services.jobs import enqueue
from sar.services.keys import open_data_key
from sar.services.letter_writing import Answers

ATTACHED = "\nThis letter is attached as a PDF too, to keep or to print.\n"
# The officer's words that are the reason a clock event is owed.
_REASON_GAP = {
    ClockEventType.EXTENSION_NOTIFIED: "reasons",
    ClockEventType.CLARIFICATION_REQUESTED: "questions",
    ClockEventType.ID_REQUESTED: "why",
    ClockEventType.AUTHORITY_REQUESTED: "needed",
}


@dataclass(frozen=True)
class Choice:
    """A letter of the catalogue, and the sentence that says why it does not fit, if so."""

    letter: LetterForm
    why_not: str


def choices(case: Case, actor: Actor) -> list[Choice]:
    """Every letter for the case, those that fit first."""
    situation = letter_writing.situation_of(case, actor.today)
    found = [Choice(each, why_not(each, situation)) for each in LETTERS.values()]
    return sorted(found, key=lambda choice: bool(choice.why_not))


def of_case(case: Case) -> Sequence[Letter]:
    """The letters of a case, the newest first, without what was thrown away."""
    return db.session.scalars(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.status != LetterStatus.THROWN_AWAY)
        .order_by(Letter.created_at.desc(), Letter.id)
    ).all()


def by_addressee(case: Case, kind: LetterKind) -> Mapping[str, Letter]:
    """The newest letter of this kind to each addressee, by their name."""
    return {each.addressee: each for each in reversed(of_case(case)) if each.kind is kind}


def not_sent(actor: Actor) -> Sequence[tuple[Letter, Case]]:
    """Letters that could not leave, on cases of the actor's councils, the oldest first."""
    rows = db.session.execute(
        select(Letter, Case)
        .join(Case, Case.id == Letter.case_id)
        .where(
            Letter.status == LetterStatus.NOT_SENT,
            Letter.controller_id.in_(actor.councils_with(Permission.LETTER_WRITE)),
        )
        .order_by(Letter.created_at)
    )
    return [(row[0], row[1]) for row in rows.unique()]


def letter_for(letter_id: uuid.UUID, actor: Actor, permission: Permission) -> Letter:
    """The letter, when the actor has this permission for its council."""
    return load(Letter, letter_id, actor, permission)


def case_of(letter: Letter) -> Case:
    """The case a letter belongs to."""
    return db.session.get_one(Case, letter.case_id)


def event_words(letter: Letter) -> str:
    """What the letter makes on the clock, in the words of the clock page; nothing for most."""
    event = LETTERS[letter.kind].event
    return EVENT_WORDS[event] if event else ""


def read_pdf(letter: Letter, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The bytes of the letter exactly as it left, or would leave."""
    key = open_data_key(case_of(letter).data_key_id)
    return doors().files.stream(key, letter.object_key, start, stop)


def picture_of(letter: Letter, number: int) -> bytes:
    """One page of the letter as a PNG; number counts from 1.

    Raises:
        RefusedError: it has no such page.
    """
    if not 1 <= number <= letter.page_count:
        raise RefusedError("The letter has no such page.")
    return letter_picture(b"".join(read_pdf(letter)), number)


def draft(case_id: uuid.UUID, kind: LetterKind, answers: Answers, actor: Actor) -> Letter:
    """Keeps a letter to be looked at; nothing leaves.

    Raises:
        RefusedError: it does not fit the case now, or an answer it needs is missing.
    """
    case = load(Case, case_id, actor, Permission.LETTER_WRITE)
    letter = Letter(
        id=uuid.uuid4(),
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        kind=kind,
        author_id=actor.staff_id,
    )
    _set(letter, case, answers, actor)
    db.session.add(letter)
    _record(EventName.LETTER_DRAFTED, letter, actor)
    return letter


def redraft(letter_id: uuid.UUID, answers: Answers, actor: Actor) -> Letter:
    """Writes a draft again, with today's date.

    Raises:
        RefusedError: it has left, does not fit the case now, or needs an answer.
    """
    letter = _draft(letter_id, actor)
    letter.author_id = actor.staff_id
    _set(letter, case_of(letter), answers, actor)
    _record(EventName.LETTER_CHANGED, letter, actor)
    return letter


def throw_away(letter_id: uuid.UUID, actor: Actor) -> Letter:
    """Sets a draft aside for good."""
    letter = _draft(letter_id, actor)
    letter.status = LetterStatus.THROWN_AWAY
    _record(EventName.LETTER_THROWN_AWAY, letter, actor)
    return letter


def send(letter_id: uuid.UUID, actor: Actor) -> Letter:
    """Owes the letter to its mail address, and makes the clock event it stands for.

    Raises:
        RefusedError: it has left already, bears another day's date, has no address it may be
            mailed to, or no longer fits the case.
        ClockError: the clock refuses the event, with the reason.
    """
    letter = _draft(letter_id, actor)
    case = case_of(letter)
    if letter.dated_on != actor.today:
        raise RefusedError(
            f"The letter is dated {date_words(letter.dated_on)}. Change it and save it again, so "
            "that it bears the day it leaves."
        )
    _check_address(letter.email)
    _leave(letter, case, actor.today, actor)
    message = correspondence.write(
        correspondence.Letter(
            letter.email,
            f"A letter from {case.controller.name}",
            letter.text + ATTACHED,
            correspondence.LETTER,
        ),
        letter.controller_id,
        letter.case_id,
    )
    letter.status, letter.message_id = LetterStatus.LEAVING, message.id
    _record(EventName.LETTER_SENT, letter, actor)
    return letter


def post(letter_id: uuid.UUID, posted_on: date, actor: Actor) -> Letter:
    """Notes the day a printed letter was posted, and makes the clock event it stands for.

    Raises:
        RefusedError: it has left already, no longer fits, or was posted before it was written.
        ClockError: the clock refuses the event on that day, with the reason.
    """
    letter = _draft(letter_id, actor)
    if not letter.dated_on <= posted_on <= actor.today:
        raise RefusedError(
            f"It was written on {date_words(letter.dated_on)}: the day of posting lies between "
            "that day and today."
        )
    _leave(letter, case_of(letter), posted_on, actor)
    letter.status = LetterStatus.POSTED
    _record(EventName.LETTER_POSTED, letter, actor)
    return letter


def send_again(letter_id: uuid.UUID, actor: Actor) -> Letter:
    """Owes the mail of a letter once more, after it could not be sent."""
    letter = load(Letter, letter_id, actor, Permission.LETTER_WRITE)
    if letter.status is not LetterStatus.NOT_SENT or letter.message_id is None:
        raise RefusedError("Only a letter that could not be sent can be sent again.")
    letter.status, letter.fault = LetterStatus.LEAVING, ""
    enqueue(
        JobName.SEND_MESSAGE,
        letter.message_id,
        controller_id=letter.controller_id,
        case_id=letter.case_id,
    )
    _record(EventName.LETTER_SENT_AGAIN, letter, actor)
    return letter


def _set(letter: Letter, case: Case, answers: Answers, actor: Actor) -> None:
    form = LETTERS[letter.kind]
    _check_fit(form, case, actor.today)
    page = letter_writing.page_of(case, form, answers, actor.today)
    text = letter_text(page)
    _check_protected(case, text)
    pdf = letter_pdf(page)
    stored = doors().files.put(open_data_key(case.data_key_id), pdf)
    letter.status = LetterStatus.DRAFT
    letter.answers = {name: words for name, words in answers.items() if words}
    letter.addressee, letter.email, letter.address = letter_writing.to_whom(case, form, answers)
    letter.dated_on, letter.title, letter.text = page.dated_on, page.title, text
    letter.object_key, letter.sha256 = stored.object_key, stored.sha256
    letter.byte_count, letter.page_count = stored.size, page_count(pdf)


def _draft(letter_id: uuid.UUID, actor: Actor) -> Letter:
    letter = load(Letter, letter_id, actor, Permission.LETTER_WRITE)
    if letter.status is not LetterStatus.DRAFT:
        raise RefusedError("This letter is no longer a draft. Write another.")
    return letter


def _check_fit(form: LetterForm, case: Case, today: date) -> None:
    reason = why_not(form, letter_writing.situation_of(case, today))
    if reason:
        raise RefusedError(reason)


def _check_protected(case: Case, text: str) -> None:
    words = _squeezed(text)
    for detail in people.protected_details(case):
        if _squeezed(detail) and _squeezed(detail) in words:
            raise RefusedError(
                f"“{detail}” is protected on this case and must not leave. It stands in the "
                "letter: take it out, or change how the person is reached."
            )


def _squeezed(text: str) -> str:
    """Letters and digits alone, so that no space or comma hides a protected detail."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in folded if each.isalnum())


def _check_address(email: str) -> None:
    if not email:
        raise RefusedError("There is no email address. Add it to the case, or send it by post.")
    if not can_send_to(email):
        raise RefusedError(correspondence.NEVER)


def _leave(letter: Letter, case: Case, on: date, actor: Actor) -> None:
    """Makes the clock event a letter stands for; the clock refuses before anything has left."""
    form = LETTERS[letter.kind]
    _check_fit(form, case, on)
    if form.event is not None:
        reason = letter.answers.get(_REASON_GAP.get(form.event, ""), "") or form.name
        row = clocks.record_event(case.id, ClockEvent(form.event, on), reason, actor)
        letter.clock_event_id = row.id
    letter.left_on = on


def _record(name: EventName, letter: Letter, actor: Actor) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        letter,
        controller_id=letter.controller_id,
        case_id=letter.case_id,
        letter=letter.kind.value,
        sha256=letter.sha256,
    )
