"""Schools and their closed days: what the 15 school days of a record are counted by."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from sar.adapters.jobs import JobName
from sar.domain.clock_dates import EARLIEST
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.clock import School, SchoolClosure
from sar.services import audit, clock_facts
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.councils import council_named
from sar.services.errors import NotFoundError, RefusedError
from sar.services.jobs import enqueue

LONGEST = timedelta(days=70)  # a summer holiday with room to spare; longer is a slip of the pen


@dataclass(frozen=True)
class Closure:
    """Days a school is closed, first to last, and why in a few words."""

    first_day: date
    last_day: date
    why: str


def schools_for(actor: Actor, permission: Permission) -> Sequence[School]:
    """The schools of the councils for which the actor has this permission, by name."""
    return db.session.scalars(
        select(School)
        .where(School.controller_id.in_(actor.councils_with(permission)))
        .order_by(School.name, School.id)
    ).all()


def school_for(school_id: uuid.UUID, actor: Actor) -> School:
    """A school of a council whose settings the actor may read."""
    return load(School, school_id, actor, Permission.SETTINGS_READ)


def add_school(council_code: str, name: str, actor: Actor) -> School:
    """A school whose calendar is to be kept.

    Raises:
        RefusedError: no name, or one that is there already.
        NotFoundError: not the actor's council.
    """
    controller = council_named(council_code)
    if not actor.may(Permission.SETTINGS_CHANGE, controller.id):
        raise NotFoundError("There is no such council, or it is not yours to look after.")
    name = " ".join(name.split())
    if not name:
        raise RefusedError("Enter the name of the school.")
    known = select(School.name).where(School.controller_id == controller.id)
    if name.casefold() in {each.casefold() for each in db.session.scalars(known)}:
        raise RefusedError("That school is in the list already.")
    school = School(created_at=actor.now, controller_id=controller.id, name=name)
    db.session.add(school)
    db.session.flush()
    audit.record(EventName.SCHOOL_ADDED, actor, school, controller_id=controller.id)
    return school


def close_days(school_id: uuid.UUID, closure: Closure, actor: Actor) -> SchoolClosure:
    """Days on which the school has no session; open cases are counted again by a job.

    Raises:
        RefusedError: days that cannot be.
    """
    school = load(School, school_id, actor, Permission.SETTINGS_CHANGE)
    _check(closure, school)
    row = SchoolClosure(
        created_at=actor.now,
        controller_id=school.controller_id,
        first_day=closure.first_day,
        last_day=closure.last_day,
        why=closure.why.strip(),
    )
    school.closures.append(row)
    db.session.flush()
    _changed(EventName.SCHOOL_CLOSED, school, row, actor)
    return row


def open_days(school_id: uuid.UUID, closure_id: uuid.UUID, actor: Actor) -> None:
    """Strikes out a closure that was entered by mistake; the row stays to be seen."""
    school = load(School, school_id, actor, Permission.SETTINGS_CHANGE)
    row = next((each for each in school.closures if each.id == closure_id), None)
    if row is None or row.struck_at is not None:
        raise NotFoundError("There is no such closure of this school.")
    row.struck_at = actor.now
    db.session.flush()
    _changed(EventName.SCHOOL_OPENED, school, row, actor)


def _check(closure: Closure, school: School) -> None:
    if not closure.why.strip():
        raise RefusedError("Say why the school is closed, such as half term.")
    if closure.last_day < closure.first_day:
        raise RefusedError("The last day cannot be before the first day.")
    if closure.first_day < EARLIEST:
        raise RefusedError("Closures before 25 May 2018 decide nothing here; check the year.")
    if closure.last_day - closure.first_day > LONGEST:
        raise RefusedError("A school is not closed for more than ten weeks; check the days.")
    for each in school.closures:
        days = (each.first_day, each.last_day)
        if each.struck_at is None and days == (closure.first_day, closure.last_day):
            raise RefusedError("These days are in the calendar already.")


def _changed(name: EventName, school: School, row: SchoolClosure, actor: Actor) -> None:
    clock_facts.forget()
    enqueue(JobName.RECOUNT_CLOCKS, row.id, controller_id=school.controller_id)
    audit.record(
        name,
        actor,
        row,
        controller_id=school.controller_id,
        first_day=row.first_day.isoformat(),
        last_day=row.last_day.isoformat(),
    )
