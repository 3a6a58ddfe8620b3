"""What a case settles about each of its services, and which law a record answers to."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.rights import ProcessingRegime
from sar.domain.service_entry import ServiceQuestion
from sar.domain.service_questions import Question
from sar.services import case_services, records
from sar.web.access import actor, allow
from sar.web.fields import DayField, radio_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

AS_CASE = "as-the-case"
REGIMES = [
    (AS_CASE, "As the case"),
    (ProcessingRegime.UK_GDPR.value, "UK GDPR"),
    (ProcessingRegime.LAW_ENFORCEMENT.value, "Part 3 of the Data Protection Act 2018"),
]


class SettleServiceForm(FlaskForm):
    """The questions a service brings; those it does not bring are taken out."""

    regime = radio_field("Which law?")
    lead = radio_field("Which council leads?")
    controller = radio_field("Which borough?")
    last_contact = DayField("Last contact")
    last_involvement = DayField("Last involvement")
    youngest_born = DayField("Youngest child's date of birth")
    service_closed = DayField("Day the service closed its case")


class RecordRegimeForm(FlaskForm):
    """Which law one record answers to."""

    regime = radio_field("Which law is this record kept under?", REGIMES, "Choose the law")


@officer.route("/officer/cases/<uuid:case_id>/services/<service_id>", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def settle_service(case_id: uuid.UUID, service_id: str) -> ResponseReturnValue:
    """Settles who answers, under which law, and from when retention counts."""
    case, found = case_services.service_of(case_id, service_id, actor())
    form = _form_for(found)
    if form.validate_on_submit():
        answers = {each.about: _given(form, each) for each in found.questions}
        if attempt(form, lambda: case_services.settle(case_id, service_id, answers, actor())):
            flash(f"What is settled about {found.entry.name} is kept.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/settle_service.html", form, case=case, found=found)


@officer.route("/officer/records/<uuid:record_id>/regime", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def say_record_regime(record_id: uuid.UUID) -> ResponseReturnValue:
    """Says which law a record answers to; the exemptions offered on its pages follow it."""
    record = records.record_for(record_id, actor(), Permission.REDACTION_MARK)
    form = RecordRegimeForm(regime=record.regime.value if record.regime else AS_CASE)
    if form.validate_on_submit():
        chosen = None if form.regime.data == AS_CASE else ProcessingRegime(form.regime.data)
        if attempt(form, lambda: records.say_regime(record_id, chosen, actor())):
            flash("The law of this record is kept.", "done")
            return redirect(url_for("officer.show_record", record_id=record_id))
    return render_form(
        "officer/say_record_regime.html", form, case=records.case_of(record), record=record
    )


def _form_for(found: case_services.CaseService) -> SettleServiceForm:
    form = SettleServiceForm(data=_known(found))
    asked = {each.about: each for each in found.questions}
    for about in ServiceQuestion:
        name = about.value.replace("-", "_")
        if about not in asked:
            delattr(form, name)
            continue
        field = form[name]
        field.label.text = asked[about].words
        if asked[about].choices:
            field.choices = asked[about].choices
    return form


def _known(found: case_services.CaseService) -> dict[str, Any]:
    return {
        about.value.replace("-", "_"): date.fromisoformat(answer) if about.is_day else answer
        for about, answer in found.answers.items()
    }


def _given(form: SettleServiceForm, question: Question) -> str:
    data = form[question.about.value.replace("-", "_")].data
    return data.isoformat() if isinstance(data, date) else data or ""
