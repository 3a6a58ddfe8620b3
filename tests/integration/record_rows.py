"""Records with pages that say something, made without converting a file."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import date

from sar.adapters.doors import doors
from sar.documents.layout import PageLayout, Word
from sar.domain.redaction import Rect
from sar.domain.searching import RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import page_index, record_order
from sar.services.keys import open_data_key

PICTURE = b"RIFF0000WEBP"


def layout(number: int, lines: Sequence[str], *, is_ocr: bool = False) -> PageLayout:
    """A page of these lines, each word in a box of its own."""
    words = tuple(
        Word(word, Rect(60 + 55 * place, 60 + 20 * line, 110 + 55 * place, 74 + 20 * line), line)
        for line, text in enumerate(lines)
        for place, word in enumerate(text.split())
    )
    return PageLayout(number, 595, 842, words, is_ocr=is_ocr, confidence=60.0 if is_ocr else None)


def add_record(
    case_id: uuid.UUID,
    name: str,
    pages: Sequence[Sequence[str]] = (),
    dated_on: date | None = None,
    *,
    parent_id: uuid.UUID | None = None,
    content: bytes | None = None,
    is_ocr: bool = False,
) -> Record:
    """A converted record of a case, of these pages of lines."""
    case = db.session.get_one(Case, case_id)
    key, put = open_data_key(case.data_key_id), doors().files.put
    bytes_ = content if content is not None else repr((name, pages)).encode()
    original = put(key, bytes_)
    record = Record(
        controller_id=case.controller_id,
        case_id=case.id,
        parent_id=parent_id,
        name=name,
        media_type="application/pdf",
        byte_count=original.size,
        sha256=hashlib.sha256(bytes_).hexdigest(),
        original_key=original.object_key,
        prepared_key=original.object_key,
        prepared_sha256=original.sha256,
        status=RecordStatus.CONVERTED,
        dated_on=dated_on,
    )
    record.pages = [
        Page(
            controller_id=case.controller_id,
            number=number,
            width=595,
            height=842,
            picture_key=put(key, PICTURE).object_key,
            layout_key=put(
                key, json.dumps(layout(number, lines, is_ocr=is_ocr).as_dict()).encode()
            ).object_key,
            is_ocr=is_ocr,
        )
        for number, lines in enumerate(pages, 1)
    ]
    db.session.add(record)
    db.session.flush()
    record_order.place(record)
    for page, lines in zip(record.pages, pages, strict=True):
        page_index.add(page, layout(page.number, lines, is_ocr=is_ocr))
    db.session.flush()
    return record
