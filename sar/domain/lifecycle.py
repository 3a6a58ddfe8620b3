"""The stages of a case and the one table of moves between them.

The clock (identity, authority, pause, extension) is kept apart: a paused case is still worked on.
"""

from __future__ import annotations

from enum import StrEnum

from sar.domain.errors import TransitionError


class CaseStatus(StrEnum):
    """How far the work on a case has come."""

    RECEIVED = "received"
    SEARCHING = "searching"
    REDACTING = "redacting"
    AWAITING_APPROVAL = "awaiting-approval"
    APPROVED = "approved"
    READY = "ready"
    RELEASED = "released"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage in the words of the screens."""
        return self.value.replace("-", " ").capitalize()


class CaseMove(StrEnum):
    """Something done that moves a case on, or back."""

    SEND_SEARCH = "send-search"
    START_REDACTION = "start-redaction"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    FINISH_BUNDLE = "finish-bundle"
    RELEASE = "release"
    CHANGE_RECORDS = "change-records"
    CLOSE = "close"
    REOPEN = "reopen"


_S, _M = CaseStatus, CaseMove

MOVES: dict[tuple[CaseStatus, CaseMove], CaseStatus] = {
    (_S.RECEIVED, _M.SEND_SEARCH): _S.SEARCHING,
    (_S.SEARCHING, _M.SEND_SEARCH): _S.SEARCHING,
    (_S.REDACTING, _M.SEND_SEARCH): _S.REDACTING,
    (_S.RELEASED, _M.SEND_SEARCH): _S.SEARCHING,
    (_S.RECEIVED, _M.CHANGE_RECORDS): _S.RECEIVED,
    (_S.SEARCHING, _M.CHANGE_RECORDS): _S.SEARCHING,
    (_S.REDACTING, _M.CHANGE_RECORDS): _S.REDACTING,
    # A change to records or redactions after approval voids the approval: what a second person
    # agreed to is what leaves, nothing else.
    (_S.AWAITING_APPROVAL, _M.CHANGE_RECORDS): _S.REDACTING,
    (_S.APPROVED, _M.CHANGE_RECORDS): _S.REDACTING,
    (_S.READY, _M.CHANGE_RECORDS): _S.REDACTING,
    (_S.RELEASED, _M.CHANGE_RECORDS): _S.REDACTING,
    (_S.RECEIVED, _M.START_REDACTION): _S.REDACTING,
    (_S.SEARCHING, _M.START_REDACTION): _S.REDACTING,
    (_S.REDACTING, _M.START_REDACTION): _S.REDACTING,
    (_S.AWAITING_APPROVAL, _M.START_REDACTION): _S.REDACTING,
    (_S.APPROVED, _M.START_REDACTION): _S.REDACTING,
    (_S.READY, _M.START_REDACTION): _S.REDACTING,
    (_S.RELEASED, _M.START_REDACTION): _S.REDACTING,
    (_S.REDACTING, _M.SUBMIT): _S.AWAITING_APPROVAL,
    (_S.AWAITING_APPROVAL, _M.RETURN): _S.REDACTING,
    (_S.AWAITING_APPROVAL, _M.APPROVE): _S.APPROVED,
    (_S.APPROVED, _M.FINISH_BUNDLE): _S.READY,
    (_S.READY, _M.FINISH_BUNDLE): _S.READY,
    (_S.READY, _M.RELEASE): _S.RELEASED,
    (_S.RELEASED, _M.RELEASE): _S.RELEASED,
    (_S.RECEIVED, _M.CLOSE): _S.CLOSED,
    (_S.SEARCHING, _M.CLOSE): _S.CLOSED,
    (_S.REDACTING, _M.CLOSE): _S.CLOSED,
    (_S.AWAITING_APPROVAL, _M.CLOSE): _S.CLOSED,
    (_S.APPROVED, _M.CLOSE): _S.CLOSED,
    (_S.READY, _M.CLOSE): _S.CLOSED,
    (_S.RELEASED, _M.CLOSE): _S.CLOSED,
    (_S.CLOSED, _M.REOPEN): _S.RECEIVED,
}

_REFUSALS = {
    CaseMove.SUBMIT: "Only a case that is being redacted can be sent for approval.",
    CaseMove.APPROVE: "Only a case that is waiting for approval can be approved.",
    CaseMove.RETURN: "Only a case that is waiting for approval can be returned.",
    CaseMove.FINISH_BUNDLE: "A bundle can only be built once a second person has approved.",
    CaseMove.RELEASE: "Only a case whose bundle is ready can be released.",
    CaseMove.SEND_SEARCH: "Searches cannot be sent at this stage of the case.",
    CaseMove.CHANGE_RECORDS: "This case is closed. Reopen it to change its records.",
    CaseMove.START_REDACTION: "This case is closed. Reopen it to redact its records.",
    CaseMove.CLOSE: "This case is already closed.",
    CaseMove.REOPEN: "Only a closed case can be reopened.",
}


def status_after(status: CaseStatus, move: CaseMove) -> CaseStatus:
    """The stage a move leads to.

    Raises:
        TransitionError: the table has no such move from this stage.
    """
    try:
        return MOVES[status, move]
    except KeyError:
        raise TransitionError(_REFUSALS[move]) from None
