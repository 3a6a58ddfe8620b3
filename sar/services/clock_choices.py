"""The clock settings of each council: what is in force, who set it, when and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from sar.adapters.jobs import JobName
from sar.domain.clock_choices import CHOICES, Choice, choice
from sar.domain.clock_settings import ClockSettings, parse_settings
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.clock import ClockChoice
from sar.models.controller import Controller
from sar.models.user import User
from sar.services import audit, clock_facts
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError
from sar.services.jobs import enqueue


@dataclass(frozen=True)
class Setting:
    """One setting of one council: what it is now, and how it came to be."""

    choice: Choice
    value: object
    is_recommended: bool
    history: tuple[tuple[ClockChoice, str], ...]

    @property
    def words(self) -> str:
        """The value as a person reads it."""
        return self.choice.words_for(self.value)


@dataclass(frozen=True)
class CouncilSettings:
    """A council with all its settings."""

    council: Controller
    settings: tuple[Setting, ...]


def all_settings(actor: Actor) -> list[CouncilSettings]:
    """The settings of each council whose settings the actor may read."""
    councils = db.session.scalars(
        select(Controller)
        .where(Controller.id.in_(actor.councils_with(Permission.SETTINGS_READ)))
        .order_by(Controller.code)
    )
    return [
        CouncilSettings(each, tuple(_setting(each.id, one) for one in CHOICES)) for each in councils
    ]


def setting_of(council_code: str, name: str, actor: Actor, permission: Permission) -> Setting:
    """One setting of a council.

    Raises:
        NotFoundError: no such setting, or not the actor's council.
    """
    return _setting(_council(council_code, actor, permission).id, _known(name))


def change_setting(council_code: str, name: str, typed: str, reason: str, actor: Actor) -> None:
    """Sets a setting; every open case of the council is counted again by a job.

    Raises:
        RefusedError: no reason, or no change.
        ClockError: not a value the setting has.
        NotFoundError: no such setting, or not the actor's council.
    """
    controller = _council(council_code, actor, Permission.SETTINGS_CHANGE)
    known = _known(name)
    value = known.value_of(typed)
    parse_settings({name: value})
    if not reason.strip():
        raise RefusedError("Write down why the setting is changed.")
    if value == _plain(getattr(clock_facts.facts().settings_of(controller.id), name)):
        raise RefusedError("That is the setting already.")
    row = ClockChoice(
        created_at=actor.now,
        controller_id=controller.id,
        name=name,
        value=value,
        reason=reason.strip(),
        actor_id=actor.staff_id,
    )
    db.session.add(row)
    db.session.flush()
    clock_facts.forget()
    enqueue(JobName.RECOUNT_CLOCKS, row.id, controller_id=controller.id)
    audit.record(
        EventName.CLOCK_SETTING_CHANGED,
        actor,
        row,
        controller_id=controller.id,
        setting=name,
        value=str(value),
    )


def _setting(controller_id: uuid.UUID, known: Choice) -> Setting:
    value = getattr(clock_facts.facts().settings_of(controller_id), known.name)
    rows = db.session.execute(
        select(ClockChoice, User.name)
        .join(User, User.id == ClockChoice.actor_id)
        .where(ClockChoice.controller_id == controller_id, ClockChoice.name == known.name)
        .order_by(ClockChoice.created_at.desc())
    )
    return Setting(
        choice=known,
        value=_plain(value),
        is_recommended=value == getattr(ClockSettings(), known.name),
        history=tuple((row[0], row[1]) for row in rows),
    )


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _known(name: str) -> Choice:
    found = choice(name)
    if found is None:
        raise NotFoundError("There is no such setting.")
    return found


def _council(code: str, actor: Actor, permission: Permission) -> Controller:
    found = db.session.scalar(
        select(Controller).where(
            Controller.code == code, Controller.id.in_(actor.councils_with(permission))
        )
    )
    if found is None:
        raise NotFoundError("There is no such council, or it is not yours to look after.")
    return found
