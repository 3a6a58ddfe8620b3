"""The texts of letters: what a council says in each, its history, and changes to it."""

from __future__ import annotations

from base64 import b64encode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from sar.domain.letter import LetterKind
from sar.domain.letter_catalogue import letter as letter_called
from sar.domain.letter_text import LONGEST_TEXT, LetterTextError
from sar.domain.permissions import Permission
from sar.services import letter_texts
from sar.services.letter_texts import InForce, NewText
from sar.web.access import actor, allow
from sar.web.admin.blueprint import admin
from sar.web.fields import long_text_field
from sar.web.forms import attempt, render_form
from sar.web.transaction import writes

LOOK = "look"  # the button that only shows what the text would look like


class ChangeLetterTextForm(FlaskForm):
    """A text for a letter, and why it changes."""

    text = long_text_field("The text", "Enter the text", limit=LONGEST_TEXT, rows=28)
    reason = long_text_field("Why it changes", limit=1000, rows=2)
    over = HiddenField()


class RestoreLetterTextForm(FlaskForm):
    """Why a council goes back to the shipped text."""

    reason = long_text_field("Why", "Say why the text changes", limit=1000, rows=2)
    over = HiddenField()


@admin.get("/admin/letters")
@allow(Permission.SETTINGS_CHANGE)
def list_letter_texts() -> ResponseReturnValue:
    """Every letter of each council the person looks after, and whose text it has."""
    return render_template("admin/list_letter_texts.html", councils=letter_texts.of_all(actor()))


@admin.route("/admin/letters/<council>/<kind>", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def change_letter_text(council: str, kind: str) -> ResponseReturnValue:
    """A letter's text beside the shipped one, as it looks on paper, and a change to it."""
    chosen = letter_called(kind).kind
    now = letter_texts.text_for(council, chosen, actor())
    form = ChangeLetterTextForm(data={"text": now.text, "over": str(now.number)})
    is_look = request.form.get("step") == LOOK
    if form.validate_on_submit() and not is_look and _change(council, chosen, form):
        flash(f"{now.letter.name}: the text is in use from now on.", "done")
        return redirect(url_for("admin.change_letter_text", council=council, kind=kind))
    if is_look:
        _check(now, form)
    return _editor(council, now, form)


@admin.route("/admin/letters/<council>/<kind>/restore", methods=["GET", "POST"])
@allow(Permission.SETTINGS_CHANGE)
@writes
def restore_letter_text(council: str, kind: str) -> ResponseReturnValue:
    """Goes back to the shipped text of a letter; what the council wrote is kept."""
    chosen = letter_called(kind).kind
    now = letter_texts.text_for(council, chosen, actor())
    form = RestoreLetterTextForm(data={"over": str(now.number)})
    if form.validate_on_submit():
        new = NewText(None, form.reason.data or "", _number(form.over.data))
        if attempt(form, lambda: letter_texts.change(council, chosen, new, actor())):
            flash(f"{now.letter.name}: the shipped text is in use again.", "done")
            return redirect(url_for("admin.change_letter_text", council=council, kind=kind))
    return render_form("admin/restore_letter_text.html", form, council=council, now=now)


def _change(council: str, kind: LetterKind, form: ChangeLetterTextForm) -> object:
    new = NewText(form.text.data or "", form.reason.data or "", _number(form.over.data))
    try:
        return attempt(form, lambda: letter_texts.change(council, kind, new, actor()))
    except LetterTextError as refused:
        form.form_errors.extend(map(str, refused.faults))
        return None


def _check(now: InForce, form: ChangeLetterTextForm) -> None:
    try:
        letter_texts.check(now.letter, form.text.data or "")
    except LetterTextError as refused:
        form.form_errors.extend(map(str, refused.faults))


def _editor(council: str, now: InForce, form: ChangeLetterTextForm) -> ResponseReturnValue:
    pictures = [] if form.errors else _pictures(council, now, form.text.data or "")
    return render_form(
        "admin/change_letter_text.html",
        form,
        council=council,
        now=now,
        gaps=letter_texts.gaps_for(now.letter),
        pictures=pictures,
        history=letter_texts.history_of(council, now.letter.kind, actor()),
        look=LOOK,
    )


def _pictures(council: str, now: InForce, text: str) -> list[str]:
    found = letter_texts.pictures_of(council, now, text, actor().today)
    return [b64encode(each).decode() for each in found]


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() else -1
