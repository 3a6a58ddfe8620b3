"""From a file as supplied to pages an officer can see and mark: a worker's job."""

from __future__ import annotations

import json
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from sar.adapters.doors import doors
from sar.adapters.files import OpenKey, StoredFile
from sar.adapters.jobs import Report, Stage, Stages
from sar.documents.errors import DocumentFault
from sar.documents.ingest import Ingested, ingest
from sar.documents.layout import PageLayout
from sar.documents.record_date import record_date
from sar.domain.events import EventName
from sar.domain.searching import RecordStatus, ScanResult
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.record import Page, Record
from sar.services import audit, likenesses, page_index, record_order, records, scans
from sar.services.actor import Actor, system
from sar.services.keys import open_data_key

MAX_DEPTH = 8
MAX_INSIDE = 2000
TOO_DEEP = "There are too many files inside files. Upload the inner files by themselves."
NOT_FINISHED = "This file could not be converted. Its original is kept. Ask for another copy."


@dataclass(frozen=True)
class KeptPage:
    """A page's picture and words, in the store."""

    layout: PageLayout
    picture: StoredFile
    words: StoredFile


@dataclass(frozen=True)
class Kept:
    """All that came of one file, in the store, not yet rows."""

    ingested: Ingested
    prepared: StoredFile | None
    pages: tuple[KeptPage, ...]
    children: tuple[tuple[str, StoredFile], ...]


def convert_record(record_id: uuid.UUID, report: Report) -> Stages:
    """Converts a record, keeps its pages, and owes the same for every file found inside it."""
    record = db.session.get(Record, record_id)
    if record is None or record.status is not RecordStatus.RECEIVED:
        return
    case = records.case_of(record)
    key, name, object_key = open_data_key(case.data_key_id), record.name, record.original_key
    yield Stage.WORK
    with tempfile.TemporaryDirectory(prefix="record-") as folder:
        source = Path(folder) / "source"
        doors().files.fetch(key, object_key, source)
        report(0, 3, "Looking for viruses")
        verdict = scans.verdict_on(source)
        kept = _convert(source, name, key, report) if verdict.may_be_opened else None
    yield Stage.SAVE
    record = db.session.get(Record, record_id)
    assert record is not None
    actor = system(now_utc())
    if verdict.result is ScanResult.WAITING:
        scans.hold(record, actor)
        return
    record.scan = verdict.result
    if kept is None:
        _quarantine(record, verdict.sentence, actor, verdict.fault)
    else:
        _save(record, kept, actor)
        _add_children(record, kept, actor)
    likenesses.owe_comparison(records.case_of(record))


def conversion_failed(record_id: uuid.UUID, sentence: str) -> None:
    """Puts a record whose conversion was given up in quarantine; its bytes are kept."""
    record = db.session.get(Record, record_id)
    if record is not None and record.status is RecordStatus.RECEIVED:
        _quarantine(record, sentence or NOT_FINISHED, system(now_utc()))
        likenesses.owe_comparison(records.case_of(record))


def _convert(source: Path, name: str, key: OpenKey, report: Report) -> Kept:
    scratch = source.parent / "scratch"
    scratch.mkdir()
    report(1, 3, "Converting")
    ingested = ingest(source, name, scratch)
    report(2, 3, "Keeping the pages")
    files = doors().files
    prepared = files.put(key, ingested.prepared) if ingested.prepared else None
    pages = tuple(
        KeptPage(
            layout,
            files.put(key, picture),
            files.put(key, json.dumps(layout.as_dict()).encode()),
        )
        for layout, picture in zip(ingested.layouts, ingested.pictures, strict=True)
    )
    children = tuple((child.name, files.put(key, child.path)) for child in ingested.children)
    return Kept(ingested, prepared, pages, children)


def _save(record: Record, kept: Kept, actor: Actor) -> None:
    ingested = kept.ingested
    record.media_type = ingested.media_type
    record.hidden = list(ingested.hidden)
    dated = record_date(record.name, ingested.media_type, ingested.dated_on, actor.today)
    record.dated_on, record.dated_from = dated.on, dated.source
    record_order.place(record)
    if ingested.fault is not None or kept.prepared is None:
        # An archive, or a mail box, is nothing but what is inside it: that is no fault.
        is_holder = ingested.fault is None and bool(kept.children)
        if not is_holder:
            _quarantine(record, ingested.sentence or NOT_FINISHED, actor, ingested.fault)
            return
    elif kept.prepared is not None:
        record.prepared_key, record.prepared_sha256 = kept.prepared.object_key, kept.prepared.sha256
    record.status = RecordStatus.CONVERTED
    record.pages = [_page(record, each) for each in kept.pages]
    db.session.flush()
    for page, each in zip(record.pages, kept.pages, strict=True):
        page_index.add(page, each.layout, each.picture.sha256)
    audit.record(
        EventName.RECORD_CONVERTED,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        pages=len(record.pages),
        inside=len(kept.children),
    )


def _page(record: Record, kept: KeptPage) -> Page:
    return Page(
        controller_id=record.controller_id,
        number=kept.layout.number,
        width=kept.layout.width,
        height=kept.layout.height,
        picture_key=kept.picture.object_key,
        layout_key=kept.words.object_key,
        is_ocr=kept.layout.is_ocr,
        confidence=kept.layout.confidence,
        is_hidden=kept.layout.is_hidden,
        needs_reading=kept.layout.needs_reading,
    )


def _add_children(record: Record, kept: Kept, actor: Actor) -> None:
    """Attachments become records of their own, of the same search, after their parent."""
    if not kept.children:
        return
    if _depth(record) >= MAX_DEPTH or _inside_count(record) + len(kept.children) > MAX_INSIDE:
        record.reason = TOO_DEEP
        return
    case = records.case_of(record)
    for name, stored in kept.children:
        records.add_stored(
            case,
            records.NewRecord(
                name, b"", record.scope, record.scope_reason, record.search_id, record.id
            ),
            stored,
            actor,
        )


def _depth(record: Record) -> int:
    depth, parent_id = 0, record.parent_id
    while parent_id is not None:
        parent = db.session.get(Record, parent_id)
        parent_id = parent.parent_id if parent else None
        depth += 1
    return depth


def _inside_count(record: Record) -> int:
    query = select(func.count()).where(
        Record.case_id == record.case_id, Record.parent_id.is_not(None)
    )
    return db.session.scalar(query) or 0


def _quarantine(
    record: Record, sentence: str, actor: Actor, fault: DocumentFault | None = None
) -> None:
    record.status, record.reason = RecordStatus.QUARANTINED, sentence
    db.session.flush()
    audit.record(
        EventName.RECORD_QUARANTINED,
        actor,
        record,
        controller_id=record.controller_id,
        case_id=record.case_id,
        fault=fault.value if fault else None,
    )
