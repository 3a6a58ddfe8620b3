"""The ledger of receipt against logging: how long requests lay before a case was opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from sar.domain.permissions import Permission
from sar.domain.working_days import london_date
from sar.extensions import db
from sar.models.case import Case
from sar.services.actor import Actor

SHOWN = 200


@dataclass(frozen=True)
class Receipt:
    """A case with the days between its receipt and its opening."""

    case: Case
    gap: int


@dataclass(frozen=True)
class Ledger:
    """The latest receipts, the longest gap first, and how many were opened on the day itself."""

    rows: tuple[Receipt, ...]
    count: int
    same_day: int

    @property
    def longest(self) -> int:
        """The longest gap in days; 0 without any."""
        return max((row.gap for row in self.rows), default=0)


def gap_of(case: Case) -> int:
    """Days from the day of receipt to the London day the case was opened."""
    return (london_date(case.logged_at) - case.received_on).days


def ledger(actor: Actor) -> Ledger:
    """The latest 200 cases of the actor's councils, the longest gap first."""
    cases = db.session.scalars(
        select(Case)
        .where(Case.controller_id.in_(actor.councils_with(Permission.CASE_READ)))
        .order_by(Case.logged_at.desc())
        .limit(SHOWN)
    ).unique()
    rows = sorted(_rows(cases), key=lambda each: (-each.gap, each.case.reference))
    return Ledger(tuple(rows), len(rows), sum(1 for row in rows if row.gap == 0))


def _rows(cases: Iterable[Case]) -> list[Receipt]:
    return [Receipt(case, gap_of(case)) for case in cases]
