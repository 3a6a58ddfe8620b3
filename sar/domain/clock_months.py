"""The clock of the month-long rights: Arts 15 to 22D, Part 3, and exam marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sar.domain.clock_events import Clock, ClockEventType, RequestType
from sar.domain.clock_gates import GateOutcome
from sar.domain.clock_periods import Pause, Standing, standing
from sar.domain.clock_result import AWAITING, ClockFlag, ClockResult, ClockStatus
from sar.domain.clock_rules import ClockRegime, MonthRules, rules_for
from sar.domain.clock_settings import EarlyExtension, PauseMode
from sar.domain.working_days import holidays_run_out_on, months_after, working_day_until


@dataclass(frozen=True)
class MonthWorking:
    """The steps behind a month-long clock that has started, kept for its explanation."""

    clock: Clock
    rules: MonthRules
    start: date
    gates: GateOutcome
    standing: Standing
    careful: Standing  # the same events with pauses counted as elapsed days


def started(clock: Clock, gates: GateOutcome) -> MonthWorking:
    """The working of a clock whose gates are all satisfied.

    Law: UK GDPR Art 12A; DPA 2018 s.54.
    """
    assert gates.start is not None
    rules = rules_for(clock, gates.start)
    careful = replace(rules, pause_mode=PauseMode.ELAPSED)
    return MonthWorking(
        clock,
        rules,
        gates.start,
        gates,
        standing(clock, rules, gates.start),
        standing(clock, careful, gates.start),
    )


def compute_waiting(clock: Clock, gates: GateOutcome) -> ClockResult:
    """A clock held by a gate: not started, no due date.

    Law: UK GDPR Art 12(5), 12(6), 12A(2).
    """
    assert gates.waiting_for is not None
    rules = rules_for(clock, clock.received)
    valid = _early_extension(clock, rules)
    flags = set(gates.flags) | _flags_of_kind(clock, rules)
    if valid is not None and rules.is_extendable:
        flags.add(ClockFlag.EXTENSION_EARLY)
    if valid and len(clock.days_of(ClockEventType.EXTENSION_NOTIFIED)) > 1:
        flags.add(ClockFlag.EXTENSION_USED)
    return ClockResult(
        status=AWAITING[gates.waiting_for],
        regime=rules.regime,
        extension_valid=valid,
        flags=sorted_flags(flags),
    )


def compute_started(working: MonthWorking) -> ClockResult:
    """A clock that has started: paused with no due date, or running to one.

    Law: UK GDPR Art 12A; DPA 2018 s.54, Sch 2 para 25.
    """
    pause = working.standing.in_force.open
    return _paused(working, pause) if pause else _running(working)


def sorted_flags(flags: set[str]) -> tuple[ClockFlag, ...]:
    """Flags in alphabetical order, so that no order of entry shows.

    Law: none.
    """
    return tuple(ClockFlag(each) for each in sorted(flags))


def _paused(working: MonthWorking, pause: Pause) -> ClockResult:
    settings = working.clock.settings
    period = working.standing.in_force
    last = max([working.start, *(each.answered for each, _ in period.taken if each.answered)])
    rest = replace(pause, answered=period.end).days_excluded(last, working.rules.pause_mode)
    return ClockResult(
        status=ClockStatus.PAUSED,
        regime=working.rules.regime,
        clock_start=working.start,
        nominal_due=working.standing.month.nominal_end,
        excluded_days=working.standing.month.excluded,
        extension_valid=working.standing.is_extended,
        remaining_days=rest,
        remind_on=_remind_on(working.clock, pause),
        closable_from=months_after(pause.asked, settings.clarification_closable_months),
        flags=sorted_flags(_flags(working)),
    )


def _remind_on(clock: Clock, pause: Pause) -> date | None:
    """The day to remind the person, or None once that was done."""
    reminded = clock.days_of(ClockEventType.CLARIFICATION_REMINDED)
    if any(day >= pause.asked for day in reminded):
        return None
    return pause.asked + timedelta(days=clock.settings.clarification_reminder_days)


def _running(working: MonthWorking) -> ClockResult:
    now, careful = working.standing, working.careful
    careful_in_force = careful.extended if now.is_extended else careful.month
    flags = _flags(working)
    if now.extended.due > holidays_run_out_on():
        flags.add(ClockFlag.HOLIDAYS_UNKNOWN)
    return _with_extension(
        working,
        ClockResult(
            status=ClockStatus.RUNNING,
            regime=working.rules.regime,
            clock_start=working.start,
            nominal_due=now.month.nominal_end,
            excluded_days=now.month.excluded,
            due=now.month.due,
            due_conservative=careful.month.due,
            extension_valid=now.is_extended,
            effective_due=now.in_force.due,
            working_target=careful_in_force.due,
            policy_28_due=_policy_28_due(working),
            flags=sorted_flags(flags),
        ),
    )


def _with_extension(working: MonthWorking, result: ClockResult) -> ClockResult:
    if not working.rules.is_extendable:
        return result
    now = working.standing
    result = replace(
        result,
        extension_notify_by=now.month.due,
        extension_notify_target=working_day_until(now.month.end),
    )
    # For exam marks an extension is rare enough that its date is shown only once it was notified.
    if working.clock.request_type is RequestType.EXAM_SAR and now.is_extended is None:
        return result
    return replace(
        result,
        extended_due=now.extended.due,
        extended_due_conservative=working.careful.extended.due,
    )


def _policy_28_due(working: MonthWorking) -> date | None:
    if not working.clock.settings.policy_28 or working.rules.regime is ClockRegime.EXAM_MARKS:
        return None
    days = 28 + working.standing.month.excluded
    return working_day_until(working.start + timedelta(days=days))


def _early_extension(clock: Clock, rules: MonthRules) -> bool | None:
    if not clock.days_of(ClockEventType.EXTENSION_NOTIFIED):
        return None
    accepts = clock.settings.extension_before_start is EarlyExtension.ACCEPT
    return rules.is_extendable and accepts


def _flags(working: MonthWorking) -> set[str]:
    flags = set(working.gates.flags) | _flags_of_kind(working.clock, working.rules)
    now = working.standing
    if now.in_force.ignored:
        flags.add(ClockFlag.PAUSE_AFTER_EXPIRY)
    if working.rules.is_extendable:
        flags |= _extension_flags(working)
    return flags


def _extension_flags(working: MonthWorking) -> set[str]:
    now = working.standing
    found = {
        ClockFlag.EXTENSION_EARLY: now.refused_notices
        or (now.notices and now.notices[0] < working.start),
        ClockFlag.EXTENSION_USED: now.is_extended and len(now.notices) > 1,
        ClockFlag.EXTENSION_LATE: now.notices and not now.is_extended,
    }
    return {flag for flag, is_found in found.items() if is_found}


def _flags_of_kind(clock: Clock, rules: MonthRules) -> set[str]:
    """Flags that follow from the kind of request alone, whether or not the clock has started."""
    found = {
        ClockFlag.STOP_PROCESSING: clock.request_type is RequestType.OBJECTION_DIRECT_MARKETING,
        ClockFlag.PAUSE_NOT_AVAILABLE: not rules.is_pausable
        and clock.days_of(ClockEventType.CLARIFICATION_REQUESTED),
        ClockFlag.EXTENSION_NOT_AVAILABLE: not rules.is_extendable
        and clock.days_of(ClockEventType.EXTENSION_NOTIFIED),
    }
    return {flag for flag, is_found in found.items() if is_found}
