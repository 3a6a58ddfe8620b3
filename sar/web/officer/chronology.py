"""The records of a case in the order they happened, and what is missing."""

from __future__ import annotations

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue

from sar.domain.permissions import Permission
from sar.services import cases, chronology, due
from sar.web.access import actor, allow
from sar.web.officer.blueprint import officer


@officer.get("/officer/cases/<uuid:case_id>/chronology")
@allow(Permission.RECORD_READ)
def show_chronology(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every record in scope, oldest first and undated last, with the gaps before them."""
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    return render_template(
        "officer/show_chronology.html",
        case=case,
        due=due.due_of(case, actor().today),
        told=chronology.chronology_of(case, request.args.get("page", 1, type=int)),
    )
