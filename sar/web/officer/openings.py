"""Opening cases: from a message, or for somebody who rang, wrote or came in."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.persons import PersonPart
from sar.domain.requesters import Capacity
from sar.domain.rights import AccessKind, Right
from sar.domain.service_entry import ServiceEntry
from sar.domain.service_questions import rights_summary
from sar.services import councils, mail_reading, openings, register
from sar.services.cases import NewCase
from sar.services.mail_reading import Reading
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
from sar.web.officer.clock import ACCESS_KINDS, school_choices
from sar.web.transaction import writes

ORIGINS = [("phone", "By telephone"), ("letter", "By letter"), ("visit", "In person")]
ASKERS = [
    ("self", "The person the data is about"),
    ("other", "Somebody who acts for them, such as a parent or solicitor"),
]
ASKING = [each for each in Capacity if each is not Capacity.SELF]


class OpenCaseForm(FlaskForm):
    """What is known when a case is opened."""

    council = radio_field("Which council?", required="Choose the council")
    origin = radio_field("How did the request come in?", ORIGINS, "Say how the request came in")
    received_on = DayField(
        "Date received",
        required="Enter the date received",
        description="The day anybody at the council first had it. The clock counts from then.",
    )
    received_by = text_field("Who received it", hint="A person, team or inbox", limit=120)
    rights = checkboxes_field(
        "What is asked for?",
        [(str(each), each.label) for each in Right],
        "Choose at least one right",
        hint="One case is opened for each.",
    )
    access_kind = radio_field(
        "If it is access: to what?", ACCESS_KINDS, "Say what is asked to be seen"
    )
    school = select_field("School", hint="For an educational record only")
    results_on = DayField(
        "Day the exam results are announced", description="For exam marks only, if it is known"
    )
    is_direct_marketing = tick_field("If it is an objection: it is to direct marketing")
    is_part_3 = tick_field("The records are kept for law enforcement (Part 3 of the Act)")
    summary = long_text_field(
        "The request in short", "Say what is asked for", hint="In the person's own words if you can"
    )
    full_name = text_field("Full name", "Enter the name of the person the data is about")
    other_names = text_field("Other names", hint="Names used before, or spelt otherwise", limit=400)
    born_on = DayField("Date of birth")
    email = email_field("Email address")
    phone = text_field("Telephone", limit=40)
    address = long_text_field("Postal address", limit=1000, rows=3)
    asker = radio_field("Who asks?", ASKERS, "Say who asks")
    asker_name = text_field("Name of the person who asks")
    capacity = select_field(
        "In what capacity do they ask?",
        [("", "Not known yet"), *((str(each), each.label) for each in ASKING)],
    )
    asker_email = email_field("Their email address")
    authority = text_field("Their authority", hint="Such as parental responsibility, or a mandate")
    services = checkboxes_field("Which services does it concern?")

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # as WTForms has it
        """Somebody who acts for another has a name."""
        is_right = bool(super().validate(extra_validators))
        if self.asker.data == "other" and not self.asker_name.data:
            self.asker_name.errors = ["Enter the name of the person who asks"]
            return False
        return is_right


@officer.route("/officer/cases/new", methods=["GET", "POST"])
@officer.route("/officer/messages/<uuid:message_id>/open", methods=["GET", "POST"])
@allow(Permission.CASE_CREATE)
@writes
def open_case(message_id: uuid.UUID | None = None) -> ResponseReturnValue:
    """Opens a case for each right that is asked for."""
    reading = mail_reading.reading_of(message_id, actor()) if message_id else None
    form = _form_for(reading)
    if form.validate_on_submit():
        rights = [Right(each) for each in form.rights.data or ()]
        new = _new_case(form, reading)
        opened = attempt(form, lambda: openings.open_cases(rights, new, message_id, actor()))
        if opened:
            flash(f"Opened {' and '.join(case.reference for case in opened)}.", "done")
            return redirect(url_for("officer.show_case", case_id=opened[0].id))
    return render_form(
        "officer/open_case.html", form, reading=reading, rights_hints=_rights_hints(reading)
    )


def _form_for(reading: Reading | None) -> OpenCaseForm:
    theirs = councils.council_codes(_own())
    only = theirs[0][0] if len(theirs) == 1 else None
    usual = {"asker": "self", "council": only, "access_kind": AccessKind.PERSONAL_DATA.value}
    form = OpenCaseForm(data=usual | (_known(reading) if reading else {}))
    form.school.choices = school_choices()
    form.council.choices = theirs
    if reading is not None:
        del form.council, form.origin
    form.services.choices = [(each.id, each.name) for each in _services(_codes(reading))]
    return form


def _services(codes: set[str]) -> list[ServiceEntry]:
    """The services of these councils, each once."""
    found = (each for code in sorted(codes) for each in register.services_of(code))
    return list({each.id: each for each in found}.values())


def _rights_hints(reading: Reading | None) -> list[dict[str, dict[str, str]]]:
    """Beside each service to choose, which rights are limited or closed against it."""
    return [{"hint": {"text": rights_summary(each)}} for each in _services(_codes(reading))]


def _codes(reading: Reading | None) -> set[str]:
    """The councils a case may be opened for."""
    theirs = councils.council_codes(_own())
    return {reading.council_code} if reading else {code for code, _ in theirs}


def _own() -> frozenset[uuid.UUID]:
    return actor().councils_with(Permission.CASE_CREATE)


def _known(reading: Reading) -> dict[str, Any]:
    """What the message already says; the officer puts right what it does not."""
    message = reading.message
    sender = {"name": message.sender_name[:200], "email": message.sender_email[:254]}
    writer = "other" if reading.is_for_another else "self"
    return {
        "received_on": message.received_on,
        "received_by": f"The inbox {message.inbox_slug}",
        "rights": [str(each) for each in reading.rights_to_open],
        "services": [each.id for each in reading.services],
        "summary": message.subject[:10_000],
        "asker": writer,
        "full_name": sender["name"] if writer == "self" else "",
        "email": sender["email"] if writer == "self" else "",
        "asker_name": sender["name"] if writer == "other" else "",
        "asker_email": sender["email"] if writer == "other" else "",
    }


def _new_case(form: OpenCaseForm, reading: Reading | None) -> NewCase:
    assert form.received_on.data is not None
    return NewCase(
        council_code=reading.council_code if reading else str(form.council.data),
        right=Right.ACCESS,
        received_on=form.received_on.data,
        origin="mail" if reading else str(form.origin.data),
        summary=form.summary.data or "",
        people=_people(form),
        service_ids=tuple(form.services.data or ()),
        is_part_3=bool(form.is_part_3.data),
        received_by=form.received_by.data or "",
        is_direct_marketing=bool(form.is_direct_marketing.data),
        access_kind=AccessKind(form.access_kind.data),
        school_id=uuid.UUID(form.school.data) if form.school.data else None,
        results_on=form.results_on.data,
    )


def _people(form: OpenCaseForm) -> tuple[NewPerson, ...]:
    subject = NewPerson(
        PersonPart.DATA_SUBJECT,
        form.full_name.data or "",
        other_names=form.other_names.data or "",
        born_on=form.born_on.data,
        email=form.email.data or "",
        phone=form.phone.data or "",
        address=form.address.data or "",
    )
    if form.asker.data != "other":
        return (subject,)
    asker = NewPerson(
        PersonPart.REPRESENTATIVE,
        form.asker_name.data or "",
        email=form.asker_email.data or "",
        capacity=Capacity(form.capacity.data) if form.capacity.data else None,
        authority=form.authority.data or "",
    )
    return subject, asker
