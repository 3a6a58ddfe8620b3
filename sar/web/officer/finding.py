"""Finding words in all pages of a case, and leaving out what was found."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from sar.documents.page_terms import LONGEST_QUERY, Sought, Way
from sar.domain.permissions import Permission
from sar.services import cases, due, finding, workspace
from sar.services.redactions import Reason
from sar.web.access import actor, allow
from sar.web.fields import select_field, text_field
from sar.web.filters import plural
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.officer.sought import wanted_from
from sar.web.transaction import writes


class MarkHitsForm(FlaskForm):
    """Why the ticked hits are left out; `confirmed` once the counts have been seen."""

    code = select_field("Why is it left out?", required="Choose why it is left out")
    comment = text_field("Note for the approver", hint="The requester does not see this.")
    confirmed = HiddenField()


@officer.get("/officer/cases/<uuid:case_id>/find")
@allow(Permission.RECORD_READ)
def find_in_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Looks for words in every page of the case, read from the file or from a scan."""
    return _results(case_id, MarkHitsForm())


@officer.post("/officer/cases/<uuid:case_id>/find")
@allow(Permission.REDACTION_MARK)
@writes
def mark_hits(case_id: uuid.UUID) -> ResponseReturnValue:
    """Shows what the ticked hits come to, and once that is confirmed leaves them out."""
    case = cases.case_for(case_id, actor(), Permission.REDACTION_MARK)
    wanted = wanted_from(request.args)
    form = MarkHitsForm()
    form.code.choices = workspace.codes_for(case)
    if wanted is None or not form.validate_on_submit():
        return _results(case_id, form)
    keys = None if "everywhere" in request.form else set(request.form.getlist("hit"))
    if not form.confirmed.data:
        marking = attempt(form, lambda: finding.dry_run(case, wanted, keys))
        return _results(case_id, form) if marking is None else _confirm(case_id, form, marking)
    reason = Reason(form.code.data, form.comment.data or "")
    marked = attempt(form, lambda: finding.mark(case_id, wanted, keys, reason, actor()))
    if marked is None:
        return _results(case_id, form)
    page_count = len({each.page_id for each in marked})
    flash(f"{plural(len(marked), 'area')} on {plural(page_count, 'page')} left out.", "done")
    return redirect(url_for("officer.find_in_case", case_id=case_id, **_asked()))


@officer.get("/officer/cases/<uuid:case_id>/not-searched")
@allow(Permission.RECORD_READ)
def list_not_searched(case_id: uuid.UUID) -> ResponseReturnValue:
    """Pages whose words no search can speak for: a person must read them."""
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    rows, count = finding.not_searched(case, limit=500)
    return render_template(
        "officer/list_not_searched.html",
        case=case,
        due=due.due_of(case, actor().today),
        rows=rows,
        count=count,
    )


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in ("find", "way", "exact") if name in request.args}


def _confirm(
    case_id: uuid.UUID, form: MarkHitsForm, marking: finding.Marking
) -> ResponseReturnValue:
    case = cases.case_for(case_id, actor(), Permission.REDACTION_MARK)
    return render_template(
        "officer/confirm_hits.html",
        form=form,
        case=case,
        due=due.due_of(case, actor().today),
        marking=marking,
        asked=_asked(),
        hits=request.form.getlist("hit"),
        is_everywhere="everywhere" in request.form,
    )


def _results(case_id: uuid.UUID, form: MarkHitsForm) -> ResponseReturnValue:
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    form.code.choices = workspace.codes_for(case)
    wanted = wanted_from(request.args) or Sought(())
    unread, unread_count = finding.not_searched(case)
    return render_form(
        "officer/find_in_case.html",
        form,
        case=case,
        due=due.due_of(case, actor().today),
        asked=_asked(),
        ways=[(way.value, way.label) for way in Way],
        wanted=wanted,
        found=finding.find(case, wanted, request.args.get("page", 1, type=int)),
        unread=unread,
        unread_count=unread_count,
        longest=LONGEST_QUERY,
        ticked=set(request.form.getlist("hit")),
    )
