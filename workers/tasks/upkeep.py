"""Jobs that look after the desk itself."""

from uuid import UUID

from sar.adapters.jobs import Report, Stage, Stages
from sar.domain.errors import DomainError
from sar.services import audit, recounting, scans


def recount_clocks(subject_id: UUID, report: Report) -> None:
    """Counts every open case again after what clocks are counted by has changed."""
    recounting.recount_clocks(subject_id, report)


def free_held_records(_: UUID, report: Report) -> Stages:
    """Lets records go on that waited for the virus scanner, once it answers."""
    yield from scans.free_held_records(report)


def verify_audit(_: UUID, report: Report) -> Stages:
    """Checks the audit chain; a chain that is broken fails the job, for a person to see."""
    chain = audit.check_chain()
    yield Stage.WORK
    if chain.faults:
        raise DomainError(chain.faults[0])
