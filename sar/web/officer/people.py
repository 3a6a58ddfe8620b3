"""Who a case is about, and which services hold their records."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.persons import PersonPart
from sar.services import cases, register
from sar.services.cases import NewPerson
from sar.web.access import actor, allow
from sar.web.fields import (
    DayField,
    checkboxes_field,
    email_field,
    long_text_field,
    radio_field,
    text_field,
)
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class AddPersonForm(FlaskForm):
    """Somebody with a part in a case."""

    part = radio_field(
        "What are they to the case?",
        [(str(each), each.label) for each in PersonPart],
        "Say what they are to the case",
    )
    full_name = text_field("Full name", "Enter their full name")
    other_names = text_field("Other names", hint="Names used before, or spelt otherwise", limit=400)
    born_on = DayField("Date of birth")
    email = email_field("Email address")
    phone = text_field("Telephone", limit=40)
    address = long_text_field("Postal address", limit=1000, rows=3)
    authority = text_field("Authority", hint="What lets them act for the person, if they do")


class ChooseServicesForm(FlaskForm):
    """Which services of the register a case concerns."""

    services = checkboxes_field("Services", hint="They decide which teams are asked to search.")


@officer.route("/officer/cases/<uuid:case_id>/people/new", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def add_person(case_id: uuid.UUID) -> ResponseReturnValue:
    """Adds somebody to a case."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CREATE)
    form = AddPersonForm()
    if form.validate_on_submit():
        cases.add_person(case_id, _person(form), actor())
        flash("The person is added.", "done")
        return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/add_person.html", form, case=case)


@officer.route("/officer/cases/<uuid:case_id>/services", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def choose_services(case_id: uuid.UUID) -> ResponseReturnValue:
    """Says which services a case concerns."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CREATE)
    form = ChooseServicesForm(data={"services": case.service_ids})
    form.services.choices = [
        (each.id, each.name) for each in register.services_of(case.controller.code)
    ]
    if form.validate_on_submit():
        chosen = tuple(form.services.data or ())
        if attempt(form, lambda: cases.choose_services(case_id, chosen, actor())):
            flash("The services are kept.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/choose_services.html", form, case=case)


def _person(form: AddPersonForm) -> NewPerson:
    return NewPerson(
        part=PersonPart(form.part.data),
        full_name=form.full_name.data or "",
        other_names=form.other_names.data or "",
        born_on=form.born_on.data,
        email=form.email.data or "",
        phone=form.phone.data or "",
        address=form.address.data or "",
        authority=form.authority.data or "",
    )
