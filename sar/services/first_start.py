"""A first start: members of staff with fresh passwords, and the demonstration family's case."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import format_datetime

from sqlalchemy import select

from sar.adapters.demonstration import demonstration_folder
from sar.adapters.doors import doors
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.extensions import db
from sar.models.case import Case
from sar.models.message import InboundMessage
from sar.models.user import User
from sar.services import intake, messages, records, users
from sar.services.actor import Actor, system
from sar.services.cases import NewCase
from sar.services.councils import SERVED
from sar.services.people import NewPerson

INBOX = "wcc-accesstochildrensservices"
DAYS_AGO = 12
BOTH = tuple(council.value for council in SERVED)
STAFF = (
    ("Olivia Officer", "officer", Role.OFFICER, BOTH, None),
    ("Arjun Approver", "approver", Role.APPROVER, BOTH, None),
    ("Tess Team", "team", Role.TEAM_MEMBER, ("WCC",), "children-social-care"),
    ("Ada Admin", "admin", Role.ADMIN, BOTH, None),
)
NIAMH = NewPerson(
    part=PersonPart.DATA_SUBJECT,
    full_name="Niamh Warsame",
    born_on=date(2004, 3, 14),
    email="niamh.warsame@example.org",
)


@dataclass(frozen=True)
class SignIn:
    """What a member of staff of the demonstration signs in with."""

    role: str
    email: str
    password: str


def load_demonstration(now: datetime) -> tuple[SignIn, ...]:
    """Makes staff and one case with its records; nothing where anybody has an account already.

    The passwords are random and kept nowhere: this is the only time they can be read.
    """
    if db.session.scalar(select(User.id).limit(1)) is not None:
        return ()
    sign_ins = tuple(_add(*each, actor=system(now)) for each in STAFF)
    officer = users.load_staff(_session_of(sign_ins[0].email))
    assert officer is not None
    _load_case(officer.acting_at(now))
    return sign_ins


def _add(
    name: str, mailbox: str, role: Role, codes: tuple[str, ...], team: str | None, *, actor: Actor
) -> SignIn:
    email, password = f"{mailbox}@desk.example", secrets.token_urlsafe(15)
    users.add_staff(users.NewMember(name, email, password, role, codes, team), actor)
    return SignIn(role.label, email, password)


def _session_of(email: str) -> str:
    user = db.session.scalars(select(User).where(User.email == email)).one()
    return f"{user.id}:{user.sign_in_stamp}"


def _load_case(actor: Actor) -> Case:
    message = _receive(actor.now - timedelta(days=DAYS_AGO))
    opened = messages.open_case(
        message.id,
        NewCase(
            council_code="WCC",
            right=Right.ACCESS,
            received_on=message.received_on,
            origin="mail",
            summary="Her whole social care file, 2009 to 2024 (invented, for demonstration).",
            people=(NIAMH,),
            service_ids=tuple(message.service_ids) or ("SVC-01",),
            message_id=message.id,
        ),
        actor,
    )
    files = sorted(
        (demonstration_folder() / "records").iterdir(), key=lambda each: each.name.casefold()
    )
    supplied = [records.NewRecord(each.name, each.read_bytes()) for each in files]
    records.upload(opened.id, supplied, actor)
    return opened


def _receive(at: datetime) -> InboundMessage:
    """Her mail, as if it had arrived at this moment."""
    raw = (demonstration_folder() / "request.eml").read_bytes()
    dated = re.sub(rb"(?m)^Date: .*$", b"Date: " + format_datetime(at).encode(), raw, count=1)
    doors().inbox.prepare()
    path = doors().inbox.root / INBOX / "demonstration.eml"
    path.write_bytes(dated)
    os.utime(path, (at.timestamp(), at.timestamp()))
    for _ in intake.poll_inboxes(lambda *_: None):
        pass  # every stage in the one transaction of the first start
    return db.session.scalars(select(InboundMessage)).one()
