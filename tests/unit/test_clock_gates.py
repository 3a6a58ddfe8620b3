import pytest

from sar.domain.clock import ClockFlag, ClockStatus
from sar.domain.clock_settings import WithdrawnGate
from tests.unit.clock_cases import D, answer

F = ClockFlag


@pytest.mark.parametrize("gate", ["id", "authority", "fee"])
def test_an_open_gate_holds_the_clock_at_its_start(gate: str) -> None:
    result = answer("2026-09-01", f"{gate}_requested 2026-09-02")
    assert result.status == f"awaiting_{gate}"
    assert (result.clock_start, result.effective_due, result.due) == (None, None, None)
    assert any("not started" in each for each in result.explanation)


@pytest.mark.parametrize("gate", ["id", "authority", "fee"])
def test_a_satisfied_gate_starts_the_clock_that_day(gate: str) -> None:
    result = answer("2026-09-01", f"{gate}_requested 2026-09-02", f"{gate}_received 2026-09-15")
    assert result.clock_start == D("2026-09-15")
    assert result.effective_due == D("2026-10-15")


def test_identity_is_awaited_before_authority_and_fee() -> None:
    result = answer("2026-09-01", "fee_requested 2026-09-01", "id_requested 2026-09-02")
    assert result.status is ClockStatus.AWAITING_ID


def test_identity_that_nobody_asked_for_does_not_move_the_clock() -> None:
    result = answer("2026-09-01", "id_received 2026-09-15")
    assert result.clock_start == D("2026-09-01")
    assert "was not being asked for" in " ".join(result.explanation)


def test_identity_that_came_before_it_was_asked_for_does_not_satisfy_the_asking() -> None:
    result = answer("2026-09-01", "id_received 2026-09-02", "id_requested 2026-09-03")
    assert result.status is ClockStatus.AWAITING_ID


def test_a_reminder_for_identity_is_satisfied_by_one_answer() -> None:
    events = ["id_requested 2026-09-02", "id_requested 2026-09-09", "id_received 2026-09-15"]
    assert answer("2026-09-01", *events).clock_start == D("2026-09-15")


def test_identity_asked_for_again_holds_the_clock_again_until_it_is_complete() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-07", "id_requested 2026-09-08"]
    assert answer("2026-09-01", *events).status is ClockStatus.AWAITING_ID
    again = answer("2026-09-01", *events, "id_received 2026-09-21")
    assert again.clock_start == D("2026-09-21")


def test_the_second_part_of_what_was_asked_for_completes_it() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-07", "id_received 2026-09-09"]
    assert answer("2026-09-01", *events).clock_start == D("2026-09-09")


def test_a_second_part_that_comes_after_the_due_date_revives_nothing() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-07", "id_received 2026-10-09"]
    assert answer("2026-09-01", *events).effective_due == D("2026-10-07")


def test_identity_asked_for_again_after_the_due_date_is_ignored() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-07"]
    events += ["id_requested 2026-10-08", "id_received 2026-10-12"]
    result = answer("2026-09-01", *events)
    assert result.effective_due == D("2026-10-07")
    assert result.flags == (F.ID_REQUESTED_AFTER_DUE,)


def test_identity_asked_for_on_the_due_date_still_holds_the_clock() -> None:
    result = answer("2026-09-03", "id_requested 2026-10-05", "id_received 2026-10-06")
    assert result.clock_start == D("2026-10-06")
    assert result.flags == (F.ID_REQUESTED_LATE,)


@pytest.mark.parametrize("gate", ["id", "authority", "fee"])
def test_a_gate_asked_for_the_day_after_the_due_date_is_ignored_and_flagged(gate: str) -> None:
    result = answer("2026-09-03", f"{gate}_requested 2026-10-06")
    assert result.effective_due == D("2026-10-05")
    assert result.flags == (f"{gate}_requested_after_due",)


def test_a_gate_asked_for_in_a_validly_extended_period_holds_the_clock() -> None:
    events = ["extension_notified 2026-09-10", "authority_requested 2026-10-20"]
    result = answer("2026-09-01", *events, "authority_received 2026-10-30")
    assert result.clock_start == D("2026-10-30")
    assert result.effective_due == D("2027-02-01")  # 30 January 2027 is a Saturday


def test_a_gate_asked_for_while_the_clock_is_paused_past_its_month_still_counts() -> None:
    events = ["clarification_requested 2026-09-20", "id_requested 2026-10-15"]
    events += ["clarification_received 2026-10-20", "id_received 2026-10-26"]
    assert answer("2026-09-01", *events).clock_start == D("2026-10-26")


def test_a_gate_is_judged_by_what_was_known_when_it_was_asked_for() -> None:
    # The notice of 12 October is late, so on 8 October the clock had run out on the 1st.
    events = ["id_requested 2026-10-08", "extension_notified 2026-10-12", "id_received 2026-10-13"]
    result = answer("2026-09-01", *events)
    assert result.effective_due == D("2026-10-01")
    assert set(result.flags) == {F.ID_REQUESTED_AFTER_DUE, F.EXTENSION_LATE}


def test_identity_asked_for_on_the_fifth_working_day_is_prompt_and_on_the_sixth_is_late() -> None:
    prompt = answer("2026-09-01", "id_requested 2026-09-08")
    late = answer("2026-09-01", "id_requested 2026-09-09")
    assert (prompt.flags, late.flags) == ((), (F.ID_REQUESTED_LATE,))
    lenient = answer("2026-09-01", "id_requested 2026-09-09", id_late_after_working_days=6)
    assert lenient.flags == ()


def test_a_withdrawn_demand_for_identity_leaves_the_clock_running_from_receipt() -> None:
    events = ["id_requested 2026-09-14", "id_request_withdrawn 2026-09-21"]
    result = answer("2026-09-01", *events)
    assert (result.clock_start, result.flags) == (D("2026-09-01"), ())


def test_a_withdrawn_demand_can_be_set_to_start_the_clock_when_it_is_withdrawn() -> None:
    events = ["id_requested 2026-09-02", "id_request_withdrawn 2026-09-21"]
    result = answer("2026-09-01", *events, withdrawn_gate=WithdrawnGate.WITHDRAWAL)
    assert result.clock_start == D("2026-09-21")


def test_withdrawing_a_second_demand_keeps_the_day_the_first_was_satisfied() -> None:
    events = ["id_requested 2026-09-02", "id_received 2026-09-07", "id_requested 2026-09-08"]
    result = answer("2026-09-01", *events, "id_request_withdrawn 2026-09-10")
    assert result.clock_start == D("2026-09-07")


def test_withdrawing_what_was_not_asked_for_changes_nothing() -> None:
    assert answer("2026-09-01", "fee_request_withdrawn 2026-09-10").clock_start == D("2026-09-01")


def test_authority_can_be_set_not_to_hold_the_clock() -> None:
    result = answer("2026-09-01", "authority_requested 2026-09-02", authority_starts_clock=False)
    assert result.effective_due == D("2026-10-01")


def test_gates_hold_every_month_long_right() -> None:
    result = answer("2026-09-01", "id_requested 2026-09-02", kind="erasure")
    assert result.status is ClockStatus.AWAITING_ID


def test_the_fee_for_further_copies_never_holds_the_clock() -> None:
    result = answer("2026-09-01", "further_copy_fee_requested 2026-09-02")
    assert result.effective_due == D("2026-10-01")
    assert "Art 15(3)" in " ".join(result.explanation)


def test_a_waiting_clock_keeps_the_flags_of_its_kind() -> None:
    events = ["id_requested 2026-09-02", "clarification_requested 2026-09-03"]
    result = answer("2026-09-01", *events, kind="objection_direct_marketing")
    assert set(result.flags) == {F.PAUSE_NOT_AVAILABLE, F.STOP_PROCESSING}
