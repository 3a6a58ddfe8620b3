"""The questions behind each exemption: what is asked, what is refused, the text it makes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.errors import DomainError
from sar.domain.exemptions import EXEMPTIONS
from sar.domain.fact_questions import EXEMPTION_FORMS, FORMS, form_for, needs_rationale
from sar.domain.facts import AnswerKind, FactForm, FactKind, answered, text_of

TODAY = date(2026, 10, 15)
EVERY = list(FORMS.values())


def complete(form: FactForm) -> dict[str, str]:
    """An answer to every question that is not refused."""
    found = {}
    for question in form.questions:
        refused = question.refusals or {}
        if question.answer is AnswerKind.DAY:
            found[question.key] = "2026-10-01"
        elif question.choices:
            found[question.key] = next(key for key, _ in question.choices if key not in refused)
        else:
            found[question.key] = "Because of this"
    return found


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_of_fact_has_its_questions(kind: FactKind) -> None:
    form = FORMS[kind]
    keys = [each.key for each in form.questions]
    assert len(set(keys)) == len(keys)
    assert form.title
    assert form.intro.endswith(".")
    assert all((each.answer is AnswerKind.CHOICE) is bool(each.choices) for each in form.questions)
    assert all(each.says.count("{}") == 1 for each in form.questions)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.kind)
def test_a_complete_answer_makes_sentences_and_nothing_is_lost(form: FactForm) -> None:
    told = answered(form, complete(form), TODAY)
    text = text_of(form, told)
    assert told.keys() == {each.key for each in form.questions}
    assert "{}" not in text
    assert text.endswith(".")
    assert "1 October 2026" in text


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.kind)
def test_each_owed_answer_is_asked_for_by_its_own_sentence(form: FactForm) -> None:
    for question in form.questions:
        if not question.required:
            continue
        with pytest.raises(DomainError, match=question.required):
            answered(form, {**complete(form), question.key: "  "}, TODAY)


@pytest.mark.parametrize("form", EXEMPTION_FORMS, ids=lambda form: form.kind)
def test_each_test_says_who_decided_and_when(form: FactForm) -> None:
    keys = {each.key for each in form.questions if each.required}
    if form.kind is not FactKind.HEALTH_OPINION:
        assert {"decided_by", "decided_on"} <= keys
    else:
        assert {"professional", "obtained_on"} <= keys


@pytest.mark.parametrize(
    ("kind", "key", "answer", "said"),
    [
        (FactKind.THIRD_PARTY, "consent", "agreed", "They agreed"),
        (FactKind.PRIVILEGE, "waived", "yes", "waived cannot be claimed"),
        (FactKind.EXPECTATION, "lifted", "yes", "falls away"),
        (FactKind.NEGOTIATION, "going_on", "no", "NG23 has lapsed"),
        (FactKind.REFERENCE, "confidence", "no", "REF24 does not cover it"),
    ],
)
def test_an_answer_that_shows_the_exemption_does_not_apply_is_refused(
    kind: FactKind, key: str, answer: str, said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        answered(FORMS[kind], {**complete(FORMS[kind]), key: answer}, TODAY)


def test_days_to_come_and_days_in_the_wrong_order_are_refused() -> None:
    harm = FORMS[FactKind.SERIOUS_HARM]
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    with pytest.raises(DomainError, match="cannot be in the future"):
        answered(harm, {**complete(harm), "decided_on": tomorrow}, TODAY)
    with pytest.raises(DomainError, match="before the view was given"):
        answered(harm, {**complete(harm), "view_on": "2026-10-02"}, TODAY)
    with pytest.raises(DomainError, match="must be a real date"):
        answered(harm, {**complete(harm), "view_on": "2026-02-30"}, TODAY)
    authority = FORMS[FactKind.AUTHORITY]
    assert answered(authority, {**complete(authority), "expires_on": "2030-01-01"}, TODAY)


def test_an_answer_that_was_not_offered_is_refused() -> None:
    form = FORMS[FactKind.CRIME]
    with pytest.raises(DomainError, match="Choose one of the answers"):
        answered(form, {**complete(form), "purpose": "spite"}, TODAY)


@pytest.mark.parametrize("code", EXEMPTIONS)
def test_whatever_needs_reasons_has_questions_to_write_them_by(code: str) -> None:
    if needs_rationale(code):
        form = form_for(code)
        assert form is not None
        assert code in form.codes
    elif code not in {"TP16", "HD6"}:
        assert form_for(code) is None


def test_weighing_asks_every_point_the_law_lists() -> None:
    form = form_for("TP16")
    assert form is not None
    asked = " ".join(each.label for each in form.questions).lower()
    for point in ("kind of information", "confidence", "were they asked", "give consent"):
        assert point in asked
    consent = next(each for each in form.questions if each.key == "consent")
    assert {"refused", "unsafe"} <= dict(consent.choices).keys()


@given(
    st.sampled_from(EVERY),
    st.dictionaries(st.sampled_from(["who", "code", "decided_on", "harm"]), st.text(max_size=12)),
)
def test_any_answers_are_taken_or_refused_in_a_sentence(
    form: FactForm, given_answers: dict[str, str]
) -> None:
    try:
        told = answered(form, {**complete(form), **given_answers}, TODAY)
    except DomainError as refused:
        said = str(refused)
    else:
        said = text_of(form, told)
    assert said.endswith(".")
