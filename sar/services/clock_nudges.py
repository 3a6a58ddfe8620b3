"""What a clock asks an officer to do now: remind, consider closing, tell how a complaint goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sar.domain.clock import ClockFlag, ClockResult
from sar.domain.dates import date_words
from sar.models.case import Case
from sar.services import clocks

AHEAD = timedelta(days=3)  # how long before its day an update on a complaint is asked for


@dataclass(frozen=True)
class Nudge:
    """One thing to do on one case."""

    case: Case
    sentence: str


def nudges_of(cases: Iterable[Case], today: date) -> list[Nudge]:
    """What the clocks of these open cases ask for, in the order of the cases."""
    return [
        Nudge(case, sentence)
        for case in cases
        if case.closed_on is None
        for sentence in asked_for(clocks.result_of(case), today)
    ]


def asked_for(result: ClockResult, today: date) -> list[str]:
    """The sentences of one clock on a day."""
    found = []
    if result.remind_on and result.remind_on <= today:
        found.append(
            "The question has had no answer, and a reminder was due on "
            f"{date_words(result.remind_on)}: remind the person once, and record it on the clock."
        )
    if result.closable_from and result.closable_from <= today:
        found.append(
            "The question has had no answer for a month: the case may be closed with a letter, and "
            "is opened again on a reply. It never closes by itself."
        )
    if result.progress_update_by and result.progress_update_by <= today + AHEAD:
        found.append(
            "Tell the person how their complaint is going by "
            f"{date_words(result.progress_update_by)}, and record it on the clock."
        )
    if ClockFlag.STOP_PROCESSING in result.flags:
        found.append("Direct marketing to this person must have stopped: check that it has.")
    return found
