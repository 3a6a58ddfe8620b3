"""The reasons for a month-long clock, in sentences with their days, counts and law."""

from __future__ import annotations

from datetime import date

from sar.domain.clock_dates import written
from sar.domain.clock_events import Clock, ClockEventType, RequestType
from sar.domain.clock_gates import GateOutcome
from sar.domain.clock_months import MonthWorking
from sar.domain.clock_periods import Pause, Period
from sar.domain.clock_result import ClockFlag, ClockResult, ClockStatus
from sar.domain.clock_rules import ClockRegime
from sar.domain.clock_settings import PauseMode
from sar.domain.working_days import holidays_run_out_on, holidays_run_out_soon

_NOT_PAUSED = "A question to the person pauses only a request for access: this clock ran on"


def explain_waiting(clock: Clock, gates: GateOutcome, result: ClockResult) -> tuple[str, ...]:
    """Why a clock has not started.

    Law: UK GDPR Art 12(5), 12(6), 12A(2).
    """
    return (
        _received(clock),
        *gates.sentences,
        "The clock has not started, so there is no due date yet (UK GDPR Art 12A(2)).",
        *_remarks(clock, result),
    )


def explain_started(working: MonthWorking, result: ClockResult) -> tuple[str, ...]:
    """Every step from receipt to the date in force.

    Law: UK GDPR Arts 4A and 12A; DPA 2018 s.54, Sch 2 para 25.
    """
    return (
        _received(working.clock),
        *working.gates.sentences,
        *_period(working),
        *_pauses(working),
        *_due(working, result),
        *_extension(working, result),
        *_policy(result),
        *_remarks(working.clock, result),
    )


def _received(clock: Clock) -> str:
    return (
        f"The request was received on {written(clock.received)}; any day counts, working or not "
        "(ICO guidance on receipt)."
    )


def _period(working: MonthWorking) -> tuple[str, ...]:
    end = written(working.standing.month.nominal_end)
    start = f"The clock starts on {written(working.start)}"
    rules = working.rules
    if rules.regime is ClockRegime.EXAM_MARKS:
        results = "they have not been announced yet"
        if rules.announced:
            results = f"they were announced on {written(rules.announced)}"
        return (
            (
                f"{start}, before the exam results: {results}. The answer is owed by the earlier "
                "of five months from the request and 40 days from the announcement "
                f"({rules.law}): {end}."
            ),
        )
    sentence = (
        f"{start}; one month ends on the same day of the next month, or on that month's last day "
        f"if it has no such day: {end} ({rules.law}; Regulation 1182/71 Art 3)."
    )
    if rules.counts_day_after:
        sentence += " The month is counted from the day after, as set for Part 3."
    return (sentence,)


def _pauses(working: MonthWorking) -> tuple[str, ...]:
    period = working.standing.in_force
    sentences = [_taken(working, pause, days) for pause, days in period.taken]
    sentences += [
        f"The question of {written(pause.asked)} came after the due date had passed: it does not "
        f"pause a clock that has run out ({working.rules.pause_law})."
        for pause in period.ignored
    ]
    if period.open:
        sentences.append(
            f"The council asked a question on {written(period.open.asked)} and has no full answer: "
            f"the clock is paused and there is no due date ({working.rules.pause_law})."
        )
    return tuple(sentences)


def _taken(working: MonthWorking, pause: Pause, days: int) -> str:
    assert pause.answered is not None
    answered = "the same day"
    if pause.answered != pause.asked:
        answered = written(pause.answered)
    return (
        f"The council asked a question on {written(pause.asked)} and had the full answer on "
        f"{answered}: {_left_out(working, pause)}, {_days(days)} in all "
        f"({working.rules.pause_law})."
    )


def _left_out(working: MonthWorking, pause: Pause) -> str:
    if pause.asked <= working.start:
        return "of these, only the days after the clock started are left out of the count"
    if working.rules.pause_mode is PauseMode.ELAPSED:
        return "the days from asking to answering are left out of the count"
    if pause.answered == pause.asked:
        return "that day is left out of the count"
    return "both days and those between are left out of the count"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _due(working: MonthWorking, result: ClockResult) -> tuple[str, ...]:
    if result.status is ClockStatus.PAUSED:
        return (
            (
                "When the answer comes, the clock runs on: "
                f"{_days(result.remaining_days or 0)} of the period remain after that day."
            ),
            *_reminder(result),
        )
    month = working.standing.month
    assert result.due is not None
    sentences = [_rolled("first month" if result.extension_valid else "period", month)]
    if result.due_conservative != result.due and result.due_conservative:
        sentences.append(
            f"Work to {written(result.due_conservative)}: that is the date when only the days "
            "between question and answer are left out, which is safe on any reading of the law."
        )
    return tuple(sentences)


def _reminder(result: ClockResult) -> tuple[str, ...]:
    assert result.closable_from is not None
    remind = "The person was reminded"
    if result.remind_on is not None:
        remind = f"Remind the person on {written(result.remind_on)}"
    return (
        (
            f"{remind}; without a reply the case may be closed from "
            f"{written(result.closable_from)}, never automatically (ICO: a reasonable period)."
        ),
    )


def _rolled(what: str, period: Period) -> str:
    if period.excluded:
        what += f" with {_days(period.excluded)} left out"
    if period.end == period.due:
        return f"The last day of the {what} is {written(period.due)}, to the end of the day."
    return (
        f"The {what} ends on {written(period.end)}, which is not a working day, so the last day "
        f"is {written(period.due)} (UK GDPR Art 4A; Regulation 1182/71 Art 3(4))."
    )


def _extension(working: MonthWorking, result: ClockResult) -> tuple[str, ...]:
    notices = working.standing.notices
    if result.extension_valid:
        return _extended(working, notices[0], result)
    if result.extension_valid is False and notices and working.rules.is_extendable:
        return (
            (
                f"The extension notice of {written(notices[0])} came after "
                f"{written(working.standing.month.due)}, the last day for it, so it changes "
                f"nothing ({working.rules.extension_law})."
            ),
        )
    early = working.standing.refused_notices
    if early and not result.extension_valid:
        return (f"The extension notice of {written(early[0])} came before the start: not counted.",)
    if result.extension_notify_by is None:
        return ()
    sentence = (
        f"An extension can be notified until the end of {written(result.extension_notify_by)}"
    )
    if (
        result.extension_notify_target
        and result.extension_notify_target < result.extension_notify_by
    ):
        sentence += f", better by {written(result.extension_notify_target)}"
    return (f"{sentence} ({working.rules.extension_law}).",)


def _extended(working: MonthWorking, notice: date, result: ClockResult) -> tuple[str, ...]:
    sentence = f"The extension notice of {written(notice)} was in time"
    period = working.standing.extended
    if result.effective_due is None:
        return (f"{sentence} ({working.rules.extension_law}).",)
    return (
        (
            f"{sentence}: the period becomes three months from the start, to "
            f"{written(period.nominal_end)} before days are left out "
            f"({working.rules.extension_law})."
        ),
        _rolled("three months", period).replace(" ends ", " end "),
    )


def _policy(result: ClockResult) -> tuple[str, ...]:
    if result.policy_28_due is None:
        return ()
    return (
        (
            f"The council's internal 28-day target is {written(result.policy_28_due)}; it is not a "
            "date in law."
        ),
    )


_REMARKS = {
    ClockFlag.STOP_PROCESSING: "Direct marketing must stop at once (UK GDPR Art 21(2)-(3)); the "
    "month is only for the reply.",
    ClockFlag.PAUSE_NOT_AVAILABLE: f"{_NOT_PAUSED} (UK GDPR Art 12A(5)).",
    ClockFlag.EXTENSION_EARLY: "The extension was notified before the clock started; record why.",
    ClockFlag.EXTENSION_USED: "A second extension is not possible (UK GDPR Art 12A(3)).",
    ClockFlag.EXTENSION_NOT_AVAILABLE: "An extension is not available for this request.",
    ClockFlag.HOLIDAYS_UNKNOWN: "A date lies beyond the bank holidays that are known; only "
    "weekends were left out there.",
}


def _remarks(clock: Clock, result: ClockResult) -> tuple[str, ...]:
    sentences = [words for flag, words in _REMARKS.items() if flag in result.flags]
    fees = clock.days_of(ClockEventType.FURTHER_COPY_FEE_REQUESTED)
    if fees and clock.request_type in {RequestType.SAR, RequestType.SAR_PART3}:
        sentences.append("A fee for further copies never moves the clock (UK GDPR Art 15(3)).")
    asked = clock.days_of(ClockEventType.AUTHORITY_REQUESTED)
    if asked and not clock.settings.authority_starts_clock:
        sentences.append(
            f"Proof of authority was asked for on {written(asked[0])}; the council has chosen that "
            "this does not hold the clock (UK GDPR Art 12A(2) names identity only)."
        )
    if result.effective_due and ClockFlag.HOLIDAYS_UNKNOWN not in result.flags:
        sentences += _ending_data(result.effective_due)
    return tuple(sentences)


def _ending_data(due: date) -> list[str]:
    if not holidays_run_out_soon(due):
        return []
    return [f"Bank holidays are known only to {written(holidays_run_out_on())}: fetch them again."]
