import pytest

from sar.domain.clock import RequestType
from sar.domain.errors import ClockError
from sar.domain.rights import AccessKind, ProcessingRegime, Right, request_type_for


@pytest.mark.parametrize(
    ("right", "kind"),
    [
        (Right.ACCESS, "sar"),
        (Right.RECTIFICATION, "rectification"),
        (Right.ERASURE, "erasure"),
        (Right.RESTRICTION, "restriction"),
        (Right.PORTABILITY, "portability"),
        (Right.OBJECTION, "objection"),
        (Right.AUTOMATED_DECISION, "automated_decision"),
        (Right.COMPLAINT, "complaint"),
    ],
)
def test_every_right_has_its_clock(right: Right, kind: str) -> None:
    assert request_type_for(right) == kind


def test_no_right_is_without_a_clock() -> None:
    assert len({request_type_for(each) for each in Right}) == len(Right)


def test_access_to_law_enforcement_records_runs_under_part_three() -> None:
    regime = ProcessingRegime.LAW_ENFORCEMENT
    assert request_type_for(Right.ACCESS, regime) is RequestType.SAR_PART3
    assert request_type_for(Right.ERASURE, regime) is RequestType.ERASURE


def test_direct_marketing_school_records_and_exam_marks_have_clocks_of_their_own() -> None:
    marketing = request_type_for(Right.OBJECTION, is_direct_marketing=True)
    school = request_type_for(Right.ACCESS, access_kind=AccessKind.EDUCATIONAL_RECORD)
    exam = request_type_for(Right.ACCESS, access_kind=AccessKind.EXAM_MARKS)
    assert marketing is RequestType.OBJECTION_DIRECT_MARKETING
    assert (school, exam) == (RequestType.EDUCATIONAL_RECORD, RequestType.EXAM_SAR)


def test_what_cannot_go_together_is_refused() -> None:
    with pytest.raises(ClockError, match="Only an objection"):
        request_type_for(Right.ACCESS, is_direct_marketing=True)
    with pytest.raises(ClockError, match="by an access request"):
        request_type_for(Right.ERASURE, access_kind=AccessKind.EXAM_MARKS)
