"""The page of a case, and what is done to the case as a whole."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import cases, overview, users
from sar.web.access import actor, allow
from sar.web.fields import long_text_field, select_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class AssignCaseForm(FlaskForm):
    """Who is to work on a case."""

    officer = select_field("Officer", required="Choose an officer")


class NoteForm(FlaskForm):
    """Something to remember."""

    text = long_text_field("Note", "Write the note", hint="Everybody who can open the case sees it")


class CloseCaseForm(FlaskForm):
    """What came of a case."""

    outcome = long_text_field("What came of it", "Say what came of the case", limit=2000)


@officer.get("/officer/cases/<uuid:case_id>")
@allow(Permission.CASE_READ)
def show_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """A case: its clock, its people, its work."""
    return render_template(
        "officer/show_case.html", overview=overview.overview_of(case_id, actor())
    )


@officer.route("/officer/cases/<uuid:case_id>/assign", methods=["GET", "POST"])
@allow(Permission.CASE_ASSIGN)
@writes
def assign_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Gives a case to an officer of its council."""
    case = cases.case_for(case_id, actor(), Permission.CASE_ASSIGN)
    form = AssignCaseForm(data={"officer": str(case.officer_id or "")})
    form.officer.choices = [
        ("", "Choose an officer"),
        *users.officers_of(case.controller_id, actor()),
    ]
    if form.validate_on_submit():
        chosen = uuid.UUID(form.officer.data)
        if attempt(form, lambda: cases.assign(case_id, chosen, actor())):
            flash(f"{case.reference} has its officer.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/assign_case.html", form, case=case)


@officer.route("/officer/cases/<uuid:case_id>/notes/new", methods=["GET", "POST"])
@allow(Permission.CASE_NOTE)
@writes
def note_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a note on a case."""
    case = cases.case_for(case_id, actor(), Permission.CASE_NOTE)
    form = NoteForm()
    if form.validate_on_submit():
        cases.note(case_id, form.text.data or "", actor())
        flash("The note is kept.", "done")
        return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/note_case.html", form, case=case)


@officer.route("/officer/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@allow(Permission.CASE_CLOSE)
@writes
def close_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Closes a case with what came of it."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CLOSE)
    form = CloseCaseForm()
    if form.validate_on_submit():
        outcome = form.outcome.data or ""
        if attempt(form, lambda: cases.close(case_id, outcome, actor())):
            flash(f"{case.reference} is closed.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/close_case.html", form, case=case)


@officer.post("/officer/cases/<uuid:case_id>/reopen")
@allow(Permission.CASE_CLOSE)
@writes
def reopen_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Opens a closed case again."""
    case = cases.reopen(case_id, actor())
    flash(f"{case.reference} is open again.", "done")
    return redirect(url_for("officer.show_case", case_id=case_id))
