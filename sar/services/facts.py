"""What officers establish on a case: writing it, putting it right, and reading it back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.errors import ExemptionError
from sar.domain.events import EventName
from sar.domain.exemptions import HealthOpinion
from sar.domain.fact_questions import FORMS
from sar.domain.facts import FactForm, FactKind, answered, text_of
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.domain.representation import Authority, Competence, CourtOrder, Proofs
from sar.extensions import db
from sar.models.case import Case
from sar.models.fact import CaseFact
from sar.models.record import Record
from sar.models.redaction import Redaction
from sar.services import audit, records, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError

NO_BLANKET = "Say which mark, person or record this is about: no exemption is used as a blanket."


@dataclass(frozen=True)
class NewFact:
    """Answers to the questions of one kind; `about` reads `person:ID`, `record:ID` or `mark:ID`."""

    kind: FactKind
    answers: Mapping[str, str]
    code: str = ""
    about: str = ""


def write(case_id: uuid.UUID, new: NewFact, actor: Actor) -> CaseFact:
    """Keeps what was established, and the text it makes.

    Raises:
        FactError: an answer is missing, or shows that the exemption does not apply.
        RefusedError: it is about nothing in particular, or about something of another case.
    """
    case = load(Case, case_id, actor, Permission.REDACTION_MARK)
    form = FORMS[new.kind]
    row = CaseFact(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        kind=new.kind,
        code=_code(form, new.code),
        author_id=actor.staff_id,
    )
    _attach(row, case, form, new.about)
    return _keep(row, case, new.answers, actor, EventName.FACT_WRITTEN)


def revise(fact_id: uuid.UUID, answers: Mapping[str, str], actor: Actor) -> CaseFact:
    """Puts a fact right: the old row is struck, and the new one stands for the same thing."""
    old = fact_for(fact_id, actor)
    row = CaseFact(
        created_at=actor.now,
        author_id=actor.staff_id,
        **{name: getattr(old, name) for name in _KEPT},
    )
    old.struck_at = actor.now
    return _keep(row, case_of(old), answers, actor, EventName.FACT_REVISED)


def strike(fact_id: uuid.UUID, actor: Actor) -> CaseFact:
    """Takes a fact back; its row stays as history."""
    row = fact_for(fact_id, actor)
    row.struck_at = actor.now
    _void(case_of(row), FORMS[row.kind])
    _record(EventName.FACT_STRUCK, row, actor)
    return row


def fact_for(fact_id: uuid.UUID, actor: Actor) -> CaseFact:
    """The fact, when the actor may change it.

    Raises:
        NotFoundError: there is none, or it was taken back.
    """
    row = load(CaseFact, fact_id, actor, Permission.REDACTION_MARK)
    if row.struck_at is not None:
        raise NotFoundError("This was taken back.")
    return row


def of_case(case: Case) -> Sequence[CaseFact]:
    """The facts of a case that stand, in the order they were written."""
    return db.session.scalars(
        select(CaseFact)
        .where(CaseFact.case_id == case.id, CaseFact.struck_at.is_(None))
        .order_by(CaseFact.created_at, CaseFact.id)
    ).all()


def case_of(fact: CaseFact) -> Case:
    """The case a fact was established on."""
    return db.session.get_one(Case, fact.case_id)


def rationale_of(mark: Redaction, facts: Iterable[CaseFact]) -> CaseFact | None:
    """The answered questions that speak for a mark: its own, its person's, or its record's."""
    mine = [each for each in facts if each.code == mark.code]
    for found in (
        [each for each in mine if each.redaction_id == mark.id],
        [each for each in mine if each.person_id and each.person_id == mark.person_id],
        [each for each in mine if each.record_id == mark.page.record_id],
    ):
        if found:
            return found[-1]
    return None


def opinion_for(record: Record, facts: Iterable[CaseFact]) -> HealthOpinion | None:
    """The newest opinion on a record: one of its own, or one on all health information."""
    found = [
        HealthOpinion(
            date.fromisoformat(each.answers["obtained_on"]), each.answers["harm"] == "yes"
        )
        for each in facts
        if each.kind is FactKind.HEALTH_OPINION and each.record_id in (None, record.id)
    ]
    return max(found, key=lambda each: each.obtained_on, default=None)


def proofs_of(facts: Sequence[CaseFact]) -> Proofs:
    """What the rules on representatives need of the facts."""
    views = [each for each in facts if each.kind is FactKind.COMPETENCE]
    return Proofs(
        authorities=tuple(
            Authority(
                str(each.person_id),
                each.answers["shows"],
                _day(each, "expires_on"),
                each.answers["scope"],
            )
            for each in facts
            if each.kind is FactKind.AUTHORITY
        ),
        competence=_competence(views[-1]) if views else None,
        orders=tuple(_order(each) for each in facts if each.kind is FactKind.COURT_ORDER),
    )


def choices_about(
    case: Case, form: FactForm, standing: Sequence[Redaction], mark: Redaction | None
) -> list[tuple[str, str]]:
    """What a fact of this kind can be about, as (value, words)."""
    if form.is_about_person:
        return [(f"person:{each.id}", each.full_name) for each in case.people]
    if form.kind is FactKind.HEALTH_OPINION:
        rows = [row for row in records.records_of(case) if row.is_health]
        every = [("", "All health information of the case")]
        return [*every, *((f"record:{row.id}", row.title or row.name) for row in rows)]
    own = [("mark:" + str(mark.id), "Only this mark")] if mark is not None else []
    marked = [each for each in standing if each.code in form.codes]
    rows = list({each.page.record_id: each.page.record for each in marked}.values())
    return [
        *own,
        *((f"person:{each.id}", f"Every mark about {each.full_name}") for each in case.people),
        *((f"record:{row.id}", f"Every mark on “{row.title or row.name}”") for row in rows),
    ]


_KEPT = (
    *("controller_id", "case_id", "kind", "code"),
    *("person_id", "record_id", "redaction_id"),
)
_PLACES = {"person": "person_id", "record": "record_id", "mark": "redaction_id"}


def _code(form: FactForm, code: str) -> str:
    if form.kind is FactKind.HEALTH_OPINION or not form.codes:
        return ""
    found = code or (form.codes[0] if len(form.codes) == 1 else "")
    if found not in form.codes:
        raise ExemptionError(f"Choose one of the codes {', '.join(form.codes)}.")
    return found


def _attach(row: CaseFact, case: Case, form: FactForm, about: str) -> None:
    if not about and form.kind is FactKind.HEALTH_OPINION:
        return
    kind, _, text = about.partition(":")
    try:
        found = uuid.UUID(text)
    except ValueError:
        raise RefusedError(NO_BLANKET) from None
    if kind not in _PLACES or (form.is_about_person and kind != "person"):
        raise RefusedError(NO_BLANKET)
    if not _is_of_case(case, kind, found):
        raise RefusedError("Choose something of this case.")
    setattr(row, _PLACES[kind], found)


def _is_of_case(case: Case, kind: str, row_id: uuid.UUID) -> bool:
    if kind == "person":
        return any(person.id == row_id for person in case.people)
    if kind == "record":
        record = db.session.get(Record, row_id)
        return record is not None and record.case_id == case.id
    mark = db.session.get(Redaction, row_id)
    return mark is not None and mark.case_id == case.id and mark.undone_at is None


def _keep(
    row: CaseFact, case: Case, answers: Mapping[str, str], actor: Actor, event: EventName
) -> CaseFact:
    form = FORMS[row.kind]
    row.answers = answered(form, answers, actor.today)
    row.text = text_of(form, row.answers)
    _void(case, form)
    db.session.add(row)
    _record(event, row, actor)
    return row


def _void(case: Case, form: FactForm) -> None:
    """Reasons are part of what is approved: changing one sends the case back to the officer."""
    if form.codes:
        stages.move(case, CaseMove.START_REDACTION)


def _competence(fact: CaseFact) -> Competence:
    told = fact.answers
    return Competence(told["understands"], told["agrees"], told["is_in_interests"] == "yes")


def _order(fact: CaseFact) -> CourtOrder:
    words = {q.key: dict(q.choices) for q in FORMS[FactKind.COURT_ORDER].questions}
    return CourtOrder(
        person_id=str(fact.person_id),
        order=words["order"].get(fact.answers["order"], "Order"),
        effect=fact.answers["effect"],
        ends_on=_day(fact, "ends_on"),
        terms=fact.answers["terms"],
    )


def _day(fact: CaseFact, key: str) -> date | None:
    return date.fromisoformat(fact.answers[key]) if fact.answers.get(key) else None


def _record(name: EventName, row: CaseFact, actor: Actor) -> None:
    db.session.flush()
    told = {"kind": row.kind.value, "code": row.code}
    audit.record(name, actor, row, controller_id=row.controller_id, case_id=row.case_id, **told)
