"""School calendars: the closed days that the 15 school days of an educational record leave out."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import councils, schools
from sar.services.schools import Closure
from sar.web.access import actor, allow
from sar.web.admin.blueprint import admin
from sar.web.fields import DayField, radio_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.transaction import writes


class AddSchoolForm(FlaskForm):
    """A school whose calendar is to be kept."""

    council = radio_field("Which council?", required="Choose the council")
    name = text_field("Name of the school", "Enter the name of the school")


class CloseSchoolForm(FlaskForm):
    """Days a school is closed."""

    first_day = DayField("First day closed", required="Enter the first day closed")
    last_day = DayField(
        "Last day closed",
        required="Enter the last day closed",
        description="The same day again for a single day. Weekends need no entry.",
    )
    why = text_field(
        "Why it is closed",
        "Say why the school is closed",
        hint="Such as half term, or a training day",
        limit=120,
    )


@admin.get("/admin/schools")
@allow(Permission.SETTINGS_READ)
def list_schools() -> ResponseReturnValue:
    """The schools whose calendars are kept."""
    found = schools.schools_for(actor(), Permission.SETTINGS_READ)
    theirs = dict(councils.council_names(actor().councils_with(Permission.SETTINGS_READ)))
    return render_template("admin/list_schools.html", schools=found, councils=theirs)


@admin.route("/admin/schools/new", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def add_school() -> ResponseReturnValue:
    """Adds a school."""
    theirs = councils.council_codes(actor().councils_with(Permission.SETTINGS_CHANGE))
    form = AddSchoolForm(data={"council": theirs[0][0] if len(theirs) == 1 else None})
    form.council.choices = theirs
    if form.validate_on_submit():
        council, name = str(form.council.data), form.name.data or ""
        school = attempt(form, lambda: schools.add_school(council, name, actor()))
        if school:
            flash("The school is in the list. Now enter its closed days.", "done")
            return redirect(url_for("admin.show_school", school_id=school.id))
    return render_form("admin/add_school.html", form)


@admin.get("/admin/schools/<uuid:school_id>")
@allow(Permission.SETTINGS_READ)
def show_school(school_id: uuid.UUID) -> ResponseReturnValue:
    """The closed days of a school."""
    return render_template("admin/show_school.html", school=schools.school_for(school_id, actor()))


@admin.route("/admin/schools/<uuid:school_id>/closures/new", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def close_school(school_id: uuid.UUID) -> ResponseReturnValue:
    """Adds closed days; open cases of the school are then counted again."""
    school = schools.school_for(school_id, actor())
    form = CloseSchoolForm()
    if form.validate_on_submit() and form.first_day.data and form.last_day.data:
        closure = Closure(form.first_day.data, form.last_day.data, form.why.data or "")
        if attempt(form, lambda: schools.close_days(school_id, closure, actor())):
            flash("The days are in the calendar. Open cases are being counted again.", "done")
            return redirect(url_for("admin.show_school", school_id=school_id))
    return render_form("admin/close_school.html", form, school=school)


@admin.post("/admin/schools/<uuid:school_id>/closures/<uuid:closure_id>/strike")
@allow(Permission.SETTINGS_CHANGE)
@writes
def open_school(school_id: uuid.UUID, closure_id: uuid.UUID) -> ResponseReturnValue:
    """Strikes out a closure that was entered by mistake."""
    schools.open_days(school_id, closure_id, actor())
    flash("The days are struck out. Open cases are being counted again.", "done")
    return redirect(url_for("admin.show_school", school_id=school_id))
