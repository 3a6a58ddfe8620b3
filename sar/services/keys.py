"""Data keys: made for a case, opened to use its files, wrapped again, destroyed."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.files import OpenKey
from sar.adapters.keys import KEY_BYTES
from sar.extensions import db
from sar.models.case import Case
from sar.models.key import DataKey
from sar.services import holds
from sar.services.errors import NotFoundError, RefusedError


def create_data_key(controller_code: str, case_id: UUID | None = None) -> DataKey:
    """A fresh key of the council, wrapped, as a row; `case_id` only tells whose it is."""
    key_id = uuid4()
    kek_id, wrapped = doors().keys.wrap(
        controller_code, secrets.token_bytes(KEY_BYTES), str(key_id)
    )
    row = DataKey(
        id=key_id, controller_code=controller_code, case_id=case_id, kek_id=kek_id, wrapped=wrapped
    )
    db.session.add(row)
    db.session.flush()
    return row


def open_data_key(key_id: UUID) -> OpenKey:
    """The key that opens the files kept under it.

    Raises:
        NotFoundError: the key has been destroyed, and its files with it.
        CouncilKeyError: the council's own key is missing or not the one that wrapped it.
    """
    row = db.session.get(DataKey, key_id)
    if row is None or row.wrapped is None:
        raise NotFoundError("The files of this case have been destroyed.")
    secret = doors().keys.unwrap(row.controller_code, row.kek_id, row.wrapped, str(row.id))
    return OpenKey(row.id, row.controller_code, secret)


def check_council_keys() -> None:
    """Refuses to go on over files that could not be opened; a new key would hide the loss.

    Raises:
        RefusedError: a council's key that is in use is not in the keys folder.
    """
    in_use = select(DataKey.controller_code, DataKey.kek_id).where(DataKey.wrapped.is_not(None))
    for code, kek_id in db.session.execute(in_use.distinct()):
        if not doors().keys.has(code, kek_id):
            raise RefusedError(
                f"The keys folder is not the one these data were made with: it lacks a key of "
                f"{code}. Restore it from its copy; without it the files cannot be opened."
            )


def rewrap_data_keys(controller_code: str) -> int:
    """Wraps every key of the council under its current one; returns how many were not yet."""
    ring = doors().keys
    current = ring.current(controller_code)
    rows = db.session.scalars(
        select(DataKey).where(
            DataKey.controller_code == controller_code,
            DataKey.kek_id != current,
            DataKey.wrapped.is_not(None),
        )
    ).all()
    for row in rows:
        assert row.wrapped is not None
        secret = ring.unwrap(controller_code, row.kek_id, row.wrapped, str(row.id))
        row.kek_id, row.wrapped = ring.wrap(controller_code, secret, str(row.id))
    db.session.flush()
    return len(rows)


def destroy_data_key(key_id: UUID, now: datetime) -> None:
    """Makes every file under the key unreadable for good; the caller records why.

    Raises:
        RefusedError: a hold or an open request keeps what the key opens from being destroyed.
    """
    row = db.session.get(DataKey, key_id)
    if row is not None and row.wrapped is not None:
        case = db.session.get(Case, row.case_id) if row.case_id else None
        if case is not None:
            holds.check_disposal(case)
        row.wrapped, row.destroyed_at = None, now
        db.session.flush()
