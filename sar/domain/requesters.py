"""Who may ask, for whom, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

COMPETENCE_PROMPT_AGE = 12
ADULT_AGE = 18


class Capacity(StrEnum):
    """In what capacity somebody asks."""

    SELF = "self"
    PARENT = "parent"
    SPECIAL_GUARDIAN = "special-guardian"
    FOSTER_CARER = "foster-carer"
    SOLICITOR = "solicitor"
    ADVOCATE = "advocate"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    ELECTED_MEMBER = "elected-member"
    SOCIAL_WORKER = "social-worker"
    PERSONAL_REPRESENTATIVE = "personal-representative"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The capacity in the words of the screens."""
        return {
            Capacity.SELF: "For themselves",
            Capacity.PARENT: "Parent",
            Capacity.SPECIAL_GUARDIAN: "Special guardian",
            Capacity.FOSTER_CARER: "Foster carer",
            Capacity.SOLICITOR: "Solicitor",
            Capacity.ADVOCATE: "Advocate",
            Capacity.ATTORNEY: "Attorney",
            Capacity.DEPUTY: "Deputy appointed by the Court of Protection",
            Capacity.ELECTED_MEMBER: "MP or councillor",
            Capacity.SOCIAL_WORKER: "The council's own social worker",
            Capacity.PERSONAL_REPRESENTATIVE: "Executor or family of somebody who died",
            Capacity.OTHER: "Somebody else they let act",
        }[self]


@dataclass(frozen=True)
class Evidence:
    """One thing to ask for; `any_of` lists papers of which one is enough."""

    shows: str
    any_of: tuple[str, ...]


_IDENTITY = Evidence(
    "Who the requester is, only where there is real doubt",
    ("passport", "driving licence", "a worker who knows them", "details only they would know"),
)
_WRITTEN = Evidence(
    "That the data subject lets them act", ("signed authority that names the request",)
)
_RESPONSIBILITY = Evidence(
    "Parental responsibility",
    ("birth certificate that names them", "parental responsibility order or agreement"),
)
_VIEWS = Evidence(
    "That asking is the child's wish or plainly in the child's interests",
    ("the child's own consent, where the child understands", "a recorded view of the worker"),
)
_EVIDENCE: dict[Capacity, tuple[Evidence, ...]] = {
    Capacity.SELF: (),
    Capacity.PARENT: (_RESPONSIBILITY, _VIEWS),
    Capacity.SPECIAL_GUARDIAN: (
        Evidence("Parental responsibility", ("special guardianship order",)),
        _VIEWS,
    ),
    Capacity.FOSTER_CARER: (
        Evidence(
            "That someone with parental responsibility, or the child, lets them ask",
            ("written agreement of the council or a parent", "the child's own consent"),
        ),
    ),
    Capacity.SOLICITOR: (_WRITTEN,),
    Capacity.ADVOCATE: (_WRITTEN,),
    Capacity.ATTORNEY: (
        Evidence(
            "Power that covers this request",
            ("registered lasting power of attorney (its scope checked)",),
        ),
    ),
    Capacity.DEPUTY: (
        Evidence(
            "Power that covers this request", ("Court of Protection order (its scope checked)",)
        ),
    ),
    Capacity.ELECTED_MEMBER: (_WRITTEN,),
    Capacity.SOCIAL_WORKER: (),
    Capacity.PERSONAL_REPRESENTATIVE: (),
    Capacity.OTHER: (_WRITTEN,),
}


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day; a 29 February birthday falls on 1 March in other years.

    Law: ages in UK GDPR Art 12, DPA 2018 Sch 3 and SI 2005/1437 are whole years.
    """
    before_birthday = (day.month, day.day) < (born_on.month, born_on.day)
    return day.year - born_on.year - before_birthday


def needs_competence_view(
    born_on: date, day: date, prompt_age: int = COMPETENCE_PROMPT_AGE
) -> bool:
    """Whether to ask if this child understands the request; never decides it.

    Law: UK GDPR Art 12; no age is fixed in England, so the age is a setting (default 12).
    """
    return prompt_age <= age_on(born_on, day) < ADULT_AGE


def evidence_for(capacity: Capacity, *, has_identity_doubt: bool = False) -> tuple[Evidence, ...]:
    """What to ask for before the clock starts, and nothing more than is necessary.

    Law: UK GDPR Arts 12(6), 12A(2)(b).
    """
    identity = (_IDENTITY,) if has_identity_doubt else ()
    return (*identity, *_EVIDENCE[capacity])


def authority_warning(capacity: Capacity) -> str:
    """What an officer should know about this kind of requester, or nothing.

    Law: UK GDPR Arts 4(1), 12, 15; Children Act 1989 ss.2-3, 33; DPA 2018 Sch 1 paras 23-24.
    """
    return _WARNINGS.get(capacity, "")


_WARNINGS = {
    Capacity.PARENT: "A parent's own data is a request of the parent's own: open two cases. Check "
    "for court orders, and look at HD4, SW10 and CA21.",
    Capacity.FOSTER_CARER: "A foster carer has no parental responsibility.",
    Capacity.SOLICITOR: "If the solicitor may see more than the client expects, send the answer to "
    "the client.",
    Capacity.ELECTED_MEMBER: "Work for a constituent is not an access request unless it says so.",
    Capacity.SOCIAL_WORKER: "The council's own work needs no access request.",
    Capacity.PERSONAL_REPRESENTATIVE: "Data protection covers living people only. Consider the "
    "Access to Health Records Act 1990, freedom of information and confidence; what is about the "
    "living requester is theirs.",
    Capacity.ATTORNEY: "Check whether the power is for property or welfare.",
    Capacity.DEPUTY: "Check whether the order is for property or welfare.",
}
