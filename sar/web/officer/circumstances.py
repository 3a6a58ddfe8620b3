"""What is special about a person or a record: care, adoption, health."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import cases, circumstances
from sar.web.access import actor, allow
from sar.web.fields import radio_field, text_field, tick_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class CircumstancesForm(FlaskForm):
    """What calls for more care with a case."""

    is_care_experienced = tick_field(
        "The person is or was in care",
        hint="They are offered support, release in stages, explanations and a senior look.",
    )
    has_adoption_records = tick_field(
        "There are adoption records", hint="They are asked for another way."
    )


class HealthForm(FlaskForm):
    """Whether a record holds health information, and if the person has seen it already."""

    is_health = radio_field(
        "Does it hold information about somebody's health or care by a health professional?",
        (("yes", "Yes"), ("no", "No")),
        "Say if it holds health information",
    )
    known = text_field(
        "If the person has seen or knows it already, how do we know?",
        hint="Such as: it is a letter to them. Leave it blank if they may not know it.",
        limit=1000,
    )


@officer.route("/officer/cases/<uuid:case_id>/circumstances", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def note_circumstances(case_id: uuid.UUID) -> ResponseReturnValue:
    """Says what calls for more care with a case."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CREATE)
    form = CircumstancesForm(obj=case)
    if form.validate_on_submit():
        circumstances.note(
            case_id,
            is_care_experienced=bool(form.is_care_experienced.data),
            has_adoption_records=bool(form.has_adoption_records.data),
            actor=actor(),
        )
        flash("It is noted.", "done")
        return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/note_circumstances.html", form, case=case)


@officer.route("/officer/records/<uuid:record_id>/health", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def judge_health(record_id: uuid.UUID) -> ResponseReturnValue:
    """Says if a record holds health information."""
    record = circumstances.record_for(record_id, actor())
    said = {True: "yes", False: "no"}.get(record.is_health)  # type: ignore[arg-type]  # or None
    form = HealthForm(is_health=said, known=record.health_known)
    if form.validate_on_submit() and attempt(
        form,
        lambda: circumstances.judge_health(
            record_id,
            is_health=form.is_health.data == "yes",
            known=form.known.data or "",
            actor=actor(),
        ),
    ):
        flash("It is noted.", "done")
        return redirect(url_for("officer.list_facts", case_id=record.case_id))
    return render_form(
        "officer/judge_health.html",
        form,
        case=cases.case_for(record.case_id, actor(), Permission.CASE_READ),
        record=record,
    )
