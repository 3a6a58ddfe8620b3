"""The two councils and their teams, as rows made from the register."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.domain.service_entry import Council
from sar.domain.teams import TEAMS
from sar.extensions import db
from sar.models.controller import Controller, ServiceTeam
from sar.services import holds
from sar.services.errors import NotFoundError

SERVED = tuple(council for council in Council if council.is_served)


def ensure_councils() -> None:
    """Makes whatever is missing: rows for councils and teams, and each council's key.

    Reference data, not a change to anybody's case: it records no event.
    """
    for council in SERVED:
        doors().keys.ensure(council.value)
        controller = db.session.scalar(select(Controller).where(Controller.code == council.value))
        if controller is None:
            controller = Controller(code=council.value, name=council.label)
            db.session.add(controller)
            db.session.flush()
        holds.ensure_inquiry_hold(controller.id)
        known = set(
            db.session.scalars(
                select(ServiceTeam.slug).where(ServiceTeam.controller_id == controller.id)
            )
        )
        for team in TEAMS:
            if council in team.councils and team.slug not in known:
                db.session.add(
                    ServiceTeam(controller_id=controller.id, slug=team.slug, name=team.name)
                )
    db.session.flush()


def council_named(code: str) -> Controller:
    """The council with this code.

    Raises:
        NotFoundError: it is not one this desk serves.
    """
    found = db.session.scalar(select(Controller).where(Controller.code == code))
    if found is None:
        raise NotFoundError(f"This desk does not serve {code}.")
    return found


def council_names(controller_ids: frozenset[uuid.UUID]) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of these councils."""
    query = select(Controller).where(Controller.id.in_(controller_ids)).order_by(Controller.code)
    return [(each.id, each.name) for each in db.session.scalars(query)]


def council_codes(controller_ids: frozenset[uuid.UUID]) -> list[tuple[str, str]]:
    """(code, name) of these councils, to choose from."""
    query = select(Controller).where(Controller.id.in_(controller_ids)).order_by(Controller.code)
    return [(each.code, each.name) for each in db.session.scalars(query)]
