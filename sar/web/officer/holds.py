"""Holds: what may not be destroyed for now, who owns each, and lifting them."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.holds import HoldKind
from sar.domain.permissions import Permission
from sar.services import cases, holds
from sar.web.access import actor, allow
from sar.web.fields import DayField, long_text_field, radio_field, select_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

COVERING = [
    (holds.Covering.CASE.value, "This case"),
    (holds.Covering.PERSON.value, "Everything about the person this case is about"),
    (holds.Covering.COUNCIL.value, "Everything the council has"),
]
NEXT = "Within a year"


class PlaceHoldForm(FlaskForm):
    """A new hold."""

    kind = radio_field(
        "Why is it kept?", [(each.value, each.label) for each in HoldKind], "Say why it is kept"
    )
    name = text_field("What is it called?", "Enter a name", hint="Such as a claim's reference")
    reason = long_text_field("Reason", "Say why it is placed", limit=2000, rows=3)
    covering = radio_field("What does it cover?", COVERING, "Say what it covers")
    owner = select_field("Who looks at it again?", required="Choose who looks at it again")
    review_on = DayField("When?", required="Enter the day it is looked at", description=NEXT)


class ReviewHoldForm(FlaskForm):
    """A hold that goes on."""

    owner = select_field("Who looks at it next?", required="Choose who looks at it next")
    review_on = DayField("When?", required="Enter the day it is looked at", description=NEXT)


class LiftHoldForm(FlaskForm):
    """The end of a hold."""

    reason = long_text_field("Why is it lifted?", "Say why it is lifted", limit=2000, rows=3)


@officer.get("/officer/holds")
@allow(Permission.HOLD_PLACE)
def list_holds() -> ResponseReturnValue:
    """Every hold of the person's councils."""
    due = {each.id for each in holds.to_review(actor())}
    return render_template("officer/list_holds.html", holds=holds.all_holds(actor()), due=due)


@officer.route("/officer/cases/<uuid:case_id>/holds/new", methods=["GET", "POST"])
@allow(Permission.HOLD_PLACE)
@writes
def place_hold(case_id: uuid.UUID) -> ResponseReturnValue:
    """Places a hold from a case."""
    case = cases.case_for(case_id, actor(), Permission.HOLD_PLACE)
    form = PlaceHoldForm()
    form.owner.choices = _owners(case.controller_id)
    if form.validate_on_submit() and form.review_on.data:
        new = holds.NewHold(
            HoldKind(form.kind.data),
            form.name.data or "",
            form.reason.data or "",
            holds.Covering(form.covering.data),
            uuid.UUID(form.owner.data),
            form.review_on.data,
        )
        if attempt(form, lambda: holds.place(case_id, new, actor())):
            flash("The hold is on. Nothing it covers can be erased.", "done")
            return redirect(url_for("officer.list_holds"))
    return render_form("officer/place_hold.html", form, case=case)


@officer.route("/officer/holds/<uuid:hold_id>/review", methods=["GET", "POST"])
@allow(Permission.HOLD_PLACE)
@writes
def review_hold(hold_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a hold on, with its next owner and day."""
    hold = holds.hold_for(hold_id, actor(), Permission.HOLD_PLACE)
    form = ReviewHoldForm(data={"owner": str(hold.owner_id or "")})
    form.owner.choices = _owners(hold.controller_id)
    if form.validate_on_submit() and form.review_on.data:
        owner, day = uuid.UUID(form.owner.data), form.review_on.data
        if attempt(form, lambda: holds.review(hold_id, owner, day, actor())):
            flash("The hold stays on.", "done")
            return redirect(url_for("officer.list_holds"))
    return render_form("officer/review_hold.html", form, hold=hold)


@officer.route("/officer/holds/<uuid:hold_id>/lift", methods=["GET", "POST"])
@allow(Permission.HOLD_LIFT)
@writes
def lift_hold(hold_id: uuid.UUID) -> ResponseReturnValue:
    """Lifts a hold, with the reason."""
    hold = holds.hold_for(hold_id, actor(), Permission.HOLD_LIFT)
    form = LiftHoldForm()
    if form.validate_on_submit():
        reason = form.reason.data or ""
        if attempt(form, lambda: holds.lift(hold_id, reason, actor())):
            flash("The hold is lifted.", "done")
            return redirect(url_for("officer.list_holds"))
    return render_form("officer/lift_hold.html", form, hold=hold)


def _owners(controller_id: uuid.UUID) -> list[tuple[str, str]]:
    return [("", "Choose a person"), *holds.owners_of(controller_id, actor())]
