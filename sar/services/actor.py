"""Who is acting, and when: every service takes one of these, none reads the clock."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sar.domain.permissions import Permission, Role, permissions_of
from sar.domain.working_days import london_date


@dataclass(frozen=True)
class Actor:
    """Somebody, or the system itself, doing something at `now` (aware, UTC).

    `roles` maps the id of each council to what the person does for it; `team_ids` are the service
    teams they belong to.
    """

    label: str
    now: datetime
    user_id: uuid.UUID | None = None
    name: str = ""
    roles: Mapping[uuid.UUID, frozenset[Role]] = field(default_factory=dict)
    team_ids: frozenset[uuid.UUID] = frozenset()

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_date(self.now)

    @property
    def staff_id(self) -> uuid.UUID:
        """The id of the member of staff acting; only staff reach the services that ask for it."""
        assert self.user_id is not None
        return self.user_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do for at least one council."""
        return frozenset().union(*(permissions_of(roles) for roles in self.roles.values()))

    def councils_with(self, permission: Permission) -> frozenset[uuid.UUID]:
        """The ids of the councils for which the person has this permission."""
        return frozenset(
            council for council, roles in self.roles.items() if permission in permissions_of(roles)
        )

    def may(self, permission: Permission, controller_id: uuid.UUID) -> bool:
        """Whether the person has this permission for this council."""
        return permission in permissions_of(self.roles.get(controller_id, frozenset()))


def system(now: datetime) -> Actor:
    """The programme itself: mail arriving, work done in the background."""
    return Actor("system", now)
