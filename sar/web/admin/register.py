"""The service register: every row as a council has it, its history, and changes to it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.register_edits import RegisterEdit, is_shipped
from sar.domain.register_fields import CHOICE, FIELD_RULES, LINE, RegisterField
from sar.domain.service_entry import Council, RetentionTrigger
from sar.domain.teams import teams_of
from sar.services import councils, register, register_pages
from sar.web.access import actor, allow
from sar.web.admin.blueprint import admin
from sar.web.fields import long_text_field, radio_field, select_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.transaction import writes

WHY = "Say why it is changed"


class AddServiceForm(FlaskForm):
    """A service that no shipped row tells of."""

    council = radio_field("Which council?", required="Choose the council")
    name = text_field("Name of the service", "Enter the name of the service")
    reason = long_text_field("Why it is added", "Say why it is added", limit=1000, rows=2)


class LineForm(FlaskForm):
    """One line of a service's row."""

    text = text_field("What it should say", limit=2000)
    reason = long_text_field("Why", WHY, hint="Such as the notice or decision", limit=1000, rows=2)


class LinesForm(FlaskForm):
    """A list in a service's row."""

    text = long_text_field("What it should say", limit=20_000, rows=10)
    reason = long_text_field("Why", WHY, hint="Such as the notice or decision", limit=1000, rows=2)


class ChoiceForm(FlaskForm):
    """One of a few things in a service's row."""

    text = select_field("What it should say", required="Choose one")
    reason = long_text_field("Why", WHY, hint="Such as the notice or decision", limit=1000, rows=2)


class RestoreForm(FlaskForm):
    """Why a council goes back to what was shipped."""

    reason = long_text_field("Why", WHY, limit=1000, rows=2)


@admin.get("/register")
@allow(Permission.REGISTER_READ)
def list_services() -> ResponseReturnValue:
    """Every service of the councils the person works for."""
    return render_template("admin/list_services.html", registers=register_pages.registers(actor()))


@admin.route("/register/services/new", methods=["GET", "POST"])
@allow(Permission.REGISTER_CHANGE)
@writes
def add_service() -> ResponseReturnValue:
    """Adds a service, from SVC-16 on."""
    form = AddServiceForm()
    form.council.choices = councils.council_codes(actor().councils_with(Permission.REGISTER_CHANGE))
    if form.validate_on_submit():
        code = str(form.council.data)
        added = attempt(
            form,
            lambda: register.add_service(
                code, form.name.data or "", form.reason.data or "", actor()
            ),
        )
        if added:
            flash(f"{added.id} is in the register. Say what it holds, and why.", "done")
            return redirect(url_for("admin.show_service", council=code, service_id=added.id))
    return render_form("admin/add_service.html", form)


@admin.get("/register/<council>/<service_id>")
@allow(Permission.REGISTER_READ)
def show_service(council: str, service_id: str) -> ResponseReturnValue:
    """One service: every field, what is wrong with its notice, which rights are open."""
    page = register_pages.page_of(council, service_id, actor())
    return render_template("admin/show_service.html", page=page)


@admin.get("/register/<council>/<service_id>/history")
@allow(Permission.REGISTER_READ)
def show_service_history(council: str, service_id: str) -> ResponseReturnValue:
    """What a council changed in a service, when, and why."""
    entry = register.service_for(council, service_id, actor(), Permission.REGISTER_READ)
    rows = register.history_of(council, service_id, actor())
    return render_template(
        "admin/show_service_history.html",
        entry=entry,
        council=council,
        rows=rows,
        labels={field: rule.label for field, rule in FIELD_RULES.items()},
    )


@admin.route("/register/<council>/<service_id>/fields/<field>", methods=["GET", "POST"])
@allow(Permission.REGISTER_CHANGE)
@writes
def change_service(council: str, service_id: str, field: str) -> ResponseReturnValue:
    """Changes one field of a service."""
    entry = register.service_for(council, service_id, actor(), Permission.REGISTER_CHANGE)
    state = register.field_of(entry, _field(field))
    form = _form_for(state, Council(council))
    if form.validate_on_submit():
        edit = RegisterEdit(service_id, state.field, form.text.data or "")
        if attempt(
            form, lambda: register.change_field(council, edit, form.reason.data or "", actor())
        ):
            flash(f"{state.label} is changed.", "done")
            return redirect(url_for("admin.show_service", council=council, service_id=service_id))
    return render_form("admin/change_service.html", form, entry=entry, council=council, state=state)


@admin.route("/register/<council>/<service_id>/fields/<field>/restore", methods=["GET", "POST"])
@allow(Permission.REGISTER_CHANGE)
@writes
def restore_service(council: str, service_id: str, field: str) -> ResponseReturnValue:
    """Goes back to what was shipped in one field."""
    entry = register.service_for(council, service_id, actor(), Permission.REGISTER_CHANGE)
    state = register.field_of(entry, _field(field))
    if not is_shipped(service_id):
        abort(404)
    form = RestoreForm()
    if form.validate_on_submit():
        edit = RegisterEdit(service_id, state.field, None)
        if attempt(
            form, lambda: register.change_field(council, edit, form.reason.data or "", actor())
        ):
            flash(f"{state.label} is as it was shipped.", "done")
            return redirect(url_for("admin.show_service", council=council, service_id=service_id))
    return render_form(
        "admin/restore_service.html", form, entry=entry, council=council, state=state
    )


def _field(name: str) -> RegisterField:
    try:
        return RegisterField(name)
    except ValueError:
        abort(404)


def _form_for(state: register.FieldState, council: Council) -> LineForm | LinesForm | ChoiceForm:
    rule = FIELD_RULES[state.field]
    if rule.shape == CHOICE:
        form = ChoiceForm(data={"text": state.text})
        form.text.choices = _choices(state.field, council)
        return form
    kind = LineForm if rule.shape in {LINE, "day"} else LinesForm
    return kind(data={"text": state.text})


def _choices(field: RegisterField, council: Council) -> list[tuple[str, str]]:
    if field is RegisterField.TEAM:
        return [("", "Choose a team"), *((each.slug, each.name) for each in teams_of(council))]
    return [(each.value, each.label) for each in RetentionTrigger]
