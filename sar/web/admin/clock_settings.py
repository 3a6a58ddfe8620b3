"""The settings of the clock that the law leaves to each council: who chose what, when and why."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.clock_choices import FIXED
from sar.domain.permissions import Permission
from sar.services import clock_choices
from sar.web.access import actor, allow
from sar.web.admin.blueprint import admin
from sar.web.fields import long_text_field, radio_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.transaction import writes


class ChangeClockSettingForm(FlaskForm):
    """A new value for one setting; only one of the two value fields is shown."""

    choice = radio_field("New setting", required="Choose one of the answers")
    number = text_field("New setting", "Enter a whole number", limit=3)
    reason = long_text_field(
        "Why is it changed?",
        "Write down why the setting is changed",
        hint="Kept with your name and the date.",
        limit=2000,
        rows=3,
    )


@admin.get("/admin/clock-settings")
@allow(Permission.SETTINGS_READ)
def list_clock_settings() -> ResponseReturnValue:
    """Every setting of the clock, council by council, and what the law fixes."""
    return render_template(
        "admin/list_clock_settings.html",
        councils=clock_choices.all_settings(actor()),
        fixed=FIXED,
    )


@admin.route("/admin/clock-settings/<string:council>/<string:name>", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def change_clock_setting(council: str, name: str) -> ResponseReturnValue:
    """Changes one setting; every open case of the council is then counted again."""
    setting = clock_choices.setting_of(council, name, actor(), Permission.SETTINGS_CHANGE)
    now = setting.choice.typed(setting.value)
    form = ChangeClockSettingForm(data={"choice": now, "number": now})
    form.choice.choices = list(setting.choice.options)
    value = form.choice if setting.choice.options else form.number
    del form[form.number.name if setting.choice.options else form.choice.name]
    value.description = setting.choice.unit
    if form.validate_on_submit():
        typed, reason = str(value.data), form.reason.data or ""
        if attempt(form, lambda: _change(council, name, typed, reason)):
            flash("The setting is changed. Open cases are being counted again.", "done")
            return redirect(url_for("admin.list_clock_settings"))
    return render_form(
        "admin/change_clock_setting.html", form, setting=setting, council=council, value=value
    )


def _change(council: str, name: str, typed: str, reason: str) -> bool:
    clock_choices.change_setting(council, name, typed, reason, actor())
    return True
