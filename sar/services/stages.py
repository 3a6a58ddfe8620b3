"""Moving a case along its lifecycle; a step back voids whatever approval there was."""

from __future__ import annotations

from sqlalchemy import select

from sar.domain.lifecycle import CaseMove, CaseStatus, status_after
from sar.extensions import db
from sar.models.case import Case
from sar.models.redaction import Review, ReviewDecision

_APPROVED = frozenset(
    {CaseStatus.AWAITING_APPROVAL, CaseStatus.APPROVED, CaseStatus.READY, CaseStatus.RELEASED}
)
_STANDING = (ReviewDecision.WAITING, ReviewDecision.APPROVED)


def move(case: Case, made: CaseMove) -> None:
    """Moves the case.

    Raises:
        TransitionError: the lifecycle has no such move from where the case is.
    """
    before = case.status
    case.status = status_after(before, made)
    if before in _APPROVED and case.status not in _APPROVED:
        for review in db.session.scalars(
            select(Review).where(Review.case_id == case.id, Review.decision.in_(_STANDING))
        ):
            review.decision = ReviewDecision.VOIDED
    db.session.flush()
