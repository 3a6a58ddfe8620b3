"""What every page may use: the form key, the permission question, the navigation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from markupsafe import Markup

from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.web.access import may
from sar.web.fields import error_list
from sar.web.transaction import FORM_KEY

_PLACES = (
    ("officer.show_work", "My work", Permission.CASE_READ),
    ("officer.list_cases", "All cases", Permission.CASE_READ),
    ("officer.list_messages", "Triage", Permission.MESSAGE_READ),
    ("officer.list_approvals", "Approvals", Permission.REDACTION_APPROVE),
    ("officer.list_holds", "Holds", Permission.HOLD_PLACE),
    ("team.list_searches", "Search requests", Permission.SEARCH_ANSWER),
    ("admin.list_tasks", "Administration", Permission.SETTINGS_READ),
)


def form_key_field() -> Markup:
    """A hidden field that makes this form work only once."""
    value = request.form.get(FORM_KEY) or str(uuid.uuid4())
    return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_KEY, value)


def navigation() -> list[dict[str, object]]:
    """The places this person may go."""
    if not current_user.is_authenticated:
        return []
    return [
        {"href": url_for(endpoint), "text": text, "active": request.endpoint == endpoint}
        for endpoint, text, permission in _PLACES
        if may(permission)
    ]


def scope_words(scopes: Iterable[RecordScope]) -> list[tuple[str, str]]:
    """Scopes as the value and words of radios."""
    return [(scope.value, scope.label) for scope in scopes]


def has_view(endpoint: str) -> bool:
    """Whether a page is part of this desk."""
    return endpoint in current_app.view_functions


def register_page(app: Flask) -> None:
    """Makes these available in templates."""
    app.add_template_global(form_key_field)
    app.add_template_global(navigation)
    app.add_template_global(may)
    app.add_template_global(has_view)
    app.add_template_global(scope_words)
    app.add_template_global(error_list)
