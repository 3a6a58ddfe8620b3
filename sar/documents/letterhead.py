"""Who a letter is from, and what it says when nobody has said it better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sar.domain.regulator import Regulator


@dataclass(frozen=True)
class Council:
    """A controller as its letters name it."""

    code: str
    name: str
    address: tuple[str, ...]
    email: str


@dataclass(frozen=True)
class Officer:
    """The person or team to talk to; what is empty is left to neutral words."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class SearchedPlace:
    """One place the council looked, and what came of it in a sentence."""

    place: str
    result: str


@dataclass(frozen=True)
class InformationUse:
    """What UK GDPR Art 15(1) says must go with the copy, in short."""

    purposes: str = (
        "To give children, young people and families help, care and protection, as the law asks"
        " of councils."
    )
    categories: str = (
        "Names, dates and addresses; notes of visits, calls and meetings; reports, plans and"
        " letters; facts about family, health and school."
    )
    recipients: str = (
        "Only people who need it for that work. They may be schools, health services, the police,"
        " courts, other councils and the bodies that inspect us."
    )
    retention: str = (
        "It depends on the kind of record. Records of children in care are kept for 75 years from"
        " birth. Ask us about any one record."
    )
    source: str = (
        "From you, your family, the people who worked with you, and bodies such as schools, health"
        " services and the police. The record often says who."
    )
    automated: str = "No choice about you was made by a computer alone."
    transfers: str = ""


SUPPORT = (
    "Samaritans: ring 116 123, free, at any hour.",
    "NAPAC, for adults who were abused as children: ring 0808 801 0331.",
    "Childline, if you are under 19: ring 0800 1111.",
    "Your own doctor, or someone you trust.",
)

COUNCILS: Mapping[str, Council] = {
    "RBKC": Council(
        "RBKC",
        "Royal Borough of Kensington and Chelsea",
        ("Kensington Town Hall", "Hornton Street", "London", "W8 7NX"),
        "dataprotectionact@rbkc.gov.uk",
    ),
    "WCC": Council(
        "WCC",
        "Westminster City Council",
        ("64 Victoria Street", "London", "SW1E 6QP"),
        "dataprotection@westminster.gov.uk",
    ),
}

PROOFS_OF_IDENTITY = (
    "something with your name and photo, such as a passport, driving licence or travel pass",
    "something with your name and address from the last three months, such as a bill or a letter",
)


@dataclass(frozen=True)
class LetterContext:
    """What the cover letter of a bundle says; what is not given is put in neutral words.

    `about` is whom the records are about, as the letter names them: "you", or "your child".
    """

    requester_name: str = ""
    about: str = "you"
    dated_on: date | None = None
    received_on: date | None = None
    officer: Officer = field(default_factory=Officer)
    searched: tuple[SearchedPlace, ...] = ()
    support: tuple[str, ...] = SUPPORT
    use: InformationUse = field(default_factory=InformationUse)
    regulator: Regulator = field(default_factory=Regulator)
    complaint_words: str = ""
