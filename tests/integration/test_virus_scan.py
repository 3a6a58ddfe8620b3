"""The virus scan, against a daemon that speaks ClamAV's protocol."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from sar.adapters.doors import doors, open_doors
from sar.adapters.scanner import Clamd, ScannerAwayError, TooBigToScanError
from sar.domain.searching import RecordStatus, ScanResult
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Record
from sar.services import conversion, records, scans
from tests.integration.conftest import Desk
from tests.integration.fake_clamd import EICAR, FakeClamd, fake_clamd
from tests.integration.record_rows import add_record


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[FakeClamd]:
    with fake_clamd() as daemon:
        yield daemon


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def test_a_clean_file_goes_whole_in_chunks_and_is_found_clean(
    clamd: FakeClamd, tmp_path: Path
) -> None:
    content = bytes(range(256)) * 1000
    assert Clamd(clamd.url).harm_in(written(tmp_path, content)) is None
    assert clamd.received == [content]
    assert clamd.chunks == [65536, 65536, 65536, 59392]


def test_the_test_signature_is_found_over_a_socket_of_the_file_system(tmp_path: Path) -> None:
    with fake_clamd(tmp_path / "clamd.ctl") as daemon:
        assert Clamd(daemon.url).is_ready()
        assert Clamd(daemon.url).harm_in(written(tmp_path, EICAR)) == "Eicar-Test-Signature"


def test_a_file_above_the_scanners_limit_is_told_apart(clamd: FakeClamd, tmp_path: Path) -> None:
    clamd.largest = 1000
    with pytest.raises(TooBigToScanError):
        Clamd(clamd.url).harm_in(written(tmp_path, bytes(30 << 20)))


@pytest.mark.parametrize("behaviour", ["silent", "hang-up", "error"])
def test_no_good_answer_is_never_taken_for_clean(
    clamd: FakeClamd, tmp_path: Path, behaviour: str
) -> None:
    clamd.behaviour = behaviour
    with pytest.raises(ScannerAwayError):
        Clamd(clamd.url, answer_seconds=0.5).harm_in(written(tmp_path, b"words"))


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_not_there_is_away(tmp_path: Path, url: str) -> None:
    assert not Clamd(url).is_ready()
    with pytest.raises(ScannerAwayError):
        Clamd(url).harm_in(written(tmp_path, b"words"))


@pytest.fixture
def scanned_desk(desk: Desk, clamd: FakeClamd) -> Iterator[FakeClamd]:
    """The desk with this daemon as its scanner."""
    before = doors()
    open_doors(replace(before, scanner=Clamd(clamd.url, answer_seconds=0.5)))
    yield clamd
    open_doors(before)


def supplied(desk: Desk, case_id: uuid.UUID, content: bytes) -> uuid.UUID:
    """A file that has just come."""
    with desk():
        record = add_record(case_id, "note.txt", content=content)
        record.status, record.prepared_key = RecordStatus.RECEIVED, None
        return record.id


def convert(desk: Desk, record_id: uuid.UUID) -> Record:
    """The record as its job leaves it."""
    with desk():
        list(conversion.convert_record(record_id, lambda *_: None))
    with desk():
        record = db.session.get_one(Record, record_id)
        assert record.scan
        db.session.expunge(record)
        return record


def test_an_infected_file_is_never_opened_and_its_original_stays(
    desk: Desk, case_id: uuid.UUID, scanned_desk: FakeClamd, officer: FlaskClient
) -> None:
    record = convert(desk, supplied(desk, case_id, b"Dear Ann " + EICAR))
    assert (record.status, record.scan) == (RecordStatus.QUARANTINED, ScanResult.INFECTED)
    assert "Eicar-Test-Signature" in record.reason
    assert "ask the sender for a clean copy" in record.reason
    with desk():
        kept = db.session.get_one(Record, record.id)
        case = records.case_of(kept)
        assert kept.pages == []
        assert EICAR in doors().files.read(
            conversion.open_data_key(case.data_key_id), kept.original_key
        )
    assert "A virus was found" in officer.get(f"/officer/records/{record.id}").text


def test_a_clean_file_is_converted_and_says_so(
    desk: Desk, case_id: uuid.UUID, scanned_desk: FakeClamd, officer: FlaskClient
) -> None:
    record = convert(desk, supplied(desk, case_id, b"Dear Ann"))
    assert (record.status, record.scan) == (RecordStatus.CONVERTED, ScanResult.CLEAN)
    assert "No virus found" in officer.get(f"/officer/records/{record.id}").text


def test_while_the_scanner_is_away_a_file_is_held_and_goes_on_when_it_is_back(
    desk: Desk, case_id: uuid.UUID, scanned_desk: FakeClamd, officer: FlaskClient
) -> None:
    scanned_desk.behaviour = "hang-up"
    record = convert(desk, supplied(desk, case_id, b"Dear Ann"))
    assert (record.status, record.scan) == (RecordStatus.RECEIVED, ScanResult.WAITING)
    shown = officer.get(f"/officer/cases/{case_id}/records").text
    assert "Waiting for the virus scanner" in shown
    assert free(desk) == []
    scanned_desk.behaviour = "well"
    assert free(desk) == [record.id]
    again = convert(desk, record.id)
    assert (again.status, again.scan) == (RecordStatus.CONVERTED, ScanResult.CLEAN)


def free(desk: Desk) -> list[uuid.UUID]:
    """What the round that comes by the clock lets go on."""
    with desk():
        waiting = select(Record.id).where(Record.scan == ScanResult.WAITING)
        before = set(db.session.scalars(waiting))
        list(scans.free_held_records(lambda *_: None))
        return list(before - set(db.session.scalars(waiting)))


def test_without_a_scanner_a_file_is_called_not_scanned_and_never_clean(
    desk: Desk, case_id: uuid.UUID, officer: FlaskClient
) -> None:
    record = convert(desk, supplied(desk, case_id, b"Dear Ann"))
    assert (record.status, record.scan) == (RecordStatus.CONVERTED, ScanResult.NOT_SCANNED)
    shown = officer.get(f"/officer/records/{record.id}").text
    assert "Not scanned for viruses" in shown
    assert "No virus found" not in shown


def test_a_file_too_large_for_the_scanner_is_set_aside_with_what_to_do(
    desk: Desk, case_id: uuid.UUID, scanned_desk: FakeClamd
) -> None:
    scanned_desk.largest = 10
    record = convert(desk, supplied(desk, case_id, b"Dear Ann" * 100))
    assert (record.status, record.scan) == (RecordStatus.QUARANTINED, ScanResult.TOO_BIG)
    assert "Split it" in record.reason
    with desk():
        assert db.session.get_one(Case, case_id)
