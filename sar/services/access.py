"""Loading a row, or refusing as if it did not exist: no row without a council."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from sqlalchemy import select

from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.base import Base
from sar.services.actor import Actor
from sar.services.errors import NotFoundError

Row = TypeVar("Row", bound=Base)


def load(model: type[Row], row_id: uuid.UUID, actor: Actor, permission: Permission) -> Row:
    """The row, when the actor has this permission for the council it belongs to.

    Raises:
        NotFoundError: there is no such row, or it is another council's: the two look the same.
    """
    owned: Any = model
    row = db.session.scalar(
        select(model).where(
            owned.id == row_id, owned.controller_id.in_(actor.councils_with(permission))
        )
    )
    if row is None:
        raise NotFoundError("There is no such page, or it is not yours to see.")
    return row
