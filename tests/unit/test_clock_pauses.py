import pytest

from sar.domain.clock import ClockFlag, ClockStatus
from sar.domain.clock_settings import OverlappingQuestions, PauseMode
from tests.unit.clock_cases import D, answer

Q, A = "clarification_requested", "clarification_received"


def test_a_same_day_answer_excludes_one_day_by_statute_and_none_as_a_working_target() -> None:
    result = answer("2026-09-01", f"{Q} 2026-09-07", f"{A} 2026-09-07")
    assert (result.excluded_days, result.due) == (1, D("2026-10-02"))
    assert result.due_conservative == D("2026-10-01")


def test_two_open_questions_make_one_pause_until_the_last_answer() -> None:
    events = [f"{Q} 2026-09-07", f"{Q} 2026-09-09", f"{A} 2026-09-14", f"{A} 2026-09-18"]
    result = answer("2026-09-01", *events)
    assert (result.excluded_days, result.due) == (12, D("2026-10-13"))
    assert result.due_conservative == D("2026-10-12")


def test_one_answer_to_two_open_questions_leaves_the_clock_paused() -> None:
    events = [f"{Q} 2026-09-07", f"{Q} 2026-09-09", f"{A} 2026-09-14"]
    result = answer("2026-09-01", *events)
    assert (result.status, result.effective_due) == (ClockStatus.PAUSED, None)


def test_overlapping_questions_can_be_set_to_end_with_the_first_answer() -> None:
    events = [f"{Q} 2026-09-07", f"{Q} 2026-09-09", f"{A} 2026-09-14", f"{A} 2026-09-18"]
    first = OverlappingQuestions.FIRST_ANSWER
    assert answer("2026-09-01", *events, overlapping_questions=first).excluded_days == 8


def test_ending_with_the_first_answer_still_counts_a_shared_day_once() -> None:
    events = [f"{Q} 2026-09-16", f"{A} 2026-09-20", f"{Q} 2026-09-20", f"{A} 2026-09-24"]
    first = OverlappingQuestions.FIRST_ANSWER
    result = answer("2026-09-14", *events, overlapping_questions=first)
    assert (result.excluded_days, result.due_conservative) == (9, D("2026-10-22"))
    same_day = answer(
        "2026-09-14", f"{Q} 2026-09-16", f"{A} 2026-09-16", overlapping_questions=first
    )
    assert same_day.excluded_days == 1
    still_open = answer("2026-09-14", f"{Q} 2026-09-16", overlapping_questions=first)
    assert still_open.status is ClockStatus.PAUSED


def test_an_answer_to_no_question_changes_nothing_and_is_explained() -> None:
    result = answer("2026-09-01", f"{A} 2026-09-10")
    assert (result.excluded_days, result.due) == (0, D("2026-10-01"))
    assert result.flags == (ClockFlag.ANSWER_WITHOUT_QUESTION,)
    assert "no open question" in " ".join(result.explanation)


def test_a_second_answer_does_not_lengthen_a_pause_that_has_ended() -> None:
    events = [f"{Q} 2026-09-07", f"{A} 2026-09-10", f"{A} 2026-09-20"]
    assert answer("2026-09-01", *events).excluded_days == 4


def test_only_days_after_the_start_are_excluded_from_a_pause_that_straddles_it() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-15"]
    result = answer("2026-09-01", *events, f"{Q} 2026-09-10", f"{A} 2026-09-18")
    assert (result.excluded_days, result.due) == (3, D("2026-10-19"))  # 15 Oct + 3 is a Sunday
    ended = answer("2026-09-01", *events, f"{Q} 2026-09-10", f"{A} 2026-09-15")
    assert ended.excluded_days == 0


@pytest.mark.parametrize("day", ["2026-10-03", "2026-10-04", "2026-10-05"])
def test_a_question_in_the_weekend_tail_is_in_time(day: str) -> None:
    result = answer("2026-09-03", f"{Q} {day}")
    assert (result.status, result.flags) == (ClockStatus.PAUSED, ())


def test_a_pause_begun_on_the_rolled_monday_is_added_to_that_monday() -> None:
    result = answer("2026-09-03", f"{Q} 2026-10-05", f"{A} 2026-10-07")
    assert (result.excluded_days, result.due) == (3, D("2026-10-08"))


def test_a_question_the_day_after_the_rolled_monday_is_ignored() -> None:
    result = answer("2026-09-03", f"{Q} 2026-10-06")
    assert (result.status, result.effective_due) == (ClockStatus.RUNNING, D("2026-10-05"))
    assert result.flags == (ClockFlag.PAUSE_AFTER_EXPIRY,)


def test_a_first_pause_makes_room_for_a_second_question_beyond_the_month() -> None:
    events = [f"{Q} 2026-09-28", f"{A} 2026-10-05", f"{Q} 2026-10-08", f"{A} 2026-10-09"]
    assert answer("2026-09-01", *events).excluded_days == 10
    late = answer("2026-09-01", *events, f"{Q} 2026-10-13", f"{A} 2026-10-14")
    assert late.due == D("2026-10-12")
    assert late.flags == (ClockFlag.PAUSE_AFTER_EXPIRY,)


def test_a_question_while_another_is_open_past_the_month_belongs_to_the_same_pause() -> None:
    events = [f"{Q} 2026-09-25", f"{Q} 2026-10-05", f"{A} 2026-10-08", f"{A} 2026-10-12"]
    result = answer("2026-09-01", *events)
    assert (result.excluded_days, result.flags) == (18, ())


def test_a_paused_clock_says_how_many_days_remain_and_when_to_remind() -> None:
    result = answer("2026-09-14", f"{Q} 2026-09-21")
    assert result.remaining_days == 24
    assert (result.remind_on, result.closable_from) == (D("2026-10-05"), D("2026-10-21"))
    answered = answer("2026-09-14", f"{Q} 2026-09-21", f"{A} 2026-10-01")
    assert answered.due == D("2026-10-26")  # 1 October and 24 days is Sunday the 25th


def test_remaining_days_agree_with_the_answer_when_the_question_came_on_the_first_day() -> None:
    assert answer("2026-09-14", f"{Q} 2026-09-14").remaining_days == 30
    elapsed = answer("2026-09-14", f"{Q} 2026-09-21", pause_mode=PauseMode.ELAPSED)
    assert elapsed.remaining_days == 23


def test_elapsed_days_can_be_set_as_the_legal_count() -> None:
    events = [f"{Q} 2026-09-07", f"{A} 2026-09-14"]
    result = answer("2026-09-01", *events, pause_mode=PauseMode.ELAPSED)
    assert (result.excluded_days, result.due) == (7, D("2026-10-08"))


@pytest.mark.parametrize(
    "kind",
    ["rectification", "erasure", "restriction", "portability", "objection", "automated_decision"],
)
def test_no_other_right_is_paused(kind: str) -> None:
    result = answer("2026-09-01", f"{Q} 2026-09-07", kind=kind)
    assert (result.status, result.due) == (ClockStatus.RUNNING, D("2026-10-01"))
    assert result.flags == (ClockFlag.PAUSE_NOT_AVAILABLE,)


def test_part_three_access_is_paused_like_article_fifteen() -> None:
    result = answer("2026-09-01", f"{Q} 2026-09-07", f"{A} 2026-09-14", kind="sar_part3")
    assert (result.regime, result.due) == ("dpa-part3-54", D("2026-10-09"))


def test_part_three_had_no_pause_and_no_extension_before_february_2026() -> None:
    events = [f"{Q} 2026-01-19", f"{A} 2026-01-26", "extension_notified 2026-01-27"]
    result = answer("2026-01-12", *events, kind="sar_part3")
    assert (result.due, result.extended_due) == (D("2026-02-12"), None)
    assert set(result.flags) == {
        ClockFlag.PAUSE_NOT_AVAILABLE,
        ClockFlag.EXTENSION_NOT_AVAILABLE,
    }


def test_a_question_before_february_2026_leaves_out_elapsed_days_on_every_setting() -> None:
    events = [f"{Q} 2026-02-06", f"{A} 2026-02-10"]
    assert answer("2026-02-04", *events).excluded_days == 4
    assert answer("2026-02-05", *events).excluded_days == 5
