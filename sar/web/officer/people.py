"""Who a case is about, and which services hold their records."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.people import Role
from sar.domain.permissions import Permission
from sar.domain.persons import Employer, PersonPart, Share
from sar.domain.register import right_availability
from sar.domain.requesters import Capacity
from sar.domain.rights import Right
from sar.domain.service_entry import ServiceEntry
from sar.services import cases, people, register
from sar.services.people import NewPerson
from sar.web.access import actor, allow
from sar.web.fields import (
    DayField,
    checkboxes_field,
    email_field,
    long_text_field,
    radio_field,
    select_field,
    text_field,
    tick_field,
)
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class PersonForm(FlaskForm):
    """Somebody with a part in a case, or in its records."""

    part = radio_field(
        "What are they to the case?",
        [(str(each), each.label) for each in PersonPart],
        "Say what they are to the case",
    )
    full_name = text_field("Full name", "Enter their full name")
    other_names = text_field(
        "Other names",
        hint="Names used before, short names, or spelt otherwise. Put ; between them.",
        limit=400,
    )
    born_on = DayField("Date of birth")
    is_deceased = tick_field("They have died")
    email = email_field("Email address")
    phone = text_field("Telephone", limit=40)
    address = long_text_field("Postal address", limit=1000, rows=3)
    capacity = select_field(
        "In what capacity do they ask?",
        [("", "They do not ask"), *((str(each), each.label) for each in Capacity)],
        hint="Only for a requester or representative.",
    )
    authority = text_field("Authority", hint="What lets them act for the person, if they do")
    is_reply_direct = tick_field(
        "Send the reply to the data subject, not to them",
        hint="Where an agent may see more than the person expects.",
    )
    role = select_field(
        "What are they in the records?",
        [(str(each), each.label) for each in Role],
    )
    relation = text_field("Relation", hint="Such as mother, neighbour, class teacher", limit=100)
    acts_in_role = tick_field(
        "They appear as a professional doing their job",
        hint="The law presumes that such a name is given.",
    )
    employer = select_field(
        "Whose worker are they?",
        [("", "Nobody's"), *((str(each), each.label) for each in Employer)],
    )
    share = radio_field(
        "What happens to their information?", [(str(each), each.label) for each in Share]
    )
    share_reason = long_text_field("Why?", limit=2000, rows=2)
    protected_details = long_text_field(
        "What must never appear?",
        hint="One on each line: a secret address, a school, a telephone number. No bundle leaves "
        "with any of them in it.",
        limit=2000,
        rows=3,
    )


class EndRoleForm(FlaskForm):
    """When and why somebody's part in a case ends."""

    on = DayField("When did their part end?", required="Enter the day their part ended")
    reason = long_text_field("Why?", "Say why their part has ended", limit=2000, rows=3)


class MergePersonForm(FlaskForm):
    """Which other entry means the same human being."""

    other = radio_field("Who is the same person?", required="Choose the entry to join to this one")


class ChooseServicesForm(FlaskForm):
    """Which services of the register a case concerns."""

    services = checkboxes_field("Services", hint="They decide which teams are asked to search.")


@officer.route("/officer/cases/<uuid:case_id>/people/new", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def add_person(case_id: uuid.UUID) -> ResponseReturnValue:
    """Adds somebody to a case."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CREATE)
    form = PersonForm(role=Role.UNKNOWN.value, share=Share.UNDECIDED.value)
    if form.validate_on_submit() and attempt(
        form, lambda: cases.add_person(case_id, _person(form), actor())
    ):
        flash("The person is added.", "done")
        return redirect(url_for("officer.show_case", case_id=case_id))
    return render_form("officer/add_person.html", form, case=case)


@officer.route("/officer/people/<uuid:person_id>", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def change_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Puts right what is known of somebody."""
    person = people.person_for(person_id, actor())
    form = PersonForm(data=_shown(people.known(person)))
    if form.validate_on_submit() and attempt(
        form, lambda: people.change(person_id, _person(form), actor())
    ):
        flash("The change is kept.", "done")
        return redirect(url_for("officer.show_case", case_id=person.case_id))
    return render_form(
        "officer/change_person.html", form, case=people.case_of(person), person=person
    )


@officer.route("/officer/people/<uuid:person_id>/end", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def end_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ends somebody's part in a case."""
    person = people.person_for(person_id, actor())
    form = EndRoleForm()
    if form.validate_on_submit():
        on, reason = form.on.data, form.reason.data or ""
        assert on is not None
        if attempt(form, lambda: people.end_role(person_id, on, reason, actor())):
            flash("Their part has ended. Nothing more goes to them.", "done")
            return redirect(url_for("officer.show_case", case_id=person.case_id))
    return render_form("officer/end_person.html", form, case=people.case_of(person), person=person)


@officer.route("/officer/people/<uuid:person_id>/merge", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def merge_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Joins another entry for the same human being to this one."""
    person = people.person_for(person_id, actor())
    form = MergePersonForm()
    form.other.choices = [
        (str(each.id), f"{each.full_name}, {each.part.label.lower()}")
        for each in people.others_of(person)
    ]
    if form.validate_on_submit() and attempt(
        form, lambda: people.merge(person_id, uuid.UUID(form.other.data), actor())
    ):
        flash("The two entries are one now.", "done")
        return redirect(url_for("officer.show_case", case_id=person.case_id))
    return render_form(
        "officer/merge_person.html", form, case=people.case_of(person), person=person
    )


@officer.route("/officer/cases/<uuid:case_id>/services", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def choose_services(case_id: uuid.UUID) -> ResponseReturnValue:
    """Says which services a case concerns."""
    case = cases.case_for(case_id, actor(), Permission.CASE_CREATE)
    form = ChooseServicesForm(data={"services": case.service_ids})
    entries = register.services_of(case.controller.code)
    form.services.choices = [(each.id, each.name) for each in entries]
    if form.validate_on_submit():
        chosen = tuple(form.services.data or ())
        if attempt(form, lambda: cases.choose_services(case_id, chosen, actor())):
            flash("The services are kept.", "done")
            return redirect(url_for("officer.show_case", case_id=case_id))
    hints = [{"hint": {"text": _hint(each, case.right)}} for each in entries]
    return render_form("officer/choose_services.html", form, case=case, hints=hints)


def _hint(entry: ServiceEntry, right: Right) -> str:
    """Whether the right of the case is open against a service."""
    answer = right_availability(entry, right)
    return f"{answer.state.replace('-', ' ').capitalize()}. {answer.sentence_for_requester}"


_CHOICES = {
    "part": PersonPart,
    "role": Role,
    "capacity": Capacity,
    "employer": Employer,
    "share": Share,
}


def _person(form: PersonForm) -> NewPerson:
    given: dict[str, Any] = {
        name: form[name].data for name in people.FIELDS if form[name].data not in (None, "")
    }
    given |= {name: kind(given[name]) for name, kind in _CHOICES.items() if name in given}
    lines = (each.strip() for each in (form.protected_details.data or "").splitlines())
    given["protected_details"] = tuple(dict.fromkeys(each for each in lines if each))
    return NewPerson(**given)


def _shown(known: NewPerson) -> dict[str, Any]:
    """What is known, as the form takes it."""
    given = {name: getattr(known, name) for name in people.FIELDS}
    return {
        **given,
        **{name: str(given[name] or "") for name in _CHOICES},
        "protected_details": "\n".join(known.protected_details),
    }
