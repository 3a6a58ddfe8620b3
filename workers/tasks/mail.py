"""Jobs on mail: seconds each."""

from uuid import UUID

from sar.adapters.jobs import Report, Stages
from sar.services import correspondence, intake


def poll_mail(_: UUID, report: Report) -> Stages:
    """Takes in what has arrived."""
    yield from intake.poll_inboxes(report)


def send_message(message_id: UUID, report: Report) -> Stages:
    """Sends one message to one recipient."""
    yield from correspondence.send_message(message_id, report)
