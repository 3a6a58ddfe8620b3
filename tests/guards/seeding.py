"""A desk with the same rows for each council, and people who may see one, the other, or neither."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask

from config import Config
from sar.adapters.doors import doors
from sar.adapters.files import OpenKey
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.documents.layout import PageLayout, Word
from sar.domain.clock import ClockEventType
from sar.domain.facts import FactKind
from sar.domain.holds import HoldKind
from sar.domain.letter import LetterKind
from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.redaction import Rect
from sar.domain.register_fields import RegisterField
from sar.domain.rights import Right
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case, CasePerson, ClockEventRow
from sar.models.clock import School, SchoolClosure
from sar.models.consultation import Consultation
from sar.models.controller import Controller, ServiceTeam
from sar.models.decision import RecipientList, RecipientNotice, Restriction
from sar.models.disclosure import BundleFile, BundleStatus, Disclosure, DisclosureBundle
from sar.models.fact import CaseFact
from sar.models.hold import HoldRow
from sar.models.letter import LetterText
from sar.models.likeness import Likeness, LikenessKind
from sar.models.message import InboundMessage, MessageStatus, OutboundMessage
from sar.models.record import Page, Record
from sar.models.redaction import Redaction, RedactionKind, Review, ReviewDecision
from sar.models.register import RegisterEditRow
from sar.models.search import Search
from sar.models.upload import Upload
from sar.models.user import Membership, User
from sar.services import cases, correspondence, councils, letters, page_index, reviews
from sar.services.actor import Actor
from sar.services.keys import create_data_key, open_data_key
from sar.services.users import load_staff
from tests.integration.conftest import mail_facts, new_case

COUNCILS = ("RBKC", "WCC")
INBOXES = {"RBKC": "rbkc-dataprotectionact", "WCC": "wcc-accesstochildrensservices"}
TEAM = "children-social-care"
SAID = "The neighbour, Derek Pargeter, rang."
Roles = Mapping[str, Role]

PEOPLE: dict[str, Roles] = {
    "officer of RBKC": {"RBKC": Role.OFFICER},
    "officer of WCC": {"WCC": Role.OFFICER},
    "officer of both": {"RBKC": Role.OFFICER, "WCC": Role.OFFICER},
    "approver of RBKC, officer of WCC": {"RBKC": Role.APPROVER, "WCC": Role.OFFICER},
    "approver of RBKC": {"RBKC": Role.APPROVER},
    "approver of WCC": {"WCC": Role.APPROVER},
    "team member of RBKC": {"RBKC": Role.TEAM_MEMBER},
    "team member of WCC": {"WCC": Role.TEAM_MEMBER},
    "admin of RBKC": {"RBKC": Role.ADMIN},
    "admin of WCC": {"WCC": Role.ADMIN},
    "admin of both": {"RBKC": Role.ADMIN, "WCC": Role.ADMIN},
    "suspended officer": {"RBKC": Role.OFFICER, "WCC": Role.OFFICER},
    "member of nothing": {},
}


@dataclass(frozen=True)
class Seeded:
    """The ids of the rows made, by council and by name; session ids and cookies of people."""

    ids: dict[str, dict[str, str]]
    sessions: dict[str, str]
    collecting: dict[str, str] = field(default_factory=dict)


def application(folder: Path) -> Flask:
    """The whole application over this folder."""
    config = Config.for_test(folder)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(config, NoSender())
    app.config["TESTING"] = True
    return app


def seed(folder: Path) -> Seeded:
    """Makes tables, people and each council's rows."""
    app = application(folder)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.create_all()
        councils.ensure_councils()
        sessions = {who: _person(who, roles) for who, roles in PEOPLE.items()}
        db.session.commit()
        ids = {code: _CouncilRows(code, sessions).made() for code in COUNCILS}
        db.session.commit()
        db.session.remove()
    collecting = {code: _collect(app, ids[code]["token"]) for code in COUNCILS}
    with app.app_context():
        suspended = db.session.scalars(
            db.select(User).where(User.name == "suspended officer")
        ).one()
        suspended.is_active = False
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Seeded(ids, sessions, collecting)


def _person(who: str, roles: Roles) -> str:
    memberships = []
    for code, role in roles.items():
        controller = db.session.scalars(db.select(Controller).where(Controller.code == code)).one()
        team = _team(controller.id, TEAM).id if role is Role.TEAM_MEMBER else None
        memberships.append(Membership(controller_id=controller.id, role=role, team_id=team))
    user = User(
        name=who,
        email=f"{who.replace(' ', '.').replace(',', '').casefold()}@desk.test",
        password_hash="none",
        sign_in_stamp=sha256(who.encode()).hexdigest()[:32],
        memberships=memberships,
    )
    db.session.add(user)
    db.session.flush()
    return f"{user.id}:{user.sign_in_stamp}"


def _team(controller_id: uuid.UUID, slug: str) -> ServiceTeam:
    query = db.select(ServiceTeam).where(
        ServiceTeam.controller_id == controller_id, ServiceTeam.slug == slug
    )
    return db.session.scalars(query).one()


class _CouncilRows:
    """One council's cases, and a row of every kind that an address can name."""

    def __init__(self, code: str, sessions: Mapping[str, str]) -> None:
        self.code = code
        self.now = datetime.now(UTC)
        staff = load_staff(sessions[f"officer of {code}"])
        approver = load_staff(sessions[f"approver of {code}"])
        assert staff is not None
        assert approver is not None
        self.officer: Actor = staff.acting_at(self.now)
        self.approver: Actor = approver.acting_at(self.now)
        member = load_staff(sessions[f"team member of {code}"])
        assert member is not None
        self.member: Actor = member.acting_at(self.now)
        self.ids: dict[str, str] = {
            "council": code,
            "officer_id": str(staff.id),
            "today": self.officer.today.isoformat(),
            "way": "page",
            "kind": LetterKind.ACKNOWLEDGEMENT.value,
            "number": "1",
            "stylesheet": "css/desk.css",
            "service_id": "SVC-03",
            "split_service": "SVC-06",
            "field": "retention",
            "changed_field": "controller",
        }

    def made(self) -> dict[str, str]:
        """The ids of all of them, by the names that addresses and forms use."""
        self._redacting()
        self._letters()
        self._waiting()
        self._ready()
        self._edited_register()
        self._hold()
        self._decided()
        closed = self._case(CaseStatus.CLOSED)
        closed.closed_on, closed.outcome = self.officer.today, "Nothing was held."
        self.ids["closed_case"] = str(closed.id)
        self._school()
        self.ids["message_id"] = self._message("First", MessageStatus.WAITING)
        self.ids["aside_message"] = self._message("Second", MessageStatus.SET_ASIDE)
        return self.ids

    def _hold(self) -> None:
        hold = HoldRow(
            controller_id=councils.council_named(self.code).id,
            kind=HoldKind.LITIGATION,
            name="A claim",
            service_id="SVC-44",
            owner_id=self.officer.staff_id,
            review_on=self.officer.today + timedelta(days=30),
        )
        db.session.add(hold)
        db.session.flush()
        self.ids["hold_id"] = str(hold.id)

    def _decided(self) -> None:
        """An erasure case with a restriction, a recipient to tell, and a person who asked."""
        case = self._case(CaseStatus.RECEIVED)
        case.right = Right.ERASURE
        notice = RecipientNotice(**self._of(case), recipient="Home Office")
        restriction = Restriction(
            **self._of(case),
            what="The assessment.",
            began_on=self.officer.today,
            author_id=self.officer.staff_id,
        )
        asked = RecipientList(**self._of(case), asked_on=self.officer.today)
        db.session.add_all([notice, restriction, asked])
        db.session.flush()
        self.ids |= {"erasure_case": str(case.id), "notice_id": str(notice.id)}

    def _edited_register(self) -> None:
        row = RegisterEditRow(
            controller_id=councils.council_named(self.code).id,
            service_id=self.ids["service_id"],
            field=RegisterField.CONTROLLER,
            text="Somebody else",
            reason="A mistake.",
            author_id=self.officer.staff_id,
        )
        db.session.add(row)

    def _school(self) -> None:
        council = db.session.scalars(db.select(Controller).filter_by(code=self.code)).one()
        days = {"first_day": self.officer.today, "last_day": self.officer.today}
        closure = SchoolClosure(controller_id=council.id, why="A training day", **days)
        school = School(controller_id=council.id, name="Invented School", closures=[closure])
        db.session.add(school)
        db.session.flush()
        self.ids |= {
            "school_id": str(school.id),
            "closure_id": str(closure.id),
            "setting": "pause_mode",
        }

    def _case(self, status: CaseStatus) -> Case:
        case = cases.open_case(new_case(self.officer.today, council_code=self.code), self.officer)
        case.status = status
        return case

    def _redacting(self) -> None:
        case = self._case(CaseStatus.REDACTING)
        case.service_ids = ["SVC-01", "SVC-06"]
        record, page = self._record(case)
        redaction = Redaction(
            **self._of(case),
            page_id=page.id,
            kind=RedactionKind.AREA,
            x0=70,
            y0=70,
            x1=200,
            y1=90,
            code="TP16",
            batch=uuid.uuid4(),
            author_id=self.officer.staff_id,
        )
        event = ClockEventRow(
            **self._of(case),
            type=ClockEventType.ID_REQUESTED,
            on=self.officer.today,
            actor_id=self.officer.staff_id,
        )
        db.session.add_all([redaction, event])
        asked = Consultation(
            **self._of(case),
            record_id=self._record(case)[0].id,
            whom="The police",
            asked_on=date(2025, 11, 1),
            asked_by_id=self.officer.staff_id,
        )
        asked_about = db.session.get_one(Record, asked.record_id)
        asked_about.scope = RecordScope.CONSULT
        db.session.add(asked)
        neighbour = CasePerson(
            controller_id=case.controller_id,
            part=PersonPart.MENTIONED,
            full_name="Derek Pargeter",
        )
        case.people.append(neighbour)
        likeness = Likeness(
            **self._of(case),
            copy_id=self._record(case)[0].id,
            kept_id=record.id,
            kind=LikenessKind.ALIKE,
            share=0.9,
        )
        db.session.add(likeness)
        own, others = self._search(case, TEAM), self._search(case, "mash")
        db.session.flush()
        self.ids |= {
            "upload_id": self._upload(case, None, self.officer),
            "team_upload": self._upload(case, own, self.member),
        }
        self.ids |= {
            "case_id": str(case.id),
            "reference": case.reference,
            "record_id": str(record.id),
            "page_id": str(page.id),
            "redaction_id": str(redaction.id),
            "person_id": str(neighbour.id),
            "fact_id": str(self._fact(case, neighbour)),
            "subject_person": str(case.people[0].id),
            "event_id": str(event.id),
            "consultation_id": str(asked.id),
            "likeness_id": str(likeness.id),
            "search_id": str(own.id),
            "other_teams_search": str(others.id),
        }

    def _letters(self) -> None:
        case_id = uuid.UUID(self.ids["case_id"])
        draft = letters.draft(case_id, LetterKind.ACKNOWLEDGEMENT, {}, self.officer)
        failed = letters.draft(case_id, LetterKind.ACKNOWLEDGEMENT, {}, self.officer)
        letters.send(failed.id, self.officer)
        assert failed.message_id is not None
        correspondence.sending_failed(failed.message_id, "The mail server is away.")
        text = LetterText(
            controller_id=draft.controller_id,
            kind=LetterKind.REFUSAL,
            number=1,
            text="# No\n{{reasons}}\n\nThe law is {{law}}.\n\n{{complaint_routes}}\n",
            author_id=self.officer.staff_id,
        )
        db.session.add(text)
        self.ids["changed_letter"] = LetterKind.REFUSAL.value
        self.ids |= {"letter_id": str(draft.id), "letter_not_sent": str(failed.id)}

    def _waiting(self) -> None:
        case = self._case(CaseStatus.AWAITING_APPROVAL)
        self._record(case)
        review = self._review(case, ReviewDecision.WAITING)
        self.ids |= {"waiting_case": str(case.id), "content": review.content_hash}

    def _ready(self) -> None:
        case = self._case(CaseStatus.READY)
        self._record(case)
        review = self._review(case, ReviewDecision.APPROVED)
        bundle = DisclosureBundle(
            **self._of(case),
            review_id=review.id,
            number=1,
            status=BundleStatus.VERIFIED,
            page_count=1,
            summary={"pages": 1},
            verified_at=self.now,
        )
        db.session.add(bundle)
        db.session.flush()
        file = self._bundle_file(case, bundle)
        token = f"a-link-that-nobody-guesses-{self.code}"
        disclosure = Disclosure(
            **self._of(case),
            bundle_id=bundle.id,
            token_hash=sha256(token.encode()).hexdigest(),
            recipient="niamh@example.org",
            recipient_name="Niamh O'Brien",
            released_by_id=self.officer.staff_id,
            expires_at=self.now + timedelta(days=28),
        )
        db.session.add(disclosure)
        db.session.flush()
        self.ids |= {
            "ready_case": str(case.id),
            "ready_reference": case.reference,
            "bundle_id": str(bundle.id),
            "file_id": str(file.id),
            "disclosure_id": str(disclosure.id),
            "token": token,
        }

    def _bundle_file(self, case: Case, bundle: DisclosureBundle) -> BundleFile:
        stored = doors().files.put(self._key(case), b"%PDF-1.7 invented")
        file = BundleFile(
            controller_id=case.controller_id,
            bundle_id=bundle.id,
            position=0,
            kind="volume",
            name="bundle.pdf",
            media_type="application/pdf",
            byte_count=stored.size,
            page_count=1,
            sha256=stored.sha256,
            object_key=stored.object_key,
        )
        db.session.add(file)
        db.session.flush()
        return file

    def _record(self, case: Case) -> tuple[Record, Page]:
        put, key = doors().files.put, self._key(case)
        original = put(key, f"original {case.reference}".encode())
        record = Record(
            **self._of(case),
            name="Contact note.pdf",
            media_type="application/pdf",
            byte_count=original.size,
            sha256=original.sha256,
            original_key=original.object_key,
            prepared_key=original.object_key,
            prepared_sha256=original.sha256,
            status=RecordStatus.CONVERTED,
        )
        words = tuple(
            Word(word, Rect(72 + 40 * place, 72, 110 + 40 * place, 84), 0)
            for place, word in enumerate(SAID.split())
        )
        layout = json.dumps(PageLayout(1, 595, 842, words).as_dict()).encode()
        page = Page(
            controller_id=case.controller_id,
            number=1,
            width=595,
            height=842,
            picture_key=put(key, b"RIFF0000WEBP").object_key,
            layout_key=put(key, layout).object_key,
            seen_by_id=self.officer.staff_id,
        )
        record.pages = [page]
        db.session.add(record)
        db.session.flush()
        page_index.add(page, PageLayout(1, 595, 842, words))
        db.session.flush()
        return record, page

    def _review(self, case: Case, decision: ReviewDecision) -> Review:
        is_decided = decision is not ReviewDecision.WAITING
        review = Review(
            **self._of(case),
            content_hash=reviews.content_hash(case),
            submitted_by_id=self.officer.staff_id,
            decision=decision,
            decided_by_id=self.approver.staff_id if is_decided else None,
            decided_at=self.now if is_decided else None,
        )
        db.session.add(review)
        db.session.flush()
        return review

    def _upload(self, case: Case, search: Search | None, by: Actor) -> str:
        upload = Upload(
            **self._of(case),
            search_id=search.id if search else None,
            added_by_id=by.staff_id,
            name="large.zip",
            mark="1",
            byte_count=100,
            received=0,
        )
        db.session.add(upload)
        db.session.flush()
        return str(upload.id)

    def _search(self, case: Case, slug: str) -> Search:
        search = Search(
            **self._of(case),
            team_id=_team(case.controller_id, slug).id,
            instructions="Everything about her.",
            places=["The case system"],
            due_on=self.officer.today + timedelta(days=7),
            sent_at=self.now,
        )
        db.session.add(search)
        return search

    def _message(self, subject: str, status: MessageStatus) -> str:
        facts = mail_facts(subject=subject)
        data_key = create_data_key(self.code)
        put, key = doors().files.put, open_data_key(data_key.id)
        raw = put(key, f"Subject: {subject}\n\n{facts.body}".encode())
        controller_id = councils.council_named(self.code).id
        message = InboundMessage(
            controller_id=controller_id,
            data_key_id=data_key.id,
            inbox_slug=INBOXES[self.code],
            message_id=facts.message_id,
            sha256=raw.sha256,
            body_sha256=sha256(facts.body.encode()).hexdigest(),
            raw_key=raw.object_key,
            body_key=put(key, json.dumps(facts.as_dict()).encode()).object_key,
            sender_name="Niamh O'Brien",
            sender_email="niamh@example.org",
            subject=subject,
            received_on=self.officer.today,
            status=status,
        )
        db.session.add(message)
        db.session.flush()
        return str(message.id)

    def _fact(self, case: Case, person: CasePerson) -> uuid.UUID:
        fact = CaseFact(
            **self._of(case),
            kind=FactKind.THIRD_PARTY,
            code="TP16",
            person_id=person.id,
            answers={"information": "That he rang."},
            text="The information: that he rang.",
            author_id=self.officer.staff_id,
        )
        db.session.add(fact)
        db.session.flush()
        return fact.id

    def _of(self, case: Case) -> dict[str, uuid.UUID]:
        return {"controller_id": case.controller_id, "case_id": case.id}

    def _key(self, case: Case) -> OpenKey:
        return open_data_key(case.data_key_id)


def _collect(app: Flask, token: str) -> str:
    """Gives the code as a requester would; the cookie of that browser."""
    client = app.test_client()
    assert client.post(f"/collect/{token}").status_code == 302
    with app.app_context():
        query = db.select(OutboundMessage.body).order_by(OutboundMessage.created_at.desc()).limit(1)
        code = re.match(r"\d{6}", db.session.scalars(query).one())
        db.session.remove()
    assert code
    given = client.post(f"/collect/{token}/code", data={"code": code[0]})
    assert given.location.endswith("/records")
    cookie = client.get_cookie("desk")
    assert cookie is not None
    return cookie.value
