"""Sending a case for approval, and the second person's decision."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from sar.domain.permissions import Permission
from sar.services import reviews, workspace
from sar.web.access import actor, allow
from sar.web.fields import long_text_field, radio_field, tick_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class SubmitForm(FlaskForm):
    """The officer's own check, and a word to the approver."""

    checked = tick_field(
        "I have looked at every page and left out what must be left out",
        "Confirm that you have looked at every page",
    )
    comment = long_text_field("Anything the approver should know?", rows=3)


class DecisionForm(FlaskForm):
    """Approve or return; `content` is the hash of what the approver was shown."""

    content = HiddenField()
    decision = radio_field(
        "What do you decide?",
        (("approve", "Approve: it can be disclosed as it is"), ("return", "Return to the officer")),
        "Choose whether to approve or return",
    )
    comment = long_text_field("What should change?", hint="Needed when you return it.", rows=4)


@officer.route("/officer/cases/<uuid:case_id>/submit", methods=["GET", "POST"])
@allow(Permission.REDACTION_SUBMIT)
@writes
def submit_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Shows what stands in the way, and sends the case to a second person."""
    form = SubmitForm()
    if form.validate_on_submit() and attempt(
        form, lambda: reviews.submit(case_id, form.comment.data or "", actor())
    ):
        flash("Sent for approval. Somebody else must look at it.", "done")
        return redirect(url_for("officer.show_redaction_overview", case_id=case_id))
    work = workspace.overview(case_id, actor(), Permission.REDACTION_SUBMIT)
    return render_form("officer/submit_case.html", form, work=work)


@officer.route("/officer/cases/<uuid:case_id>/approval", methods=["GET", "POST"])
@allow(Permission.REDACTION_APPROVE)
@writes
def show_approval(case_id: uuid.UUID) -> ResponseReturnValue:
    """What is to be approved, page by page, and the decision."""
    work = workspace.overview(case_id, actor(), Permission.REDACTION_APPROVE)
    shown = work.review.content_hash if work.review else ""
    form = DecisionForm()
    if form.validate_on_submit() and attempt(form, lambda: _decide(case_id, form)):
        flash("Approved." if form.decision.data == "approve" else "Returned.", "done")
        return redirect(url_for("officer.list_approvals"))
    form.content.data = shown
    return render_form("officer/show_approval.html", form, work=work)


def _decide(case_id: uuid.UUID, form: DecisionForm) -> object:
    if form.decision.data == "approve":
        return reviews.approve(case_id, form.content.data or "", actor())
    return reviews.send_back(case_id, form.comment.data or "", actor())
