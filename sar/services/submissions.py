"""Forms already handled."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from sar.extensions import db
from sar.models.submission import Submission


def begin(key: uuid.UUID, endpoint: str) -> str | None:
    """Claims a form's key, or says where the first to post it was sent.

    A second post at the same moment waits here, then fails with sqlalchemy.exc.IntegrityError.
    """
    earlier = location(key)
    if earlier is not None:
        return earlier
    db.session.add(Submission(key=key, endpoint=endpoint, location=""))
    db.session.flush()
    return None


def finish(key: uuid.UUID, where: str) -> None:
    """Notes where the sender of the form was sent."""
    row = db.session.scalar(select(Submission).where(Submission.key == key))
    assert row is not None
    row.location = where
    db.session.flush()


def location(key: uuid.UUID) -> str | None:
    """Where the form's first sender was sent, or None when nobody posted it yet."""
    row = db.session.scalar(select(Submission).where(Submission.key == key))
    return row.location if row else None
