"""The catalogue of letters: complete, whole, and each letter only where it makes sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sar.documents.letter_texts import TEXTS, shipped_text
from sar.domain.clock import Clock, ClockEvent, ClockEventType, RequestType
from sar.domain.errors import DomainError
from sar.domain.letter import Letter, LetterKind, When
from sar.domain.letter_catalogue import LETTERS, gaps_in, letter
from sar.domain.letter_fit import Situation, asked_on, why_not
from sar.domain.letter_gaps import GAPS
from sar.domain.letter_text import LetterTextError, read_text
from sar.domain.lifecycle import CaseStatus
from sar.domain.register import SERVICES, service
from sar.domain.register_information import information_points
from sar.domain.rights import Right, request_type_for

RECEIVED = date(2026, 10, 1)
_E = ClockEventType
EACH = pytest.mark.parametrize("each", LETTERS.values(), ids=lambda each: each.kind.value)


def situation(
    right: Right = Right.ACCESS, *events: tuple[ClockEventType, date], **given: object
) -> Situation:
    clock = Clock(request_type_for(right), RECEIVED, tuple(ClockEvent(*each) for each in events))
    usual: dict[str, object] = {
        "right": right,
        "status": CaseStatus.RECEIVED,
        "clock": clock,
        "today": date(2026, 10, 20),
    }
    return Situation(**{**usual, **given})  # type: ignore[arg-type]


def refusal(kind: LetterKind, at: Situation) -> str:
    return why_not(LETTERS[kind], at)


def test_every_kind_is_in_the_catalogue_and_has_its_text() -> None:
    assert set(LETTERS) == set(LetterKind)
    assert {path.stem for path in TEXTS.glob("*.txt")} == {each.value for each in LetterKind}


@EACH
def test_a_shipped_text_keeps_to_its_gaps_and_holds_what_the_law_wants(each: Letter) -> None:
    blocks = read_text(shipped_text(each.kind), gaps_in(each), each.required_gaps)
    used = {piece.text for block in blocks for piece in block.pieces if piece.is_gap}
    assert {question.gap for question in each.questions} <= used, "it asks for what it never says"


@EACH
def test_each_thing_the_law_wants_cannot_be_edited_away(each: Letter) -> None:
    text = shipped_text(each.kind)
    assert each.duties
    for duty in each.duties:
        without = text.replace(f"{{{{{duty.gap}}}}}", "words of ours")
        with pytest.raises(LetterTextError, match=duty.gap):
            read_text(without, gaps_in(each), each.required_gaps)


@EACH
def test_an_answer_always_says_how_to_complain(each: Letter) -> None:
    if each.is_answer:
        assert {"complaint_routes", "regulator_routes"} & set(each.required_gaps)


@EACH
def test_a_letter_says_what_it_is_for_and_which_law_wants_it(each: Letter) -> None:
    assert each.purpose.endswith(".")
    assert all("Art" in law or "s.1" in law or "reg" in law for law in each.law)
    assert each.rights


def test_every_gap_is_used_by_some_letter() -> None:
    assert set(GAPS) == {name for each in LETTERS.values() for name in gaps_in(each)}


def test_a_letter_nobody_knows_is_refused() -> None:
    assert letter("refusal").kind is LetterKind.REFUSAL
    with pytest.raises(DomainError, match="no such letter"):
        letter("../refusal")


@pytest.mark.parametrize("right", Right)
def test_every_right_can_be_acknowledged_and_answered(right: Right) -> None:
    fitting = [each for each in LETTERS.values() if not why_not(each, situation(right))]
    assert any("acknowledgement" in each.kind for each in fitting)
    assert any(each.is_answer for each in fitting)


@pytest.mark.parametrize("right", Right)
def test_a_letter_fits_no_right_it_is_not_for(right: Right) -> None:
    for each in LETTERS.values():
        if right not in each.rights:
            assert why_not(each, situation(right)).startswith("It is for ")


def test_a_closed_case_gets_no_letter_until_it_is_open_again() -> None:
    closed = situation(status=CaseStatus.CLOSED)
    assert refusal(LetterKind.REFUSAL, closed) == "The case is closed. Open it again first."


def test_a_letter_needs_somebody_to_go_to_unless_it_goes_to_a_recipient() -> None:
    nobody = situation(Right.ERASURE, has_somebody_to_write_to=False)
    assert "nobody to write to" in refusal(LetterKind.ERASURE_DONE, nobody)
    assert refusal(LetterKind.RECIPIENT_NOTICE, nobody) == ""


def test_authority_is_asked_for_only_where_somebody_asks_for_another() -> None:
    assert "Nobody asks" in refusal(LetterKind.AUTHORITY_REQUEST, situation())
    assert refusal(LetterKind.AUTHORITY_REQUEST, situation(has_representative=True)) == ""


def test_an_extension_that_comes_too_late_is_refused_in_the_words_of_the_clock() -> None:
    late = situation(today=date(2026, 11, 3))
    assert "The last day to notify an extension was" in refusal(LetterKind.EXTENSION, late)
    again = situation(Right.ACCESS, (_E.EXTENSION_NOTIFIED, date(2026, 10, 10)))
    assert "only once" in refusal(LetterKind.EXTENSION, again)


def test_a_question_is_no_letter_for_a_right_that_cannot_be_paused_or_a_clock_that_ran_out() -> (
    None
):
    assert "access only" in refusal(LetterKind.CLARIFICATION, situation(Right.ERASURE))
    late = situation(today=date(2026, 12, 1))
    assert "ran out" in refusal(LetterKind.CLARIFICATION, late)


def test_a_reminder_needs_an_open_question_and_a_close_needs_an_old_one() -> None:
    asked = (_E.CLARIFICATION_REQUESTED, date(2026, 10, 10))
    assert "No question" in refusal(LetterKind.CLARIFICATION_REMINDER, situation())
    assert refusal(LetterKind.CLARIFICATION_REMINDER, situation(Right.ACCESS, asked)) == ""
    early = refusal(LetterKind.CLARIFICATION_CLOSE, situation(Right.ACCESS, asked))
    assert early == "Give them until 10 November 2026 to answer."
    later = situation(Right.ACCESS, asked, today=date(2026, 11, 10))
    assert refusal(LetterKind.CLARIFICATION_CLOSE, later) == ""
    assert "No question" in refusal(LetterKind.CLARIFICATION_CLOSE, situation())


def test_a_request_is_closed_for_want_of_proof_only_while_proof_is_awaited() -> None:
    assert "not waiting for proof" in refusal(LetterKind.NOT_VALIDATED, situation())
    waiting = situation(Right.ERASURE, (_E.ID_REQUESTED, RECEIVED))
    assert refusal(LetterKind.NOT_VALIDATED, waiting) == ""


def test_a_complaint_is_acknowledged_once() -> None:
    done = situation(Right.COMPLAINT, (_E.COMPLAINT_ACKNOWLEDGED, date(2026, 10, 5)))
    assert "recorded already" in refusal(LetterKind.COMPLAINT_ACKNOWLEDGEMENT, done)
    assert refusal(LetterKind.COMPLAINT_OUTCOME, done) == ""


def test_the_day_we_asked_is_that_of_what_the_clock_waits_for() -> None:
    for kind in (_E.ID_REQUESTED, _E.AUTHORITY_REQUESTED, _E.CLARIFICATION_REQUESTED):
        at = situation(Right.ACCESS, (kind, date(2026, 10, 9)))
        assert asked_on(at.clock, at.result) == date(2026, 10, 9)
    assert asked_on(situation().clock, situation().result) is None


def test_every_moment_a_letter_can_need_is_used() -> None:
    assert {each.when for each in LETTERS.values()} == {None, *When}


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
def test_each_service_tells_every_point_of_article_15(entry: object) -> None:
    points = dict(information_points(entry))  # type: ignore[arg-type]
    assert all(words.endswith(".") for words in points.values())
    if "Who holds it" not in points:
        assert list(points) == [
            "Why we use it",
            "What kinds we hold",
            "Who we share it with",
            "How long we keep it",
            "Where it came from",
            "Decisions by computers",
            "Other countries",
        ]


def test_a_service_of_another_authority_sends_the_person_there() -> None:
    assert information_points(service("SVC-90")) == (
        ("Who holds it", "Islington Council holds this, not us. Please ask them."),
    )


def test_what_a_council_changed_in_its_register_is_told_in_its_own_words() -> None:
    shipped = service("SVC-05")
    details = replace(shipped.details, data=("Names", "Shoe sizes."), sources=("Shoe shops",))
    points = dict(information_points(replace(shipped, details=details, retention="Two years.")))
    assert "Names. Shoe sizes." in points["What kinds we hold"]
    assert points["Where it came from"] == "Shoe shops."
    assert points["How long we keep it"] == "Two years."
    assert points["Why we use it"] == dict(information_points(shipped))["Why we use it"]


def test_a_service_the_council_added_is_told_of_without_anothers_facts() -> None:
    points = dict(information_points(replace(service("SVC-05"), id="SVC-99", retention="")))
    assert "Ask us" in points["How long we keep it"]
    assert "five" not in points["Why we use it"]


def test_the_kinds_of_request_with_a_clock_all_have_a_case_to_test_letters_with() -> None:
    assert {request_type_for(right) for right in Right} <= set(RequestType)
