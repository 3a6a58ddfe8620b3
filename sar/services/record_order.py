"""The one order of a case's records: oldest first, undated last, what came inside after its parent.

It is kept as a key beside each record, so that a list, a page and its neighbours are found by an
index however many there are. A level of the key is a date, the start of the name and part of the
id, each of a fixed length and of letters and digits alone: it sorts alike by every collation, and a
parent's key begins the keys of all that was inside it.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import date

from sqlalchemy import select

from sar.extensions import db
from sar.models.record import Record

UNDATED = "99999999"
NAME_LETTERS = 16
ID_LETTERS = 8
IN_ORDER = (Record.order_key, Record.created_at, Record.name)


def key_of(dated_on: date | None, name: str, record_id: uuid.UUID) -> str:
    """One level of the key."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = re.sub(r"[^a-z0-9]", "", plain)[:NAME_LETTERS].ljust(NAME_LETTERS, "0")
    day = dated_on.isoformat().replace("-", "") if dated_on else UNDATED
    return f"{day}{letters}{record_id.hex[:ID_LETTERS]}"


def place(record: Record) -> None:
    """Gives a record, and all that was inside it, the place that follows from its date and name."""
    parent = db.session.get(Record, record.parent_id) if record.parent_id else None
    _place(record, parent.order_key if parent else "")


def _place(record: Record, before: str) -> None:
    own = before + key_of(record.dated_on, record.name, record.id)
    if own == record.order_key:
        return
    record.order_key = own
    for child in db.session.scalars(select(Record).where(Record.parent_id == record.id)):
        _place(child, own)
