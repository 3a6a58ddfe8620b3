"""Triage: messages that wait, and what is done with each."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import mail_reading, messages, worklists
from sar.web.access import actor, allow
from sar.web.fields import long_text_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

WAITING = "waiting"


class JoinMessageForm(FlaskForm):
    """Which case a message is part of."""

    reference = text_field("Case reference", "Enter the reference of the case", limit=20)


class SetAsideMessageForm(FlaskForm):
    """Why nothing is to be done with a message."""

    reason = long_text_field("Why it is set aside", "Say why the message is set aside", limit=2000)


@officer.get("/officer/messages")
@allow(Permission.MESSAGE_READ)
def list_messages() -> ResponseReturnValue:
    """Messages nobody has dealt with, oldest first; or those that were, by status."""
    status = request.args.get("status", WAITING)
    is_waiting = status == WAITING
    found = messages.waiting(actor()) if is_waiting else worklists.messages_with(status, actor())
    return render_template(
        "officer/list_messages.html",
        messages=found,
        status=status,
        statuses=worklists.MESSAGE_STATUSES,
        kind_label=mail_reading.kind_label,
    )


@officer.get("/officer/messages/<uuid:message_id>")
@allow(Permission.MESSAGE_READ)
def show_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """A message, what triage makes of it, and what can be done."""
    reading = mail_reading.reading_of(message_id, actor())
    return render_template("officer/show_message.html", reading=reading)


@officer.route("/officer/messages/<uuid:message_id>/join", methods=["GET", "POST"])
@allow(Permission.MESSAGE_TRIAGE)
@writes
def join_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """Makes a message part of a case that is already open."""
    message = messages.message_for(message_id, actor())
    form = JoinMessageForm()
    if form.validate_on_submit():
        reference = form.reference.data or ""
        case = attempt(form, lambda: messages.join_case(message_id, reference, actor()))
        if case is not None:
            flash(f"The message is now part of {case.reference}.", "done")
            return redirect(url_for("officer.show_case", case_id=case.id))
    return render_form("officer/join_message.html", form, message=message)


@officer.route("/officer/messages/<uuid:message_id>/set-aside", methods=["GET", "POST"])
@allow(Permission.MESSAGE_TRIAGE)
@writes
def set_aside_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that nothing need be done with a message, and why."""
    message = messages.message_for(message_id, actor())
    form = SetAsideMessageForm()
    if form.validate_on_submit():
        reason = form.reason.data or ""
        if attempt(form, lambda: messages.set_aside(message_id, reason, actor())):
            flash("The message is set aside. It can be brought back.", "done")
            return redirect(url_for("officer.list_messages"))
    return render_form("officer/set_aside_message.html", form, message=message)


@officer.post("/officer/messages/<uuid:message_id>/bring-back")
@allow(Permission.MESSAGE_TRIAGE)
@writes
def bring_back_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """Puts a message back in triage."""
    messages.bring_back(message_id, actor())
    flash("The message is back in triage.", "done")
    return redirect(url_for("officer.show_message", message_id=message_id))
