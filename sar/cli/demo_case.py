"""The people of a demonstration and what each does, step by step."""

from __future__ import annotations

import json
import os
import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName
from sar.cli.context import transaction
from sar.cli.demo_marks import answer_for, planned_marks, suggested_marks
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.rights import Right
from sar.domain.searching import RecordStatus, SearchResult
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.case import Case
from sar.models.disclosure import BundleStatus, DisclosureBundle
from sar.models.job import Job, JobState
from sar.models.message import InboundMessage
from sar.models.record import Record
from sar.models.search import Search
from sar.services import (
    audit,
    bundles,
    disclosures,
    messages,
    pages,
    redactions,
    reviews,
    searches,
    users,
)
from sar.services.actor import Actor, system
from sar.services.cases import NewCase
from sar.services.jobs import enqueue
from sar.services.people import NewPerson
from sar.services.records import NewRecord
from workers.carrier import Carrier
from workers.lease import LEASE, Leases
from workers.queues import TASKS

INBOX = "wcc-accesstochildrensservices"
REFUSED = 3


@dataclass(frozen=True)
class Given:
    """What the demonstration works on; without a plan, suggestions are taken as they come."""

    mail: Path
    records: Path
    plan: Path | None


class DemoCase:
    """One case of one desk; every method is one or more real transactions."""

    def __init__(self, app: Flask, given: Given) -> None:
        self.app = app
        self.given = given
        self.summary: dict[str, object] = {}
        self._ids: dict[str, uuid.UUID] = {}
        self._staff: dict[Role, uuid.UUID] = {}

    def receive(self) -> Iterator[str]:
        """The mail is dropped in an inbox and taken in."""
        inbox = doors().inbox
        inbox.prepare()
        path = inbox.root / INBOX / "demo.eml"
        path.write_bytes(self.given.mail.read_bytes())
        os.utime(path)
        with transaction(self.app):
            enqueue(JobName.POLL_MAIL, uuid.uuid4())
        self._work()
        with transaction(self.app):
            message = db.session.scalars(select(InboundMessage)).one()
            self._ids["message"] = message.id
            yield f"“{message.subject}” from {message.sender_name or 'nobody named'}"
            yield from message.why[:2]

    def open(self) -> Iterator[str]:
        """The officer opens a case from the mail and sends a search."""
        with transaction(self.app):
            self._add_staff()
        with transaction(self.app):
            officer = self._actor(Role.OFFICER)
            message = messages.message_for(self._ids["message"], officer)
            case = messages.open_case(message.id, _new_case(message), officer)
            self._ids["case"] = case.id
            due = case.due_on.isoformat() if case.due_on else "when the clock runs"
            team = searches.suggested_teams(case)[0].team
            sent = searches.send(
                case.id,
                [team.slug],
                "Everything about the person named in the request.",
                searches.usual_due_on(officer),
                officer,
            )
            self._ids["search"] = sent[0].id
            self.summary |= {"reference": case.reference, "due_on": due}
            yield f"{case.reference}, {case.right}, due {due}"
            yield f"asked: {team.name}"
        with transaction(self.app):
            search = db.session.get_one(Search, self._ids["search"])
            self._add_member(Role.TEAM_MEMBER, search.team.slug)

    def supply(self) -> Iterator[str]:
        """A team member uploads every file of the folder and answers the search."""
        files = sorted(
            each
            for each in self.given.records.rglob("*")
            if each.is_file() and not each.is_symlink()
        )
        with transaction(self.app):
            member = self._actor(Role.TEAM_MEMBER)
            supplied = [NewRecord(each.name, each) for each in files]
            searches.supply(self._ids["search"], supplied, member)
            said = "We looked in the case system and the shared folders. This is everything."
            answer = searches.Answer(SearchResult.RECORDS, said)
            searches.answer(self._ids["search"], answer, member)
        yield f"{len(files)} files"

    def convert(self) -> Iterator[str]:
        """Workers convert whatever is owed."""
        self._work()
        with transaction(self.app):
            rows = db.session.scalars(select(Record)).all()
            fates = {
                status.value: sum(1 for row in rows if row.status is status)
                for status in RecordStatus
            }
            page_count = sum(len(row.pages) for row in rows)
            set_aside = [
                {"name": row.name, "reason": row.reason}
                for row in rows
                if row.status is RecordStatus.QUARANTINED
            ]
            self.summary |= {"records": fates, "pages_in": page_count, "quarantined": set_aside}
            yield f"{fates['converted']} records, {page_count} pages"
            yield f"{len(set_aside)} set aside with a reason"

    def redact(self) -> Iterator[str]:
        """The officer looks at every page and marks what must come out."""
        with transaction(self.app):
            officer = self._actor(Role.OFFICER)
            case = db.session.get_one(Case, self._ids["case"])
            for page in pages.pages_in_scope(case):
                look = pages.Look(has_read=True, keeps_hidden=True)
                pages.mark_looked_at(page, look, is_withheld=False, actor=officer)
            if self.given.plan is not None:
                marks, missed = planned_marks(case, json.loads(self.given.plan.read_text()))
            else:
                marks, missed = suggested_marks(case), []
            for mark in marks:
                mark.make(officer)
            answer_for(case, officer)
            reviews.submit(case.id, "", officer)
            standing = redactions.of_case(case)
            self.summary |= {"redactions": len(standing), "not_found": missed}
            yield f"{len(standing)} redactions"
            if missed:
                yield f"{len(missed)} of the plan not found on any page"

    def approve(self) -> Iterator[str]:
        """Somebody else approves exactly what was submitted."""
        with transaction(self.app):
            case = db.session.get_one(Case, self._ids["case"])
            review = reviews.current(case)
            assert review is not None
            reviews.approve(case.id, review.content_hash, self._actor(Role.APPROVER))
            yield f"bound to {review.content_hash[:12]}"

    def build(self) -> Iterator[str]:
        """The bundle is ordered, built and verified; a refusal ends the demonstration."""
        with transaction(self.app):
            ordered = bundles.order_bundle(self._ids["case"], self._actor(Role.OFFICER))
            self._ids["bundle"] = ordered.id
        self._work()
        with transaction(self.app):
            bundle = db.session.get_one(DisclosureBundle, self._ids["bundle"])
            if bundle.status is not BundleStatus.VERIFIED:
                click.echo(f"No bundle: {bundle.reason}", err=True)
                raise click.exceptions.Exit(REFUSED)
            self.summary |= {"bundle": bundle.summary, "pages_out": bundle.page_count}
            yield f"{bundle.page_count} pages, verified"

    def collect(self, out: Path) -> Iterator[str]:
        """The officer releases; the requester opens the link, gives the code and downloads."""
        with transaction(self.app):
            officer = self._actor(Role.OFFICER)
            case = db.session.get_one(Case, self._ids["case"])
            confirmed = disclosures.Release(self._ids["bundle"], case.reference)
            released = disclosures.release(case.id, confirmed, officer)
            self._ids["disclosure"] = released.id
        self._work()
        token = self._last_sent(r"/collect/(\S+)")
        with transaction(self.app):
            yield f"code sent to {disclosures.send_code(token, now_utc())}"
        self._work()
        code = self._last_sent(r"(?m)^(\d{6}) is your code")
        with transaction(self.app):
            assert disclosures.use_code(token, code, now_utc())
            release = disclosures.find(token, now_utc())
            for file in disclosures.files_of(release):
                disclosures.note_download(release, file, now_utc())
            for file in release.bundle.files:
                (out / file.name).write_bytes(b"".join(bundles.read_file(file)))
                yield file.name

    def check_audit(self) -> Iterator[str]:
        """Every event of the journey is in the chain, and the chain is whole."""
        with transaction(self.app):
            chain = audit.check_chain()
            if chain.faults:
                raise click.ClickException(chain.faults[0])
            self.summary["audit_events"] = chain.count
            yield f"{chain.count} events"

    def _work(self) -> None:
        """Carries every owed job to its end, as a worker would."""
        with self.app.app_context():
            carrier = Carrier(self.app, TASKS, Leases(db.engine, LEASE))
        while job_id := self._owed():
            carrier.carry(job_id)

    def _owed(self) -> uuid.UUID | None:
        with transaction(self.app):
            return db.session.scalar(
                select(Job.id).where(Job.state == JobState.QUEUED).order_by(Job.created_at).limit(1)
            )

    def _last_sent(self, pattern: str) -> str:
        """What the newest mail or text that holds it says at the pattern's group."""
        sent = sorted(doors().outbox.sent(), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for path in sent:
            raw = path.read_bytes()
            text = raw.decode()
            if path.suffix == ".eml":
                text = message_from_bytes(raw, policy=default).get_content()
            if found := re.search(pattern, text):
                return found[1]
        raise click.ClickException("The mail that was to be sent did not leave.")

    def _add_staff(self) -> None:
        self._add_member(Role.OFFICER, None)
        self._add_member(Role.APPROVER, None)

    def _add_member(self, role: Role, team: str | None) -> None:
        new = users.NewMember(
            role.label,
            f"{role}@demo.example",
            secrets.token_urlsafe(24),
            role,
            ("WCC",),
            team,
        )
        self._staff[role] = users.add_staff(new, system(now_utc())).id

    def _actor(self, role: Role) -> Actor:
        return users.acting(self._staff[role], datetime.now(UTC))


def _new_case(message: InboundMessage) -> NewCase:
    rights = [kind for kind in message.kinds if kind in set(Right)]
    name = message.sender_name or "The requester"
    person = NewPerson(
        PersonPart.DATA_SUBJECT, name, email=message.sender_email or "requester@demo.example"
    )
    return NewCase(
        council_code="WCC",
        right=Right(rights[0]) if rights else Right.ACCESS,
        received_on=message.received_on,
        origin="mail",
        summary=message.subject or "A mail without a subject",
        people=(person,),
        service_ids=tuple(message.service_ids) or ("SVC-01",),
    )
