import pytest

from sar.domain.clock import check_event, days_left, is_late
from sar.domain.errors import ClockError
from tests.unit.clock_cases import D, answer, clock, event

Q, A, E = "clarification_requested", "clarification_received", "extension_notified"
RECEIVED = "2026-09-01"
DONE = "complaint_acknowledged"
FEE_PAID = ["fee_requested 2026-09-02", "fee_received 2026-09-03"]

REFUSED = [
    ("sar", [], f"{Q} 2026-08-31", "before the request was received"),
    ("sar", [], f"{Q} 2026-10-02", "ran out on Thursday 1 October"),
    ("erasure", [], f"{Q} 2026-09-02", "Only a request for access"),
    ("complaint", [], f"{Q} 2026-09-02", "Only a request for access"),
    ("exam_sar", [], f"{Q} 2026-09-02", "Only a request for access"),
    ("sar", [], f"{A} 2026-09-02", "no question was waiting"),
    ("sar", [f"{Q} 2026-09-05"], f"{A} 2026-09-04", "no question was waiting"),
    ("sar", [f"{Q} 2026-09-05", f"{A} 2026-09-06"], f"{A} 2026-09-07", "no question was waiting"),
    ("sar", [f"{E} 2026-09-05"], f"{E} 2026-09-07", "only once"),
    ("sar", [], f"{E} 2026-10-02", "last day to notify"),
    ("sar", ["id_requested 2026-09-02", f"{E} 2026-09-03"], f"{E} 2026-09-04", "only once"),
    ("complaint", [], f"{E} 2026-09-02", "cannot be extended"),
    ("educational_record", [], f"{E} 2026-09-02", "cannot be extended"),
    ("exam_sar", [], f"{E} 2026-09-02", "cannot be extended"),
    ("sar", [], "id_received 2026-09-02", "was not waiting"),
    ("sar", [], "authority_request_withdrawn 2026-09-02", "was not waiting"),
    ("sar", FEE_PAID, "fee_received 2026-09-04", "was not waiting"),
    ("sar", [], "id_requested 2026-10-02", "cannot revive"),
    ("complaint", [], "id_requested 2026-09-02", "does not hold"),
    ("sar", [], "further_copy_fee_received 2026-09-02", "no fee for further copies"),
    ("sar", [], "results_announced 2026-09-02", "only to a request for exam marks"),
    ("exam_sar", ["results_announced 2026-09-02"], "results_announced 2026-09-03", "already"),
    ("sar", [], "complaint_acknowledged 2026-09-02", "Only a complaint"),
    ("complaint", [f"{DONE} 2026-09-02"], f"{DONE} 2026-09-03", "already"),
]
ALLOWED = [
    ("sar", [], f"{Q} 2026-10-01"),
    ("sar_part3", [], f"{Q} 2026-09-05"),
    ("sar", [f"{Q} 2026-09-05"], f"{Q} 2026-10-20"),
    ("sar", [f"{E} 2026-09-05"], f"{Q} 2026-11-05"),
    ("sar", [f"{Q} 2026-09-05", f"{Q} 2026-09-06", f"{A} 2026-09-07"], f"{A} 2026-09-08"),
    ("sar", ["id_requested 2026-09-02"], f"{Q} 2026-10-20"),
    ("sar", ["id_requested 2026-09-02"], f"{E} 2026-10-20"),
    ("sar", [f"{Q} 2026-09-05"], f"{E} 2026-10-20"),
    ("sar", [f"{E} 2026-10-20"], f"{E} 2026-09-20"),
    ("erasure", [], f"{E} 2026-10-01"),
    ("erasure", [], "id_requested 2026-10-01"),
    ("sar", ["id_requested 2026-09-02"], "id_received 2026-09-02"),
    ("sar", ["id_requested 2026-09-02"], "id_request_withdrawn 2026-09-05"),
    ("sar", [], "further_copy_fee_requested 2026-12-02"),
    ("sar", ["further_copy_fee_requested 2026-09-02"], "further_copy_fee_received 2026-09-03"),
    ("exam_sar", [], "results_announced 2026-08-13"),
    ("complaint", [], "complaint_outcome_sent 2026-09-02"),
]


@pytest.mark.parametrize(("kind", "before", "new", "sentence"), REFUSED)
def test_an_event_that_cannot_be_is_refused_with_a_sentence(
    kind: str, before: list[str], new: str, sentence: str
) -> None:
    with pytest.raises(ClockError, match=sentence):
        check_event(clock(RECEIVED, *before, kind=kind), event(new))


@pytest.mark.parametrize(("kind", "before", "new"), ALLOWED)
def test_an_event_that_can_be_is_allowed(kind: str, before: list[str], new: str) -> None:
    check_event(clock(RECEIVED, *before, kind=kind), event(new))


def test_an_event_after_today_is_refused_and_one_of_today_is_not() -> None:
    mine = clock(RECEIVED)
    check_event(mine, event(f"{Q} 2026-09-10"), D("2026-09-10"))
    with pytest.raises(ClockError, match="in the future"):
        check_event(mine, event(f"{Q} 2026-09-11"), D("2026-09-10"))


def test_days_left_count_down_to_the_date_in_force_and_below_nought() -> None:
    result = answer(RECEIVED)
    assert days_left(result, D("2026-09-21")) == 10
    assert days_left(result, D("2026-10-03")) == -2
    assert days_left(answer(RECEIVED, f"{Q} 2026-09-02"), D("2026-10-03")) is None


def test_a_clock_is_late_from_the_day_after_its_date_and_never_while_it_stands() -> None:
    assert not is_late(answer(RECEIVED), D("2026-10-01"))
    assert is_late(answer(RECEIVED), D("2026-10-02"))
    assert not is_late(answer(RECEIVED, f"{Q} 2026-09-02"), D("2027-10-02"))
    assert not is_late(answer(RECEIVED, "id_requested 2026-09-02"), D("2027-10-02"))
