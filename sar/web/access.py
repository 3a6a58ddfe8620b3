"""Default deny: a view names its permission, or stands on the short open list.

Rows are limited apart from this, by council, in `sar/services/access.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sar.domain.permissions import Permission
from sar.services.actor import Actor

View = TypeVar("View", bound=Callable[..., Any])

OPEN = "open"
SIGNED_IN = "signed-in"


def allow(permission: Permission) -> Callable[[View], View]:
    """Marks a view as needing this permission for at least one council."""
    return _mark(permission.value)


def allow_signed_in(view: View) -> View:
    """Marks a view as open to any member of staff who has signed in."""
    return _mark(SIGNED_IN)(view)


def allow_anyone(reason: str) -> Callable[[View], View]:
    """Marks a view as open, and says why that is safe."""
    assert reason
    return _mark(OPEN)


def access_of(endpoint: str | None) -> str | None:
    """What the view behind an endpoint needs, or None where it forgot to say."""
    view = current_app.view_functions.get(endpoint or "")
    if endpoint == "static":
        return OPEN
    return getattr(view, "access", None)


def check_access() -> ResponseReturnValue | None:
    """Runs before every request; refuses whatever was not plainly allowed."""
    now()
    if request.endpoint is None:
        return None  # no such page: Flask answers 404 or 405
    needed = access_of(request.endpoint)
    if needed == OPEN:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    if needed == SIGNED_IN:
        return None
    if needed is None or Permission(needed) not in actor().permissions:
        abort(403)
    return None


def actor() -> Actor:
    """The member of staff behind this request, at its moment."""
    if "actor" not in g:
        g.actor = current_user.acting_at(now())
    made = g.actor
    assert isinstance(made, Actor)
    return made


def now() -> datetime:
    """The moment this request began, in UTC; a form refused for its token comes here first."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment = g.now
    assert isinstance(moment, datetime)
    return moment


def may(permission_value: str) -> bool:
    """For templates: whether to show a way to something."""
    return current_user.is_authenticated and Permission(permission_value) in actor().permissions


def _mark(value: str) -> Callable[[View], View]:
    def marked(view: View) -> View:
        view.access = value  # type: ignore[attr-defined]  # a function carries what it needs
        return view

    return marked
