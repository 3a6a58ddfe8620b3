"""The rights a person can exercise, and which clock measures each."""

from __future__ import annotations

from enum import StrEnum

from sar.domain.clock_events import RequestType
from sar.domain.errors import ClockError


class Right(StrEnum):
    """What one case is about: a right of UK GDPR Arts 15-22D, or a complaint (DPA 2018 s.164A)."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    AUTOMATED_DECISION = "automated-decision"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        """The right in the words of the screens."""
        return {
            Right.ACCESS: "Access",
            Right.RECTIFICATION: "Rectification",
            Right.ERASURE: "Erasure",
            Right.RESTRICTION: "Restriction",
            Right.PORTABILITY: "Portability",
            Right.OBJECTION: "Objection",
            Right.AUTOMATED_DECISION: "Automated decision",
            Right.COMPLAINT: "Data protection complaint",
        }[self]


# The rights that Part 3 of the Act gives over law-enforcement records (ss.45-47), and complaints.
PART_3_RIGHTS = frozenset(
    {Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.COMPLAINT}
)


class ProcessingRegime(StrEnum):
    """Which law the records are processed under; one youth-offending case may need both."""

    UK_GDPR = "uk-gdpr"
    LAW_ENFORCEMENT = "law-enforcement"


class AccessKind(StrEnum):
    """Requests to see records that are not, or not only, access under Art 15."""

    PERSONAL_DATA = "personal-data"
    EDUCATIONAL_RECORD = "educational-record"
    EXAM_MARKS = "exam-marks"

    @property
    def label(self) -> str:
        """The kind in the words of the screens."""
        return {
            AccessKind.PERSONAL_DATA: "Their personal data (the usual request)",
            AccessKind.EDUCATIONAL_RECORD: "A pupil's educational record, which the school owes",
            AccessKind.EXAM_MARKS: "Exam marks",
        }[self]


_BY_RIGHT = {
    Right.ACCESS: RequestType.SAR,
    Right.RECTIFICATION: RequestType.RECTIFICATION,
    Right.ERASURE: RequestType.ERASURE,
    Right.RESTRICTION: RequestType.RESTRICTION,
    Right.PORTABILITY: RequestType.PORTABILITY,
    Right.OBJECTION: RequestType.OBJECTION,
    Right.AUTOMATED_DECISION: RequestType.AUTOMATED_DECISION,
    Right.COMPLAINT: RequestType.COMPLAINT,
}
_BY_KIND = {
    AccessKind.EDUCATIONAL_RECORD: RequestType.EDUCATIONAL_RECORD,
    AccessKind.EXAM_MARKS: RequestType.EXAM_SAR,
}


def request_type_for(
    right: Right,
    regime: ProcessingRegime = ProcessingRegime.UK_GDPR,
    *,
    is_direct_marketing: bool = False,
    access_kind: AccessKind = AccessKind.PERSONAL_DATA,
) -> RequestType:
    """The clock that measures a case.

    A right that the regime does not give (portability under Part 3) still has its month: the
    answer with reasons is owed by then.

    Raises:
        ClockError: direct marketing or a kind of record was named for a right it cannot go with.

    Law: UK GDPR Arts 12A, 15-22D; DPA 2018 s.54, s.164A, Sch 2 para 25; SI 2005/1437 reg 5.
    """
    if is_direct_marketing and right is not Right.OBJECTION:
        raise ClockError("Only an objection can be about direct marketing.")
    if access_kind is not AccessKind.PERSONAL_DATA and right is not Right.ACCESS:
        raise ClockError("Educational records and exam marks are asked for by an access request.")
    if is_direct_marketing:
        return RequestType.OBJECTION_DIRECT_MARKETING
    if access_kind in _BY_KIND:
        return _BY_KIND[access_kind]
    if right is Right.ACCESS and regime is ProcessingRegime.LAW_ENFORCEMENT:
        return RequestType.SAR_PART3
    return _BY_RIGHT[right]
