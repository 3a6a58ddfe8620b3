"""The web's one door to a commit: a view that changes something is marked `@writes`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from sar.extensions import db
from sar.services import submissions
from sar.services.errors import ConflictError

FORM_KEY = "form_key"
Viewed = Callable[..., ResponseReturnValue]


def writes(view: Viewed) -> Viewed:
    """Commits when the view answers below 400, rolls back otherwise, and does a form only once.

    A form carries a key of its own. The first to post it does the work; whoever posts it again,
    by a double press or a reload, is sent where the first was sent.
    """

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401  # any view
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return view(*args, **kwargs)
        try:
            return _once(lambda: make_response(view(*args, **kwargs)))
        except StaleDataError:
            db.session.rollback()
            raise ConflictError(
                "Somebody else changed this while you were working on it. Look at it again."
            ) from None
        except BaseException:
            db.session.rollback()
            raise

    return wrapped


def _once(respond: Callable[[], Response]) -> ResponseReturnValue:
    key = _form_key()
    if key is not None:
        try:
            earlier = submissions.begin(key, request.endpoint or "")
        except IntegrityError:
            db.session.rollback()
            earlier = submissions.location(key)
        if earlier is not None:
            db.session.rollback()
            return redirect(earlier)
    response = respond()
    if response.status_code >= 400:
        db.session.rollback()
        return response
    if key is not None:
        if 300 <= response.status_code < 400:
            submissions.finish(key, response.location or request.path)
        else:  # a form shown again with its errors was not done: it may be posted again
            db.session.rollback()
            return response
    db.session.commit()
    return response


def _form_key() -> uuid.UUID | None:
    value = request.form.get(FORM_KEY, "")
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
