import pytest

from sar.domain.clock import ClockFlag, ClockStatus
from sar.domain.clock_settings import EarlyExtension
from tests.unit.clock_cases import D, answer

Q, A, E = "clarification_requested", "clarification_received", "extension_notified"
F = ClockFlag


@pytest.mark.parametrize(
    ("notice", "is_valid"), [("2026-10-02", True), ("2026-10-05", True), ("2026-10-06", False)]
)
def test_notice_is_valid_to_the_end_of_the_rolled_day(notice: str, is_valid: bool) -> None:
    result = answer("2026-09-03", f"{E} {notice}")
    assert result.extension_valid is is_valid
    assert result.effective_due == D("2026-12-03" if is_valid else "2026-10-05")
    assert result.flags == (() if is_valid else (F.EXTENSION_LATE,))


def test_the_target_for_notice_is_the_working_day_before_an_end_on_a_weekend() -> None:
    result = answer("2026-09-03")
    assert (result.extension_notify_by, result.extension_notify_target) == (
        D("2026-10-05"),
        D("2026-10-02"),
    )


def test_three_months_run_from_the_start_and_not_from_the_rolled_date() -> None:
    assert answer("2026-11-30", f"{E} 2026-12-10").effective_due == D("2027-03-01")


@pytest.mark.parametrize("notice", ["2026-09-05", "2026-09-10", "2026-09-20"])
def test_an_extension_before_during_or_after_a_pause_gives_the_same_date(notice: str) -> None:
    result = answer("2026-09-01", f"{E} {notice}", f"{Q} 2026-09-07", f"{A} 2026-09-16")
    assert (result.extension_valid, result.effective_due) == (True, D("2026-12-11"))
    assert result.working_target == D("2026-12-10")


def test_notice_while_the_pause_has_outlasted_the_month_is_valid() -> None:
    result = answer("2026-09-01", f"{Q} 2026-09-28", f"{E} 2026-10-20")
    assert (result.status, result.extension_valid) == (ClockStatus.PAUSED, True)
    assert result.effective_due is None
    assert result.remaining_days == 65  # 28 September to 1 December, both counted


def test_an_open_question_in_the_extended_period_pauses_it() -> None:
    result = answer("2026-09-01", f"{E} 2026-09-20", f"{Q} 2026-11-02")
    assert (result.status, result.effective_due) == (ClockStatus.PAUSED, None)
    assert result.remaining_days == 30


def test_a_question_after_the_extended_date_is_ignored() -> None:
    result = answer("2026-09-01", f"{E} 2026-09-20", f"{Q} 2026-12-02")
    assert (result.effective_due, result.flags) == (D("2026-12-01"), (F.PAUSE_AFTER_EXPIRY,))


def test_pauses_in_and_after_the_first_month_both_lengthen_the_extended_period() -> None:
    events = [f"{Q} 2026-09-07", f"{A} 2026-09-08", f"{Q} 2026-11-02", f"{A} 2026-11-03"]
    result = answer("2026-09-01", f"{E} 2026-09-20", *events)
    assert (result.excluded_days, result.due) == (2, D("2026-10-05"))
    assert result.effective_due == D("2026-12-07")  # 1 December and 4 days is a Saturday


def test_a_late_notice_does_not_let_a_late_question_in() -> None:
    result = answer("2026-09-01", f"{E} 2026-10-02", f"{Q} 2026-10-05", f"{A} 2026-10-09")
    assert result.effective_due == D("2026-10-01")
    assert set(result.flags) == {F.EXTENSION_LATE, F.PAUSE_AFTER_EXPIRY}


def test_a_second_extension_is_refused_but_two_late_notices_are_only_late() -> None:
    twice = answer("2026-09-01", f"{E} 2026-09-10", f"{E} 2026-09-11")
    assert (twice.effective_due, twice.flags) == (D("2026-12-01"), (F.EXTENSION_USED,))
    late = answer("2026-09-01", f"{E} 2026-10-10", f"{E} 2026-10-11")
    assert late.flags == (F.EXTENSION_LATE,)


def test_notice_while_identity_is_awaited_counts_and_is_flagged() -> None:
    result = answer("2026-09-01", "id_requested 2026-09-02", f"{E} 2026-09-08")
    assert result.status is ClockStatus.AWAITING_ID
    assert (result.extension_valid, result.flags) == (True, (F.EXTENSION_EARLY,))
    twice = answer("2026-09-01", "id_requested 2026-09-02", f"{E} 2026-09-08", f"{E} 2026-09-09")
    assert set(twice.flags) == {F.EXTENSION_EARLY, F.EXTENSION_USED}


def test_notice_before_the_start_can_be_set_not_to_count() -> None:
    refuse = EarlyExtension.REFUSE
    gate = ["id_requested 2026-09-02", "id_received 2026-09-15"]
    result = answer("2026-09-01", *gate, f"{E} 2026-09-08", extension_before_start=refuse)
    assert (result.extension_valid, result.effective_due) == (False, D("2026-10-15"))
    assert result.flags == (F.EXTENSION_EARLY,)
    assert "not counted" in " ".join(result.explanation)
    again = [*gate, f"{E} 2026-09-08", f"{E} 2026-09-16"]
    second = answer("2026-09-01", *again, extension_before_start=refuse)
    assert (second.extension_valid, second.flags) == (True, (F.EXTENSION_EARLY,))
    open_gate = answer("2026-09-01", gate[0], f"{E} 2026-09-08", extension_before_start=refuse)
    assert open_gate.extension_valid is False


@pytest.mark.parametrize(
    "kind",
    [
        "sar",
        "sar_part3",
        "rectification",
        "erasure",
        "restriction",
        "portability",
        "objection",
        "objection_direct_marketing",
        "automated_decision",
    ],
)
def test_every_right_can_be_extended(kind: str) -> None:
    result = answer("2026-09-01", f"{E} 2026-09-15", kind=kind)
    assert (result.extension_valid, result.effective_due) == (True, D("2026-12-01"))


def test_notice_before_receipt_is_flagged_to_be_checked() -> None:
    result = answer("2026-09-01", f"{E} 2026-08-01")
    assert set(result.flags) == {F.EVENT_BEFORE_RECEIPT, F.EXTENSION_EARLY}
