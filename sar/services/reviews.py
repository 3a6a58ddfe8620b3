"""Approval by a second person, bound to the hash of exactly what was submitted."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove, CaseStatus
from sar.domain.permissions import Permission, may_approve
from sar.domain.reconciliation import Reconciliation
from sar.domain.redaction import plan_as_dict
from sar.domain.searching import RecordScope, RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.models.redaction import Redaction, Review, ReviewDecision
from sar.services import audit, pages, reconciliation, records, redactions, safeguards, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError
from sar.services.safeguards import Safeguards


@dataclass(frozen=True)
class SelfCheck:
    """What stands in the way of an approval, and what an approver ought to know."""

    pages: Reconciliation
    converting: tuple[Record, ...]
    quarantined: tuple[Record, ...]
    unseen: tuple[Page, ...]
    unread: tuple[Page, ...]
    undecided: tuple[Page, ...]
    page_count: int
    redaction_count: int
    withheld_count: int
    safeguards: Safeguards

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Sentences; empty when the case can be submitted."""
        found = []
        if self.converting:
            found.append(f"{len(self.converting)} records are still being converted.")
        else:
            found += self.pages.obstacles
        if not self.page_count:
            found.append("There are no pages to disclose. Close the case with its outcome instead.")
        if self.unseen:
            found.append(f"{len(self.unseen)} pages have not been looked at by anybody.")
        if self.unread:
            found.append(
                f"{len(self.unread)} pages must be read by a person, because no machine "
                "could read them."
            )
        if self.undecided:
            found.append(f"{len(self.undecided)} pages of hidden content have not been decided.")
        return (*found, *self.safeguards.obstacles)


def self_check(case: Case, today: date) -> SelfCheck:
    """What the officer should put right before sending the case for approval."""
    rows = [row for row in records.records_of(case) if row.scope is RecordScope.IN]
    everything = list(pages.pages_in_scope(case))
    standing = redactions.of_case(case)
    withheld = {each.page_id for each in standing if each.kind == "page"}
    return SelfCheck(
        pages=reconciliation.of_case(case),
        converting=tuple(row for row in rows if row.status is RecordStatus.RECEIVED),
        quarantined=tuple(row for row in rows if row.status is RecordStatus.QUARANTINED),
        unseen=tuple(page for page in everything if page.seen_by_id is None),
        unread=tuple(page for page in everything if page.needs_reading and not page.read_by_id),
        undecided=tuple(page for page in everything if _is_undecided(page, withheld)),
        page_count=len(everything),
        redaction_count=sum(1 for each in standing if each.kind == "area"),
        withheld_count=sum(1 for each in standing if each.kind == "page"),
        safeguards=safeguards.of_case(case, today),
    )


def _is_undecided(page: Page, withheld: Container[uuid.UUID]) -> bool:
    """True for hidden content that would go out though nobody said that it should."""
    return page.is_hidden and page.hidden_kept_by_id is None and page.id not in withheld


def submit(case_id: uuid.UUID, comment: str, actor: Actor) -> Review:
    """Sends a case for approval.

    Raises:
        RefusedError: pages nobody has seen, or records still being converted.
        TransitionError: the case is not being redacted.
    """
    case = load(Case, case_id, actor, Permission.REDACTION_SUBMIT)
    obstacles = self_check(case, actor.today).obstacles
    if obstacles:
        raise RefusedError(" ".join(obstacles))
    if case.status in {CaseStatus.RECEIVED, CaseStatus.SEARCHING}:
        stages.move(case, CaseMove.START_REDACTION)  # nothing needed redacting
    stages.move(case, CaseMove.SUBMIT)
    review = Review(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        content_hash=content_hash(case),
        submitted_by_id=actor.staff_id,
        decision=ReviewDecision.WAITING,
        comment=comment.strip(),
    )
    db.session.add(review)
    _record(EventName.REVIEW_SUBMITTED, review, actor)
    return review


def approve(case_id: uuid.UUID, content: str, actor: Actor) -> Review:
    """Approves what was submitted, if it is still what `content` (its hash) says it was.

    Raises:
        RefusedError: it is the approver's own work, it changed since they looked at it, or
            something of `safeguards` stands in the way on the day.
    """
    case, review = _waiting(case_id, actor)
    _check_second_person(case, review, actor)
    if content != review.content_hash or content_hash(case) != review.content_hash:
        raise RefusedError("The case has changed since you opened it. Look at it again.")
    safeguards.check(case, actor.today)
    stages.move(case, CaseMove.APPROVE)
    _decide(review, ReviewDecision.APPROVED, actor)
    _record(EventName.REVIEW_APPROVED, review, actor, content=review.content_hash)
    return review


def send_back(case_id: uuid.UUID, comment: str, actor: Actor) -> Review:
    """Returns the case to its officer with what should change."""
    case, review = _waiting(case_id, actor)
    if not comment.strip():
        raise RefusedError("Say what should change.")
    _check_second_person(case, review, actor)
    stages.move(case, CaseMove.RETURN)
    _decide(review, ReviewDecision.RETURNED, actor)
    review.comment = comment.strip()
    _record(EventName.REVIEW_RETURNED, review, actor)
    return review


def current(case: Case) -> Review | None:
    """The last submission of the case, or None."""
    return db.session.scalar(
        select(Review)
        .where(Review.case_id == case.id)
        .order_by(Review.created_at.desc(), Review.id)
        .limit(1)
    )


def approved(case: Case) -> Review:
    """The approval that stands for exactly what the case holds now.

    Raises:
        RefusedError: nobody has approved it, or it changed since.
    """
    review = current(case)
    if (
        review is None
        or review.decision is not ReviewDecision.APPROVED
        or review.content_hash != content_hash(case)
    ):
        raise RefusedError("A second person must approve the case as it stands now.")
    return review


def content_hash(case: Case) -> str:
    """The SHA-256 of what is approved: records in scope, their pages and plans, and the reasons."""
    standing = redactions.of_case(case)
    content: list[list[object]] = [
        [
            str(record.id),
            record.prepared_sha256,
            record.title,
            str(record.dated_on),
            plan_as_dict(redactions.plan_of(record, standing)),
        ]
        for record in pages.in_scope(case)
    ]
    content.append(safeguards.digest_of(case))
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def authors(case: Case, review: Review) -> frozenset[str]:
    """Everybody whose work an approval would be about: they may not give it."""
    ids: Sequence[uuid.UUID] = db.session.scalars(
        select(Redaction.author_id).where(Redaction.case_id == case.id).distinct()
    ).all()
    return frozenset(map(str, (*ids, review.submitted_by_id)))


def _check_second_person(case: Case, review: Review, actor: Actor) -> None:
    if not may_approve(authors(case, review), str(actor.staff_id)):
        raise RefusedError("This is your own work. Somebody else must look at it.")


def _waiting(case_id: uuid.UUID, actor: Actor) -> tuple[Case, Review]:
    case = load(Case, case_id, actor, Permission.REDACTION_APPROVE)
    review = current(case)
    if review is None or review.decision is not ReviewDecision.WAITING:
        raise NotFoundError("This case is not waiting for approval.")
    return case, review


def _decide(review: Review, decision: ReviewDecision, actor: Actor) -> None:
    review.decision, review.decided_at = decision, actor.now
    review.decided_by_id = actor.staff_id


def _record(name: EventName, review: Review, actor: Actor, **details: str) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        review,
        controller_id=review.controller_id,
        case_id=review.case_id,
        **details,
    )
