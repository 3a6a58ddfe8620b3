"""Letters of a case: choosing one, writing it, looking at it, sending it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field

from sar.domain.letter import Addressee, Letter, Question
from sar.domain.letter_catalogue import letter as letter_called
from sar.domain.letter_gaps import GAPS
from sar.domain.letter_text import GapKind
from sar.domain.permissions import Permission
from sar.services import cases, due, letter_writing, letters
from sar.services.letter_writing import BESIDE, Answers
from sar.web.access import actor, allow
from sar.web.downloads import as_download
from sar.web.fields import DayField, email_field, long_text_field, text_field, tick_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

LONGEST_ANSWER = 6000


class SendLetterForm(FlaskForm):
    """What an officer confirms before a letter leaves by mail."""

    is_checked = tick_field(
        "I have read the letter, and this is the right person and the right address",
        "Confirm that you have read the letter and that the address is right",
    )


class PostLetterForm(FlaskForm):
    """When a printed letter was posted."""

    posted_on = DayField("Day it was posted", required="Enter the day it was posted")
    is_checked = tick_field(
        "I have read the letter, and this is the right person and the right address",
        "Confirm that you have read the letter and that the address is right",
    )


@officer.get("/officer/cases/<uuid:case_id>/letters")
@allow(Permission.CASE_READ)
def list_letters(case_id: uuid.UUID) -> ResponseReturnValue:
    """The letters of a case, and those that could be written now."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    return render_template(
        "officer/list_letters.html",
        case=case,
        due=due.due_of(case, actor().today),
        letters=letters.of_case(case),
        choices=letters.choices(case, actor()),
        may_write=actor().may(Permission.LETTER_WRITE, case.controller_id),
    )


@officer.route("/officer/cases/<uuid:case_id>/letters/<string:kind>/new", methods=["GET", "POST"])
@allow(Permission.LETTER_WRITE)
@writes
def write_letter(case_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Asks what only the officer knows, and keeps the letter to be looked at."""
    case = cases.case_for(case_id, actor(), Permission.LETTER_WRITE)
    chosen = letter_called(kind)
    known = letter_writing.prefilled(case, chosen, actor().today)
    known["to_name"] = request.args.get("to", "")
    form = _form(chosen, letter_writing.asked_of(case, chosen), known)
    if form.validate_on_submit():
        drafted = attempt(form, lambda: letters.draft(case_id, chosen.kind, _typed(form), actor()))
        if drafted:
            return redirect(url_for("officer.show_letter", letter_id=drafted.id))
    return render_form("officer/write_letter.html", form, case=case, letter=chosen)


@officer.get("/officer/letters/<uuid:letter_id>")
@allow(Permission.CASE_READ)
def show_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """A letter as pictures of its pages and as text, and what can be done with it."""
    kept = letters.letter_for(letter_id, actor(), Permission.CASE_READ)
    case = letters.case_of(kept)
    return render_template(
        "officer/show_letter.html",
        case=case,
        due=due.due_of(case, actor().today),
        kept=kept,
        letter=letter_called(kept.kind),
        event=letters.event_words(kept),
        warning=letter_writing.contact_warning(case),
        may_write=actor().may(Permission.LETTER_WRITE, case.controller_id),
    )


@officer.get("/officer/letters/<uuid:letter_id>/pages/<int:number>")
@allow(Permission.CASE_READ)
def show_letter_page(letter_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """The picture of one page of a letter."""
    picture = letters.picture_of(
        letters.letter_for(letter_id, actor(), Permission.CASE_READ), number
    )
    return Response(picture, mimetype="image/png")


@officer.get("/officer/letters/<uuid:letter_id>/file")
@allow(Permission.CASE_READ)
def download_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """The letter's PDF, to print or to keep."""
    return as_download(
        letters.letter_for(letter_id, actor(), Permission.CASE_READ), letters.read_pdf
    )


@officer.route("/officer/letters/<uuid:letter_id>/change", methods=["GET", "POST"])
@allow(Permission.LETTER_WRITE)
@writes
def change_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Writes a draft again."""
    kept = letters.letter_for(letter_id, actor(), Permission.LETTER_WRITE)
    case, chosen = letters.case_of(kept), letter_called(kept.kind)
    form = _form(chosen, letter_writing.asked_of(case, chosen), kept.answers)
    if form.validate_on_submit() and attempt(
        form, lambda: letters.redraft(letter_id, _typed(form), actor())
    ):
        return redirect(url_for("officer.show_letter", letter_id=letter_id))
    return render_form("officer/write_letter.html", form, case=case, letter=chosen)


@officer.route("/officer/letters/<uuid:letter_id>/send", methods=["GET", "POST"])
@allow(Permission.LETTER_WRITE)
@writes
def send_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Reads the recipient back, and owes the letter to their mail address."""
    form = SendLetterForm()
    if form.validate_on_submit() and attempt(form, lambda: letters.send(letter_id, actor())):
        flash("The letter is on its way. This page says so when it has left.", "done")
        return redirect(url_for("officer.show_letter", letter_id=letter_id))
    return _confirm("officer/send_letter.html", form, letter_id)


@officer.route("/officer/letters/<uuid:letter_id>/post", methods=["GET", "POST"])
@allow(Permission.LETTER_WRITE)
@writes
def post_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that a printed letter was posted, and when."""
    form = PostLetterForm(data={"posted_on": actor().today})
    if form.validate_on_submit():
        day = form.posted_on.data
        assert isinstance(day, date)
        if attempt(form, lambda: letters.post(letter_id, day, actor())):
            flash("The letter is noted as posted.", "done")
            return redirect(url_for("officer.show_letter", letter_id=letter_id))
    return _confirm("officer/post_letter.html", form, letter_id)


@officer.post("/officer/letters/<uuid:letter_id>/throw-away")
@allow(Permission.LETTER_WRITE)
@writes
def throw_away_letter(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Sets a draft aside for good."""
    kept = letters.throw_away(letter_id, actor())
    flash("The draft is thrown away.", "done")
    return redirect(url_for("officer.list_letters", case_id=kept.case_id))


@officer.post("/officer/letters/<uuid:letter_id>/send-again")
@allow(Permission.LETTER_WRITE)
@writes
def send_letter_again(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Owes the mail of a letter once more."""
    letters.send_again(letter_id, actor())
    flash("The letter is on its way again.", "done")
    return redirect(url_for("officer.show_letter", letter_id=letter_id))


def _confirm(template: str, form: FlaskForm, letter_id: uuid.UUID) -> ResponseReturnValue:
    kept = letters.letter_for(letter_id, actor(), Permission.LETTER_WRITE)
    case = letters.case_of(kept)
    return render_form(
        template,
        form,
        case=case,
        kept=kept,
        letter=letter_called(kept.kind),
        event=letters.event_words(kept),
        warning=letter_writing.contact_warning(case),
    )


def _form(chosen: Letter, asked: tuple[str, ...], answers: Answers) -> Any:  # noqa: ANN401  # a form
    """A form with a field for each gap the letter asks for, filled with what is known."""
    fields: dict[str, Field] = {}
    if chosen.addressee is Addressee.RECIPIENT:
        fields["to_name"] = text_field("Who does it go to?", "Enter the name of the body")
        fields["to_email"] = email_field("Their email address")
        fields["to_address"] = long_text_field("Their postal address", limit=1000, rows=3)
    fields |= {each.gap: _field(each) for each in chosen.questions if each.gap in asked}
    fields["own_words"] = long_text_field(
        "Anything to add in your own words",
        hint="An empty line makes a new paragraph. A line that starts with “- ” is a point.",
        limit=LONGEST_ANSWER,
    )
    fields["signed_name"] = text_field(
        "Your name at the end", hint="Leave it empty and the letter comes from the team", limit=100
    )
    fields["signed_role"] = text_field("Your role at the end", limit=100)
    made = type("WriteLetterForm", (FlaskForm,), dict(fields))
    return made(data={name: _value(name, answers.get(name, "")) for name in fields})


def _field(question: Question) -> Field:
    required = f"Answer this: {question.label}" if question.is_required else ""
    kind = GAPS[question.gap].kind
    if kind is GapKind.DAY:
        return DayField(question.label, required=required, description=question.hint)
    if kind is GapKind.LINE:
        return text_field(question.label, required, question.hint)
    return long_text_field(question.label, required, question.hint, limit=LONGEST_ANSWER)


def _value(name: str, answer: str) -> Any:  # noqa: ANN401  # text, a date or nothing
    is_day = name in GAPS and GAPS[name].kind is GapKind.DAY
    return (date.fromisoformat(answer) if answer else None) if is_day else answer


def _typed(form: Any) -> dict[str, str]:  # noqa: ANN401  # a form made above
    """What was typed, by gap; a date as 2026-01-04."""
    found = {field.name: field.data for field in form if field.name in {*GAPS, *BESIDE}}
    return {
        name: data.isoformat() if isinstance(data, date) else str(data or "")
        for name, data in found.items()
    }
