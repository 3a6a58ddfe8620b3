import pytest

from sar.domain.clock import ClockFlag, ClockSettings, ClockStatus, compute, is_late
from sar.domain.clock_settings import Part3Count
from sar.domain.errors import ClockError
from tests.unit.clock_cases import D, answer, clock

F = ClockFlag


def test_a_complaint_before_the_duty_began_has_no_statutory_clock() -> None:
    result = answer("2026-06-18", kind="complaint")
    assert (result.status, result.effective_due) == (ClockStatus.NO_STATUTORY_CLOCK, None)
    assert "19 June 2026" in " ".join(result.explanation)


def test_nothing_holds_pauses_or_extends_the_acknowledgement_of_a_complaint() -> None:
    events = ["id_requested 2026-09-02", "clarification_requested 2026-09-03"]
    result = answer("2026-09-01", *events, "extension_notified 2026-09-04", kind="complaint")
    assert (result.status, result.effective_due) == (ClockStatus.RUNNING, D("2026-10-01"))
    assert set(result.flags) == {F.PAUSE_NOT_AVAILABLE, F.EXTENSION_NOT_AVAILABLE}
    assert "does not hold" in " ".join(result.explanation)


def test_a_complaint_has_targets_for_progress_and_outcome() -> None:
    result = answer("2026-08-31", kind="complaint")
    assert result.outcome_target == D("2026-09-30")
    assert result.progress_update_by == D("2026-09-28")
    slower = answer("2026-08-31", kind="complaint", complaint_outcome_months=3)
    assert slower.outcome_target == D("2026-11-30")


@pytest.mark.parametrize("step", ["complaint_acknowledged", "complaint_outcome_sent"])
def test_an_acknowledgement_or_an_outcome_in_time_means_never_late(step: str) -> None:
    result = answer("2026-09-01", f"{step} 2026-10-01", kind="complaint")
    assert result.status is ClockStatus.ACKNOWLEDGED
    assert not is_late(result, D("2027-01-01"))
    assert "in time" in " ".join(result.explanation)


def test_an_acknowledgement_after_its_day_stays_late() -> None:
    result = answer("2026-09-01", "complaint_acknowledged 2026-10-02", kind="complaint")
    assert is_late(result, D("2026-10-02"))
    assert "late" in " ".join(result.explanation)


def test_thirty_days_are_not_a_month() -> None:
    assert answer("2027-02-01", kind="complaint").effective_due == D("2027-03-03")


def test_school_days_skip_half_term_weekends_and_bank_holidays() -> None:
    half_term = (("2026-10-26", "2026-10-30"),)
    result = compute(clock("2026-10-19", kind="educational_record", closed=half_term))
    assert result.effective_due == D("2026-11-16")
    easter = compute(clock("2026-03-27", kind="educational_record"))
    assert easter.effective_due == D("2026-04-21")
    assert "every other weekday was counted" in " ".join(easter.explanation)


def test_overlapping_closures_are_left_out_once() -> None:
    closed = (("2026-10-26", "2026-10-30"), ("2026-10-30", "2026-10-30"))
    result = compute(clock("2026-10-19", kind="educational_record", closed=closed))
    assert result.effective_due == D("2026-11-16")


def test_a_school_that_never_opens_is_a_fault_in_the_calendar() -> None:
    closed = (("2026-01-01", "2040-01-01"),)
    with pytest.raises(ClockError, match="leaves no 15 school days"):
        compute(clock("2026-10-19", kind="educational_record", closed=closed))


def test_exam_marks_are_owed_in_five_months_while_results_are_awaited() -> None:
    result = answer("2026-06-10", kind="exam_sar")
    assert (result.regime, result.effective_due) == ("dpa-sch2-25", D("2026-11-10"))
    assert "not been announced" in " ".join(result.explanation)


def test_five_months_win_over_a_late_announcement() -> None:
    result = answer("2026-03-02", "results_announced 2026-08-13", kind="exam_sar")
    assert (result.nominal_due, result.effective_due) == (D("2026-08-02"), D("2026-08-03"))


def test_forty_days_that_end_on_a_weekend_roll_forward() -> None:
    result = answer("2026-08-01", "results_announced 2026-08-18", kind="exam_sar")
    assert (result.nominal_due, result.effective_due) == (D("2026-09-27"), D("2026-09-28"))


def test_a_request_on_the_day_of_the_results_has_the_ordinary_month() -> None:
    result = answer("2026-08-13", "results_announced 2026-08-13", kind="exam_sar")
    assert (result.regime, result.effective_due) == ("uk-gdpr-12A", D("2026-09-14"))


def test_exam_marks_before_the_results_are_neither_paused_nor_extended() -> None:
    events = ["clarification_requested 2026-06-12", "extension_notified 2026-06-13"]
    result = answer("2026-06-10", *events, kind="exam_sar")
    assert result.effective_due == D("2026-11-10")
    assert set(result.flags) == {F.PAUSE_NOT_AVAILABLE, F.EXTENSION_NOT_AVAILABLE}


def test_exam_marks_after_the_results_are_an_ordinary_request_for_access() -> None:
    events = ["clarification_requested 2026-08-24", "clarification_received 2026-08-25"]
    extended = answer(
        "2026-08-20",
        "results_announced 2026-08-13",
        *events,
        "extension_notified 2026-09-01",
        kind="exam_sar",
    )
    assert (extended.excluded_days, extended.extension_valid) == (2, True)
    assert extended.effective_due == extended.extended_due == D("2026-11-23")


def test_results_mean_nothing_to_another_right() -> None:
    assert answer("2026-06-10", "results_announced 2026-08-13").effective_due == D("2026-07-10")


def test_part_three_can_be_set_to_count_from_the_day_after() -> None:
    result = answer("2026-06-30", kind="sar_part3", part3_count=Part3Count.DAY_AFTER)
    assert result.nominal_due == D("2026-08-01")
    assert "day after" in " ".join(result.explanation)
    other = answer("2026-06-30", kind="sar", part3_count=Part3Count.DAY_AFTER)
    assert other.nominal_due == D("2026-07-30")


def test_the_month_can_be_set_not_to_apply_to_automated_decisions() -> None:
    result = answer("2026-08-29", kind="automated_decision", automated_decision_month=False)
    assert (result.status, result.effective_due) == (ClockStatus.NO_STATUTORY_CLOCK, None)


def test_the_28_day_target_can_be_switched_off() -> None:
    assert answer("2026-09-01", policy_28=False).policy_28_due is None


def test_a_date_beyond_the_known_holidays_is_flagged_and_still_given() -> None:
    near = answer("2035-06-01")
    beyond = answer("2035-12-10")
    assert (near.flags, near.effective_due) == ((), D("2035-07-02"))
    assert "fetch them again" in " ".join(near.explanation)
    assert (beyond.flags, beyond.effective_due) == ((F.HOLIDAYS_UNKNOWN,), D("2036-01-10"))
    assert answer("2036-01-10", kind="complaint").flags == (F.HOLIDAYS_UNKNOWN,)


def test_marketing_must_stop_at_once_even_while_identity_is_awaited() -> None:
    result = answer("2026-09-01", "id_requested 2026-09-02", kind="objection_direct_marketing")
    assert result.flags == (F.STOP_PROCESSING,)
    assert compute(clock("2026-09-01", settings=ClockSettings())).flags == ()
