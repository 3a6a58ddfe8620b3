"""What a case has to settle about a service, and which rights are open once it is settled.

A youth offending record may answer to two laws, MASH is three councils, and one notice carries one
council's text and another's address: the register says which questions a service brings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sar.domain.errors import DomainError
from sar.domain.register import (
    AVAILABLE,
    LIMITED,
    NOT_AVAILABLE,
    Availability,
    right_availability,
)
from sar.domain.register_edits import requests_address
from sar.domain.rights import ProcessingRegime, Right
from sar.domain.service_entry import (
    Council,
    RetentionTrigger,
    ServiceEntry,
    ServiceQuestion,
    ServiceRegime,
)

BOTH_REGIMES = "both"
Answers = Mapping[ServiceQuestion, str]

_T, _Q = RetentionTrigger, ServiceQuestion
_RETENTION_ASKS = {
    _T.LAST_CONTACT: _Q.LAST_CONTACT,
    _T.YOUNGEST_CHILD_TURNS_SIX: _Q.YOUNGEST_BORN,
    _T.LATER_OF_25_AND_LAST_INVOLVEMENT: _Q.LAST_INVOLVEMENT,
    _T.CASE_CLOSURE: _Q.SERVICE_CLOSED,
}
_ASKED = {
    _Q.REGIME: "Which law are these records kept under?",
    _Q.LEAD: "Which council leads on these records?",
    _Q.CONTROLLER: "Which borough worked with the family?",
    _Q.LAST_CONTACT: "When was the last contact with the family?",
    _Q.LAST_INVOLVEMENT: "When did the service last work with the young person?",
    _Q.YOUNGEST_BORN: "When was the youngest child of the family born?",
    _Q.SERVICE_CLOSED: "When did the service close its case?",
}
_REGIMES = (
    (ProcessingRegime.UK_GDPR.value, "UK GDPR: help, care and education of the young person"),
    (
        ProcessingRegime.LAW_ENFORCEMENT.value,
        "Part 3 of the Data Protection Act 2018: offences, court orders and their enforcement",
    ),
    (BOTH_REGIMES, "Both: say which on each record"),
)


@dataclass(frozen=True)
class Question:
    """Something to settle: the words, and (value, words) to choose from unless it is a date."""

    about: ServiceQuestion
    words: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OpenRight:
    """Whether a right is open under one law; `under` is empty where there is only one."""

    under: str
    availability: Availability


def questions_for(entry: ServiceEntry) -> tuple[Question, ...]:
    """What a case has to settle about a service, the deciding ones first.

    Law: UK GDPR Arts 5(1)(e), 26; DPA 2018 ss.29-30, Sch 7 para 46.
    """
    asked = list(entry.details.questions)
    if entry.regime is ServiceRegime.SPLIT_PART_3 and _Q.REGIME not in asked:
        asked.insert(0, _Q.REGIME)
    timed = _RETENTION_ASKS.get(entry.retention_trigger)
    if timed is not None:
        asked.append(timed)
    return tuple(Question(each, _ASKED[each], _choices(each, entry)) for each in asked)


def open_questions(entry: ServiceEntry, answers: Answers) -> tuple[Question, ...]:
    """The questions that decide who answers and under which law, and have no answer yet.

    Law: UK GDPR Art 26; DPA 2018 ss.29-30.
    """
    return tuple(
        each for each in questions_for(entry) if not each.about.is_day and each.about not in answers
    )


def check_answer(entry: ServiceEntry, about: ServiceQuestion, answer: str, today: date) -> str:
    """The answer as it is kept.

    Law: UK GDPR Art 5(2).

    Raises:
        DomainError: the service does not ask this, or the answer is none of its choices, or a day
            that is still to come.
    """
    question = next((each for each in questions_for(entry) if each.about is about), None)
    if question is None:
        raise DomainError(f"{entry.name} does not ask this.")
    if question.choices and answer not in dict(question.choices):
        raise DomainError("Choose one of the answers.")
    if about.is_day and date.fromisoformat(answer) > today:
        raise DomainError("A day in the future cannot have been the last, or a birth.")
    return answer


def rights_open(
    entry: ServiceEntry, right: Right, answers: Answers, on: date
) -> tuple[OpenRight, ...]:
    """Whether a right is open against a service, once for each law its records answer to.

    Where the law is not settled yet both are told. Law: UK GDPR Arts 15-22D; DPA 2018 ss.45-47.
    """
    if entry.regime is not ServiceRegime.SPLIT_PART_3:
        return (OpenRight("", right_availability(entry, right, on=on)),)
    answer = answers.get(_Q.REGIME, BOTH_REGIMES)
    wanted = [each for each in ProcessingRegime if answer in {each.value, BOTH_REGIMES}]
    return tuple(
        OpenRight(_regime_name(each), right_availability(entry, right, on=on, regime=each))
        for each in wanted
    )


def redirect_of(entry: ServiceEntry, council: Council, answers: Answers) -> str:
    """Whom the request should go to instead, as a sentence for the officer, or nothing.

    Law: UK GDPR Arts 4(7), 26: the controller answers.
    """
    if entry.regime is ServiceRegime.OTHER_AUTHORITY:
        owner = next((each for each in entry.councils if not each.is_served), None)
        address = requests_address(entry, owner) if owner else ""
        where = f" at {address}" if address else ""
        return f"{entry.controller} holds this. Tell the person to ask them{where}."
    if council not in entry.councils:
        owners = " or ".join(each.label for each in entry.councils)
        return f"{owners} is the controller: pass the request on and tell the person."
    other = answers.get(_Q.LEAD) or answers.get(_Q.CONTROLLER) or council.value
    if other == council.value:
        return ""
    verb = "leads on" if _Q.LEAD in answers else "is the controller of"
    return f"{Council(other).label} {verb} these records: pass this part on and tell the person."


def rights_summary(entry: ServiceEntry) -> str:
    """Which rights are limited or closed against a service, in one line for a list of services.

    Law: UK GDPR Arts 15-22D.
    """
    states: dict[str, list[str]] = {LIMITED: [], NOT_AVAILABLE: []}
    for right in Right:
        state = right_availability(entry, right).state
        if state != AVAILABLE:
            states[state].append(right.label.lower())
    if entry.regime is ServiceRegime.OTHER_AUTHORITY:
        return f"{entry.controller} answers for this, not the council."
    told = [
        f"{words}: {', '.join(states[state])}."
        for state, words in ((NOT_AVAILABLE, "Not open"), (LIMITED, "Limited"))
        if states[state]
    ]
    return " ".join(told)


def refusal_reasons(entry: ServiceEntry, right: Right, answers: Answers, on: date) -> str:
    """What a refusal says where the right is not open at all, or nothing where it is.

    Law: UK GDPR Art 12(4): reasons are given; a right that is closed is still answered.
    """
    answers_given = rights_open(entry, right, answers, on)
    if any(each.availability.state != NOT_AVAILABLE for each in answers_given):
        return ""
    first = answers_given[0].availability
    return f"{entry.name}: {first.sentence_for_requester} ({first.article})"


def _choices(about: ServiceQuestion, entry: ServiceEntry) -> tuple[tuple[str, str], ...]:
    if about.is_day:
        return ()
    if about is _Q.REGIME:
        return _REGIMES
    return tuple((each.value, each.label) for each in entry.councils)


def _regime_name(regime: ProcessingRegime) -> str:
    is_part_3 = regime is ProcessingRegime.LAW_ENFORCEMENT
    return "Data Protection Act 2018 Part 3" if is_part_3 else "UK GDPR"
