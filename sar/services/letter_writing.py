"""What a letter says: what the case knows already, what the officer adds, and the two joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sar.adapters.doors import doors
from sar.documents.letter_page import LetterPage
from sar.documents.letter_passages import passages
from sar.documents.letterhead import COUNCILS, PROOFS_OF_IDENTITY, Officer
from sar.domain.article19 import NoticeState
from sar.domain.clock import Clock, ClockEvent, ClockEventType, ClockResult, ClockStatus, compute
from sar.domain.dates import date_words
from sar.domain.letter import Addressee, Letter
from sar.domain.letter_catalogue import gaps_in
from sar.domain.letter_fit import Situation, asked_on
from sar.domain.letter_text import GapKind, Words, fill
from sar.domain.mail_words import plain
from sar.domain.persons import PersonPart
from sar.domain.register import recipients_of
from sar.domain.requesters import Capacity, evidence_for
from sar.domain.rights import Right
from sar.domain.searching import SearchResult
from sar.domain.service_entry import ServiceEntry
from sar.domain.triage_needs import Need, needs_in
from sar.models.case import Case
from sar.services import clocks, letter_texts, messages, notices, register, searches
from sar.services.cases import requester_of
from sar.services.errors import RefusedError
from sar.services.people import asker_of, subject_of

USUAL_SERVICE = "SVC-01"
ASKED = {
    Right.ACCESS: "for a copy of the information we hold about {about}",
    Right.RECTIFICATION: "us to put right the information we hold about {about}",
    Right.ERASURE: "us to delete information we hold about {about}",
    Right.RESTRICTION: "us to limit how we use the information we hold about {about}",
    Right.PORTABILITY: "for information about {about} that another service can use",
    Right.OBJECTION: "us to stop using the information we hold about {about}",
    Right.AUTOMATED_DECISION: "for a person to look again at a decision about {about}",
    Right.COMPLAINT: "us to look into a complaint about information on {about}",
}
NOTHING_LEFT_OUT = "We did not leave anything out."
ENCLOSED = "A copy of the information, with a list of what is in it."
_SEARCHED = {
    SearchResult.RECORDS: "we found records",
    SearchResult.NOTHING_HELD: "we looked and found nothing",
}


# What the officer fills in, by gap (a date as 2026-01-04), and beside the gaps: who gets a letter
# that does not go to the requester, and who signs. What is empty is left to the case.
Answers = Mapping[str, str]
BESIDE = ("to_name", "to_email", "to_address", "signed_name", "signed_role")


def situation_of(case: Case, today: date) -> Situation:
    """What decides which letters fit a case."""
    parts = {person.part for person in case.people}
    return Situation(
        right=case.right,
        status=case.status,
        clock=clocks.clock_of(case),
        today=today,
        has_representative=not _is_own(case) or PersonPart.REPRESENTATIVE in parts,
        has_somebody_to_write_to=requester_of(case) is not None,
    )


def prefilled(case: Case, letter: Letter, today: date) -> dict[str, str]:
    """What the case says already of what the letter asks, by gap; a date as 2026-01-04."""
    found = {
        question.gap: _PREFILLS[question.prefill](case, today)
        for question in letter.questions
        if question.prefill
    }
    return {gap: words for gap, words in found.items() if words}


def asked_of(case: Case, letter: Letter) -> tuple[str, ...]:
    """The gaps the officer fills: those of the letter that the council's text still has."""
    blocks = letter_texts.blocks_in_force(case.controller_id, letter.kind)
    used = {piece.text for block in blocks for piece in block.pieces if piece.is_gap}
    return tuple(question.gap for question in letter.questions if question.gap in used)


def contact_warning(case: Case) -> str:
    """What an officer must know before writing to whoever asked; nothing where all is well.

    A mail of the case may say that somebody must not see the answer, or where to write instead.
    """
    for message in messages.of_case(case):
        facts = messages.facts_of(message)
        if Need.SAFE_CONTACT in needs_in(plain(f"{facts.subject}\n{facts.body}")):
            return f"{Need.SAFE_CONTACT.sentence} The mail of this case says so: read it first."
    return ""


def page_of(case: Case, letter: Letter, answers: Answers, today: date) -> LetterPage:
    """The letter with all its words.

    Raises:
        RefusedError: something it cannot do without is missing.
    """
    asked = asked_of(case, letter)
    for question in letter.questions:
        has_answer = answers.get(question.gap, "").strip()
        if question.gap in asked and question.is_required and not has_answer:
            raise RefusedError(f"Answer this first: {question.label}")
    gaps = gaps_in(letter)
    council = COUNCILS[case.controller.code]
    values: dict[str, Words] = {
        **_facts(case, letter, today),
        **passages(council, doors().regulator, _services(case)),
        "council": council.name,
        **{
            name: _as_words(answers.get(name, ""), gaps[name].kind)
            for name in (*asked, "own_words")
        },
    }
    blocks = letter_texts.blocks_in_force(case.controller_id, letter.kind)
    name, address = _addressee(case, letter, answers)
    return LetterPage(
        council=council,
        reference=case.reference,
        dated_on=today,
        addressee=name,
        address=address,
        blocks=fill(blocks, gaps, values),
        officer=Officer(answers.get("signed_name", ""), answers.get("signed_role", "")),
    )


def to_whom(case: Case, letter: Letter, answers: Answers) -> tuple[str, str, str]:
    """Name, e-mail address and postal address of who gets the letter; empty where not known."""
    if letter.addressee is Addressee.RECIPIENT:
        name, email, address = (answers.get(key, "").strip() for key in BESIDE[:3])
        return name, email, address
    person = requester_of(case)
    return (person.full_name, person.email, person.address) if person else ("", "", "")


def _addressee(case: Case, letter: Letter, answers: Answers) -> tuple[str, tuple[str, ...]]:
    name, _, address = to_whom(case, letter, answers)
    if not name:
        raise RefusedError("Say who the letter goes to.")
    return name, tuple(line.strip() for line in address.splitlines() if line.strip())


def _facts(case: Case, letter: Letter, today: date) -> dict[str, str]:
    clock = clocks.clock_of(case)
    result = compute(clock)
    about = "you" if _is_own(case) else _subject_name(case)
    facts = {
        "about": about,
        "asked": ASKED[case.right].format(about=about),
        "reference": case.reference,
        "received_on": date_words(case.received_on),
        "due_on": date_words(_due_on(clock, result, letter, today)),
        "first_due_on": date_words(result.effective_due),
        "asked_on": date_words(asked_on(clock, result)),
    }
    return {name: words for name, words in facts.items() if words}


def _due_on(clock: Clock, result: ClockResult, letter: Letter, today: date) -> date | None:
    if letter.event is ClockEventType.EXTENSION_NOTIFIED:
        return compute(clock.with_event(ClockEvent(letter.event, today))).effective_due
    return result.effective_due if result.status is ClockStatus.RUNNING else None


def _as_words(answer: str, kind: GapKind) -> str:
    return date_words(date.fromisoformat(answer)) if kind is GapKind.DAY and answer else answer


def _services(case: Case) -> Sequence[ServiceEntry]:
    return register.services_named(case.service_ids or [USUAL_SERVICE], case.controller.code)


def _subject_name(case: Case) -> str:
    subject = subject_of(case)
    return subject.full_name if subject else "the person you asked about"


def _is_own(case: Case) -> bool:
    """Whether whoever is written to is who the information is about."""
    subject, requester = subject_of(case), requester_of(case)
    return subject is None or requester is None or subject.full_name == requester.full_name


def _points(words: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in words)


def _open_question(case: Case, today: date) -> str:
    asked = [
        row.reason
        for row in case.clock_events
        if row.type is ClockEventType.CLARIFICATION_REQUESTED and row.struck_at is None
    ]
    return asked[-1] if asked else ""


def _open_proof(case: Case, today: date) -> str:
    is_authority = clocks.result_of(case).status is ClockStatus.AWAITING_AUTHORITY
    return _authority(case, today) if is_authority else _points(PROOFS_OF_IDENTITY)


def _authority(case: Case, today: date) -> str:
    asker = asker_of(case)
    capacity = (asker.capacity if asker else None) or Capacity.OTHER
    return _points(paper for each in evidence_for(capacity) for paper in each.any_of)


def _searches(case: Case, today: date) -> str:
    lines = []
    for search in searches.of_case(case):
        if search.result is SearchResult.HELD_ELSEWHERE:
            lines.append(f"{search.team.name}: the records are held by {search.held_where}.")
        elif search.result is not None:
            lines.append(f"{search.team.name}: {_SEARCHED[search.result]}.")
    return _points(lines)


def _recipients(case: Case, today: date) -> str:
    told = [each.recipient for each in notices.of_case(case) if each.state is NoticeState.TOLD]
    return _points(told or (each.name for each in recipients_of(_services(case))))


def _not_told(case: Case, today: date) -> str:
    return _points(
        f"{each.recipient}: {each.reason}"
        for each in notices.of_case(case)
        if each.state not in {NoticeState.TOLD, NoticeState.OWED}
    )


def _subject_details(case: Case, today: date) -> str:
    subject = subject_of(case) or requester_of(case)
    if subject is None:
        return ""
    born = f"\n\nDate of birth: {date_words(subject.born_on)}" if subject.born_on else ""
    return f"Name: {subject.full_name}{born}"


def _outcome_target(case: Case, today: date) -> str:
    target = clocks.result_of(case).outcome_target
    return target.isoformat() if target and target > today else ""


_PREFILLS: Mapping[str, Callable[[Case, date], str]] = {
    "proofs": lambda case, today: _points(PROOFS_OF_IDENTITY),
    "authority": _authority,
    "open-question": _open_question,
    "open-proof": _open_proof,
    "searches": _searches,
    "recipients": _recipients,
    "not-told": _not_told,
    "subject": _subject_details,
    "outcome-target": _outcome_target,
    "enclosed": lambda case, today: ENCLOSED,
    "nothing-left-out": lambda case, today: NOTHING_LEFT_OUT,
}
