from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from sar.domain.clock import Clock, ClockFlag, compute
from sar.domain.clock_faults import fault_sentences, faults_of, known_today
from sar.domain.errors import ClockError
from tests.unit.clock_cases import D, clock
from tests.unit.test_clock_properties import clocks

Q, A = "clarification_requested", "clarification_received"


@settings(max_examples=100, deadline=None)
@given(clocks())
def test_entering_everything_twice_changes_nothing_but_a_flag(given_clock: Clock) -> None:
    once = compute(given_clock)
    twice = compute(replace(given_clock, events=given_clock.events * 2))
    assert set(twice.flags) - set(once.flags) <= {ClockFlag.EVENT_REPEATED}
    same = {"flags": once.flags, "explanation": once.explanation}
    assert replace(twice, **same) == once  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(clocks())
def test_what_has_not_happened_yet_changes_nothing_but_a_flag(given_clock: Clock) -> None:
    today = given_clock.received + timedelta(days=20)
    seen = replace(known_today(replace(given_clock, today=today)), today=None)
    result = compute(replace(given_clock, today=today))
    later = len(seen.events) < len(given_clock.events)
    assert (ClockFlag.EVENT_IN_FUTURE in result.flags) == later
    assert result.effective_due == compute(seen).effective_due
    assert result.status == compute(seen).status


def test_each_fault_has_its_flag_and_its_sentence_with_the_day() -> None:
    odd = replace(
        clock(
            "2026-09-01", f"{A} 2026-08-31", f"{Q} 2026-09-07", f"{Q} 2026-09-07", f"{A} 2026-10-20"
        ),
        today=D("2026-09-30"),
    )
    assert faults_of(odd) == {
        ClockFlag.EVENT_BEFORE_RECEIPT,
        ClockFlag.EVENT_IN_FUTURE,
        ClockFlag.EVENT_REPEATED,
        ClockFlag.ANSWER_WITHOUT_QUESTION,
    }
    told = " ".join(fault_sentences(odd))
    assert "Tuesday 20 October 2026 has not happened yet" in told
    assert "Monday 31 August 2026 has no open question" in told
    assert "counts once" in told
    assert "before the request was received" in told


def test_a_request_of_tomorrow_is_refused() -> None:
    with pytest.raises(ClockError, match="Tuesday 1 September 2026, is in the future"):
        compute(replace(clock("2026-09-01"), today=D("2026-08-31")))
