"""The people of a case, and whose information the requester may have without a second thought.

A suggestion is never a release: these rules decide what is put before the officer first.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from sar.domain.errors import DomainError


class RegisterError(DomainError):
    """A people register cannot be used: it is malformed or names a role that does not exist."""


class Role(StrEnum):
    """What a person is to the case."""

    DATA_SUBJECT = "data_subject"
    FAMILY = "family"
    OTHER_CHILD = "other_child"
    VICTIM_WITNESS = "victim_witness"
    REFERRER = "referrer"
    PROFESSIONAL = "professional"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The role in the words of the screens."""
        return {
            Role.DATA_SUBJECT: "The data subject",
            Role.FAMILY: "Family",
            Role.OTHER_CHILD: "Another child",
            Role.VICTIM_WITNESS: "Victim or witness",
            Role.REFERRER: "Referrer: somebody who told the council",
            Role.PROFESSIONAL: "Professional",
            Role.ORGANISATION: "Organisation",
            Role.UNKNOWN: "Not known yet",
        }[self]


class Decision(StrEnum):
    """What the officer is advised to do with a piece of text."""

    KEEP = "keep"
    REDACT = "redact"
    REVIEW = "review"


KEPT_ROLES = frozenset({Role.DATA_SUBJECT, Role.PROFESSIONAL, Role.ORGANISATION})
CONTACT_DETAILS = frozenset({"ADDRESS", "POSTCODE", "PHONE", "EMAIL", "HANDLE", "VEHICLE_REG"})
_OFFICE_DETAILS = frozenset({"PERSON", "PHONE", "EMAIL", "SCHOOL"})
_AT_RISK = frozenset({Role.REFERRER, Role.VICTIM_WITNESS})


def decision_about(roles: Collection[Role]) -> Decision:
    """What to do with words that may name anybody in these roles.

    The data subject's own information, and workers named in their official capacity, are kept;
    other people are redacted. Words that fit both, or nobody who is known, are for review.

    Law: DPA 2018 Sch 2 paras 16 and 17.
    """
    known = set(roles) - {Role.UNKNOWN}
    if not known or known != set(roles):
        return Decision.REVIEW
    if known <= KEPT_ROLES:
        return Decision.KEEP
    return Decision.REVIEW if known & KEPT_ROLES else Decision.REDACT


def decision_about_detail(kind: str, owner: Role | None, *, is_subjects_own: bool) -> Decision:
    """What to do with a number, address or date of this kind (`PHONE`, `ADDRESS` ...).

    One that is also the data subject's own, as an address shared at home is, is kept. A worker's
    office number is kept; a worker's date of birth or home is not in official capacity, so a
    private kind of detail that seems to be a worker's is for review. Without an owner: review.

    Law: DPA 2018 Sch 2 paras 16 and 17.
    """
    if is_subjects_own:
        return Decision.KEEP
    if owner is None or (owner is Role.PROFESSIONAL and kind not in _OFFICE_DETAILS):
        return Decision.REVIEW
    return decision_about({owner})


def risk(kind: str, role: Role | None) -> int:
    """How early the officer should see a suggestion; 0 is first.

    How to reach a referrer or victim comes before their names, then other children, then people
    nobody has entered in the register, then the rest.

    Law: DPA 2018 Sch 2 para 16(3).
    """
    if role in _AT_RISK:
        return 0 if kind in CONTACT_DETAILS else 1
    if role is Role.OTHER_CHILD:
        return 2
    return 3 if role in {None, Role.UNKNOWN} else 4
