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
    """UK GDPR Article 6(1) points, and law enforcement under DPA 2018 Part 3."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    RECOGNISED_LEGITIMATE_INTERESTS = "recognised-legitimate-interests"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    LAW_ENFORCEMENT = "law-enforcement"


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
class ServiceEntry:
    """One service or programme of the published privacy notices.

    `bases` run from the oldest to the one in force; `sar_inbox` is an inbox slug per council.
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

    @property
    def basis(self) -> Basis:
        """The basis in force, which is the last one known."""
        return self.bases[-1]
