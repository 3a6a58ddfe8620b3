"""Deciding a case that is not about access, and restricting data meanwhile."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.decisions import Outcome, grounds_of, restricts_meanwhile
from sar.domain.permissions import Permission
from sar.domain.rights import Right
from sar.services import cases, decisions, holds
from sar.web.access import actor, allow
from sar.web.fields import (
    DayField,
    checkboxes_field,
    long_text_field,
    radio_field,
    tick_field,
)
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class DecideCaseForm(FlaskForm):
    """What came of a request, on which ground, and what the person is told."""

    outcome = radio_field(
        "What is decided?",
        [(each.value, each.label) for each in Outcome],
        "Choose what is decided",
    )
    grounds = checkboxes_field("On which ground?", required="Choose at least one ground")
    reasons = long_text_field(
        "What the person is told",
        hint="Needed unless all is done as asked. In plain words; it stands in the letter.",
    )
    offers_statement = tick_field(
        "We offer to keep the person's own account with the record",
        hint="Needed where a correction is refused, in whole or in part",
    )
    is_direct_marketing = tick_field("It is about adverts or newsletters")


class RestrictForm(FlaskForm):
    """Data that is only stored from now on."""

    what = long_text_field(
        "Which data is only stored from now on?", "Say which data", limit=2000, rows=3
    )


class LiftRestrictionForm(FlaskForm):
    """The end of a restriction, of which the person has been told."""

    told_on = DayField(
        "When was the person told that it ends?",
        required="Enter the day the person was told",
        description="They must be told before it is lifted",
    )


@officer.route("/officer/cases/<uuid:case_id>/decision", methods=["GET", "POST"])
@allow(Permission.DECISION_MAKE)
@writes
def decide_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Decides the case; who was given the data becomes a list of tasks where it changes."""
    case = cases.case_for(case_id, actor(), Permission.DECISION_MAKE)
    known = {"is_direct_marketing": case.is_direct_marketing}
    form = DecideCaseForm(data={"reasons": decisions.suggested_reasons(case), **known})
    form.grounds.choices = [(each.code, each.words) for each in grounds_of(case.right)]
    if case.right is not Right.RECTIFICATION:
        del form.offers_statement
    if case.right is not Right.OBJECTION:
        del form.is_direct_marketing
    if form.validate_on_submit() and attempt(form, lambda: _decide(case_id, form)):
        flash("The decision is kept.", "done")
        return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form(
        "officer/decide_case.html",
        form,
        case=case,
        hints=[{"hint": {"text": each.article}} for each in grounds_of(case.right)],
        meanwhile=restricts_meanwhile(case.right, is_direct_marketing=case.is_direct_marketing),
        frozen=holds.frozen_because(case, is_own_answer=True)
        if case.right is Right.ERASURE
        else (),
    )


@officer.route("/officer/cases/<uuid:case_id>/restriction", methods=["GET", "POST"])
@allow(Permission.DECISION_MAKE)
@writes
def restrict_data(case_id: uuid.UUID) -> ResponseReturnValue:
    """Begins to keep data stored and nothing else."""
    case = cases.case_for(case_id, actor(), Permission.DECISION_MAKE)
    form = RestrictForm()
    if form.validate_on_submit():
        what = form.what.data or ""
        if attempt(form, lambda: decisions.restrict(case_id, what, actor())):
            flash("The restriction is on. Tell the teams that hold the data.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/restrict_data.html", form, case=case)


@officer.route("/officer/cases/<uuid:case_id>/restriction/lift", methods=["GET", "POST"])
@allow(Permission.DECISION_MAKE)
@writes
def lift_restriction(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ends a restriction once the person has been told."""
    case = cases.case_for(case_id, actor(), Permission.DECISION_MAKE)
    form = LiftRestrictionForm()
    if form.validate_on_submit():
        told_on = form.told_on.data
        if attempt(form, lambda: decisions.lift_restriction(case_id, told_on, actor())):
            flash("The restriction is lifted.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form(
        "officer/lift_restriction.html",
        form,
        case=case,
        restriction=decisions.standing_restriction(case),
    )


def _decide(case_id: uuid.UUID, form: DecideCaseForm) -> object:
    new = decisions.NewDecision(
        outcome=Outcome(form.outcome.data),
        grounds=tuple(form.grounds.data or ()),
        reasons=form.reasons.data or "",
        offers_statement="offers_statement" in form and bool(form.offers_statement.data),
        is_direct_marketing="is_direct_marketing" in form and bool(form.is_direct_marketing.data),
    )
    return decisions.decide(case_id, new, actor())
