"""What every clock is counted by, beside its own events: read once a transaction.

Choices of each council, closed days of each school, and the bank holidays in force.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from sar.domain.clock_settings import ClockSettings, parse_settings
from sar.domain.working_days import shipped_holidays
from sar.extensions import db
from sar.models.clock import ClockChoice, HolidayList, SchoolClosure

_KEPT = "clock-facts"


@dataclass(frozen=True)
class ClockFacts:
    """Everything clocks of all councils are counted by."""

    settings: Mapping[uuid.UUID, ClockSettings]
    closures: Mapping[uuid.UUID, tuple[tuple[date, date], ...]]
    holidays: frozenset[date] | None

    def settings_of(self, controller_id: uuid.UUID) -> ClockSettings:
        """A council's choices; what it never set has the recommended answer."""
        return self.settings.get(controller_id, ClockSettings())

    def closures_of(self, school_id: uuid.UUID | None) -> tuple[tuple[date, date], ...]:
        """First and last days of a school's closures."""
        return self.closures.get(school_id, ()) if school_id else ()

    @property
    def known_holidays(self) -> frozenset[date]:
        """The bank holidays in force: those taken last, or those shipped."""
        return shipped_holidays() if self.holidays is None else self.holidays


def facts() -> ClockFacts:
    """What clocks are counted by now."""
    kept = db.session().info.get(_KEPT)
    if not isinstance(kept, ClockFacts):
        kept = ClockFacts(_settings(), _closures(), _holidays())
        db.session().info[_KEPT] = kept
    return kept


def forget() -> None:
    """To be called by whatever changes a fact, so that it is read again."""
    db.session().info.pop(_KEPT, None)


def _settings() -> dict[uuid.UUID, ClockSettings]:
    chosen: dict[uuid.UUID, dict[str, object]] = {}
    rows = db.session.scalars(select(ClockChoice).order_by(ClockChoice.created_at, ClockChoice.id))
    for row in rows:
        chosen.setdefault(row.controller_id, {})[row.name] = row.value
    return {controller: parse_settings(values) for controller, values in chosen.items()}


def _closures() -> dict[uuid.UUID, tuple[tuple[date, date], ...]]:
    found: dict[uuid.UUID, tuple[tuple[date, date], ...]] = {}
    rows = select(SchoolClosure).where(SchoolClosure.struck_at.is_(None))
    for row in db.session.scalars(rows.order_by(SchoolClosure.first_day)):
        found[row.school_id] = (*found.get(row.school_id, ()), (row.first_day, row.last_day))
    return found


def _holidays() -> frozenset[date] | None:
    latest = db.session.scalar(
        select(HolidayList).order_by(HolidayList.created_at.desc(), HolidayList.id).limit(1)
    )
    return None if latest is None else frozenset(map(date.fromisoformat, latest.days))


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _over(session: Session) -> None:
    session.info.pop(_KEPT, None)
