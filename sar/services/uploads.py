"""Files that arrive in parts: begun, continued where they broke off, and whole at last."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event, select

from sar.adapters.doors import doors
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.case import Case
from sar.models.search import Search
from sar.models.upload import Upload, UploadPart
from sar.services import records, searches
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.errors import NotFoundError, RefusedError
from sar.services.keys import open_data_key

MOST_BYTES = 2**31 - 1
TOO_BIG = "This file is bigger than 2 GB. Split it, or upload what is inside it by itself."


@dataclass(frozen=True)
class Offered:
    """A file as a browser describes it before sending any of it."""

    name: str
    byte_count: int
    mark: str


@dataclass(frozen=True)
class Arrived:
    """How much of a file is here; `is_known` when it is whole and was here before."""

    upload_id: uuid.UUID
    received: int
    is_whole: bool = False
    is_known: bool = False


def begin_for_case(case_id: uuid.UUID, offered: Offered, actor: Actor) -> Arrived:
    """Begins, or goes on with, a file that an officer adds to a case."""
    return _begin(load(Case, case_id, actor, Permission.RECORD_ADD), None, offered, actor)


def begin_for_search(search_id: uuid.UUID, offered: Offered, actor: Actor) -> Arrived:
    """Begins, or goes on with, a file that a team supplies; refused once it has answered."""
    search = searches.open_search(search_id, actor)
    return _begin(search.case, search, offered, actor)


def take_part(upload_id: uuid.UUID, start: int, content: bytes, actor: Actor) -> Arrived:
    """Keeps the next bytes of a file; with the last of them it becomes a record.

    A part that does not begin where the file broke off is not kept: the answer says where to go on.

    Raises:
        NotFoundError: it is another person's upload, or there is none.
        RefusedError: more arrives than was announced, or the team has answered meanwhile.
    """
    upload = _upload(upload_id, actor)
    if start != upload.received:
        return Arrived(upload.id, upload.received)
    if upload.received + len(content) > upload.byte_count:
        raise RefusedError("More of this file arrived than was announced. Upload it again.")
    case = db.session.get_one(Case, upload.case_id)
    if content:
        kept = doors().files.put(open_data_key(case.data_key_id), content)
        part = UploadPart(
            controller_id=upload.controller_id, start=start, object_key=kept.object_key
        )
        upload.parts.append(part)
        upload.received += len(content)
        db.session.flush()
    if upload.received < upload.byte_count:
        return Arrived(upload.id, upload.received)
    return _finish(upload, case, actor)


def _begin(case: Case, search: Search | None, offered: Offered, actor: Actor) -> Arrived:
    if not 0 <= offered.byte_count <= MOST_BYTES:
        raise RefusedError(TOO_BIG)
    known = db.session.scalar(
        select(Upload).where(
            Upload.case_id == case.id,
            Upload.search_id == (search.id if search else None),
            Upload.added_by_id == actor.staff_id,
            Upload.name == offered.name,
            Upload.mark == offered.mark,
            Upload.byte_count == offered.byte_count,
        )
    )
    if known is not None:
        return Arrived(known.id, known.received)
    upload = Upload(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        search_id=search.id if search else None,
        added_by_id=actor.staff_id,
        name=offered.name,
        mark=offered.mark,
        byte_count=offered.byte_count,
        received=0,
    )
    db.session.add(upload)
    db.session.flush()
    return Arrived(upload.id, 0)


def _upload(upload_id: uuid.UUID, actor: Actor) -> Upload:
    """The actor's own upload, kept from being changed by another request meanwhile."""
    found = db.session.scalar(
        select(Upload)
        .where(Upload.id == upload_id, Upload.added_by_id == actor.staff_id)
        .with_for_update()
    )
    permission = Permission.SEARCH_ANSWER if found and found.search_id else Permission.RECORD_ADD
    if found is None or not actor.may(permission, found.controller_id):
        raise NotFoundError("There is no such upload, or it is not yours.")
    if found.search_id:
        searches.open_search(found.search_id, actor)
    return found


def _finish(upload: Upload, case: Case, actor: Actor) -> Arrived:
    keys = [part.object_key for part in upload.parts]
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        whole = Path(folder) / "whole"
        key = open_data_key(case.data_key_id)
        with whole.open("wb") as out:
            for object_key in keys:
                out.writelines(doors().files.stream(key, object_key))
        new = records.NewRecord(upload.name, whole, search_id=upload.search_id)
        added = records.add_new(case, [new], actor)
    upload_id, received = upload.id, upload.received
    db.session.delete(upload)
    db.session.flush()
    _forget_after_commit(keys)
    return Arrived(upload_id, received, is_whole=True, is_known=not added)


def _forget_after_commit(keys: Sequence[str]) -> None:
    """The parts go only once the record that was made of them is sure to stay."""

    def forget(_: object) -> None:
        for key in keys:
            doors().files.delete(key)

    event.listen(db.session(), "after_commit", forget, once=True)
