"""The desk with its people and one open case, for tests of screens and use cases.

A test's own session and the client's requests are apart: use `desk()` for rows, and leave it before
making a request, as SQLite lets one at a time write.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Config
from sar.adapters.doors import doors
from sar.adapters.inbox import Dropped
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.domain.inboxes import INBOXES
from sar.domain.mail import MailFacts
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.domain.triage import triage
from sar.extensions import db
from sar.models.engine import Transactions, transactions
from sar.models.user import User
from sar.services import cases, councils, users
from sar.services.actor import Actor, system
from sar.services.cases import NewCase
from sar.services.intake import Taken, receive
from sar.services.keys import create_data_key, open_data_key
from sar.services.people import NewPerson
from sar.services.users import NewMember, load_staff

PASSWORD = "a long enough password"
BOTH = ("RBKC", "WCC")
PEOPLE = {
    "officer": NewMember("Olu Officer", "officer@desk.test", PASSWORD, Role.OFFICER, BOTH),
    "rbkc_officer": NewMember("Rae Borough", "rae@desk.test", PASSWORD, Role.OFFICER, ("RBKC",)),
    "wcc_officer": NewMember("Wyn City", "wyn@desk.test", PASSWORD, Role.OFFICER, ("WCC",)),
    "approver": NewMember("Ava Approver", "approver@desk.test", PASSWORD, Role.APPROVER, BOTH),
    "team_member": NewMember(
        "Tom Team",
        "team@desk.test",
        PASSWORD,
        Role.TEAM_MEMBER,
        ("RBKC",),
        "children-social-care",
    ),
    "admin": NewMember("Ada Admin", "admin@desk.test", PASSWORD, Role.ADMIN, BOTH),
}

Desk = Callable[[], AbstractContextManager[None]]
ActorOf = Callable[[str], Actor]
ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tables, councils and people, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("furnished")
    app = _application(folder)
    with app.app_context():
        db.create_all()
        councils.ensure_councils()
        for member in PEOPLE.values():
            users.add_staff(member, system(datetime.now(UTC)))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def app(furnished: Path, tmp_path: Path) -> Iterator[Flask]:
    """The whole application over files of its own; forms need no CSRF token."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    app = _application(tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["TESTING"] = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def desk(app: Flask) -> Desk:
    """`with desk():` opens a session, and commits when it is left without a fault."""

    @contextmanager
    def opened() -> Iterator[None]:
        with app.app_context():
            yield
            db.session.commit()

    return opened


@pytest.fixture
def actor_of(app: Flask) -> ActorOf:
    """`actor_of("officer")`: that person, acting now; may be asked inside `desk()` too."""

    def acting(who: str) -> Actor:
        with app.app_context(), transactions(Transactions.READ):
            staff = load_staff(_session_id(who))
            assert staff is not None
            return staff.acting_at(datetime.now(UTC))

    return acting


@pytest.fixture
def client_of(app: Flask) -> ClientOf:
    """`client_of("approver")`: a browser in which that person has signed in."""

    def signed_in(who: str) -> FlaskClient:
        with app.app_context(), transactions(Transactions.READ):
            session_id = _session_id(who)
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = session_id
            session["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def officer(client_of: ClientOf) -> FlaskClient:
    """The browser of an officer of both councils."""
    return client_of("officer")


@pytest.fixture
def open_case(desk: Desk, actor_of: ActorOf) -> Callable[..., uuid.UUID]:
    """`open_case(right=..., council_code=..., received_on=..., by=...)`: the id of a new case."""

    def opened(by: str = "officer", **given: object) -> uuid.UUID:
        actor = actor_of(by)
        with desk():
            return cases.open_case(new_case(actor.today, **given), actor).id

    return opened


@pytest.fixture
def case_id(open_case: Callable[..., uuid.UUID]) -> uuid.UUID:
    """An access case of Kensington and Chelsea, received ten days ago, kept by the officer."""
    return open_case()


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Callable[..., uuid.UUID]:
    """`post(subject=..., body=..., inbox=...)`: the id of a mail that has come in.

    It is what intake makes of a mail, but for the reading, which needs the sandbox.
    """

    def posted(inbox: str = "rbkc-dataprotectionact", **given: object) -> uuid.UUID:
        facts = mail_facts(**given)
        now = datetime.now(UTC)
        with desk():
            code = next(each.council.value for each in INBOXES if each.slug == inbox)
            key = open_data_key(create_data_key(code).id)
            raw = f"Subject: {facts.subject}\n\n{facts.body}".encode()
            taken = Taken(
                dropped=Dropped(inbox, tmp_path / "mail.eml"),
                raw=doors().files.put(key, raw),
                body=doors().files.put(key, json.dumps(facts.as_dict()).encode()),
                body_sha256=hashlib.sha256(facts.body.encode()).hexdigest(),
                facts=facts,
                triage=triage(facts),
                landed_at=now,
            )
            message = receive(taken, system(now))
            assert message is not None
            message.data_key_id = key.id
            return message.id

    return posted


def mail_facts(**given: object) -> MailFacts:
    """A mail that asks for a copy of a file, unless the test says otherwise."""
    usual: dict[str, object] = {
        "from_": "Niamh O'Brien <niamh@example.org>",
        "to": ("dataprotectionact@rbkc.gov.uk",),
        "subject": "My file",
        "body": "Please send me a copy of my social services file.",
        "message_id": f"<{uuid.uuid4()}@example.org>",
    }
    return MailFacts(**{**usual, **given})  # type: ignore[arg-type]


def new_case(today: date, **given: object) -> NewCase:
    """What an officer would type, unless the test says otherwise."""
    usual: dict[str, object] = {
        "council_code": "RBKC",
        "right": Right.ACCESS,
        "received_on": today - timedelta(days=10),
        "origin": "phone",
        "summary": "Everything in the social work file.",
        "people": (NewPerson(PersonPart.DATA_SUBJECT, "Niamh O'Brien", email="niamh@example.org"),),
        "service_ids": ("SVC-01",),
    }
    return NewCase(**{**usual, **given})  # type: ignore[arg-type]


def _application(folder: Path) -> Flask:
    config = Config.for_test(folder)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    return create_app(config, NoSender())


def _session_id(who: str) -> str:
    user = db.session.scalar(db.select(User).where(User.email == PEOPLE[who].email))
    assert user is not None
    return f"{user.id}:{user.sign_in_stamp}"
