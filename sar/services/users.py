"""Members of staff: adding them, signing in, and who they are acting as."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.permissions import Permission, Role
from sar.extensions import db
from sar.models.controller import Controller, ServiceTeam
from sar.models.user import Membership, User
from sar.services import audit
from sar.services.actor import Actor
from sar.services.errors import RefusedError

MIN_PASSWORD = 15
MAX_PASSWORD = 128
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex())  # checked when there is no such person: same time


@dataclass(frozen=True)
class StaffMember:
    """A signed-in member of staff, as the web knows them."""

    id: uuid.UUID
    name: str
    email: str
    stamp: str
    roles: dict[uuid.UUID, frozenset[Role]]
    team_ids: frozenset[uuid.UUID]
    council_codes: tuple[str, ...]
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session keeps: the person, and the stamp that ends all their sessions."""
        return f"{self.id}:{self.stamp}"

    def acting_at(self, moment: datetime) -> Actor:
        """This person, doing something at this moment."""
        return Actor(f"staff:{self.id}", moment, self.id, self.name, self.roles, self.team_ids)

    @property
    def role_labels(self) -> tuple[str, ...]:
        """Each role once, in words."""
        return tuple(sorted({role.label for roles in self.roles.values() for role in roles}))


def load_staff(session_id: str) -> StaffMember | None:
    """The person a session belongs to, or None when it has ended."""
    user_id, _, stamp = session_id.partition(":")
    try:
        user = db.session.get(User, uuid.UUID(user_id))
    except ValueError:
        return None
    if user is None or not user.is_active or not secrets.compare_digest(user.sign_in_stamp, stamp):
        return None
    return _as_staff(user)


def acting(user_id: uuid.UUID, moment: datetime) -> Actor:
    """A member of staff as somebody who acts, known by id: for the command line."""
    return _as_staff(db.session.get_one(User, user_id)).acting_at(moment)


def sign_in(email: str, password: str, actor: Actor) -> StaffMember | None:
    """The person, when the password is theirs; one event either way, for a person we know."""
    user = db.session.scalar(select(User).where(User.email == email.strip().casefold()))
    is_theirs = _verify(user.password_hash if user else _NOBODY, password[:MAX_PASSWORD])
    if user is None or not user.is_active:
        return None
    if not is_theirs:
        audit.record(EventName.STAFF_SIGN_IN_REFUSED, actor, user, controller_id=None)
        return None
    user.last_signed_in_at = actor.now
    audit.record(EventName.STAFF_SIGNED_IN, actor, user, controller_id=None)
    return _as_staff(user)


def sign_out(actor: Actor) -> None:
    """Ends every session of this person, so that a copied cookie is worth nothing."""
    user = db.session.get(User, actor.staff_id)
    assert user is not None
    user.sign_in_stamp = secrets.token_hex(16)
    audit.record(EventName.STAFF_SIGNED_OUT, actor, user, controller_id=None)


@dataclass(frozen=True)
class NewMember:
    """What is needed to add somebody; `team` is the slug of a service team."""

    name: str
    email: str
    password: str
    role: Role
    council_codes: tuple[str, ...]
    team: str | None = None


def add_staff(new: NewMember, actor: Actor) -> User:
    """Adds a member of staff for one or both councils.

    Raises:
        RefusedError: the password is too short, the address is taken, the council or team unknown.
    """
    if not MIN_PASSWORD <= len(new.password) <= MAX_PASSWORD:
        raise RefusedError(f"A password needs {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
    email = new.email.strip().casefold()
    if db.session.scalar(select(User.id).where(User.email == email)):
        raise RefusedError("Somebody with this e-mail address already has an account.")
    if (new.role is Role.TEAM_MEMBER) != (new.team is not None):
        raise RefusedError("A service team member, and nobody else, belongs to a team.")
    user = User(
        name=new.name.strip(),
        email=email,
        password_hash=_hasher.hash(new.password),
        sign_in_stamp=secrets.token_hex(16),
        memberships=[_membership(code, new) for code in new.council_codes],
    )
    db.session.add(user)
    db.session.flush()
    audit.record(EventName.STAFF_ADDED, actor, user, controller_id=None, role=new.role.value)
    return user


def officers_of(controller_id: uuid.UUID, actor: Actor) -> list[tuple[str, str]]:
    """Officers of a council to choose from: (id, name), by name."""
    if controller_id not in actor.councils_with(Permission.CASE_READ):
        return []
    query = (
        select(User)
        .join(Membership)
        .where(
            Membership.controller_id == controller_id,
            Membership.role == Role.OFFICER,
            User.is_active,
        )
        .order_by(User.name)
    )
    return [(str(user.id), user.name) for user in db.session.scalars(query).unique()]


def _membership(code: str, new: NewMember) -> Membership:
    controller = db.session.scalar(select(Controller).where(Controller.code == code))
    if controller is None:
        raise RefusedError(f"There is no council {code}.")
    team = None
    if new.team is not None:
        team = db.session.scalar(
            select(ServiceTeam).where(
                ServiceTeam.controller_id == controller.id, ServiceTeam.slug == new.team
            )
        )
        if team is None:
            raise RefusedError(f"{code} has no service team {new.team}.")
    return Membership(controller_id=controller.id, role=new.role, team_id=team.id if team else None)


def _as_staff(user: User) -> StaffMember:
    roles: dict[uuid.UUID, frozenset[Role]] = {}
    for membership in user.memberships:
        held = roles.get(membership.controller_id, frozenset())
        roles[membership.controller_id] = held | {membership.role}
    codes = db.session.scalars(select(Controller.code).where(Controller.id.in_(roles)))
    return StaffMember(
        id=user.id,
        name=user.name,
        email=user.email,
        stamp=user.sign_in_stamp,
        roles=roles,
        team_ids=frozenset(each.team_id for each in user.memberships if each.team_id),
        council_codes=tuple(sorted(codes)),
    )


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
