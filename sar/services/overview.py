"""Everything the page of one case shows, read together."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from sar.domain.clock import ClockResult
from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.decision import Decision, RecipientNotice, Restriction
from sar.models.letter import Letter
from sar.models.message import InboundMessage
from sar.models.record import Record
from sar.models.search import Search
from sar.services import (
    case_services,
    cases,
    clock_story,
    clocks,
    decisions,
    due,
    holds,
    letters,
    messages,
    notices,
    receipts,
)
from sar.services.actor import Actor
from sar.services.case_services import CaseService
from sar.services.safeguards import Safeguards
from sar.services.safeguards import of_case as safeguards_of

STAGES = tuple(each for each in CaseStatus if each is not CaseStatus.CLOSED)


@dataclass(frozen=True)
class Counts:
    """How far the work has come, in numbers."""

    searches: int
    searches_open: int
    records: int
    records_waiting: int
    records_quarantined: int


@dataclass(frozen=True)
class Overview:
    """A case with all that belongs to it; `may` holds what the reader may do to it."""

    case: Case
    due: due.Due
    clock: ClockResult
    clock_status: str
    services: tuple[CaseService, ...]
    frozen_because: tuple[str, ...]
    decision: Decision | None
    restriction: Restriction | None
    notices: Sequence[RecipientNotice]
    counts: Counts
    gap: int
    related: Sequence[Case]
    messages: Sequence[InboundMessage]
    letters: Sequence[Letter]
    stages: tuple[CaseStatus, ...]
    safeguards: Safeguards
    may: frozenset[str]


def overview_of(case_id: uuid.UUID, actor: Actor) -> Overview:
    """The case and what belongs to it.

    Raises:
        NotFoundError: there is no such case, or it is another council's.
    """
    case = cases.case_for(case_id, actor, Permission.CASE_READ)
    result = clocks.result_of(case)
    return Overview(
        case=case,
        due=due.due_of(case, actor.today),
        clock=result,
        clock_status=clock_story.status_words(case, result),
        services=case_services.of_case(case),
        frozen_because=holds.frozen_because(case, is_own_answer=True),
        decision=next(iter(decisions.of_case(case)), None),
        restriction=decisions.standing_restriction(case),
        notices=notices.of_case(case),
        counts=_counts(case),
        gap=receipts.gap_of(case),
        related=messages.related_cases(case),
        messages=messages.of_case(case),
        letters=letters.of_case(case),
        stages=STAGES,
        safeguards=safeguards_of(case, actor.today),
        may=frozenset(str(each) for each in Permission if actor.may(each, case.controller_id)),
    )


def _counts(case: Case) -> Counts:
    searches = db.session.execute(
        select(func.count(Search.id), func.count(Search.returned_at)).where(
            Search.case_id == case.id
        )
    ).one()
    records = db.session.execute(
        select(Record.status, func.count(Record.id))
        .where(Record.case_id == case.id, Record.scope == RecordScope.IN)
        .group_by(Record.status)
    )
    by_status = {row[0]: row[1] for row in records}
    return Counts(
        searches=searches[0],
        searches_open=searches[0] - searches[1],
        records=sum(by_status.values()),
        records_waiting=by_status.get(RecordStatus.RECEIVED, 0),
        records_quarantined=by_status.get(RecordStatus.QUARANTINED, 0),
    )
