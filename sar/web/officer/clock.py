"""The clock of a case: how its dates came about, and what is recorded on it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.clock import ClockEvent, ClockEventType
from sar.domain.permissions import Permission
from sar.domain.rights import AccessKind
from sar.services import (
    cases,
    clock_basis,
    clock_story,
    clock_what_if,
    clocks,
    receipts,
    schools,
)
from sar.services.clock_basis import Basis
from sar.services.clock_what_if import Wish
from sar.services.due import due_of
from sar.web.access import actor, allow
from sar.web.fields import (
    DayField,
    long_text_field,
    radio_field,
    select_field,
    text_field,
    tick_field,
)
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

ACCESS_KINDS = [(str(each), each.label) for each in AccessKind]


class RecordClockEventForm(FlaskForm):
    """Something that happened to a clock."""

    type = radio_field("What happened?", required="Choose what happened")
    on = DayField("Date it happened", required="Enter the date it happened")
    reason = long_text_field(
        "Reason",
        hint="Needed for a question and for an extension: the person is owed it. Needed too when "
        "identity is asked for late: what a manager has agreed to.",
        limit=2000,
    )


class WhatIfForm(FlaskForm):
    """What is supposed to happen; sent by GET, and changes nothing."""

    class Meta:
        """Nothing is changed, so nothing is to be forged."""

        csrf = False

    ask = tick_field("I ask the person a question today")
    answered_on = DayField("They answer on")
    extend = tick_field("I tell the person today that I need two more months")


class ClockBasisForm(FlaskForm):
    """What a case is counted by."""

    received_on = DayField(
        "Date received",
        required="Enter the date received",
        description="The day anybody at the council first had it. The clock counts from then.",
    )
    received_by = text_field("Who received it", hint="A person, team or inbox", limit=120)
    is_part_3 = tick_field("The records are kept for law enforcement (Part 3 of the Act)")
    is_direct_marketing = tick_field("The objection is to direct marketing")
    access_kind = radio_field("What is asked to be seen?", ACCESS_KINDS, "Say what is asked for")
    school = select_field("School", hint="Whose calendar the 15 school days are counted by")
    reason = long_text_field(
        "Why is it changed?",
        "Write down why it is changed",
        hint="Kept as a note on the case: dates may already have been told.",
        limit=2000,
        rows=3,
    )


@officer.get("/officer/cases/<uuid:case_id>/clock")
@allow(Permission.CASE_READ)
def show_clock(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every date of a case, each with its reason; and what would become of them."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    form = WhatIfForm(formdata=request.args)
    form.validate()
    wish = Wish(bool(form.ask.data), form.answered_on.data, bool(form.extend.data))
    return render_template(
        "officer/show_clock.html",
        case=case,
        form=form,
        gap=receipts.gap_of(case),
        due=due_of(case, actor().today),
        story=clock_story.story_of(case, actor().today),
        what_if=clock_what_if.suppose(case, wish, actor().today),
    )


@officer.route("/officer/cases/<uuid:case_id>/clock/basis", methods=["GET", "POST"])
@allow(Permission.CLOCK_RECORD)
@writes
def change_clock_basis(case_id: uuid.UUID) -> ResponseReturnValue:
    """Puts right when a request was received and what kind it is; what was recorded is kept."""
    case = cases.case_for(case_id, actor(), Permission.CLOCK_RECORD)
    form = ClockBasisForm(data=_typed(clock_basis.basis_of(case)))
    form.school.choices = school_choices(case.controller_id)
    if form.validate_on_submit():
        basis = _basis(form).narrowed_to(case.right)
        reason = form.reason.data or ""
        if attempt(form, lambda: clock_basis.change(case_id, basis, reason, actor())):
            flash("It is put right and the dates are counted again.", "done")
            return redirect(url_for("officer.show_clock", case_id=case_id))
    return render_form("officer/change_clock_basis.html", form, case=case)


def school_choices(controller_id: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """The schools to choose from: a council's, or those of every council of the officer."""
    found = schools.schools_for(actor(), Permission.CASE_READ)
    return [
        ("", "Not known, or not in the list"),
        *(
            (str(each.id), each.name)
            for each in found
            if controller_id in {None, each.controller_id}
        ),
    ]


def _typed(basis: Basis) -> dict[str, object]:
    plain = {"access_kind": str(basis.access_kind), "school": str(basis.school_id or "")}
    return {**vars(basis), **plain}


def _basis(form: ClockBasisForm) -> Basis:
    assert form.received_on.data is not None
    return Basis(
        form.received_on.data,
        form.received_by.data or "",
        is_part_3=bool(form.is_part_3.data),
        is_direct_marketing=bool(form.is_direct_marketing.data),
        access_kind=AccessKind(form.access_kind.data),
        school_id=uuid.UUID(form.school.data) if form.school.data else None,
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
    is_asked = clocks.is_asked(case)
    return render_form("officer/record_clock_event.html", form, case=case, is_asked=is_asked)


@officer.post("/officer/cases/<uuid:case_id>/clock/<uuid:event_id>/strike")
@allow(Permission.CLOCK_RECORD)
@writes
def strike_clock_event(case_id: uuid.UUID, event_id: uuid.UUID) -> ResponseReturnValue:
    """Strikes out an event that was recorded by mistake."""
    clocks.strike_event(case_id, event_id, actor())
    flash("The event is struck out and the dates are counted again.", "done")
    return redirect(url_for("officer.show_clock", case_id=case_id))
