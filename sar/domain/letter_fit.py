"""Whether a letter makes sense on a case now, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.domain.clock import (
    Clock,
    ClockEvent,
    ClockEventType,
    ClockResult,
    ClockStatus,
    check_event,
    compute,
)
from sar.domain.dates import date_words
from sar.domain.errors import ClockError
from sar.domain.letter import Addressee, Letter, LetterKind, When
from sar.domain.lifecycle import CaseStatus
from sar.domain.rights import Right

_WAITING = {
    ClockStatus.AWAITING_ID: ClockEventType.ID_REQUESTED,
    ClockStatus.AWAITING_AUTHORITY: ClockEventType.AUTHORITY_REQUESTED,
}


@dataclass(frozen=True)
class Situation:
    """What is known of a case when a letter is chosen."""

    right: Right
    status: CaseStatus
    clock: Clock
    today: date
    has_representative: bool = False
    has_somebody_to_write_to: bool = True

    @property
    def result(self) -> ClockResult:
        """What the clock says."""
        return compute(self.clock)


def why_not(letter: Letter, situation: Situation) -> str:
    """The sentence that says why a letter does not fit the case; empty when it does.

    Law: UK GDPR Arts 12(6), 12A(3)-(6), 15-22D; DPA 2018 s.164A (each letter has its moment).
    """
    if situation.right not in letter.rights:
        return _wrong_right(letter)
    if situation.status is CaseStatus.CLOSED:
        return "The case is closed. Open it again first."
    if letter.addressee is Addressee.REQUESTER and not situation.has_somebody_to_write_to:
        return "The case names nobody to write to. Add the requester first."
    if letter.kind is LetterKind.AUTHORITY_REQUEST and not situation.has_representative:
        return "Nobody asks for somebody else on this case."
    return _wrong_moment(letter.when, situation) or _refused_by_clock(letter, situation)


def _wrong_right(letter: Letter) -> str:
    names = [right.label.lower() for right in Right if right in letter.rights]
    return f"It is for {' and '.join(names)} only." if len(names) < 4 else "It is for requests."


def _wrong_moment(when: When | None, situation: Situation) -> str:
    result = situation.result
    match when:
        case When.QUESTION_OPEN if result.status is not ClockStatus.PAUSED:
            return "No question to the person is open."
        case When.QUESTION_STALE if result.status is not ClockStatus.PAUSED:
            return "No question to the person is open."
        case When.QUESTION_STALE if result.closable_from and situation.today < result.closable_from:
            return f"Give them until {date_words(result.closable_from)} to answer."
        case When.PROOF_OPEN if result.status not in _WAITING:
            return "We are not waiting for proof of who they are, or that they may ask."
        case _:
            return ""


def _refused_by_clock(letter: Letter, situation: Situation) -> str:
    if letter.event is None:
        return ""
    try:
        check_event(situation.clock, ClockEvent(letter.event, situation.today), situation.today)
    except ClockError as error:
        return str(error)
    return ""


def asked_on(clock: Clock, result: ClockResult) -> date | None:
    """The day we asked for what the clock waits for, or None when it waits for nothing.

    Law: UK GDPR Arts 12(6), 12A(2), 12A(5).
    """
    kind = _WAITING.get(result.status)
    if result.status is ClockStatus.PAUSED:
        kind = ClockEventType.CLARIFICATION_REQUESTED
    days = clock.days_of(kind) if kind else ()
    return days[-1] if days else None
