"""Every public service that writes, done once to the seeded desk, and the events it must leave."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sar.adapters.doors import doors
from sar.documents.page_terms import sought
from sar.domain.article19 import NoticeState, NoticeWay
from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.decisions import Outcome
from sar.domain.holds import HoldKind
from sar.domain.letter import LetterKind
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.redaction import Rect
from sar.domain.register_edits import RegisterEdit
from sar.domain.register_fields import RegisterField
from sar.domain.rights import ProcessingRegime, Right
from sar.domain.searching import RecordScope, SearchResult
from sar.domain.service_entry import ServiceQuestion
from sar.domain.working_days import shipped_holidays
from sar.extensions import db
from sar.models.clock import HolidayList
from sar.models.disclosure import BundleStatus, Disclosure, DisclosureBundle
from sar.models.message import InboundMessage, OutboundMessage
from sar.models.record import Record, RecordStatus
from sar.models.user import User
from sar.services import (
    bundles,
    case_services,
    cases,
    circumstances,
    clock_basis,
    clock_choices,
    clocks,
    consultations,
    conversion,
    correspondence,
    decisions,
    disclosures,
    facts,
    finding,
    holds,
    holidays,
    intake,
    letter_texts,
    letters,
    likenesses,
    messages,
    notices,
    openings,
    people,
    records,
    recounting,
    redactions,
    register,
    reviews,
    scans,
    schools,
    scoping,
    searches,
    uploads,
    users,
    workspace,
)
from sar.services.actor import Actor, system
from sar.services.consultations import Question
from sar.services.people import NewPerson
from sar.services.records import Described, NewRecord
from sar.services.redactions import Reason
from sar.services.scoping import Decision
from tests.guards.house import Desk
from tests.guards.routes import a_fact
from tests.holiday_file import holidays_with
from tests.integration.conftest import new_case

NOTE = NewRecord("note.txt", b"A note.")
WHY = Reason("TP16")
ASIDE = Decision(RecordScope.OUT, "Not asked for.")


class Acting:
    """One council's seeded rows, and who does what to them."""

    def __init__(self, house: Desk, who: str) -> None:
        self.ids = house.ids("RBKC")
        self.token = self.ids["token"]
        self.now = datetime.now(UTC)
        staff = users.load_staff(house.seeded.sessions[who])
        assert staff is not None
        self.actor: Actor = staff.acting_at(self.now)

    def __getitem__(self, name: str) -> uuid.UUID:
        return uuid.UUID(self.ids[name])

    @property
    def release(self) -> Disclosure:
        """The seeded release."""
        return db.session.get_one(Disclosure, self["disclosure_id"])

    @property
    def mail(self) -> OutboundMessage:
        """A mail that is owed: the one with the code."""
        return db.session.scalars(db.select(OutboundMessage).limit(1)).one()


def _stages(stages: object) -> None:
    """Walks a job's stages to their end, in one transaction."""
    for _ in stages:  # type: ignore[attr-defined]  # every job is a generator
        pass


def _quiet(*_: object) -> None:
    """Nobody watches how far it is."""


def _received(by: Acting) -> InboundMessage:
    path = doors().inbox.root / "rbkc-dataprotectionact" / "one.eml"
    doors().inbox.prepare()
    path.write_bytes(
        b"From: a@example.org\nMessage-ID: <1@example.org>\nSubject: Mine\n\nMy file?\n"
    )
    return path  # type: ignore[return-value]


def _poll(by: Acting) -> None:
    _received(by)
    _stages(intake.poll_inboxes(_quiet))


def _take_again(by: Acting) -> None:
    """The first seeded mail once more, with another body."""
    first = db.session.get_one(InboundMessage, by["message_id"])
    facts = messages.facts_of(first)
    taken = intake.Taken(
        dropped=intake.Dropped(first.inbox_slug, Path("mail.eml")),
        raw=doors().files.put(intake.open_data_key(first.data_key_id), b"another"),
        body=doors().files.put(intake.open_data_key(first.data_key_id), b"{}"),
        body_sha256="0" * 64,
        facts=facts,
        triage=intake.triage(facts),
        landed_at=by.now,
    )
    intake.receive(taken, system(by.now))


def _convert_nothing(by: Acting) -> None:
    """An empty file: it is set aside without any program being started for long."""
    case = cases.case_for(by["case_id"], by.actor, cases.Permission.CASE_READ)
    record = Record(
        controller_id=case.controller_id,
        case_id=case.id,
        name="empty.pdf",
        byte_count=0,
        sha256="0" * 64,
        original_key=doors().files.put(records.open_data_key(case.data_key_id), b"").object_key,
    )
    db.session.add(record)
    db.session.flush()
    _stages(conversion.convert_record(record.id, _quiet))


def _alike(by: Acting) -> uuid.UUID:
    """The case, with a record that was known for a copy when it came."""
    record = db.session.get_one(Record, by["record_id"])
    copy = db.session.scalars(
        db.select(Record).where(Record.case_id == record.case_id, Record.scope == "consult")
    ).one()
    copy.duplicate_of_id = record.id
    db.session.flush()
    return record.case_id


def _give_up(by: Acting) -> None:
    record = db.session.get_one(Record, by["record_id"])
    record.status = RecordStatus.RECEIVED
    conversion.conversion_failed(record.id, "It was given up.")


def _building(by: Acting) -> uuid.UUID:
    bundle = db.session.get_one(DisclosureBundle, by["bundle_id"])
    bundle.status = BundleStatus.BUILDING
    db.session.flush()
    return bundle.id


def _use_code(by: Acting) -> None:
    disclosures.use_code(by.token, "000000", by.now)


def _note_download(by: Acting) -> None:
    disclosures.note_download(by.release, by.release.bundle.files[0], by.now)


def _add_staff(by: Acting) -> None:
    new = users.NewMember(
        "New Person", "new@desk.test", "a long enough password", Role.ADMIN, ("WCC",)
    )
    users.add_staff(new, by.actor)


def _wrong_password(by: Acting) -> None:
    user = db.session.get_one(User, by.actor.staff_id)
    users.sign_in(user.email, "wrong", system(by.now))


def weighing(by: Acting) -> dict[str, str]:
    """The answers to the questions on another person's information."""
    sent = {name: value for name, value in a_fact(by.ids).items() if "_on-" not in name}
    return {**sent, "decided_on": by.actor.today.isoformat()}


def _case(by: Acting) -> cases.Case:
    return cases.case_for(by["case_id"], by.actor, cases.Permission.CASE_READ)


def _recount(by: Acting) -> None:
    """One case's stored date is not what the rules say: the council's settings have changed."""
    _case(by).due_on = LATER
    row = HolidayList(days=sorted(map(str, shipped_holidays())), cause="a test", taken_by="system")
    db.session.add(row)
    db.session.flush()
    recounting.recount_clocks(row.id, _quiet)


OFFICER, APPROVER, TEAM = "officer of RBKC", "approver of RBKC", "team member of RBKC"
ADMIN = "admin of RBKC"
NEW = lambda by: new_case(by.actor.today)  # noqa: E731  # a row of the table below
BEN = NewPerson(PersonPart.REQUESTER, "Ben Example")
CLAIM = lambda by: holds.NewHold(  # noqa: E731  # a row of the table below
    HoldKind.LITIGATION,
    "A claim",
    "A letter before action.",
    holds.Covering.PERSON,
    by["officer_id"],
    by.actor.today + timedelta(days=90),
)
LATER = date(2099, 12, 1)
KINDER = "# About your request\nWe are very sorry.\n{{complaint_routes}}"
Change = tuple[str, Callable[[Acting], object], tuple[str, ...]]

# Every public service that writes: who does it, how, and the events it must leave, in order.
CHANGES: dict[str, Change] = {
    "bundles.build_bundle": (
        OFFICER,
        lambda by: _stages(bundles.build_bundle(_building(by), _quiet)),
        ("bundle.refused",),  # what was seeded is no document; the journey builds a real one
    ),
    "bundles.order_bundle": (
        OFFICER,
        lambda by: bundles.order_bundle(by["ready_case"], by.actor),
        ("bundle.ordered",),
    ),
    "bundles.refuse_bundle": (
        OFFICER,
        lambda by: bundles.refuse_bundle(_building(by), "No."),
        ("bundle.refused",),
    ),
    "case_services.settle": (
        OFFICER,
        lambda by: case_services.settle(
            by["case_id"], "SVC-06", {ServiceQuestion.REGIME: "both"}, by.actor
        ),
        ("case.service-settled",),
    ),
    "cases.add_person": (
        OFFICER,
        lambda by: cases.add_person(by["case_id"], BEN, by.actor),
        ("case.person-added",),
    ),
    "cases.assign": (
        OFFICER,
        lambda by: cases.assign(by["case_id"], by["officer_id"], by.actor),
        ("case.assigned",),
    ),
    "cases.choose_services": (
        OFFICER,
        lambda by: cases.choose_services(by["case_id"], ("SVC-01",), by.actor),
        ("case.services-chosen",),
    ),
    "cases.close": (
        OFFICER,
        lambda by: cases.close(by["case_id"], "Withdrawn.", by.actor),
        ("case.closed",),
    ),
    "cases.note": (
        OFFICER,
        lambda by: cases.note(by["case_id"], "She rang.", by.actor),
        ("case.noted",),
    ),
    "cases.open_case": (OFFICER, lambda by: cases.open_case(NEW(by), by.actor), ("case.opened",)),
    "cases.reopen": (
        OFFICER,
        lambda by: cases.reopen(by["closed_case"], by.actor),
        ("case.reopened",),
    ),
    "clock_basis.change": (
        OFFICER,
        lambda by: clock_basis.change(
            by["case_id"], clock_basis.Basis(date(2026, 3, 2)), "A slip.", by.actor
        ),
        ("clock.basis-changed",),
    ),
    "clock_choices.change_setting": (
        ADMIN,
        lambda by: clock_choices.change_setting(
            "RBKC", "pause_mode", "elapsed", "Safer.", by.actor
        ),
        ("clock.setting-changed",),
    ),
    "clocks.record_event": (
        OFFICER,
        lambda by: clocks.record_event(
            by["case_id"],
            ClockEvent(ClockEventType.AUTHORITY_REQUESTED, by.actor.today),
            "",
            by.actor,
        ),
        ("clock.recorded",),
    ),
    "clocks.strike_event": (
        OFFICER,
        lambda by: clocks.strike_event(by["case_id"], by["event_id"], by.actor),
        ("clock.corrected",),
    ),
    "consultations.answer": (
        OFFICER,
        lambda by: consultations.answer(
            by["consultation_id"], by.actor.today, "They agree.", by.actor
        ),
        ("consultation.answered",),
    ),
    "consultations.ask": (
        OFFICER,
        lambda by: consultations.ask(
            by["record_id"], Question("The police", by.actor.today), by.actor
        ),
        ("consultation.asked",),
    ),
    "conversion.conversion_failed": (OFFICER, _give_up, ("record.quarantined",)),
    "conversion.convert_record": (OFFICER, _convert_nothing, ("record.quarantined",)),
    "correspondence.send_message": (
        OFFICER,
        lambda by: _stages(correspondence.send_message(by.mail.id, _quiet)),
        ("message.sent",),
    ),
    "correspondence.sending_failed": (
        OFFICER,
        lambda by: correspondence.sending_failed(by.mail.id, "No."),
        ("message.not-sent",),
    ),
    "decisions.decide": (
        OFFICER,
        lambda by: decisions.decide(
            by["erasure_case"],
            decisions.NewDecision(Outcome.REFUSED, ("legal-obligation",), "A law."),
            by.actor,
        ),
        ("decision.made",),
    ),
    "decisions.lift_restriction": (
        OFFICER,
        lambda by: decisions.lift_restriction(by["erasure_case"], by.actor.today, by.actor),
        ("restriction.lifted",),
    ),
    "decisions.restrict": (
        OFFICER,
        lambda by: decisions.restrict(by["case_id"], "The assessment.", by.actor),
        ("restriction.begun",),
    ),
    "disclosures.note_download": (OFFICER, _note_download, ("disclosure.downloaded",)),
    "disclosures.release": (
        OFFICER,
        lambda by: disclosures.release(
            by["ready_case"],
            disclosures.Release(by["bundle_id"], by.ids["ready_reference"]),
            by.actor,
        ),
        ("disclosure.released",),
    ),
    "disclosures.revoke": (
        OFFICER,
        lambda by: disclosures.revoke(by["disclosure_id"], by.actor),
        ("disclosure.revoked",),
    ),
    "disclosures.send_code": (
        OFFICER,
        lambda by: disclosures.send_code(by.token, by.now),
        ("disclosure.code-sent",),
    ),
    "disclosures.use_code": (OFFICER, _use_code, ("disclosure.code-refused",)),
    "finding.mark": (
        OFFICER,
        lambda by: finding.mark(by["case_id"], sought("Pargeter"), None, WHY, by.actor),
        ("redaction.marked",),
    ),
    "holidays.take_holidays": (
        ADMIN,
        lambda by: holidays.take_holidays(holidays_with("2034-06-05"), by.actor),
        ("holidays.taken",),
    ),
    "holds.lift": (
        APPROVER,
        lambda by: holds.lift(by["hold_id"], "It ended.", by.actor),
        ("hold.lifted",),
    ),
    "holds.place": (
        OFFICER,
        lambda by: holds.place(by["case_id"], CLAIM(by), by.actor),
        ("hold.placed",),
    ),
    "holds.review": (
        OFFICER,
        lambda by: holds.review(
            by["hold_id"], by["officer_id"], by.actor.today + timedelta(days=90), by.actor
        ),
        ("hold.reviewed",),
    ),
    "circumstances.judge_health": (
        OFFICER,
        lambda by: circumstances.judge_health(
            by["record_id"], is_health=True, known="It is a letter to her.", actor=by.actor
        ),
        ("record.health-judged",),
    ),
    "circumstances.note": (
        OFFICER,
        lambda by: circumstances.note(
            by["case_id"], is_care_experienced=True, has_adoption_records=False, actor=by.actor
        ),
        ("case.circumstances-noted",),
    ),
    "facts.revise": (
        OFFICER,
        lambda by: facts.revise(by["fact_id"], weighing(by), by.actor),
        ("fact.revised",),
    ),
    "facts.strike": (
        OFFICER,
        lambda by: facts.strike(by["fact_id"], by.actor),
        ("fact.struck",),
    ),
    "facts.write": (
        OFFICER,
        lambda by: facts.write(
            by["case_id"],
            facts.NewFact(
                facts.FactKind.THIRD_PARTY, weighing(by), about=f"person:{by['person_id']}"
            ),
            by.actor,
        ),
        ("fact.written",),
    ),
    "intake.poll_inboxes": (OFFICER, _poll, ("message.received",)),
    "intake.receive": (OFFICER, _take_again, ("message.received",)),
    "likenesses.compare_records": (
        OFFICER,
        lambda by: _stages(likenesses.compare_records(_alike(by), _quiet)),
        ("likeness.found",),
    ),
    "likenesses.keep_both": (
        OFFICER,
        lambda by: likenesses.keep_both(by["likeness_id"], by.actor),
        ("likeness.decided",),
    ),
    "likenesses.keep_one": (
        OFFICER,
        lambda by: likenesses.keep_one(by["likeness_id"], by.actor),
        ("likeness.decided",),
    ),
    "letter_texts.change": (
        ADMIN,
        lambda by: letter_texts.change(
            "RBKC", LetterKind.DECEASED, letter_texts.NewText(KINDER, "Kinder words.", 0), by.actor
        ),
        ("letter-text.changed",),
    ),
    "letters.draft": (
        OFFICER,
        lambda by: letters.draft(by["case_id"], LetterKind.ACKNOWLEDGEMENT, {}, by.actor),
        ("letter.drafted",),
    ),
    "letters.post": (
        OFFICER,
        lambda by: letters.post(by["letter_id"], by.actor.today, by.actor),
        ("letter.posted",),
    ),
    "letters.redraft": (
        OFFICER,
        lambda by: letters.redraft(by["letter_id"], {"own_words": "Thanks."}, by.actor),
        ("letter.changed",),
    ),
    "letters.send": (
        OFFICER,
        lambda by: letters.send(by["letter_id"], by.actor),
        ("letter.sent",),
    ),
    "letters.send_again": (
        OFFICER,
        lambda by: letters.send_again(by["letter_not_sent"], by.actor),
        ("letter.sent-again",),
    ),
    "letters.throw_away": (
        OFFICER,
        lambda by: letters.throw_away(by["letter_id"], by.actor),
        ("letter.thrown-away",),
    ),
    "messages.bring_back": (
        OFFICER,
        lambda by: messages.bring_back(by["aside_message"], by.actor),
        ("message.brought-back",),
    ),
    "messages.join_case": (
        OFFICER,
        lambda by: messages.join_case(by["message_id"], by.ids["reference"], by.actor),
        ("record.received", "message.joined"),  # the mail itself is kept with the case
    ),
    "messages.open_case": (
        OFFICER,
        lambda by: messages.open_case(by["message_id"], NEW(by), by.actor),
        ("case.opened", "record.received", "message.joined"),
    ),
    "messages.set_aside": (
        OFFICER,
        lambda by: messages.set_aside(by["message_id"], "An advert.", by.actor),
        ("message.set-aside",),
    ),
    "notices.answer_list": (
        OFFICER,
        lambda by: notices.answer_list(by["erasure_case"], by.actor),
        ("recipient.list-answered",),
    ),
    "notices.ask_for_list": (
        OFFICER,
        lambda by: notices.ask_for_list(by["case_id"], by.actor),
        ("recipient.list-asked",),
    ),
    "notices.settle": (
        OFFICER,
        lambda by: notices.settle(
            by["notice_id"], notices.Notified(NoticeState.TOLD, NoticeWay.MAIL), by.actor
        ),
        ("recipient.noted",),
    ),
    "openings.open_cases": (
        OFFICER,
        lambda by: openings.open_cases({Right.ACCESS, Right.ERASURE}, NEW(by), None, by.actor),
        ("case.opened", "case.opened"),
    ),
    "people.change": (
        OFFICER,
        lambda by: people.change(
            by["person_id"], NewPerson(PersonPart.MENTIONED, "Ben Example"), by.actor
        ),
        ("case.person-changed",),
    ),
    "people.end_role": (
        OFFICER,
        lambda by: people.end_role(by["person_id"], by.actor.today, "Gone.", by.actor),
        ("case.person-ended",),
    ),
    "people.merge": (
        OFFICER,
        lambda by: people.merge(by["person_id"], by["subject_person"], by.actor),
        ("case.person-merged",),
    ),
    "recounting.recount_clocks": (
        OFFICER,
        _recount,
        ("clock.recounted",) * 2,  # this one, and the other council's that waits for identity
    ),
    "records.add": (
        OFFICER,
        lambda by: records.add(_case(by), NOTE, by.actor),
        ("record.received",),
    ),
    "records.add_stored": (
        OFFICER,
        lambda by: records.add_stored(
            _case(by),
            NOTE,
            doors().files.put(records.open_data_key(_case(by).data_key_id), b"A note."),
            by.actor,
        ),
        ("record.received",),
    ),
    "records.add_new": (
        OFFICER,
        lambda by: records.add_new(_case(by), [NOTE, NOTE], by.actor),
        ("record.received",),
    ),
    "records.describe": (
        OFFICER,
        lambda by: records.describe(
            by["record_id"], Described("A note", RecordScope.OUT, "Not about her."), by.actor
        ),
        ("record.described",),
    ),
    "records.say_regime": (
        OFFICER,
        lambda by: records.say_regime(by["record_id"], ProcessingRegime.LAW_ENFORCEMENT, by.actor),
        ("record.described",),
    ),
    "records.upload": (
        OFFICER,
        lambda by: records.upload(
            by["case_id"], [NOTE, NewRecord("other.txt", b"Another.")], by.actor
        ),
        ("record.received", "record.received"),
    ),
    "redactions.mark_areas": (
        OFFICER,
        lambda by: redactions.mark_areas(
            by["page_id"], [Rect(9, 9, 19, 19), Rect(30, 30, 50, 50)], WHY, by.actor
        ),
        ("redaction.marked",),
    ),
    "redactions.mark_box": (
        OFFICER,
        lambda by: redactions.mark_box(by["page_id"], [9, 9, 19, 19], WHY, by.actor),
        ("redaction.marked",),
    ),
    "redactions.mark_places": (
        OFFICER,
        lambda by: redactions.mark_places([(by["page_id"], [Rect(1, 1, 9, 9)])], WHY, by.actor),
        ("redaction.marked",),
    ),
    "redactions.mark_lines": (
        OFFICER,
        lambda by: redactions.mark_lines(by["page_id"], [0], WHY, by.actor),
        ("redaction.marked",),
    ),
    "redactions.undo": (
        OFFICER,
        lambda by: redactions.undo(by["redaction_id"], by.actor),
        ("redaction.undone",),
    ),
    "redactions.undo_last": (
        OFFICER,
        lambda by: redactions.undo_last(by["case_id"], by.actor),
        ("redaction.undone",),
    ),
    "redactions.withhold_page": (
        OFFICER,
        lambda by: redactions.withhold_page(by["page_id"], WHY, by.actor),
        ("redaction.marked",),
    ),
    "register.add_service": (
        ADMIN,
        lambda by: register.add_service("RBKC", "Your Choice", "A notice of its own.", by.actor),
        ("register.changed",),
    ),
    "register.change_field": (
        ADMIN,
        lambda by: register.change_field(
            "RBKC",
            RegisterEdit("SVC-03", RegisterField.RETENTION, "Until 30."),
            "The schedule says so.",
            by.actor,
        ),
        ("register.changed",),
    ),
    "reviews.approve": (
        APPROVER,
        lambda by: reviews.approve(by["waiting_case"], by.ids["content"], by.actor),
        ("review.approved",),
    ),
    "reviews.send_back": (
        APPROVER,
        lambda by: reviews.send_back(by["waiting_case"], "Look again.", by.actor),
        ("review.returned",),
    ),
    "reviews.submit": (
        OFFICER,
        lambda by: reviews.submit(by["case_id"], "", by.actor),
        ("review.submitted",),
    ),
    "scans.hold": (
        OFFICER,
        lambda by: scans.hold(db.session.get_one(Record, by["record_id"]), by.actor),
        ("record.held",),
    ),
    "scoping.decide_pages": (
        OFFICER,
        lambda by: scoping.decide_pages(by["record_id"], {1: ASIDE}, by.actor),
        ("record.pages-scoped",),
    ),
    "scoping.decide_records": (
        OFFICER,
        lambda by: scoping.decide_records(by["case_id"], {by["record_id"]: ASIDE}, by.actor),
        ("record.scoped",),
    ),
    "schools.add_school": (
        ADMIN,
        lambda by: schools.add_school("RBKC", "Another School", by.actor),
        ("school.added",),
    ),
    "schools.close_days": (
        ADMIN,
        lambda by: schools.close_days(
            by["school_id"], schools.Closure(LATER, LATER, "Half term"), by.actor
        ),
        ("school.closed",),
    ),
    "schools.open_days": (
        ADMIN,
        lambda by: schools.open_days(by["school_id"], by["closure_id"], by.actor),
        ("school.opened",),
    ),
    "searches.answer": (
        TEAM,
        lambda by: searches.answer(
            by["search_id"], searches.Answer(SearchResult.NOTHING_HELD, "We looked."), by.actor
        ),
        ("search.returned",),
    ),
    "searches.send": (
        OFFICER,
        lambda by: searches.send(
            by["case_id"], ["complaints", "neet-tracking"], "Everything.", LATER, by.actor
        ),
        ("search.sent", "search.sent"),
    ),
    "searches.supply": (
        TEAM,
        lambda by: searches.supply(by["search_id"], [NOTE], by.actor),
        ("record.received",),
    ),
    "uploads.take_part": (
        OFFICER,
        lambda by: uploads.take_part(by["upload_id"], 0, b"x" * 100, by.actor),
        ("record.received",),
    ),
    "users.add_staff": (OFFICER, _add_staff, ("staff.added",)),
    "users.sign_in": (OFFICER, _wrong_password, ("staff.sign-in-refused",)),
    "users.sign_out": (OFFICER, lambda by: users.sign_out(by.actor), ("staff.signed-out",)),
    "workspace.see_page": (
        OFFICER,
        lambda by: workspace.see_page(by["page_id"], by.actor),
        ("page.seen",),
    ),
}
