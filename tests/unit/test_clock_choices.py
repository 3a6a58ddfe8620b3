from dataclasses import fields

import pytest

from sar.domain.clock_choices import CHOICES, FIXED, choice
from sar.domain.clock_settings import ClockSettings, parse_settings
from sar.domain.errors import ClockError


def test_every_setting_of_the_clock_has_its_question() -> None:
    assert {each.name for each in CHOICES} == {each.name for each in fields(ClockSettings)}
    assert choice("pause_mode") is CHOICES[0]
    assert choice("roll_twice") is None


@pytest.mark.parametrize("name", [each.name for each in CHOICES])
def test_each_answer_that_is_offered_is_one_the_clock_takes(name: str) -> None:
    known = choice(name)
    assert known is not None
    for typed, words in known.options or (("3", f"3 {known.unit}"),):
        value = known.value_of(typed)
        parse_settings({name: value})
        assert known.words_for(value) == words
        assert known.typed(value) == typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("pause_mode", "sometimes"),
        ("policy_28", "true"),
        ("clarification_reminder_days", "-1"),
        ("clarification_reminder_days", "²"),
        ("clarification_reminder_days", "1000"),
        ("clarification_reminder_days", ""),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(name: str, typed: str) -> None:
    known = choice(name)
    assert known is not None
    with pytest.raises(ClockError):
        known.value_of(typed)


def test_what_the_law_fixes_is_said_and_is_no_setting() -> None:
    assert len(FIXED) >= 10
    assert not {question for question, _ in FIXED} & {each.question for each in CHOICES}
