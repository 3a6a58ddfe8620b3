"""Copies, near copies and quoted mails: a list, each pair side by side, and what is decided."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import cases, due, likenesses, records
from sar.web.access import actor, allow
from sar.web.fields import radio_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class LikenessForm(FlaskForm):
    """Which of the two is kept."""

    decision = radio_field(
        "What should be done?",
        (
            ("copy", "Leave out the first, keep the second"),
            ("swap", "Keep the first, leave out the second"),
            ("both", "Keep both: they are not the same"),
        ),
        "Say which is kept",
    )


@officer.get("/officer/cases/<uuid:case_id>/copies")
@allow(Permission.RECORD_READ)
def list_likenesses(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every pair of records or pages that say the same, those to decide first."""
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    return render_template(
        "officer/list_likenesses.html",
        case=case,
        due=due.due_of(case, actor().today),
        listed=likenesses.of_case(case, request.args.get("page", 1, type=int)),
    )


@officer.get("/officer/copies/<uuid:likeness_id>")
@allow(Permission.RECORD_READ)
def show_likeness(likeness_id: uuid.UUID) -> ResponseReturnValue:
    """A pair side by side, with the words that differ marked."""
    return _page(likeness_id, LikenessForm())


@officer.post("/officer/copies/<uuid:likeness_id>")
@allow(Permission.REDACTION_MARK)
@writes
def decide_likeness(likeness_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps one of a pair, or both."""
    form = LikenessForm()
    if form.validate_on_submit():
        decision = form.decision.data
        row = attempt(
            form,
            lambda: (
                likenesses.keep_both(likeness_id, actor())
                if decision == "both"
                else likenesses.keep_one(likeness_id, actor(), is_swapped=decision == "swap")
            ),
        )
        if row is not None:
            flash("Both are kept." if decision == "both" else "One is kept.", "done")
            return redirect(url_for("officer.list_likenesses", case_id=row.case_id))
    return _page(likeness_id, form)


def _page(likeness_id: uuid.UUID, form: LikenessForm) -> ResponseReturnValue:
    row = likenesses.likeness_for(likeness_id, actor())
    case = records.case_of(row.copy)
    return render_form(
        "officer/show_likeness.html",
        form,
        row=row,
        case=case,
        due=due.due_of(case, actor().today),
        sides=likenesses.side_by_side(row),
        inside=records.inside(row.copy),
    )
