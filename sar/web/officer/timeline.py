"""What happened on a case, newest first."""

from __future__ import annotations

import uuid

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from sar.domain.permissions import Permission
from sar.services import cases, timeline
from sar.services.due import due_of
from sar.web.access import actor, allow
from sar.web.officer.blueprint import officer


@officer.get("/officer/cases/<uuid:case_id>/timeline")
@allow(Permission.CASE_READ)
def show_timeline(case_id: uuid.UUID) -> ResponseReturnValue:
    """Who did what, filtered by sort through the address."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    kind = request.args.get("kind", "")
    told = timeline.timeline_of(case, kind, request.args.get("page", 1, type=int))

    def page_url(page: int) -> str:
        return url_for("officer.show_timeline", case_id=case_id, kind=kind or None, page=page)

    return render_template(
        "officer/show_timeline.html",
        case=case,
        due=due_of(case, actor().today),
        timeline=told,
        kinds=timeline.KINDS,
        page_url=page_url,
    )
