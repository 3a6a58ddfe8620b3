"""Which rules apply to a month-long request: decided by its kind and the day it was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sar.domain.clock_events import Clock, ClockEventType, RequestType
from sar.domain.clock_settings import Part3Count, PauseMode
from sar.domain.working_days import months_after

DUAA_STARTS = date(2026, 2, 5)
COMPLAINTS_START = date(2026, 6, 19)
DAY = timedelta(days=1)


class ClockRegime(StrEnum):
    """The law a clock runs under; values are those of clock files."""

    UK_GDPR_12A = "uk-gdpr-12A"
    PRE_DUAA = "pre-duaa"
    PART_3 = "dpa-part3-54"
    COMPLAINT = "dpa-164A"
    EDUCATIONAL_RECORD = "si-2005-1437"
    EXAM_MARKS = "dpa-sch2-25"


_ACCESS = frozenset({RequestType.SAR, RequestType.SAR_PART3, RequestType.EXAM_SAR})
_LAW = {
    ClockRegime.UK_GDPR_12A: "UK GDPR Art 12A",
    ClockRegime.PRE_DUAA: "UK GDPR Art 12(3) as it stood before 5 February 2026",
    ClockRegime.PART_3: "DPA 2018 s.54",
    ClockRegime.EXAM_MARKS: "DPA 2018 Sch 2 para 25(3)",
}

_PAUSE_LAW = {
    ClockRegime.UK_GDPR_12A: "UK GDPR Art 12A(5)(b)",
    ClockRegime.PRE_DUAA: "ICO guidance on requests received before 5 February 2026",
    ClockRegime.PART_3: "DPA 2018 s.54, as UK GDPR Art 12A(5)(b)",
    ClockRegime.EXAM_MARKS: "UK GDPR Art 12A(5)(b)",
}
_EXTENSION_LAW = {
    ClockRegime.UK_GDPR_12A: "UK GDPR Art 12A(3)-(5)",
    ClockRegime.PRE_DUAA: "UK GDPR Art 12(3) as it stood before 5 February 2026",
    ClockRegime.PART_3: "DPA 2018 s.54, as UK GDPR Art 12A(3)-(5)",
    ClockRegime.EXAM_MARKS: "UK GDPR Art 12A(3)-(5)",
}


@dataclass(frozen=True)
class MonthRules:
    """How a period starting on `start` is counted; `announced` is the day of exam results."""

    regime: ClockRegime
    is_pausable: bool
    is_extendable: bool
    pause_mode: PauseMode
    counts_day_after: bool = False
    announced: date | None = None

    @property
    def law(self) -> str:
        """The provision that sets the period."""
        return _LAW[self.regime]

    @property
    def pause_law(self) -> str:
        """The provision that stops the clock for a question."""
        return _PAUSE_LAW[self.regime]

    @property
    def extension_law(self) -> str:
        """The provision that allows two further months."""
        return _EXTENSION_LAW[self.regime]

    def end(self, start: date, months: int) -> date:
        """The last day of the period before pauses and before rolling; months is 1 or 3.

        Law: UK GDPR Art 12A(1), (3); DPA 2018 s.54; DPA 2018 Sch 2 para 25(3) for exam marks.
        """
        if self.regime is ClockRegime.EXAM_MARKS:
            five_months = months_after(start, 5)
            if self.announced is None:
                return five_months
            return min(five_months, self.announced + timedelta(days=40))
        return months_after(start + DAY if self.counts_day_after else start, months)


def rules_for(clock: Clock, start: date) -> MonthRules:
    """The rules for a request whose relevant time is `start`.

    Requests received before 5 February 2026 keep the old rules, even if identity came later. Exam
    marks asked for before the results have their own period; afterwards the ordinary month.

    Law: SI 2026/82 reg 4(a); UK GDPR Art 12A(5) (pause: Art 15 only); DPA 2018 s.54, Sch 2 para 25.
    """
    is_old = clock.received < DUAA_STARTS
    announced = min(clock.days_of(ClockEventType.RESULTS_ANNOUNCED), default=None)
    if clock.request_type is RequestType.EXAM_SAR and (announced is None or start < announced):
        mode = clock.settings.pause_mode
        return MonthRules(ClockRegime.EXAM_MARKS, False, False, mode, announced=announced)
    is_part_3 = clock.request_type is RequestType.SAR_PART3
    # Part 3 had neither a pause nor an extension until section 54 was rewritten.
    is_old_part_3 = is_old and is_part_3
    return MonthRules(
        regime=_regime(is_old=is_old, is_part_3=is_part_3),
        is_pausable=clock.request_type in _ACCESS and not is_old_part_3,
        is_extendable=not is_old_part_3,
        pause_mode=PauseMode.ELAPSED if is_old else clock.settings.pause_mode,
        counts_day_after=is_part_3 and clock.settings.part3_count is Part3Count.DAY_AFTER,
    )


def _regime(*, is_old: bool, is_part_3: bool) -> ClockRegime:
    if is_part_3:
        return ClockRegime.PART_3
    return ClockRegime.PRE_DUAA if is_old else ClockRegime.UK_GDPR_12A
