"""Bank holidays: how far they are known, and a new list taken after it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.adapters.jobs import JobName
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.holiday_list import HolidayChange, read_holidays
from sar.domain.permissions import Permission
from sar.domain.working_days import counting_with, holidays_run_out_on, holidays_run_out_soon
from sar.extensions import db
from sar.models.clock import HolidayList
from sar.services import audit, clock_facts
from sar.services.actor import Actor
from sar.services.errors import RefusedError
from sar.services.jobs import enqueue

SHOWN = 3


@dataclass(frozen=True)
class Known:
    """The bank holidays in force: those to come, how far they reach, and whether that is near."""

    coming: tuple[date, ...]
    end: date
    ends_soon: bool
    taken: HolidayList | None


def known_holidays(today: date) -> Known:
    """What is known of bank holidays on this day."""
    days = clock_facts.facts().known_holidays
    latest = select(HolidayList).order_by(HolidayList.created_at.desc(), HolidayList.id).limit(1)
    with counting_with(days):
        return Known(
            coming=tuple(sorted(day for day in days if day >= today)),
            end=holidays_run_out_on(),
            ends_soon=holidays_run_out_soon(today),
            taken=db.session.scalar(latest),
        )


def ending_warning(today: date) -> str:
    """The sentence that officers and operators see in the last year of the data; else nothing."""
    with counting_with(clock_facts.facts().known_holidays):
        if not holidays_run_out_soon(today):
            return ""
        end = holidays_run_out_on()
    return (
        f"Bank holidays are known only to {date_words(end)}. Dates after that leave out weekends "
        "alone. An administrator can take the new list from GOV.UK."
    )


def take_holidays(text: bytes, actor: Actor) -> HolidayChange:
    """Puts a GOV.UK list in force; every open case is counted again by a job.

    Raises:
        ClockError: the file cannot be believed, with the reason.
        RefusedError: the actor may not, or the file says nothing new.
    """
    if actor.user_id is not None and not actor.councils_with(Permission.SETTINGS_CHANGE):
        raise RefusedError("Only an administrator takes a new list of bank holidays.")
    change = read_holidays(text, clock_facts.facts().known_holidays, actor.today)
    if change.is_empty:
        raise RefusedError("The file says nothing that is not known already.")
    row = HolidayList(
        created_at=actor.now,
        days=[day.isoformat() for day in sorted(change.days)],
        cause=cause_of(change),
        taken_by=actor.label,
    )
    db.session.add(row)
    db.session.flush()
    clock_facts.forget()
    enqueue(JobName.RECOUNT_CLOCKS, row.id)
    audit.record(
        EventName.HOLIDAYS_TAKEN,
        actor,
        row,
        controller_id=None,
        added=",".join(day.isoformat() for day in change.added),
        removed=",".join(day.isoformat() for day in change.removed),
    )
    return change


def cause_of(change: HolidayChange) -> str:
    """What changed, in a clause that timelines and mails hold."""
    parts = []
    if change.added:
        parts.append(f"{_days(change.added)} now a bank holiday")
    if change.removed:
        parts.append(f"{_days(change.removed)} no longer a bank holiday")
    return " and ".join(parts)


def _days(days: tuple[date, ...]) -> str:
    named = ", ".join(date_words(day) for day in days[:SHOWN])
    more = f" and {len(days) - SHOWN} more" if len(days) > SHOWN else ""
    return f"{named}{more} {'is' if len(days) == 1 else 'are each'}"
