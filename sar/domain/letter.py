"""What a letter of the council is: its purpose, whom it fits, what it must say and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sar.domain.clock_events import ClockEventType
from sar.domain.rights import Right

REQUESTS = frozenset(Right) - {Right.COMPLAINT}


class LetterKind(StrEnum):
    """Every letter the desk can write."""

    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY_REQUEST = "identity-request"
    AUTHORITY_REQUEST = "authority-request"
    CLARIFICATION = "clarification"
    CLARIFICATION_REMINDER = "clarification-reminder"
    CLARIFICATION_CLOSE = "clarification-close"
    EXTENSION = "extension"
    RESPONSE = "response"
    NOTHING_HELD = "nothing-held"
    REFUSAL = "refusal"
    RECTIFICATION_DONE = "rectification-done"
    RECTIFICATION_REFUSED = "rectification-refused"
    ERASURE_DONE = "erasure-done"
    ERASURE_REFUSED = "erasure-refused"
    RESTRICTION_APPLIED = "restriction-applied"
    RESTRICTION_LIFTING = "restriction-lifting"
    OBJECTION_UPHELD = "objection-upheld"
    OBJECTION_REFUSED = "objection-refused"
    MARKETING_STOPPED = "marketing-stopped"
    PORTABILITY = "portability"
    AUTOMATED_DECISION = "automated-decision"
    RECIPIENT_NOTICE = "recipient-notice"
    RECIPIENTS_TOLD = "recipients-told"
    COMPLAINT_ACKNOWLEDGEMENT = "complaint-acknowledgement"
    COMPLAINT_PROGRESS = "complaint-progress"
    COMPLAINT_OUTCOME = "complaint-outcome"
    REDIRECT_AUTHORITY = "redirect-authority"
    REDIRECT_SCHOOL = "redirect-school"
    NOT_VALIDATED = "not-validated"
    DECEASED = "deceased"


class Addressee(StrEnum):
    """Whom a letter goes to."""

    REQUESTER = "requester"
    RECIPIENT = "recipient"  # a body that was given the information (UK GDPR Art 19)


class When(StrEnum):
    """What must be true of a case for a letter to make sense, beside its right."""

    QUESTION_OPEN = "question-open"
    QUESTION_STALE = "question-stale"
    PROOF_OPEN = "proof-open"


@dataclass(frozen=True)
class Question:
    """Something only the officer knows: it fills the gap of this name.

    `is_required` holds the letter back until it is answered; `prefill` names what the case says
    already, for the service to put there first.
    """

    gap: str
    label: str
    hint: str = ""
    is_required: bool = True
    prefill: str = ""


@dataclass(frozen=True)
class Duty:
    """A point the law wants in a letter, and the gap that makes it."""

    law: str
    gap: str


@dataclass(frozen=True)
class Letter:
    """One letter of the catalogue.

    `event` is the clock event that sending it makes; `is_answer` letters answer the request, so
    that the case can be closed after them.
    """

    kind: LetterKind
    name: str
    purpose: str
    duties: tuple[Duty, ...]
    rights: frozenset[Right] = REQUESTS
    questions: tuple[Question, ...] = ()
    event: ClockEventType | None = None
    addressee: Addressee = Addressee.REQUESTER
    when: When | None = None
    is_answer: bool = False
    extra_gaps: tuple[str, ...] = ()

    @property
    def law(self) -> tuple[str, ...]:
        """The provisions that want something of this letter, each once."""
        return tuple(dict.fromkeys(duty.law for duty in self.duties))

    @property
    def required_gaps(self) -> tuple[str, ...]:
        """Gaps the text of this letter must hold."""
        return tuple(dict.fromkeys(duty.gap for duty in self.duties))
