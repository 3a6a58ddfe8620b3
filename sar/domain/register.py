"""The service register, and which right is open against which service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sar.domain.errors import DomainError
from sar.domain.register_details import DETAILS
from sar.domain.register_entries import OWN_NOTICES
from sar.domain.register_entries_borrowed import BORROWED
from sar.domain.rights import ProcessingRegime, Right
from sar.domain.service_entry import (
    Basis,
    Council,
    LawfulBasis,
    Recipient,
    ServiceEntry,
    ServiceRegime,
)

SERVICES: tuple[ServiceEntry, ...] = tuple(
    replace(each, details=DETAILS[each.id]) for each in (*OWN_NOTICES, *BORROWED)
)

AVAILABLE, LIMITED, NOT_AVAILABLE = "available", "limited", "not-available"
_BEST_FIRST = (AVAILABLE, LIMITED, NOT_AVAILABLE)

_B = LawfulBasis
_OPEN_TO = {
    Right.ERASURE: frozenset(
        set(_B) - {_B.CONTRACT, _B.LEGAL_OBLIGATION, _B.PUBLIC_TASK, _B.UNSTATED}
    ),
    Right.PORTABILITY: frozenset({_B.CONSENT, _B.CONTRACT}),
    Right.OBJECTION: frozenset(
        {
            _B.PUBLIC_TASK,
            _B.RECOGNISED_LEGITIMATE_INTERESTS,
            _B.LEGITIMATE_INTERESTS,
            _B.UNSTATED,
        }
    ),
}
_ARTICLES = {
    Right.ACCESS: ("UK GDPR Art 15", "DPA 2018 s.45"),
    Right.RECTIFICATION: ("UK GDPR Art 16", "DPA 2018 s.46"),
    Right.ERASURE: ("UK GDPR Art 17", "DPA 2018 s.47"),
    Right.RESTRICTION: ("UK GDPR Art 18", "DPA 2018 s.47"),
    Right.PORTABILITY: ("UK GDPR Art 20", ""),
    Right.OBJECTION: ("UK GDPR Art 21", ""),
    Right.AUTOMATED_DECISION: ("UK GDPR Arts 22A to 22D", "DPA 2018 ss.50A to 50D"),
    Right.COMPLAINT: ("DPA 2018 s.164A", "DPA 2018 s.164A"),
}
_YES = {
    Right.ACCESS: "You can ask for a copy of what we hold about you.",
    Right.RECTIFICATION: "You can ask us to put right what is wrong about you.",
    Right.ERASURE: "You can ask us to delete what we hold about you.",
    Right.RESTRICTION: "You can ask us to stop using what we hold, and only store it.",
    Right.PORTABILITY: "You can ask for your data in a form that another service can use.",
    Right.OBJECTION: "You can object to how we use what we hold about you.",
    Right.AUTOMATED_DECISION: "You can ask a person to look again at a decision made by a "
    "computer.",
    Right.COMPLAINT: "You can complain to us about how we use what we hold about you.",
}
_ERASURE_LIMITED = (
    "You can ask us to delete what we hold. Most of the time the law makes us keep it, and we "
    "will tell you why."
)
_NO_OBJECTION = {
    _B.CONSENT: "You cannot object here, but you can take back your agreement at any time.",
    _B.CONTRACT: "You cannot object here, because we use this for an agreement with you.",
    _B.LEGAL_OBLIGATION: "You cannot object here, because a law makes us use this.",
    _B.VITAL_INTERESTS: "You cannot object here, because we used this to protect a life.",
    _B.LAW_ENFORCEMENT: "You cannot object here, because this is used to deal with crime.",
}
_NO_PORTABILITY = (
    "This right is only for data you gave us by agreement or for a contract. You can still ask "
    "for a copy."
)


@dataclass(frozen=True)
class Availability:
    """Whether a right is open: state is available, limited or not-available.

    An unavailable right is still logged and answered with the reason.
    """

    state: str
    article: str
    sentence_for_requester: str


def service(service_id: str) -> ServiceEntry:
    """The register row with this id, such as SVC-06.

    Raises:
        DomainError: there is no such service.
    """
    found = next((each for each in SERVICES if each.id == service_id.strip().upper()), None)
    if found is None:
        raise DomainError(f"The register has no service {service_id}.")
    return found


def services_of(council: Council) -> tuple[ServiceEntry, ...]:
    """The services of one council, in register order."""
    return tuple(each for each in SERVICES if council in each.councils)


def basis_on(entry: ServiceEntry, on: date | None = None) -> Basis:
    """The lawful basis of a service on a day; without a day, the one in force.

    Law: UK GDPR Art 6(1); the basis is kept by date because the rights depend on it.
    """
    if on is None:
        return entry.basis
    known = [each for each in entry.bases if each.since is None or each.since <= on]
    return known[-1] if known else entry.bases[0]


def right_availability(
    entry: ServiceEntry,
    right: Right,
    *,
    on: date | None = None,
    regime: ProcessingRegime | None = None,
    is_direct_marketing: bool = False,
) -> Availability:
    """Whether a right can be used against a service, and the sentence that tells the requester.

    Where a service stands on several bases the most generous one decides. `regime` narrows a
    youth offending record to UK GDPR or Part 3. Law: UK GDPR Arts 15-22D; DPA 2018 ss.45-47.
    """
    if entry.regime is ServiceRegime.OTHER_AUTHORITY:
        return Availability(
            NOT_AVAILABLE,
            _ARTICLES[right][0],
            f"{entry.controller} holds this, not us. Please ask them.",
        )
    if right is Right.OBJECTION and is_direct_marketing:
        return Availability(
            AVAILABLE, "UK GDPR Art 21(2)-(3)", "You can tell us to stop sending you adverts."
        )
    points = _points(basis_on(entry, on).points, regime)
    return best_availability(points, right)


def best_availability(points: Iterable[LawfulBasis], right: Right) -> Availability:
    """The most generous answer over several lawful bases. Law: UK GDPR Arts 15-22D."""
    answers = [basis_availability(point, right) for point in points]
    best = min(answers, key=lambda answer: _BEST_FIRST.index(answer.state))
    same = dict.fromkeys(answer.article for answer in answers if answer.state == best.state)
    return Availability(best.state, "; ".join(same), best.sentence_for_requester)


def basis_availability(basis: LawfulBasis, right: Right) -> Availability:
    """One cell of the table of lawful basis against right. Law: UK GDPR Arts 15-22D, 17(3)(b)."""
    under_gdpr, under_part_3 = _ARTICLES[right]
    article = (under_part_3 if basis is _B.LAW_ENFORCEMENT else under_gdpr) or under_gdpr
    if right not in _OPEN_TO or basis in _OPEN_TO[right]:
        return Availability(AVAILABLE, article, _YES[right])
    if right is Right.ERASURE:
        return Availability(LIMITED, "UK GDPR Art 17, 17(3)(b)", _ERASURE_LIMITED)
    if right is Right.PORTABILITY:
        return Availability(NOT_AVAILABLE, article, _NO_PORTABILITY)
    return Availability(NOT_AVAILABLE, article, _NO_OBJECTION[basis])


def basis_warning(basis: LawfulBasis) -> str:
    """What an officer is told of a basis that is closed to councils, or not named; else nothing.

    Law: UK GDPR Art 6(1), last sentence, as amended by DUAA 2025 s.70(2)(c).
    """
    if basis in (_B.RECOGNISED_LEGITIMATE_INTERESTS, _B.LEGITIMATE_INTERESTS):
        return "A council cannot use legitimate interests for its public tasks."
    if basis is _B.UNSTATED:
        return (
            "The notice names no lawful basis. Public task is assumed until the Data Protection "
            "Officer says otherwise."
        )
    return ""


def recipients_of(entries: Iterable[ServiceEntry]) -> tuple[Recipient, ...]:
    """Everyone to tell of a correction, deletion or restriction, each once, in register order.

    Law: UK GDPR Art 19.
    """
    return tuple(dict.fromkeys(each for entry in entries for each in entry.recipients))


def recipient_now(name: str) -> Recipient | None:
    """The body that carries this name today, also for a name since abolished. Law: Art 19."""
    wanted = name.strip().casefold()
    for each in recipients_of(SERVICES):
        if wanted == each.name.casefold() or wanted in map(str.casefold, each.successor_of):
            return each
    return None


def _points(
    points: tuple[LawfulBasis, ...], regime: ProcessingRegime | None
) -> tuple[LawfulBasis, ...]:
    if regime is ProcessingRegime.LAW_ENFORCEMENT:
        return (_B.LAW_ENFORCEMENT,)
    if regime is ProcessingRegime.UK_GDPR:
        return tuple(each for each in points if each is not _B.LAW_ENFORCEMENT)
    return points
