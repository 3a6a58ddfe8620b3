"""The clock of a case: how its dates came about, and what is recorded on it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.permissions import Permission
from sar.services import cases, clock_story, clocks
from sar.services.due import due_of
from sar.web.access import actor, allow
from sar.web.fields import DayField, long_text_field, radio_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class RecordClockEventForm(FlaskForm):
    """Something that happened to a clock."""

    type = radio_field("What happened?", required="Choose what happened")
    on = DayField("Date it happened", required="Enter the date it happened")
    reason = long_text_field(
        "Reason",
        hint="Needed for a question and for an extension: the person is owed it.",
        limit=2000,
    )


@officer.get("/officer/cases/<uuid:case_id>/clock")
@allow(Permission.CASE_READ)
def show_clock(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every date of a case, each with its reason."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    return render_template(
        "officer/show_clock.html",
        case=case,
        due=due_of(case, actor().today),
        story=clock_story.story_of(case, actor().today),
    )


@officer.route("/officer/cases/<uuid:case_id>/clock/record", methods=["GET", "POST"])
@allow(Permission.CLOCK_RECORD)
@writes
def record_clock_event(case_id: uuid.UUID) -> ResponseReturnValue:
    """Adds a dated event to a clock."""
    case = cases.case_for(case_id, actor(), Permission.CLOCK_RECORD)
    form = RecordClockEventForm(data={"on": actor().today})
    form.type.choices = clock_story.choices_for(case)
    if form.validate_on_submit() and form.on.data:
        event = ClockEvent(ClockEventType(form.type.data), form.on.data)
        reason = form.reason.data or ""
        if attempt(form, lambda: clocks.record_event(case_id, event, reason, actor())):
            flash("The event is recorded and the dates are counted again.", "done")
            return redirect(url_for("officer.show_clock", case_id=case_id))
    return render_form("officer/record_clock_event.html", form, case=case)


@officer.post("/officer/cases/<uuid:case_id>/clock/<uuid:event_id>/strike")
@allow(Permission.CLOCK_RECORD)
@writes
def strike_clock_event(case_id: uuid.UUID, event_id: uuid.UUID) -> ResponseReturnValue:
    """Strikes out an event that was recorded by mistake."""
    clocks.strike_event(case_id, event_id, actor())
    flash("The event is struck out and the dates are counted again.", "done")
    return redirect(url_for("officer.show_clock", case_id=case_id))
