"""Every change writes its audit event, and only that, in the same transaction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sar.extensions import db
from sar.services import (
    audit,
    cases,
)
from tests.guards.changes import CHANGES, OFFICER, Acting
from tests.guards.house import Desk
from tests.guards.writing import ROOT, Services, names_used

# Public services that write and record nothing, each with the reason that makes it right.
SILENT = {
    "audit.record": "it is the event",
    "clock_basis.put": "part of opening a case or of putting it right, which record it",
    "clocks.refresh": "keeps what the clock says after an event that was recorded",
    "correspondence.tell_team": "part of sending a search, which records it",
    "correspondence.write": "part of what owes the mail; its leaving is recorded",
    "councils.ensure_councils": "reference data, which is no change to anybody's case",
    "holds.ensure_inquiry_hold": "part of making the councils: reference data, on by default",
    "jobs.enqueue": "part of what owes the work",
    "jobs.enqueue_periodic": "work that comes round by the clock is no change to a case",
    "jobs.sweep": "sends again what is owed already",
    "keys.create_data_key": "part of opening a case or taking in a mail",
    "keys.destroy_data_key": "the caller records why",
    "keys.rewrap_data_keys": "the same key under another; no file changes",
    "likenesses.owe_comparison": "part of converting a record, which records it",
    "page_index.add": "part of converting a record, which records it",
    "pages.mark_looked_at": "part of looking at a page, which records it",
    "notices.owe": "part of a decision, which records it",
    "pages.mark_seen": "part of marking or looking at a page, which record it",
    "record_order.place": "part of adding, converting or describing a record, which record it",
    "records.set_scope": "part of describing a record and of deciding, which record it",
    "coverage.recheck": "part of changing or adding somebody, which record it",
    "people.new_row": "part of adding somebody or opening a case, which record it",
    "scans.free_held_records": "owes again what was owed already",
    "stages.move": "part of what moves the case, which records it",
    "uploads.begin_for_case": "nothing of the file is here yet; the record is told once whole",
    "uploads.begin_for_search": "nothing of the file is here yet; the record is told once whole",
    "submissions.begin": "that a form was sent is no change to a case",
    "submissions.finish": "that a form was sent is no change to a case",
}
COMPOSED = {"first_start.load_demonstration": "adds staff, takes in a mail, opens a case, uploads"}
# Of the silent ones, those that views, commands and workers may call by themselves.
CALLED_FROM_OUTSIDE = {
    "councils.ensure_councils",
    "jobs.enqueue",
    "jobs.enqueue_periodic",
    "jobs.sweep",
    "keys.rewrap_data_keys",
    "scans.free_held_records",
    "pages.mark_looked_at",  # by the demonstration only
    "submissions.begin",
    "uploads.begin_for_case",
    "uploads.begin_for_search",
    "submissions.finish",
}


# Names, addresses and words of people stay in the rows that retention destroys.
PERSONAL = ("Niamh", "Brien", "Ben Example", "@", "She rang", "note.txt", "A note", "An advert")


@pytest.fixture(scope="module")
def services() -> Services:
    """What every service does, read from its source."""
    return Services()


def test_a_public_service_that_writes_records_it_or_stands_on_the_reviewed_list(
    services: Services,
) -> None:
    silent = services.public(services.writers - services.recorders)
    assert not silent - SILENT.keys(), "These write rows and record no event; call audit.record."
    assert not SILENT.keys() - silent, "These no longer stand for anything; take them off the list."


def test_a_silent_service_is_only_part_of_one_that_records(services: Services) -> None:
    used = set().union(*(names_used(ROOT / each) for each in ("sar/web", "sar/cli", "workers")))
    assert used & SILENT.keys() <= CALLED_FROM_OUTSIDE


def test_every_service_that_records_is_run_below(services: Services) -> None:
    expected = services.public(services.recorders) - COMPOSED.keys()
    assert not expected - CHANGES.keys(), "Give each a row in CHANGES: who, how, which events."
    assert not CHANGES.keys() - expected


SOURCE = """
from sar.extensions import db
from sar.services import audit, stages

def quiet(row): row.name = "changed"
def loud(row):
    row.name = "changed"
    audit.record("x")
def adds(row): db.session.add(row)
def through(row): _deep(row)
def _deep(row): stages.move(row)
def bulk(row): db.session.execute(update(row).values(a=1))
def appends(case, row): case.people.append(row)
def looks(row): return db.session.execute(select(row)).all()
"""


def test_the_reading_of_the_source_finds_each_way_to_write(tmp_path: Path) -> None:
    (tmp_path / "made.py").write_text(SOURCE)
    (tmp_path / "stages.py").write_text("def move(row): row.status = 1")
    found = Services(tmp_path)
    silent = found.public(found.writers - found.recorders)
    assert silent == {
        *(f"made.{name}" for name in ("quiet", "adds", "through", "bulk", "appends")),
        "stages.move",
    }
    assert found.writers & found.recorders == {"made.loud"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leaves_exactly_its_events(name: str, restored: Desk) -> None:
    who, act, expected = CHANGES[name]
    before = restored.contents()
    with restored.app.app_context():
        last = audit.check_chain().count
        act(Acting(restored, who))
        db.session.commit()
        report = audit.check_chain()
        query = db.select(audit.AuditEvent).where(audit.AuditEvent.sequence > last)
        found = db.session.scalars(query.order_by(audit.AuditEvent.sequence)).all()
        assert tuple(event.name.value for event in found) == expected
        assert report.faults == ()
        assert all(event.actor and event.subject_id for event in found)
        told = json.dumps([event.details for event in found])
        assert not [words for words in PERSONAL if words in told]
        db.session.remove()
    assert restored.contents() != before


def test_an_event_and_its_change_are_kept_or_lost_together(restored: Desk) -> None:
    before = restored.contents()
    with restored.app.app_context():
        by = Acting(restored, OFFICER)
        cases.close(by["case_id"], "Withdrawn.", by.actor)
        db.session.rollback()
        db.session.remove()
    assert restored.contents() == before
