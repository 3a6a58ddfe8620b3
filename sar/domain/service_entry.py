"""The shape of one row of the service register: who holds what, on what basis, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Council(StrEnum):
    """The authorities a mail or a record may belong to; only the first two are served here."""

    RBKC = "RBKC"
    WCC = "WCC"
    LBHF = "LBHF"
    BRENT = "Brent"
    ISLINGTON = "Islington"
    NHS = "NHS"

    @property
    def label(self) -> str:
        """The authority's name as letters print it."""
        return _COUNCIL_NAMES[self]

    @property
    def is_served(self) -> bool:
        """True for the two councils whose cases this desk answers."""
        return self in (Council.RBKC, Council.WCC)


_COUNCIL_NAMES = {
    Council.RBKC: "Royal Borough of Kensington and Chelsea",
    Council.WCC: "Westminster City Council",
    Council.LBHF: "London Borough of Hammersmith and Fulham",
    Council.BRENT: "Brent Council",
    Council.ISLINGTON: "Islington Council",
    Council.NHS: "NHS Integrated Care Board",
}


class ServiceRegime(StrEnum):
    """Which body of law the records of a service answer to."""

    UK_GDPR = "uk-gdpr"
    SPLIT_PART_3 = "split-part-3"  # some records UK GDPR, some DPA 2018 Part 3
    OTHER_AUTHORITY = "other-authority"


class LawfulBasis(StrEnum):
    """UK GDPR Article 6(1) points, law enforcement under DPA 2018 Part 3, or none named."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    RECOGNISED_LEGITIMATE_INTERESTS = "recognised-legitimate-interests"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    LAW_ENFORCEMENT = "law-enforcement"
    UNSTATED = "unstated"  # the notice names no Article: worked with as public task until settled

    @property
    def label(self) -> str:
        """The basis with its Article, in the words of the screens."""
        return _BASIS_LABELS[self]


_BASIS_LABELS = {
    LawfulBasis.CONSENT: "Consent, Article 6(1)(a)",
    LawfulBasis.CONTRACT: "Contract, Article 6(1)(b)",
    LawfulBasis.LEGAL_OBLIGATION: "Legal obligation, Article 6(1)(c)",
    LawfulBasis.VITAL_INTERESTS: "Vital interests, Article 6(1)(d)",
    LawfulBasis.PUBLIC_TASK: "Public task, Article 6(1)(e)",
    LawfulBasis.RECOGNISED_LEGITIMATE_INTERESTS: "Recognised legitimate interests, "
    "Article 6(1)(ea)",
    LawfulBasis.LEGITIMATE_INTERESTS: "Legitimate interests, Article 6(1)(f)",
    LawfulBasis.LAW_ENFORCEMENT: "Law enforcement, Data Protection Act 2018 Part 3",
    LawfulBasis.UNSTATED: "Unstated: treated as public task until settled",
}


class RetentionTrigger(StrEnum):
    """The fact from which a retention period is counted."""

    CORPORATE_SCHEDULE = "corporate-schedule"
    PROGRAMME_END = "programme-end"
    TWENTY_FIFTH_BIRTHDAY = "twenty-fifth-birthday"
    LAST_CONTACT = "last-contact"
    YOUNGEST_CHILD_TURNS_SIX = "youngest-child-turns-six"
    INQUIRY_HOLD = "inquiry-hold"
    LATER_OF_25_AND_LAST_INVOLVEMENT = "later-of-25-and-last-involvement"
    CASE_CLOSURE = "case-closure"
    NOT_STATED = "not-stated"
    NOT_OURS = "not-ours"

    @property
    def label(self) -> str:
        """What the period is counted from, in the words of the screens."""
        return _TRIGGER_LABELS[self]


_TRIGGER_LABELS = {
    RetentionTrigger.CORPORATE_SCHEDULE: "The council's retention schedule says",
    RetentionTrigger.PROGRAMME_END: "1 year after the end of the programme",
    RetentionTrigger.TWENTY_FIFTH_BIRTHDAY: "25th birthday",
    RetentionTrigger.LAST_CONTACT: "3 years after last contact",
    RetentionTrigger.YOUNGEST_CHILD_TURNS_SIX: "End of the academic year in which the youngest "
    "child turns 6",
    RetentionTrigger.INQUIRY_HOLD: "The inquiry hold, then Youth Justice Board policy",
    RetentionTrigger.LATER_OF_25_AND_LAST_INVOLVEMENT: "25th birthday, or 6 years after last "
    "involvement where later",
    RetentionTrigger.CASE_CLOSURE: "7 years after the service closed its case",
    RetentionTrigger.NOT_STATED: "Not stated: as the retention schedule says",
    RetentionTrigger.NOT_OURS: "Not ours to say",
}


class ServiceQuestion(StrEnum):
    """What a case has to settle about a service: who answers under which law, and for how long."""

    REGIME = "regime"
    LEAD = "lead"
    CONTROLLER = "controller"
    LAST_CONTACT = "last-contact"
    LAST_INVOLVEMENT = "last-involvement"
    YOUNGEST_BORN = "youngest-born"
    SERVICE_CLOSED = "service-closed"

    @property
    def is_day(self) -> bool:
        """Whether the answer is a date, from which a retention period is counted."""
        return self not in {
            ServiceQuestion.REGIME,
            ServiceQuestion.LEAD,
            ServiceQuestion.CONTROLLER,
        }


@dataclass(frozen=True)
class Basis:
    """The lawful bases of a service from a day on; `since` None means from the start or unknown.

    `stated` is what the notice says; `points` is what the desk works with.
    """

    points: tuple[LawfulBasis, ...]
    stated: str
    since: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Recipient:
    """A body that data was disclosed to (Art 19); `successor_of` are the bodies it took over."""

    name: str
    successor_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceDetails:
    """What else a notice says of a service, and what is wrong with the notice.

    `high_risk` names fields to look out for when redacting; `codes` are exemptions often met here;
    `notice_faults` are things letters must not copy. An empty tuple: the notice is silent.
    """

    data: tuple[str, ...] = ()
    special_data: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rights_stated: str = ""
    complaint_inbox: tuple[tuple[Council, str], ...] = ()
    purpose_limit: str = ""
    high_risk: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    notice_faults: tuple[str, ...] = ()
    questions: tuple[ServiceQuestion, ...] = ()
    programme_ended_on: date | None = None


@dataclass(frozen=True)
class ServiceEntry:
    """One service or programme of the published privacy notices.

    `bases` run from the oldest to the one in force; `sar_inbox` is an inbox slug per council.
    `requests_address` and `complaints_address` stand in the place of a published mailbox.
    """

    id: str
    name: str
    synonyms: tuple[str, ...]
    councils: tuple[Council, ...]
    controller: str
    bases: tuple[Basis, ...]
    regime: ServiceRegime
    retention: str
    retention_trigger: RetentionTrigger
    sar_inbox: tuple[tuple[Council, str], ...]
    recipients: tuple[Recipient, ...]
    team: str
    quirks: tuple[str, ...] = ()
    special_category_stated: str = ""
    special_category_suggested: str = ""
    details: ServiceDetails = ServiceDetails()
    requests_address: str = ""
    complaints_address: str = ""

    @property
    def basis(self) -> Basis:
        """The basis in force, which is the last one known."""
        return self.bases[-1]
