"""The virus scan of a record: before anything opens it, and never passed for want of a scanner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.jobs import JobName, Report, Stage, Stages
from sar.adapters.scanner import ScannerAwayError, TooBigToScanError
from sar.documents.errors import DocumentFault
from sar.domain.events import EventName
from sar.domain.searching import RecordStatus, ScanResult
from sar.extensions import db
from sar.models.record import Record
from sar.services import audit
from sar.services.actor import Actor
from sar.services.jobs import enqueue

FREED_AT_ONCE = 500
_INFECTED = (
    "The virus scanner found “{}” in this file, so it was not opened. "
    "Tell IT security, and ask the sender for a clean copy."
)
_TOO_BIG = (
    "This file is larger than the virus scanner takes, so it was not opened. "
    "Split it and upload the parts, or ask IT to raise the scanner's limit."
)


@dataclass(frozen=True)
class Verdict:
    """What came of the scan; a sentence and a fault where the file must not be opened."""

    result: ScanResult
    sentence: str = ""
    fault: DocumentFault | None = None

    @property
    def may_be_opened(self) -> bool:
        """True when it was found clean, or no scanner has been set up."""
        return self.result in {ScanResult.CLEAN, ScanResult.NOT_SCANNED}


def verdict_on(path: Path) -> Verdict:
    """Asks the scanner about a file; it may be away, which is no verdict."""
    scanner = doors().scanner
    if scanner is None:
        return Verdict(ScanResult.NOT_SCANNED)
    try:
        harm = scanner.harm_in(path)
    except ScannerAwayError:
        return Verdict(ScanResult.WAITING)
    except TooBigToScanError:
        return Verdict(ScanResult.TOO_BIG, _TOO_BIG, DocumentFault.TOO_BIG)
    if harm is None:
        return Verdict(ScanResult.CLEAN)
    return Verdict(ScanResult.INFECTED, _INFECTED.format(harm[:200]), DocumentFault.INFECTED)


def hold(record: Record, actor: Actor) -> None:
    """Keeps a record as it came until the scanner can be asked again."""
    record.scan = ScanResult.WAITING
    db.session.flush()
    audit.record(
        EventName.RECORD_HELD,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
    )


def free_held_records(report: Report) -> Stages:
    """Owes the conversion of held records again, once the scanner answers."""
    held = (
        select(Record)
        .where(Record.scan == ScanResult.WAITING, Record.status == RecordStatus.RECEIVED)
        .limit(FREED_AT_ONCE)
    )
    if db.session.scalar(held.limit(1)) is None:
        return
    yield Stage.WORK
    report(0, 1, "Asking the virus scanner")
    scanner = doors().scanner
    is_ready = scanner is None or scanner.is_ready()
    yield Stage.SAVE
    for record in db.session.scalars(held).all() if is_ready else ():
        record.scan = ScanResult.NOT_SCANNED
        enqueue(
            JobName.CONVERT_RECORD,
            record.id,
            controller_id=record.controller_id,
            case_id=record.case_id,
        )
