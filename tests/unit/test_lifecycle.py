import pytest

from sar.domain.errors import TransitionError
from sar.domain.lifecycle import MOVES, CaseMove, CaseStatus, status_after

APPROVED = {
    CaseStatus.AWAITING_APPROVAL,
    CaseStatus.APPROVED,
    CaseStatus.READY,
    CaseStatus.RELEASED,
}


def reachable() -> set[CaseStatus]:
    found, waiting = set(), [CaseStatus.RECEIVED]
    while waiting:
        status = waiting.pop()
        if status not in found:
            found.add(status)
            waiting += [end for (start, _), end in MOVES.items() if start is status]
    return found


def test_every_stage_can_be_reached_from_the_first() -> None:
    assert reachable() == set(CaseStatus)


def test_every_move_is_possible_from_somewhere() -> None:
    assert {move for _, move in MOVES} == set(CaseMove)


def test_every_stage_can_be_left() -> None:
    assert {start for start, _ in MOVES} == set(CaseStatus)


@pytest.mark.parametrize("status", CaseStatus)
@pytest.mark.parametrize("move", CaseMove)
def test_a_move_the_table_does_not_have_is_refused_in_a_sentence(
    status: CaseStatus, move: CaseMove
) -> None:
    if (status, move) in MOVES:
        assert status_after(status, move) is MOVES[status, move]
        return
    with pytest.raises(TransitionError, match=r"^[A-Z].+\.$"):
        status_after(status, move)


def test_only_approval_leads_from_work_to_what_can_be_released() -> None:
    ways_in = {
        (start, move)
        for (start, move), end in MOVES.items()
        if end in APPROVED - {CaseStatus.AWAITING_APPROVAL} and start not in APPROVED
    }
    assert ways_in == set()
    assert MOVES[CaseStatus.AWAITING_APPROVAL, CaseMove.APPROVE] is CaseStatus.APPROVED
    assert [start for (start, move) in MOVES if move is CaseMove.APPROVE] == [
        CaseStatus.AWAITING_APPROVAL
    ]


@pytest.mark.parametrize("status", sorted(APPROVED))
@pytest.mark.parametrize("move", [CaseMove.CHANGE_RECORDS, CaseMove.START_REDACTION])
def test_a_change_after_submission_leads_back_before_approval(
    status: CaseStatus, move: CaseMove
) -> None:
    assert status_after(status, move) is CaseStatus.REDACTING


def test_a_closed_case_can_only_be_reopened() -> None:
    assert [move for start, move in MOVES if start is CaseStatus.CLOSED] == [CaseMove.REOPEN]


def test_stages_read_as_words() -> None:
    assert CaseStatus.AWAITING_APPROVAL.label == "Awaiting approval"
