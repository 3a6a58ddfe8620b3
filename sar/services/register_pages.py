"""What the pages of the service register show, read together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from sar.domain.permissions import Permission
from sar.domain.register import Availability, basis_warning, right_availability
from sar.domain.register_edits import (
    complaints_address,
    is_shipped,
    misprints_of,
    requests_address,
)
from sar.domain.rights import Right
from sar.domain.service_entry import Council, ServiceEntry
from sar.extensions import db
from sar.models.controller import Controller
from sar.services import register
from sar.services.actor import Actor
from sar.services.register import FieldState


@dataclass(frozen=True)
class CouncilRegister:
    """One council and its services."""

    council: Council
    services: tuple[ServiceEntry, ...]


@dataclass(frozen=True)
class ServicePage:
    """One service as a council has it, with everything an officer should know of it."""

    council: Council
    entry: ServiceEntry
    fields: tuple[FieldState, ...]
    rights: tuple[tuple[Right, Availability], ...]
    warnings: tuple[str, ...]
    misprints: tuple[str, ...]
    requests_address: str
    complaints_address: str
    is_shipped: bool
    may_change: bool


def registers(actor: Actor) -> tuple[CouncilRegister, ...]:
    """The register of each council the actor may read, other authorities' rows at the end."""
    theirs = actor.councils_with(Permission.REGISTER_READ)
    query = select(Controller.code).where(Controller.id.in_(theirs)).order_by(Controller.code)
    return tuple(
        CouncilRegister(Council(code), register.register_of(code))
        for code in db.session.scalars(query)
    )


def page_of(council_code: str, service_id: str, actor: Actor) -> ServicePage:
    """One service.

    Raises:
        NotFoundError: there is no such service or council, or it is another council's.
    """
    entry = register.service_for(council_code, service_id, actor, Permission.REGISTER_READ)
    council = Council(council_code)
    points = dict.fromkeys(point for basis in entry.bases for point in basis.points)
    return ServicePage(
        council=council,
        entry=entry,
        fields=register.fields_of(entry),
        rights=tuple((right, right_availability(entry, right)) for right in Right),
        warnings=tuple(dict.fromkeys(filter(None, map(basis_warning, points)))),
        misprints=misprints_of(entry),
        requests_address=requests_address(entry, council),
        complaints_address=complaints_address(entry, council),
        is_shipped=is_shipped(service_id),
        may_change=register.may_change(council_code, actor),
    )
