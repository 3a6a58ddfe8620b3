"""What happened on a case, newest first, in sentences: read from the audit chain."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from sar.domain.clock import ClockEventType
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.extensions import db
from sar.models.audit import AuditEvent
from sar.models.case import Case, CasePerson, ClockEventRow, Note
from sar.models.letter import Letter
from sar.models.message import InboundMessage, MessageCase, OutboundMessage
from sar.models.record import Record
from sar.models.search import Search
from sar.models.user import User
from sar.services.clock_story import EVENT_WORDS

PAGE_LENGTH = 50
KINDS = (
    ("case", "Case"),
    ("clock", "Clock"),
    ("message", "Messages"),
    ("letter", "Letters"),
    ("search", "Searches"),
    ("record", "Records"),
    ("likeness", "Copies"),
    ("consultation", "Consultations"),
    ("fact", "Reasons and proof"),
    ("redaction", "Redaction"),
    ("review", "Approval"),
    ("bundle", "Bundle"),
    ("disclosure", "Disclosure"),
    ("decision", "Decision"),
    ("recipient", "Recipients"),
    ("restriction", "Restriction"),
    ("hold", "Holds"),
)

SENTENCES = {
    EventName.BUNDLE_ORDERED: "The bundle was ordered",
    EventName.BUNDLE_REFUSED: "The bundle was refused by its own checks",
    EventName.BUNDLE_VERIFIED: "The bundle was built and passed its checks",
    EventName.CASE_ASSIGNED: "The case was given to an officer",
    EventName.CASE_CIRCUMSTANCES_NOTED: "Who asks, and how, was noted",
    EventName.CASE_CLOSED: "The case was closed",
    EventName.CASE_NOTED: "A note was written",
    EventName.CASE_OPENED: "The case was opened",
    EventName.CASE_PERSON_ADDED: "A person was added",
    EventName.CASE_PERSON_CHANGED: "What is known of a person was changed",
    EventName.CASE_PERSON_ENDED: "A person's part in the case was ended",
    EventName.CASE_PERSON_MERGED: "Two entries of one person were made one",
    EventName.CASE_REOPENED: "The case was opened again",
    EventName.CASE_SERVICES_CHOSEN: "The services were chosen",
    EventName.CASE_SERVICE_SETTLED: "A service's questions were answered",
    EventName.CLOCK_BASIS_CHANGED: "What the clock is counted by was changed",
    EventName.CLOCK_CORRECTED: "A mistaken clock event was struck out",
    EventName.CLOCK_RECORDED: "A clock event was recorded",
    EventName.CONSULTATION_ANSWERED: "Somebody who was consulted answered",
    EventName.CONSULTATION_ASKED: "Somebody was consulted about a record",
    EventName.CLOCK_RECOUNTED: "The dates were counted again and moved",
    EventName.DECISION_MADE: "The case was decided",
    EventName.DISCLOSURE_CODE_REFUSED: "A wrong code was typed for the disclosure",
    EventName.DISCLOSURE_CODE_SENT: "A code for the disclosure was sent",
    EventName.DISCLOSURE_DOWNLOADED: "A file of the disclosure was downloaded",
    EventName.DISCLOSURE_OPENED: "The disclosure was opened",
    EventName.DISCLOSURE_RELEASED: "The disclosure was released",
    EventName.DISCLOSURE_REVOKED: "The disclosure was taken back",
    EventName.FACT_REVISED: "Reasons or proof were changed",
    EventName.FACT_STRUCK: "Reasons or proof were struck out",
    EventName.FACT_WRITTEN: "Reasons or proof were written down",
    EventName.HOLD_LIFTED: "A hold was lifted",
    EventName.HOLD_PLACED: "A hold was placed",
    EventName.HOLD_REVIEWED: "A hold was kept on",
    EventName.LIKENESS_DECIDED: "It was decided which of two alike is kept",
    EventName.LIKENESS_FOUND: "Records that say the same were found",
    EventName.LETTER_CHANGED: "The draft of a letter was written again",
    EventName.LETTER_DRAFTED: "A letter was drafted",
    EventName.LETTER_POSTED: "A letter was posted",
    EventName.LETTER_SENT: "A letter was sent",
    EventName.LETTER_SENT_AGAIN: "A letter that could not be sent was sent again",
    EventName.LETTER_THROWN_AWAY: "The draft of a letter was thrown away",
    EventName.MESSAGE_BROUGHT_BACK: "A message was brought back to triage",
    EventName.MESSAGE_JOINED: "A message was joined to the case",
    EventName.MESSAGE_NOT_SENT: "A message could not be sent",
    EventName.MESSAGE_RECEIVED: "A message was received",
    EventName.MESSAGE_SENT: "A message was sent",
    EventName.MESSAGE_SET_ASIDE: "A message was set aside",
    EventName.RECIPIENT_LIST_ANSWERED: "The person was told who the recipients are",
    EventName.RECIPIENT_LIST_ASKED: "The person asked who the recipients are",
    EventName.RECIPIENT_NOTED: "What became of telling a recipient was noted",
    EventName.RECORD_CONVERTED: "A record was made ready to read",
    EventName.RECORD_HEALTH_JUDGED: "Whether a record is about health was settled",
    EventName.RECORD_HELD: "A record waits for the virus scanner",
    EventName.RECORD_PAGES_SCOPED: "Pages of a record were put in or out of scope",
    EventName.RECORD_QUARANTINED: "A record could not be opened and was quarantined",
    EventName.RECORD_RECEIVED: "A record was added",
    EventName.PAGE_SEEN: "An officer looked at a page",
    EventName.RECORD_DESCRIBED: "What is said of a record was changed",
    EventName.RECORD_SCOPED: "A record was put in or out of scope",
    EventName.REDACTION_MARKED: "A redaction was marked",
    EventName.REDACTION_UNDONE: "A redaction was undone",
    EventName.RESTRICTION_BEGUN: "A restriction began",
    EventName.RESTRICTION_LIFTED: "A restriction was lifted",
    EventName.REVIEW_APPROVED: "The case was approved",
    EventName.REVIEW_RETURNED: "The case was returned with changes to make",
    EventName.REVIEW_SUBMITTED: "The case was sent for approval",
    EventName.SEARCH_RETURNED: "A search was answered",
    EventName.SEARCH_SENT: "A search was sent",
}


_WITH_NOTES = frozenset({EventName.CASE_NOTED, EventName.CLOCK_BASIS_CHANGED})


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, by whom, what, and in whose words."""

    at: datetime
    by: str
    sentence: str
    detail: str = ""
    message_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Timeline:
    """One page of what happened."""

    entries: tuple[Entry, ...]
    kind: str
    page: int
    page_count: int


def timeline_of(case: Case, kind: str = "", page: int = 1) -> Timeline:
    """What happened on the case, newest first; `kind` keeps to one sort, empty shows all."""
    wanted = [_about(case)]
    if kind:
        wanted.append(AuditEvent.name.in_([each for each in EventName if _kind(each) == kind]))
    count = db.session.scalar(select(func.count(AuditEvent.id)).where(*wanted)) or 0
    page_count = max(1, ceil(count / PAGE_LENGTH))
    page = min(max(1, page), page_count)
    events = db.session.scalars(
        select(AuditEvent)
        .where(*wanted)
        .order_by(AuditEvent.sequence.desc())
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    return Timeline(tuple(_entries(events)), kind, page, page_count)


def _about(case: Case) -> ColumnElement[bool]:
    """Events of the case, and of the messages that are part of it."""
    messages = select(MessageCase.message_id).where(MessageCase.case_id == case.id)
    is_of_message = and_(
        AuditEvent.case_id.is_(None),
        AuditEvent.subject_type == InboundMessage.__tablename__,
        AuditEvent.subject_id.in_(messages),
    )
    return or_(AuditEvent.case_id == case.id, is_of_message)


def _kind(name: EventName) -> str:
    return name.value.partition(".")[0]


def _entries(events: Iterable[AuditEvent]) -> list[Entry]:
    events = list(events)
    names = _names(events)
    rows = _Rows(events)
    return [
        Entry(
            at=event.created_at,
            by=names.get(event.actor) or _other(event.actor),
            sentence=SENTENCES.get(event.name) or _plain(event.name),
            detail=rows.detail(event, names),
            message_id=_message_id(event),
        )
        for event in events
    ]


def _plain(name: EventName) -> str:
    return name.value.replace(".", " ").replace("-", " ").capitalize()


def _message_id(event: AuditEvent) -> uuid.UUID | None:
    return event.subject_id if event.subject_type == InboundMessage.__tablename__ else None


def _names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Names of staff by the label an event carries, or by the id it mentions."""
    labels = {event.actor for event in events}
    labels |= {str(event.details.get("officer", "")) for event in events}
    ids = {uuid.UUID(each.partition(":")[2] or each) for each in labels if _is_staff(each)}
    users = db.session.scalars(select(User).where(User.id.in_(ids))).all()
    by_label = {f"staff:{user.id}": user.name for user in users}
    return {**by_label, **{str(user.id): user.name for user in users}}


def _is_staff(label: str) -> bool:
    return label.startswith("staff:") or (len(label) == 36 and ":" not in label)


def _other(label: str) -> str:
    return "The requester" if label.startswith("requester") else "The desk"


_SHOWN = (CasePerson, ClockEventRow, InboundMessage, Letter, Note, OutboundMessage, Record)


class _Rows:
    """The rows that the events of one page are about, loaded together by table."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        ids: dict[str, set[uuid.UUID]] = {}
        for event in events:
            ids.setdefault(event.subject_type, set()).add(event.subject_id)
            if event.name in _WITH_NOTES and "note" in event.details:
                ids.setdefault("note", set()).add(uuid.UUID(event.details["note"]))
            if event.name is EventName.CASE_PERSON_ADDED and "person" in event.details:
                ids.setdefault("case_person", set()).add(uuid.UUID(event.details["person"]))
        self.found: Mapping[uuid.UUID, Any] = {
            row.id: row
            for model in _SHOWN
            for row in _load(model, ids.get(model.__tablename__, set()))
        } | {row.id: row for row in _load(Search, ids.get("search", set()))}

    def detail(self, event: AuditEvent, names: Mapping[str, str]) -> str:
        """The words that go with an event, or nothing."""
        told = _OF_EVENT.get(event.name)
        if told is not None:
            return told(self, event, names)
        return _of_row(self.found.get(event.subject_id))

    def named(self, event: AuditEvent, key: str) -> Any:  # noqa: ANN401  # any of our rows
        """The row whose id the event mentions under this key."""
        value = event.details.get(key)
        return self.found.get(uuid.UUID(value)) if value else None


def _load(model: Any, ids: set[uuid.UUID]) -> Iterable[Any]:  # noqa: ANN401  # any of our tables
    if not ids:
        return ()
    return db.session.scalars(select(model).where(model.id.in_(ids))).unique().all()


def _of_row(row: object) -> str:
    match row:
        case Record():
            return row.name
        case Search():
            return row.team.name
        case InboundMessage():
            return f"{row.sender_name}: {row.subject}"
        case Letter():
            return f"To {row.addressee}: {row.title}"
        case OutboundMessage():
            return f"To {row.recipient}: {row.subject}"
        case _:
            return ""


def _of_note(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    note = rows.named(event, "note")
    return note.text if note else ""


def _of_person(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    person = rows.named(event, "person")
    return f"{person.full_name}, {person.part.label.lower()}" if person else ""


def _of_officer(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    return f"To {names.get(event.details.get('officer', ''), 'an officer')}"


def _of_services(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    return str(event.details.get("services", "")).replace(",", ", ")


def _of_service(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    return f"{event.details.get('service', '')}: {event.details.get('asked', '')}".replace(
        ",", ", "
    )


def _of_clock(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    details = event.details
    words = EVENT_WORDS.get(ClockEventType(details["type"]), "") if "type" in details else ""
    row = rows.found.get(event.subject_id)
    on = f" on {date_words(row.on)}" if row is not None else ""
    due = f" Due {date_words(date.fromisoformat(details['due']))}." if details.get("due") else ""
    reason = f" {row.reason}" if row is not None and row.reason else ""
    return f"{words}{on}.{due}{reason}"


def _of_recount(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    before, after = (_day(event.details.get(name)) for name in ("due_before", "due"))
    return f"From {before} to {after}: {event.details.get('cause', '')}."


def _of_basis(rows: _Rows, event: AuditEvent, names: Mapping[str, str]) -> str:
    before, after = (_day(event.details.get(name)) for name in ("due_before", "due"))
    moved = f" Due {after}." if before == after else f" Due {after}; it was {before}."
    received = ""
    if event.details.get("received_before") != event.details.get("received_on"):
        days = (_day(event.details.get(name)) for name in ("received_before", "received_on"))
        received = " Received {1}, not {0}.".format(*days)
    return f"{_of_note(rows, event, names)}{received}{moved}".strip()


def _day(iso: str | None) -> str:
    return date_words(date.fromisoformat(iso)) if iso else "no date"


_OF_EVENT = {
    EventName.CASE_NOTED: _of_note,
    EventName.CASE_PERSON_ADDED: _of_person,
    EventName.CASE_ASSIGNED: _of_officer,
    EventName.CASE_SERVICES_CHOSEN: _of_services,
    EventName.CASE_SERVICE_SETTLED: _of_service,
    EventName.CLOCK_BASIS_CHANGED: _of_basis,
    EventName.CLOCK_RECORDED: _of_clock,
    EventName.CLOCK_RECOUNTED: _of_recount,
    EventName.CLOCK_CORRECTED: _of_clock,
}
