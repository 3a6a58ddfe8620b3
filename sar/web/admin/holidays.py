"""Bank holidays: how far they are known, and a new list from GOV.UK."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import holidays
from sar.web.access import actor, allow
from sar.web.admin.blueprint import admin
from sar.web.fields import files_field
from sar.web.forms import attempt, render_form
from sar.web.transaction import writes

SHOWN = 12


class TakeHolidaysForm(FlaskForm):
    """A list of bank holidays as GOV.UK publishes it."""

    files = files_field(
        "The file from GOV.UK",
        "Choose the file from GOV.UK",
        hint="bank-holidays.json, from www.gov.uk/bank-holidays.json",
    )


@admin.route("/admin/bank-holidays", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def take_holidays() -> ResponseReturnValue:
    """Takes a new list once it was checked; every open case is then counted again."""
    form = TakeHolidaysForm()
    if form.validate_on_submit():
        text = form.files.data[0].read()
        if change := attempt(form, lambda: holidays.take_holidays(text, actor())):
            cause = holidays.cause_of(change)
            flash(f"The list is in force: {cause}. Open cases are being counted again.", "done")
            return redirect(url_for("admin.take_holidays"))
    known = holidays.known_holidays(actor().today)
    warning = holidays.ending_warning(actor().today)
    return render_form("admin/take_holidays.html", form, known=known, shown=SHOWN, warning=warning)
