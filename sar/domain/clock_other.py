"""The clocks that are not a month: complaints, educational records, and no clock at all."""

from __future__ import annotations

from datetime import date, timedelta

from sar.domain.clock_dates import written
from sar.domain.clock_events import Clock, ClockEventType
from sar.domain.clock_months import sorted_flags
from sar.domain.clock_result import ClockFlag, ClockResult, ClockStatus
from sar.domain.clock_rules import COMPLAINTS_START, ClockRegime
from sar.domain.errors import ClockError
from sar.domain.working_days import (
    holidays_run_out_on,
    is_working_day,
    months_after,
    working_day_from,
    working_day_until,
    working_days_after,
)

SCHOOL_DAYS = 15
LONGEST_CLOSURE = timedelta(days=800)
_ACKNOWLEDGING = (
    ClockEventType.COMPLAINT_ACKNOWLEDGED,
    ClockEventType.COMPLAINT_OUTCOME_SENT,
)


def compute_complaint(clock: Clock) -> ClockResult:
    """A complaint: acknowledge within 30 days of receipt, rolled; then an outcome by a target.

    Nothing pauses, gates or extends it. An outcome is an acknowledgement too.

    Law: DPA 2018 s.164A(3)-(4), s.205(2); SI 2026/82 reg 7 (received on or after 19 June 2026).
    """
    if clock.received < COMPLAINTS_START:
        return no_clock(
            clock,
            ClockRegime.COMPLAINT,
            "The duty to acknowledge complaints began on 19 June 2026 and covers only complaints "
            "received from then on (SI 2026/82 reg 7).",
        )
    settings = clock.settings
    nominal = clock.received + timedelta(days=30)
    due = working_day_from(nominal)
    acknowledged = min(
        (day for kind in _ACKNOWLEDGING for day in clock.days_of(kind)), default=None
    )
    progress = _progress_by(clock)
    target = working_day_until(months_after(clock.received, settings.complaint_outcome_months))
    return ClockResult(
        status=ClockStatus.ACKNOWLEDGED if acknowledged else ClockStatus.RUNNING,
        regime=ClockRegime.COMPLAINT,
        clock_start=clock.received,
        nominal_due=nominal,
        due=due,
        effective_due=due,
        acknowledged_on=acknowledged,
        outcome_target=target,
        progress_update_by=progress,
        flags=_flags(clock, due),
        explanation=_complaint_reasons(clock, (nominal, due), acknowledged, (target, progress)),
    )


def compute_educational_record(clock: Clock) -> ClockResult:
    """An educational record: 15 school days after receipt, which the school owes, not the council.

    Raises:
        ClockError: the school calendar is closed for so long that there are no 15 school days.

    Law: SI 2005/1437 reg 5(2)-(3); Education Act 1996 s.579 (school day).
    """
    due = _school_days_after(clock, SCHOOL_DAYS)
    count = len(clock.school_closed)
    closures = (
        "1 closure of the school was" if count == 1 else f"{count} closures of the school were"
    )
    calendar = f"{closures} left out too"
    if not count:
        calendar = "no closures of the school were given, so every other weekday was counted"
    return ClockResult(
        status=ClockStatus.RUNNING,
        regime=ClockRegime.EDUCATIONAL_RECORD,
        clock_start=clock.received,
        nominal_due=due,
        due=due,
        effective_due=due,
        flags=_flags(clock, due),
        explanation=(
            f"The written request was received on {written(clock.received)}.",
            (
                f"The school must answer within {SCHOOL_DAYS} school days, the day of receipt not "
                f"counted (SI 2005/1437 reg 5): {written(due)}."
            ),
            f"Weekends and bank holidays are not school days; {calendar}.",
            *_not_available(clock, "an educational record (SI 2005/1437)"),
        ),
    )


def no_clock(clock: Clock, regime: ClockRegime, why: str) -> ClockResult:
    """A request that no statutory period covers; it is still owed an answer without undue delay.

    Law: DPA 2018 s.164A with SI 2026/82 reg 7; UK GDPR Arts 22A-22D.
    """
    return ClockResult(
        status=ClockStatus.NO_STATUTORY_CLOCK,
        regime=regime,
        explanation=(f"It was received on {written(clock.received)}.", why),
    )


def _school_days_after(clock: Clock, count: int) -> date:
    day = clock.received
    while count:
        day += timedelta(days=1)
        if day - clock.received > LONGEST_CLOSURE:
            raise ClockError(f"The school calendar leaves no {SCHOOL_DAYS} school days to count.")
        is_open = not any(first <= day <= last for first, last in clock.school_closed)
        count -= is_open and is_working_day(day)
    return day


def _flags(clock: Clock, due: date) -> tuple[ClockFlag, ...]:
    found = {
        ClockFlag.PAUSE_NOT_AVAILABLE: clock.days_of(ClockEventType.CLARIFICATION_REQUESTED),
        ClockFlag.EXTENSION_NOT_AVAILABLE: clock.days_of(ClockEventType.EXTENSION_NOTIFIED),
        ClockFlag.HOLIDAYS_UNKNOWN: due > holidays_run_out_on(),
    }
    return sorted_flags({str(flag) for flag, is_found in found.items() if is_found})


def _complaint_reasons(
    clock: Clock,
    period: tuple[date, date],
    acknowledged: date | None,
    targets: tuple[date, date | None],
) -> tuple[str, ...]:
    nominal, due = period
    target, progress = targets
    return (
        f"The complaint was received on {written(clock.received)}.",
        (
            "It must be acknowledged within 30 days; the day of receipt is not counted "
            f"(DPA 2018 s.164A(3), s.205(2)): {written(nominal)}."
        ),
        *_rolled(nominal, due),
        *_acknowledged(acknowledged, due),
        (
            f"The council's own target for the outcome is {written(target)}; in law it is owed "
            "without undue delay from receipt (DPA 2018 s.164A(4))."
        ),
        *_progress(clock, progress),
        *_not_available(clock, "the acknowledgement of a complaint (DPA 2018 s.164A)"),
    )


def _progress_by(clock: Clock) -> date | None:
    """The next day to say how a complaint is going; None once its outcome is sent."""
    if clock.days_of(ClockEventType.COMPLAINT_OUTCOME_SENT):
        return None
    last = max([clock.received, *clock.days_of(ClockEventType.COMPLAINT_PROGRESS_SENT)])
    return working_days_after(last, clock.settings.complaint_progress_working_days)


def _progress(clock: Clock, by: date | None) -> tuple[str, ...]:
    if by is None:
        return ()
    return (
        (
            "Until the outcome, tell the person how it is going every "
            f"{clock.settings.complaint_progress_working_days} working days: next by "
            f"{written(by)} (DPA 2018 s.164A(4))."
        ),
    )


def _rolled(nominal: date, due: date) -> tuple[str, ...]:
    if nominal == due:
        return ()
    return (
        (
            f"The last of the 30 days, {written(nominal)}, is not a working day, so the last day "
            f"is {written(due)} (DPA 2018 s.164A(3), s.205(2); Regulation 1182/71 Art 3(4))."
        ),
    )


def _acknowledged(acknowledged: date | None, due: date) -> tuple[str, ...]:
    if acknowledged is None:
        return ()
    how = "in time" if acknowledged <= due else "late"
    return (f"It was acknowledged on {written(acknowledged)}, {how}.",)


def _not_available(clock: Clock, what: str) -> tuple[str, ...]:
    """One sentence for each kind of event that cannot move this clock."""
    kinds = {
        ClockEventType.CLARIFICATION_REQUESTED: "A question to the person does not pause",
        ClockEventType.EXTENSION_NOTIFIED: "An extension is not available for",
        ClockEventType.ID_REQUESTED: "Asking for identity does not hold",
        ClockEventType.AUTHORITY_REQUESTED: "Asking for authority does not hold",
        ClockEventType.FEE_REQUESTED: "Asking for a fee does not hold",
    }
    return tuple(f"{words} {what}." for kind, words in kinds.items() if clock.days_of(kind))
