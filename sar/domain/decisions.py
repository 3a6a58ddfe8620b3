"""Answers to rights other than access: what may be decided, on which ground, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sar.domain.errors import DomainError
from sar.domain.rights import Right


class Outcome(StrEnum):
    """What came of a request."""

    UPHELD = "upheld"
    IN_PART = "in-part"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome in the words of the screens."""
        return {
            Outcome.UPHELD: "Done as asked",
            Outcome.IN_PART: "Done in part",
            Outcome.REFUSED: "Refused",
        }[self]


@dataclass(frozen=True)
class Ground:
    """Why a right is given or refused: a code, the law, and the words for the officer."""

    code: str
    article: str
    words: str
    is_refusal: bool = False


@dataclass(frozen=True)
class Answer:
    """A decision before it is kept; `frozen_because` are the reasons a hold gives.

    `reasons` are what the person is told. `offers_statement` is the offer to keep the person's own
    account with the record.
    """

    right: Right
    outcome: Outcome
    grounds: tuple[str, ...]
    reasons: str = ""
    offers_statement: bool = False
    is_direct_marketing: bool = False
    frozen_because: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()


_R = Right
_CLOSED = Ground(
    "not-open", "UK GDPR Art 12(4)", "The right is not open against this service", is_refusal=True
)
_GROUNDS: dict[Right, tuple[Ground, ...]] = {
    _R.RECTIFICATION: (
        Ground("inaccurate", "UK GDPR Art 16", "It was wrong and is put right"),
        Ground("incomplete", "UK GDPR Art 16", "It was incomplete and is completed"),
        Ground("accurate", "UK GDPR Art 16", "It is accurate as it stands", is_refusal=True),
        Ground(
            "opinion",
            "UK GDPR Art 5(1)(d), 16",
            "It is a professional's opinion, and clearly recorded as one",
            is_refusal=True,
        ),
    ),
    _R.ERASURE: (
        Ground("no-longer-needed", "UK GDPR Art 17(1)(a)", "It is no longer needed"),
        Ground("consent-withdrawn", "UK GDPR Art 17(1)(b)", "Consent was taken back"),
        Ground("objection-upheld", "UK GDPR Art 17(1)(c)", "An objection was upheld"),
        Ground("unlawful", "UK GDPR Art 17(1)(d)", "It was held unlawfully"),
        Ground("must-be-erased", "UK GDPR Art 17(1)(e)", "A law says it must be erased"),
        Ground("child-online", "UK GDPR Art 17(1)(f)", "A child gave it to an online service"),
        Ground(
            "expression", "UK GDPR Art 17(3)(a)", "Freedom of expression needs it", is_refusal=True
        ),
        Ground(
            "legal-obligation",
            "UK GDPR Art 17(3)(b)",
            "A law or a public task needs it kept",
            is_refusal=True,
        ),
        Ground("public-health", "UK GDPR Art 17(3)(c)", "Public health needs it", is_refusal=True),
        Ground(
            "archiving", "UK GDPR Art 17(3)(d)", "Archives or research need it", is_refusal=True
        ),
        Ground("claims", "UK GDPR Art 17(3)(e)", "Legal claims need it", is_refusal=True),
        Ground(
            "on-hold",
            "UK GDPR Art 17(3)(b), (e); DPA 2018 s.173",
            "A hold or an open request forbids it for now",
            is_refusal=True,
        ),
    ),
    _R.RESTRICTION: (
        Ground("accuracy", "UK GDPR Art 18(1)(a)", "Its accuracy is being checked"),
        Ground("unlawful", "UK GDPR Art 18(1)(b)", "It is unlawful and the person wants it kept"),
        Ground("claims", "UK GDPR Art 18(1)(c)", "The person needs it for a legal claim"),
        Ground("objection", "UK GDPR Art 18(1)(d)", "An objection is being looked into"),
        Ground(
            "no-trigger", "UK GDPR Art 18(1)", "None of the four cases applies", is_refusal=True
        ),
    ),
    _R.OBJECTION: (
        Ground("stopped", "UK GDPR Art 21(1)", "The use stops"),
        Ground("marketing", "UK GDPR Art 21(3)", "Adverts stop at once"),
        Ground(
            "compelling",
            "UK GDPR Art 21(1)",
            "Compelling legitimate grounds override the person's interests",
            is_refusal=True,
        ),
        Ground("claims", "UK GDPR Art 21(1)", "Legal claims need it", is_refusal=True),
    ),
    _R.PORTABILITY: (
        Ground("sent", "UK GDPR Art 20", "The data is given in a form that machines read"),
        Ground(
            "not-consent-or-contract",
            "UK GDPR Art 20(1)",
            "It was not given by consent or for a contract",
            is_refusal=True,
        ),
    ),
    _R.AUTOMATED_DECISION: (
        Ground("reviewed", "UK GDPR Art 22C", "A person has looked at the decision again"),
        Ground(
            "no-such-decision",
            "UK GDPR Art 22A",
            "No significant decision was made by a computer alone",
            is_refusal=True,
        ),
    ),
    _R.COMPLAINT: (
        Ground("upheld", "DPA 2018 s.164A", "The council got it wrong"),
        Ground("not-upheld", "DPA 2018 s.164A", "The council kept to the law", is_refusal=True),
    ),
}
_ANY_REFUSAL = (
    Ground("unfounded", "UK GDPR Art 12(5)", "Manifestly unfounded or excessive", is_refusal=True),
    _CLOSED,
)
# Art 19 speaks of these three, and of no other right.
_TELLS_RECIPIENTS = frozenset({_R.RECTIFICATION, _R.ERASURE, _R.RESTRICTION})


def grounds_of(right: Right) -> tuple[Ground, ...]:
    """The grounds on which a right is given or refused, those for giving it first.

    Law: UK GDPR Arts 12(5), 16-22D; DPA 2018 s.164A.
    """
    if right not in _GROUNDS:
        return ()
    own = _GROUNDS[right]
    return own if right is _R.COMPLAINT else (*own, *_ANY_REFUSAL)


def articles_of(right: Right, codes: Iterable[str]) -> str:
    """The law behind these grounds, in one line. Law: UK GDPR Art 12(4)."""
    chosen = set(codes)
    found = (each.article for each in grounds_of(right) if each.code in chosen)
    return "; ".join(dict.fromkeys(found))


def check_decision(answer: Answer) -> None:
    """Refuses a decision that the law does not allow, with what is missing.

    Law: UK GDPR Arts 12(4) (reasons), 16 and 5(1)(d) (an opinion, and the person's own account),
    17(3), 21(2)-(3) (adverts, absolutely); DPA 2018 s.173.

    Raises:
        DomainError: the message says what to do first.
    """
    known = {each.code: each for each in grounds_of(answer.right)}
    if not known:
        raise DomainError("An access request is answered by its bundle, not by a decision.")
    if answer.unsettled:
        raise DomainError(f"Settle first: {' '.join(answer.unsettled)}")
    if not answer.grounds or any(code not in known for code in answer.grounds):
        raise DomainError("Choose at least one ground.")
    chosen = [known[code] for code in answer.grounds]
    _check_fit(answer, chosen)
    _check_reasons(answer)
    is_erasing = answer.right is _R.ERASURE and answer.outcome is not Outcome.REFUSED
    if is_erasing and answer.frozen_because:
        raise DomainError(" ".join(answer.frozen_because))


def tells_recipients(right: Right, outcome: Outcome) -> bool:
    """Whether everybody the data was given to must be told. Law: UK GDPR Art 19."""
    return right in _TELLS_RECIPIENTS and outcome is not Outcome.REFUSED


def restricts_meanwhile(right: Right, *, is_direct_marketing: bool = False) -> str:
    """Why the data is only stored until this is decided, as a sentence, or nothing.

    Law: UK GDPR Art 18(1)(a), (d); Art 21(3).
    """
    if right is _R.OBJECTION and is_direct_marketing:
        return "Stop the adverts today: there is nothing to weigh (Article 21(3))."
    return {
        _R.OBJECTION: "Stop using the data until the objection is decided (Article 18(1)(d)).",
        _R.RECTIFICATION: "If the person asks, stop using the data while its accuracy is checked "
        "(Article 18(1)(a)).",
    }.get(right, "")


def check_lifting(told_on: date | None, lifted_on: date) -> None:
    """Refuses to lift a restriction before the person has been told.

    Law: UK GDPR Art 18(3).

    Raises:
        DomainError: nobody told the person, or only afterwards.
    """
    if told_on is None or told_on > lifted_on:
        raise DomainError("Tell the person before the restriction is lifted (Article 18(3)).")


def _check_fit(answer: Answer, chosen: list[Ground]) -> None:
    gives = [each for each in chosen if not each.is_refusal]
    refuses = [each for each in chosen if each.is_refusal]
    if answer.is_direct_marketing and answer.outcome is not Outcome.UPHELD:
        raise DomainError("An objection to adverts cannot be refused: stop them at once.")
    if answer.outcome is Outcome.UPHELD and refuses:
        raise DomainError(f"“{refuses[0].words}” is a ground for refusing.")
    if answer.outcome is Outcome.REFUSED and gives:
        raise DomainError(f"“{gives[0].words}” is not a ground for refusing.")
    if answer.outcome is Outcome.IN_PART and not (gives and refuses):
        raise DomainError("Done in part needs a ground for what is done and one for the rest.")


def _check_reasons(answer: Answer) -> None:
    if answer.outcome is Outcome.UPHELD:
        return
    if not answer.reasons.strip():
        raise DomainError("Write the reasons the person is told.")
    if answer.right is _R.RECTIFICATION and not answer.offers_statement:
        raise DomainError("Offer to keep the person's own account with the record.")
