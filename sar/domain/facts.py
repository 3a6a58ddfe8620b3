"""What an officer establishes on a case by answering set questions, and the sentences it makes.

A fact is an exemption's test, a proof of authority, an order of a court. Its
questions are data (`fact_questions.py`); the text is written from the answers, never by hand, so
that two officers who found the same thing say it in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sar.domain.dates import date_words
from sar.domain.errors import DomainError

Answers = Mapping[str, str]


class FactError(DomainError):
    """An answer is missing, cannot be right, or shows that the exemption does not apply."""


class FactKind(StrEnum):
    """What is established."""

    THIRD_PARTY = "third-party"
    SERIOUS_HARM = "serious-harm"
    HEALTH_OPINION = "health-opinion"
    CHILD_ABUSE = "child-abuse"
    CRIME = "crime"
    PRIVILEGE = "privilege"
    EXPECTATION = "expectation"
    NEGOTIATION = "negotiation"
    REFERENCE = "reference"
    AUTHORITY = "authority"
    COMPETENCE = "competence"
    COURT_ORDER = "court-order"
    CARE_OFFER = "care-offer"


class AnswerKind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Question:
    """One question; `says` is the sentence its answer makes, with `{}` where the answer stands.

    `required` is what is said when nothing is answered; empty where it may be left. `refusals`
    maps an answer to the reason why, with it, the fact cannot be established.
    """

    key: str
    label: str
    says: str
    answer: AnswerKind = AnswerKind.TEXT
    required: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refusals: Mapping[str, str] | None = None
    is_future_allowed: bool = False


@dataclass(frozen=True)
class FactForm:
    """The questions of one kind of fact, and the codes its answer speaks for."""

    kind: FactKind
    title: str
    intro: str
    questions: tuple[Question, ...]
    codes: tuple[str, ...] = ()
    is_about_person: bool = False
    later: tuple[tuple[str, str, str], ...] = ()  # (first day, second day, what is wrong)


def answered(form: FactForm, given: Answers, today: date) -> dict[str, str]:
    """The answers that count, days in ISO form; what was not answered is left away.

    Law: DPA 2018 Sch 2-4: each exemption is used on its own facts, never as a blanket (UK GDPR
    Art 5(2): the council shows it).

    Raises:
        FactError: an answer is missing or cannot be right, or the fact is not established by it.
    """
    found: dict[str, str] = {}
    for question in form.questions:
        value = given.get(question.key, "").strip()
        if value:
            found[question.key] = _checked(question, value, today)
        elif question.required:
            raise FactError(f"{question.required}.")
    for first, second, wrong in form.later:
        if first in found and second in found and found[second] < found[first]:
            raise FactError(wrong)
    return found


def text_of(form: FactForm, answers: Answers) -> str:
    """The answers as sentences, in the order of the questions.

    Law: UK GDPR Art 5(2), the reasons are kept; Art 12(4), they can be given.
    """
    said = (
        question.says.format(_words(question, answers[question.key]))
        for question in form.questions
        if answers.get(question.key)
    )
    return " ".join(said)


def _checked(question: Question, value: str, today: date) -> str:
    if question.answer is AnswerKind.DAY:
        day = _day(question, value)
        if day > today and not question.is_future_allowed:
            raise FactError(f"{question.label.rstrip('?')} cannot be in the future.")
        return day.isoformat()
    if question.answer is AnswerKind.CHOICE and value not in dict(question.choices):
        raise FactError(f"Choose one of the answers to “{question.label}”.")
    if refusal := (question.refusals or {}).get(value):
        raise FactError(refusal)
    return value


def _day(question: Question, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FactError(f"{question.label.rstrip('?')} must be a real date.") from None


def _words(question: Question, value: str) -> str:
    if question.answer is AnswerKind.DAY:
        return date_words(date.fromisoformat(value))
    if question.answer is AnswerKind.CHOICE:
        return dict(question.choices).get(value, value).rstrip(".").lower()
    return value.rstrip(".")
