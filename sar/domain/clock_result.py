"""What a clock says: the dates, the flags, and the sentences that explain them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from sar.domain.clock_events import Gate
from sar.domain.clock_rules import ClockRegime


class ClockStatus(StrEnum):
    """Whether time is running; values are those of clock files."""

    RUNNING = "running"
    PAUSED = "paused"
    AWAITING_ID = "awaiting_id"
    AWAITING_AUTHORITY = "awaiting_authority"
    AWAITING_FEE = "awaiting_fee"
    ACKNOWLEDGED = "acknowledged"
    NO_STATUTORY_CLOCK = "no_statutory_clock"


AWAITING = {
    Gate.ID: ClockStatus.AWAITING_ID,
    Gate.AUTHORITY: ClockStatus.AWAITING_AUTHORITY,
    Gate.FEE: ClockStatus.AWAITING_FEE,
}


class ClockFlag(StrEnum):
    """Something an officer must know about the events; values are those of clock files."""

    ID_REQUESTED_LATE = "id_requested_late"
    ID_REQUESTED_AFTER_DUE = "id_requested_after_due"
    AUTHORITY_REQUESTED_AFTER_DUE = "authority_requested_after_due"
    FEE_REQUESTED_AFTER_DUE = "fee_requested_after_due"
    PAUSE_AFTER_EXPIRY = "pause_after_expiry"
    PAUSE_NOT_AVAILABLE = "pause_not_available_for_right"
    EXTENSION_LATE = "extension_notified_late"
    EXTENSION_EARLY = "extension_before_clock_start"
    EXTENSION_USED = "extension_already_used"
    EXTENSION_NOT_AVAILABLE = "extension_not_available_for_right"
    STOP_PROCESSING = "stop_processing_immediately"
    EVENT_BEFORE_RECEIPT = "event_before_receipt"
    EVENT_IN_FUTURE = "event_in_future"
    EVENT_REPEATED = "event_repeated"
    ANSWER_WITHOUT_QUESTION = "answer_without_question"
    HOLIDAYS_UNKNOWN = "bank_holidays_unknown"


@dataclass(frozen=True)
class ClockResult:
    """The answer for one clock; a date that does not exist on these events is None.

    `due` is the statutory date of the first period, `due_conservative` the working target,
    `effective_due` the date in force (extended if validly so), `policy_28_due` an internal target.
    """

    status: ClockStatus
    regime: ClockRegime | None
    clock_start: date | None = None
    nominal_due: date | None = None
    excluded_days: int | None = None
    due: date | None = None
    due_conservative: date | None = None
    extension_notify_by: date | None = None
    extension_notify_target: date | None = None
    extension_valid: bool | None = None
    extended_due: date | None = None
    extended_due_conservative: date | None = None
    effective_due: date | None = None
    working_target: date | None = None
    policy_28_due: date | None = None
    remaining_days: int | None = None
    remind_on: date | None = None
    closable_from: date | None = None
    acknowledged_on: date | None = None
    outcome_target: date | None = None
    progress_update_by: date | None = None
    flags: tuple[ClockFlag, ...] = ()
    explanation: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The form of clock files: ISO dates, plain values, `expected_` before the settled names.

        Law: none; the format is a promise to scripts.
        """
        plain: dict[str, object] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            plain[_FILE_NAMES.get(each.name, each.name)] = _plain(value)
        return plain


_FILE_NAMES = {
    "due": "expected_due",
    "due_conservative": "expected_due_conservative",
    "extended_due": "expected_extended_due",
    "extended_due_conservative": "expected_extended_due_conservative",
    "flags": "expected_flags",
}


def days_left(result: ClockResult, today: date) -> int | None:
    """Days from today to the date in force, negative once it has passed; None without a date.

    Law: UK GDPR Art 12A; DPA 2018 s.54, s.164A(3).
    """
    if result.effective_due is None:
        return None
    return (result.effective_due - today).days


def is_late(result: ClockResult, today: date) -> bool:
    """True once the date in force has passed unanswered; paused or not started is never late.

    A complaint is judged by its acknowledgement: late only if that came, or is still to come, after
    its date.

    Law: UK GDPR Art 12A(1); DPA 2018 s.54, s.164A(3).
    """
    if result.effective_due is None:
        return False
    return (result.acknowledged_on or today) > result.effective_due


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value
