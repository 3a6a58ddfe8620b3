"""What a clock is made of: the kind of request, the day it was received, and dated events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sar.domain.clock_settings import ClockSettings


class RequestType(StrEnum):
    """The kinds of request that have a clock of their own; values are those of clock files."""

    SAR = "sar"
    SAR_PART3 = "sar_part3"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    OBJECTION_DIRECT_MARKETING = "objection_direct_marketing"
    AUTOMATED_DECISION = "automated_decision"
    COMPLAINT = "complaint"
    EDUCATIONAL_RECORD = "educational_record"
    EXAM_SAR = "exam_sar"


class ClockEventType(StrEnum):
    """What can happen to a clock; values are those of clock files."""

    ID_REQUESTED = "id_requested"
    ID_RECEIVED_IN_PART = "id_received_in_part"
    ID_RECEIVED = "id_received"
    ID_REQUEST_WITHDRAWN = "id_request_withdrawn"
    AUTHORITY_REQUESTED = "authority_requested"
    AUTHORITY_RECEIVED_IN_PART = "authority_received_in_part"
    AUTHORITY_RECEIVED = "authority_received"
    AUTHORITY_REQUEST_WITHDRAWN = "authority_request_withdrawn"
    FEE_REQUESTED = "fee_requested"
    FEE_RECEIVED = "fee_received"
    FEE_REQUEST_WITHDRAWN = "fee_request_withdrawn"
    FURTHER_COPY_FEE_REQUESTED = "further_copy_fee_requested"
    FURTHER_COPY_FEE_RECEIVED = "further_copy_fee_received"
    CLARIFICATION_REQUESTED = "clarification_requested"
    CLARIFICATION_REMINDED = "clarification_reminded"
    CLARIFICATION_RECEIVED = "clarification_received"
    EXTENSION_NOTIFIED = "extension_notified"
    RESULTS_ANNOUNCED = "results_announced"
    COMPLAINT_ACKNOWLEDGED = "complaint_acknowledged"
    COMPLAINT_PROGRESS_SENT = "complaint_progress_sent"
    COMPLAINT_OUTCOME_SENT = "complaint_outcome_sent"


class Gate(StrEnum):
    """Something the council may wait for before the clock starts, if it asked for it."""

    ID = "id"
    AUTHORITY = "authority"
    FEE = "fee"

    @property
    def asked(self) -> ClockEventType:
        """The event of asking for it."""
        return ClockEventType(f"{self}_requested")

    @property
    def satisfied(self) -> ClockEventType:
        """The event of receiving all of it."""
        return ClockEventType(f"{self}_received")

    @property
    def satisfied_in_part(self) -> ClockEventType | None:
        """The event of receiving too little of it, or None: a fee is paid or not."""
        return {
            Gate.ID: ClockEventType.ID_RECEIVED_IN_PART,
            Gate.AUTHORITY: ClockEventType.AUTHORITY_RECEIVED_IN_PART,
        }.get(self)

    @property
    def withdrawn(self) -> ClockEventType:
        """The event of no longer asking for it."""
        return ClockEventType(f"{self}_request_withdrawn")


@dataclass(frozen=True)
class ClockEvent:
    """Something that happened on a London calendar day."""

    type: ClockEventType
    on: date


# On one day a question comes before its answer, a part before the whole, and all before taking the
# question back: the order of entry never decides anything.
_ORDER_IN_A_DAY = tuple(ClockEventType)
_LATER_WORDS = ("requested", "part", "received", "withdrawn")


@dataclass(frozen=True)
class Clock:
    """Everything a clock is computed from.

    `school_closed` holds first and last day of closures; `holidays` are the bank holidays to count
    with, None for those shipped; `today`, if given, is the last day of which anything can be known.
    """

    request_type: RequestType
    received: date
    events: tuple[ClockEvent, ...] = ()
    settings: ClockSettings = field(default_factory=ClockSettings)
    school_closed: tuple[tuple[date, date], ...] = ()
    today: date | None = None
    holidays: frozenset[date] | None = field(default=None, repr=False)

    def days_of(self, kind: ClockEventType) -> tuple[date, ...]:
        """The days of the events of one type, each day once, earliest first."""
        return tuple(sorted({each.on for each in self.events if each.type is kind}))

    def in_order(self, kinds: Iterable[ClockEventType]) -> tuple[ClockEvent, ...]:
        """The distinct events of these types by day; within a day asking precedes receiving."""
        wanted = set(kinds)
        return tuple(sorted({each for each in self.events if each.type in wanted}, key=_position))

    def has_repeats(self) -> bool:
        """True when one event of one day is entered more than once; it is counted once."""
        return len(set(self.events)) < len(self.events)

    def until(self, day: date) -> Clock:
        """This clock as it stood at the end of a day, knowing nothing later."""
        return replace(self, events=tuple(each for each in self.events if each.on <= day))

    def without(self, events: Iterable[ClockEvent]) -> Clock:
        """This clock with these events left out."""
        out = set(events)
        return replace(self, events=tuple(each for each in self.events if each not in out))

    def received_on(self, day: date) -> Clock:
        """This clock with its receipt corrected; pauses, gates and extension are kept."""
        return replace(self, received=day)

    def with_event(self, event: ClockEvent) -> Clock:
        """This clock with one event more."""
        return replace(self, events=(*self.events, event))


def _position(event: ClockEvent) -> tuple[date, int, int]:
    word = event.type.rsplit("_", 1)[-1]
    stage = _LATER_WORDS.index(word) if word in _LATER_WORDS else len(_LATER_WORDS)
    return event.on, stage, _ORDER_IN_A_DAY.index(event.type)
