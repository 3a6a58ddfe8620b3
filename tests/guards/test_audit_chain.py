"""The audit chain shows an event that was changed, moved or dropped.

What it cannot show by itself is its own end cut off: the events that are left still follow each
other. That is why the number of events and the last hash are reported, to be kept elsewhere; a
later report that has fewer events, or another hash at that number, tells.
"""

from __future__ import annotations

import pytest

from sar.extensions import db
from sar.services import (
    audit,
)
from tests.guards.house import Desk


def _chain(house: Desk) -> audit.ChainReport:
    with house.app.app_context():
        report = audit.check_chain()
        db.session.remove()
        return report


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'staff:somebody' WHERE sequence = 5",
        "UPDATE audit_event SET name = 'case.closed' WHERE sequence = 5",
        "UPDATE audit_event SET details = '{}' WHERE sequence = 5",
        "UPDATE audit_event SET created_at = '2020-01-01 00:00:00.000000' WHERE sequence = 5",
        "UPDATE audit_event SET subject_id = controller_id WHERE sequence = 5",
        "UPDATE audit_event SET controller_id = NULL WHERE sequence = 5",
        "UPDATE audit_event SET case_id = NULL WHERE sequence = 5",
        "UPDATE audit_event SET previous_hash = '0' WHERE sequence = 5",
        "UPDATE audit_event SET hash = 'f' WHERE sequence = 5",
        "DELETE FROM audit_event WHERE sequence = 5",
        "DELETE FROM audit_event WHERE sequence = 1",
        "UPDATE audit_event SET sequence = sequence + 1000 WHERE sequence > 5",
    ],
)
def test_the_chain_shows_an_event_that_was_changed_or_dropped(
    statement: str, restored: Desk
) -> None:
    assert _chain(restored).faults == ()
    restored.execute(statement)
    assert _chain(restored).faults


def test_the_chain_shows_two_events_that_changed_places(restored: Desk) -> None:
    for statement in (
        "UPDATE audit_event SET sequence = -1 WHERE sequence = 4",
        "UPDATE audit_event SET sequence = 4 WHERE sequence = 5",
        "UPDATE audit_event SET sequence = 5 WHERE sequence = -1",
    ):
        restored.execute(statement)
    assert _chain(restored).faults


def test_the_chain_shows_an_event_whose_own_hash_was_made_good(restored: Desk) -> None:
    with restored.app.app_context():
        event = db.session.scalars(
            db.select(audit.AuditEvent).where(audit.AuditEvent.sequence == 5)
        ).one()
        event.actor = "staff:somebody"
        event.hash = audit.digest(event)
        db.session.commit()
        db.session.remove()
    assert _chain(restored).faults == ("Event 6 does not follow the event before it.",)


def test_a_chain_cut_at_its_end_has_fewer_events_and_another_last_hash(restored: Desk) -> None:
    whole = _chain(restored)
    restored.execute("DELETE FROM audit_event WHERE sequence = ?", whole.count)
    cut = _chain(restored)
    assert cut.faults == (), "it cannot tell by itself, as the page above says"
    assert (cut.count, cut.last_hash) != (whole.count, whole.last_hash)
