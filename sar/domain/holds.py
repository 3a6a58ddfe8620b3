"""Holds: what must not be destroyed for now, and why. Erasure and disposal ask here first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sar.domain.errors import DomainError

LONGEST_REVIEW_DAYS = 366
INQUIRY_NAME = "Independent Inquiry into Child Sexual Abuse"


class HoldKind(StrEnum):
    """Why something is kept for now."""

    INQUIRY = "inquiry"
    LITIGATION = "litigation"
    COMPLAINT = "complaint"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind in the words of the screens."""
        return {
            HoldKind.INQUIRY: "Public inquiry",
            HoldKind.LITIGATION: "Court case or claim",
            HoldKind.COMPLAINT: "Complaint or regulator",
            HoldKind.OTHER: "Something else",
        }[self]


@dataclass(frozen=True)
class Hold:
    """One hold: what it is called, what it covers, and who looks at it again, and when.

    An empty `case_id`, `service_id` and `person` cover everything the council has. `person` is a
    name, in any case of letters.
    """

    kind: HoldKind
    name: str
    case_id: str = ""
    service_id: str = ""
    person: str = ""
    has_owner: bool = True
    review_on: date | None = None
    is_lifted: bool = False


@dataclass(frozen=True)
class Disposal:
    """What somebody wants to erase or destroy: a case's records, of these services and people."""

    case_id: str = ""
    service_ids: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OpenRequest:
    """Another request or complaint of the same person that is still open."""

    reference: str
    is_complaint: bool = False


def covers(hold: Hold, disposal: Disposal) -> bool:
    """Whether a hold that still stands keeps this from being destroyed.

    Law: DPA 2018 s.173; the inquiry's letter of 2 July 2015 (retain everything).
    """
    if hold.is_lifted:
        return False
    if hold.case_id:
        return hold.case_id == disposal.case_id
    if hold.service_id:
        return hold.service_id in disposal.service_ids
    if hold.person:
        return hold.person.casefold() in {each.casefold() for each in disposal.people}
    return True


def why_frozen(
    disposal: Disposal, holds: Iterable[Hold], requests: Iterable[OpenRequest] = ()
) -> tuple[str, ...]:
    """Every reason why this may not be erased or destroyed now, as sentences; none when it may.

    Law: DPA 2018 s.173 (an offence to destroy what was asked for); UK GDPR Art 17(3)(b), (e).
    """
    held = [_held(each) for each in holds if covers(each, disposal)]
    return tuple(dict.fromkeys([*held, *map(_asked, requests)]))


def needs_review(hold: Hold, today: date) -> bool:
    """Whether somebody should look at a hold: no owner, no date, or the date has come.

    Law: UK GDPR Art 5(1)(e): nothing is kept only because nobody asked again.
    """
    if hold.is_lifted:
        return False
    return not hold.has_owner or hold.review_on is None or hold.review_on <= today


def check_review_date(review_on: date, today: date) -> None:
    """Refuses a day of review that has gone by, or that nobody will remember.

    Law: UK GDPR Art 5(1)(e).

    Raises:
        DomainError: the day is today or before, or more than a year away.
    """
    if review_on <= today:
        raise DomainError("The hold must be looked at again on a day to come.")
    if (review_on - today).days > LONGEST_REVIEW_DAYS:
        raise DomainError("A hold must be looked at again within a year.")


def check_lift(hold: Hold, reason: str) -> None:
    """Refuses to lift a hold twice, or without saying why.

    Law: UK GDPR Art 5(2).

    Raises:
        DomainError: it is lifted already, or no reason is given.
    """
    if hold.is_lifted:
        raise DomainError("This hold has been lifted already.")
    if not reason.strip():
        raise DomainError("Say why the hold is lifted.")


def _held(hold: Hold) -> str:
    what = {
        HoldKind.INQUIRY: "a public inquiry told councils to keep everything",
        HoldKind.LITIGATION: "a court case or claim needs it",
        HoldKind.COMPLAINT: "a complaint about it is being looked into",
        HoldKind.OTHER: "it is on hold",
    }[hold.kind]
    return f"Nothing may be erased: {what} ({hold.name})."


def _asked(request: OpenRequest) -> str:
    kind = "complaint" if request.is_complaint else "request"
    return (
        f"Nothing may be erased while the {kind} {request.reference} of the same person is open "
        "(Data Protection Act 2018 s.173)."
    )
