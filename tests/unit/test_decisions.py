"""Decisions on rights other than access, and telling recipients of a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.article19 import NoticeState, NoticeWay, check_notice, may_close
from sar.domain.decisions import (
    Answer,
    Outcome,
    articles_of,
    check_decision,
    check_lifting,
    grounds_of,
    restricts_meanwhile,
    tells_recipients,
)
from sar.domain.errors import DomainError
from sar.domain.rights import Right

R, Out = Right, Outcome
DECIDED = tuple(each for each in Right if each is not R.ACCESS)


def of(right: Right, outcome: Outcome, *grounds: str, reasons: str = "Because.") -> Answer:
    return Answer(right, outcome, grounds, reasons)


def refused(answer: Answer) -> str:
    with pytest.raises(DomainError) as told:
        check_decision(answer)
    return str(told.value)


@pytest.mark.parametrize("right", DECIDED)
def test_every_right_but_access_can_be_given_and_refused_on_a_ground_of_its_law(
    right: Right,
) -> None:
    grounds = grounds_of(right)
    assert len({each.code for each in grounds}) == len(grounds)
    assert all(each.article and each.words for each in grounds)
    gives = next(each.code for each in grounds if not each.is_refusal)
    refuses = next(each.code for each in grounds if each.is_refusal)
    check_decision(of(right, Out.UPHELD, gives, reasons=""))
    check_decision(replace(of(right, Out.REFUSED, refuses), offers_statement=True))
    check_decision(replace(of(right, Out.IN_PART, gives, refuses), offers_statement=True))


def test_access_is_answered_by_its_bundle() -> None:
    assert grounds_of(R.ACCESS) == ()
    assert "bundle" in refused(of(R.ACCESS, Out.UPHELD, "x"))


def test_a_refusal_gives_reasons() -> None:
    assert "reasons" in refused(
        of(R.PORTABILITY, Out.REFUSED, "not-consent-or-contract", reasons=" ")
    )


def test_a_ground_must_be_known_and_fit_the_outcome() -> None:
    assert "at least one ground" in refused(of(R.ERASURE, Out.UPHELD))
    assert "at least one ground" in refused(of(R.ERASURE, Out.UPHELD, "inaccurate"))
    assert "ground for refusing" in refused(of(R.ERASURE, Out.UPHELD, "claims"))
    assert "not a ground for refusing" in refused(of(R.ERASURE, Out.REFUSED, "unlawful"))
    assert "one for the rest" in refused(of(R.ERASURE, Out.IN_PART, "unlawful"))
    assert "one for the rest" in refused(of(R.ERASURE, Out.IN_PART, "claims"))


def test_a_correction_refused_offers_the_persons_own_account() -> None:
    opinion = of(R.RECTIFICATION, Out.REFUSED, "opinion")
    assert "own account" in refused(opinion)
    check_decision(replace(opinion, offers_statement=True))


def test_nothing_is_erased_while_it_is_frozen_but_it_may_be_refused() -> None:
    held = ("Nothing may be erased: an inquiry.",)
    for outcome, grounds in ((Out.UPHELD, ("unlawful",)), (Out.IN_PART, ("unlawful", "claims"))):
        answer = replace(of(R.ERASURE, outcome, *grounds), frozen_because=held)
        assert refused(answer) == held[0]
    check_decision(replace(of(R.ERASURE, Out.REFUSED, "on-hold"), frozen_because=held))


def test_an_objection_to_adverts_is_never_refused() -> None:
    adverts = replace(of(R.OBJECTION, Out.REFUSED, "compelling"), is_direct_marketing=True)
    assert "cannot be refused" in refused(adverts)
    assert "cannot be refused" in refused(
        replace(of(R.OBJECTION, Out.IN_PART, "stopped", "claims"), is_direct_marketing=True)
    )
    check_decision(replace(of(R.OBJECTION, Out.UPHELD, "marketing"), is_direct_marketing=True))


def test_what_a_service_leaves_open_is_settled_first() -> None:
    answer = replace(of(R.ERASURE, Out.UPHELD, "unlawful"), unsettled=("Which law?",))
    assert refused(answer) == "Settle first: Which law?"


def test_the_law_of_the_grounds_is_named_once_in_order() -> None:
    assert articles_of(R.ERASURE, ["claims", "unlawful"]) == (
        "UK GDPR Art 17(1)(d); UK GDPR Art 17(3)(e)"
    )
    assert articles_of(R.RECTIFICATION, ["inaccurate", "incomplete"]) == "UK GDPR Art 16"


@given(st.sampled_from(Right), st.sampled_from(Outcome))
def test_recipients_are_told_of_a_correction_erasure_or_restriction_and_of_nothing_else(
    right: Right, outcome: Outcome
) -> None:
    changes = right in {R.RECTIFICATION, R.ERASURE, R.RESTRICTION}
    assert tells_recipients(right, outcome) == (changes and outcome is not Out.REFUSED)


def test_use_stops_while_an_objection_or_a_correction_is_looked_into() -> None:
    assert "18(1)(d)" in restricts_meanwhile(R.OBJECTION)
    assert "18(1)(a)" in restricts_meanwhile(R.RECTIFICATION)
    assert "adverts today" in restricts_meanwhile(R.OBJECTION, is_direct_marketing=True)
    assert restricts_meanwhile(R.ERASURE) == ""


def test_the_person_is_told_before_a_restriction_is_lifted() -> None:
    today = date(2026, 11, 22)
    check_lifting(today, today)
    for told in (None, date(2026, 11, 23)):
        with pytest.raises(DomainError, match="before the restriction"):
            check_lifting(told, today)


def test_a_notice_says_how_it_was_given_or_why_it_was_not() -> None:
    check_notice(NoticeState.TOLD, NoticeWay.LETTER, "")
    check_notice(NoticeState.IMPOSSIBLE, None, "The body is gone and has no successor.")
    for state, way, reason in (
        (NoticeState.OWED, None, ""),
        (NoticeState.TOLD, None, ""),
        (NoticeState.IMPOSSIBLE, None, " "),
        (NoticeState.DISPROPORTIONATE, NoticeWay.MAIL, ""),
    ):
        with pytest.raises(DomainError):
            check_notice(state, way, reason)


def test_a_case_stays_open_while_anybody_is_still_to_be_told() -> None:
    told, owed = NoticeState.TOLD, NoticeState.OWED
    assert "1 recipient has" in may_close([told, owed], is_list_owed=False)
    assert "2 recipients have" in may_close([owed, owed], is_list_owed=True)
    assert "asked who was told" in may_close([told], is_list_owed=True)
    assert may_close([told, NoticeState.IMPOSSIBLE], is_list_owed=False) == ""
    assert may_close([], is_list_owed=False) == ""


def test_every_state_and_way_has_words_for_the_screens() -> None:
    assert len({each.label for each in NoticeState}) == len(NoticeState)
    assert len({each.label for each in NoticeWay}) == len(NoticeWay)
    assert len({each.label for each in Outcome}) == len(Outcome)
