"""The services of a case: which rights are open, what is still to settle, how long records stay."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.persons import PersonPart
from sar.domain.register import basis_on, basis_warning
from sar.domain.retention import Retention, RetentionFacts, retention_of
from sar.domain.service_entry import Council, ServiceEntry, ServiceQuestion, ServiceRegime
from sar.domain.service_questions import (
    Answers,
    OpenRight,
    Question,
    check_answer,
    open_questions,
    questions_for,
    redirect_of,
    refusal_reasons,
    rights_open,
)
from sar.extensions import db
from sar.models.case import Case
from sar.models.service_answer import ServiceAnswer
from sar.services import audit, register
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError


@dataclass(frozen=True)
class CaseService:
    """One service of a case, with the answers given about it."""

    entry: ServiceEntry
    rights: tuple[OpenRight, ...]
    questions: tuple[Question, ...]
    to_settle: tuple[Question, ...]
    answers: Answers
    redirect: str
    warnings: tuple[str, ...]
    retention: Retention
    refusal: str


def of_case(case: Case) -> tuple[CaseService, ...]:
    """The services of a case, in the order they were chosen."""
    given = _answers(case)
    entries = register.services_named(case.service_ids, case.controller.code)
    return tuple(_described(case, each, given.get(each.id, {})) for each in entries)


def is_split(case: Case) -> bool:
    """Whether some of the case's records may answer to Part 3 and others to UK GDPR."""
    return any(each.entry.regime is ServiceRegime.SPLIT_PART_3 for each in of_case(case))


def service_of(case_id: uuid.UUID, service_id: str, actor: Actor) -> tuple[Case, CaseService]:
    """One service of a case, to settle its questions.

    Raises:
        NotFoundError: there is no such case, or it does not concern this service.
    """
    case = load(Case, case_id, actor, Permission.CASE_CREATE)
    found = next((each for each in of_case(case) if each.entry.id == service_id), None)
    if found is None:
        raise NotFoundError("The case does not concern this service.")
    return case, found


def settle(
    case_id: uuid.UUID, service_id: str, answers: Mapping[ServiceQuestion, str], actor: Actor
) -> CaseService:
    """Keeps answers about a service; those left empty stay as they were.

    Raises:
        RefusedError: nothing was answered.
        DomainError: an answer is none of the choices, or a day still to come.
    """
    case, found = service_of(case_id, service_id, actor)
    kept = {
        about: check_answer(found.entry, about, answer, actor.today)
        for about, answer in answers.items()
        if answer
    }
    if not kept:
        raise RefusedError("Answer at least one question.")
    for about, answer in kept.items():
        _keep(case, service_id, about, answer, actor)
    db.session.flush()
    asked = ",".join(sorted(kept))
    audit.record(
        EventName.CASE_SERVICE_SETTLED,
        actor,
        case,
        controller_id=case.controller_id,
        case_id=case.id,
        service=service_id,
        asked=asked,
    )
    return _described(case, found.entry, {**found.answers, **kept})


def _keep(case: Case, service_id: str, about: ServiceQuestion, answer: str, actor: Actor) -> None:
    row = db.session.scalar(
        select(ServiceAnswer).where(
            ServiceAnswer.case_id == case.id,
            ServiceAnswer.service_id == service_id,
            ServiceAnswer.question == about,
        )
    )
    if row is None:
        row = ServiceAnswer(
            created_at=actor.now,
            controller_id=case.controller_id,
            case_id=case.id,
            service_id=service_id,
            question=about,
        )
        db.session.add(row)
    row.answer, row.author_id = answer, actor.staff_id


def _answers(case: Case) -> dict[str, dict[ServiceQuestion, str]]:
    found: dict[str, dict[ServiceQuestion, str]] = {}
    for row in db.session.scalars(select(ServiceAnswer).where(ServiceAnswer.case_id == case.id)):
        found.setdefault(row.service_id, {})[row.question] = row.answer
    return found


def _described(case: Case, entry: ServiceEntry, answers: Answers) -> CaseService:
    on, council = case.received_on, Council(case.controller.code)
    points = basis_on(entry, on).points
    return CaseService(
        entry=entry,
        rights=rights_open(entry, case.right, _with_tick(case, answers), on),
        questions=questions_for(entry),
        to_settle=open_questions(entry, answers),
        answers=answers,
        redirect=redirect_of(entry, council, answers),
        warnings=tuple(dict.fromkeys(filter(None, map(basis_warning, points)))),
        retention=retention_of(entry, _facts(case, entry, answers)),
        refusal=refusal_reasons(entry, case.right, _with_tick(case, answers), on),
    )


def _with_tick(case: Case, answers: Answers) -> Answers:
    """What was ticked when the case was opened answers for the law until it is settled."""
    if case.is_part_3 and ServiceQuestion.REGIME not in answers:
        return {**answers, ServiceQuestion.REGIME: case.regime.value}
    return answers


def _facts(case: Case, entry: ServiceEntry, answers: Answers) -> RetentionFacts:
    subject = next((each for each in case.people if each.part is PersonPart.DATA_SUBJECT), None)

    def day(about: ServiceQuestion) -> date | None:
        return date.fromisoformat(answers[about]) if about in answers else None

    return RetentionFacts(
        born_on=subject.born_on if subject else None,
        youngest_born_on=day(ServiceQuestion.YOUNGEST_BORN),
        last_contact_on=day(ServiceQuestion.LAST_CONTACT),
        last_involved_on=day(ServiceQuestion.LAST_INVOLVEMENT),
        service_closed_on=day(ServiceQuestion.SERVICE_CLOSED),
        programme_ended_on=entry.details.programme_ended_on,
    )
