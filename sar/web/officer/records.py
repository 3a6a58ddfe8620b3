"""The records of a case: what came, how far it is, what is in scope."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.services import (
    bundles,
    case_services,
    cases,
    consultations,
    due,
    likenesses,
    progress,
    record_lists,
    records,
    uploads,
)
from sar.web import parts
from sar.web.access import actor, allow
from sar.web.fields import DayField, files_field, long_text_field, radio_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes
from sar.web.uploads import added_words, spooled, takes_files


class AddRecordsForm(FlaskForm):
    """Files an officer has."""

    files = files_field("Files", "Choose at least one file", "You can choose many at once.")


class RecordForm(FlaskForm):
    """What the requester reads a record is called, and whether it belongs in the disclosure."""

    title = text_field(
        "What the requester reads it is called",
        hint="Leave this empty to call it only by its kind. Never name anybody else here.",
    )
    dated_on = DayField("Date of the record", description="Records are put in order by it.")
    scope = radio_field(
        "Does it belong in the disclosure?", required="Say whether it belongs in the disclosure"
    )
    reason = long_text_field("Reason", hint="Needed for anything that is not in scope.", rows=2)


@officer.get("/officer/cases/<uuid:case_id>/records")
@allow(Permission.RECORD_READ)
def list_records(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every record, oldest first, and how its pages add up."""
    return _list(case_id, AddRecordsForm())


@officer.get("/officer/cases/<uuid:case_id>/records/progress")
@allow(Permission.RECORD_READ)
def show_records_progress(case_id: uuid.UUID) -> ResponseReturnValue:
    """How far the conversion is: a fragment that refreshes itself."""
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    return render_template(
        "officer/records_progress.html", case=case, progress=progress.of_case_records(case.id)
    )


@officer.post("/officer/cases/<uuid:case_id>/records")
@allow(Permission.RECORD_ADD)
@takes_files
@writes
def add_records(case_id: uuid.UUID) -> ResponseReturnValue:
    """Adds files to the case."""
    form = AddRecordsForm()
    if form.validate_on_submit():
        with spooled(form.files.data) as files:
            kept = attempt(form, lambda: records.upload(case_id, files, actor()))
        if kept is not None:
            flash(added_words(len(kept), len(files)), "done")
            return redirect(url_for("officer.list_records", case_id=case_id))
    return _list(case_id, form)


@officer.post("/officer/cases/<uuid:case_id>/uploads")
@allow(Permission.RECORD_ADD)
@writes
def begin_upload(case_id: uuid.UUID) -> ResponseReturnValue:
    """Announces a file that a script will send in parts."""
    return parts.begin(lambda offered: uploads.begin_for_case(case_id, offered, actor()))


@officer.post("/officer/uploads/<uuid:upload_id>")
@allow(Permission.RECORD_ADD)
@takes_files
@writes
def take_part(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The next part of a file."""
    return parts.take(upload_id)


@officer.route("/officer/records/<uuid:record_id>", methods=["GET", "POST"])
@allow(Permission.RECORD_READ)
@writes
def show_record(record_id: uuid.UUID) -> ResponseReturnValue:
    """One record: what it is, its hidden content, its pages, its scope."""
    record = records.record_for(record_id, actor(), Permission.RECORD_READ)
    form = RecordForm(
        title=record.title,
        dated_on=record.dated_on,
        scope=record.scope.value,
        reason=record.scope_reason,
    )
    choices = dict.fromkeys((*record_lists.choices_of(record), record.scope))
    form.scope.choices = [(scope.value, scope.label) for scope in choices]
    if form.validate_on_submit():
        described = records.Described(
            form.title.data or "",
            RecordScope(form.scope.data),
            form.reason.data or "",
            form.dated_on.data,
        )
        if attempt(form, lambda: records.describe(record_id, described, actor())):
            flash("The record has been changed.", "done")
            return redirect(url_for("officer.show_record", record_id=record_id))
    case = records.case_of(record)
    return render_form(
        "officer/show_record.html",
        form,
        record=record,
        case=case,
        due=due.due_of(case, actor().today),
        public_title=bundles.public_title(record),
        children=records.inside(record),
        likenesses=likenesses.of_record(record),
        is_split=case_services.is_split(case),
    )


def _list(case_id: uuid.UUID, form: AddRecordsForm) -> ResponseReturnValue:
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    return render_form(
        "officer/list_records.html",
        form,
        case=case,
        due=due.due_of(case, actor().today),
        listed=record_lists.listed(
            case, request.args.get("place", ""), request.args.get("page", 1, type=int)
        ),
        consultations=consultations.of_case(case),
        copies_to_decide=likenesses.of_case(case).open_count,
        progress=progress.of_case_records(case.id),
    )
