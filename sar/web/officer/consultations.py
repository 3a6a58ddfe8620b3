"""Asking somebody outside about a record, and what they answered."""

from __future__ import annotations

import re
import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import ValidationError

from sar.domain.permissions import Permission
from sar.services import cases, consultations, due, records
from sar.services.consultations import Question
from sar.web.access import actor, allow
from sar.web.fields import DayField, long_text_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

_RANGE = re.compile(r"\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5}))?\s*\Z")


class AskForm(FlaskForm):
    """Whom, when, and about which pages."""

    whom = text_field(
        "Who are you asking?",
        "Say whom you are asking",
        "For example: Metropolitan Police, data office.",
    )
    asked_on = DayField("When did you ask?", required="Enter the day you asked")
    reply_by = DayField("Answer hoped for by", description="Leave this empty if no day was named.")
    pages = text_field(
        "Which pages?", hint="For example: 2, 5-7. Leave this empty to ask about the whole record."
    )

    def validate_pages(self, field: object) -> None:
        """Refuses what is no list of pages."""
        self.numbers()

    def numbers(self) -> tuple[int, ...]:
        """The pages that were typed, in order."""
        found: list[int] = []
        for part in (each for each in (self.pages.data or "").split(",") if each.strip()):
            match = _RANGE.match(part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
            if not 0 < first <= last < first + 10_000:
                raise ValidationError("Write pages as numbers, like 2, 5-7")
            found += range(first, last + 1)
        return tuple(found)


class AnswerForm(FlaskForm):
    """What they said."""

    answered_on = DayField("When did they answer?", required="Enter the day they answered")
    answer = long_text_field(
        "What did they say?",
        "Say what they answered, or that they did not",
        "The record goes back in scope. Redact it, or take it out, in the light of this.",
    )


@officer.get("/officer/cases/<uuid:case_id>/consultations")
@allow(Permission.RECORD_READ)
def list_consultations(case_id: uuid.UUID) -> ResponseReturnValue:
    """Who was asked about what, when, and what they answered."""
    case = cases.case_for(case_id, actor(), Permission.RECORD_READ)
    return render_template(
        "officer/list_consultations.html",
        case=case,
        due=due.due_of(case, actor().today),
        rows=consultations.of_case(case),
        today=actor().today,
    )


@officer.route("/officer/records/<uuid:record_id>/consult", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def consult_on_record(record_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that somebody was asked about a record or some of its pages."""
    record = records.record_for(record_id, actor(), Permission.REDACTION_MARK)
    case = records.case_of(record)
    form = AskForm(asked_on=actor().today)
    if form.validate_on_submit():
        asked_on = form.asked_on.data or actor().today
        question = Question(form.whom.data or "", asked_on, form.reply_by.data, form.numbers())
        if attempt(form, lambda: consultations.ask(record_id, question, actor())):
            flash("Nothing of it is disclosed until you record the answer.", "done")
            return redirect(url_for("officer.list_consultations", case_id=case.id))
    return render_form("officer/consult_on_record.html", form, record=record, case=case)


@officer.route("/officer/consultations/<uuid:consultation_id>/answer", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def answer_consultation(consultation_id: uuid.UUID) -> ResponseReturnValue:
    """Records what somebody who was asked has answered."""
    row = consultations.consultation_for(consultation_id, actor())
    case = records.case_of(row.record)
    form = AnswerForm(answered_on=actor().today)
    if form.validate_on_submit():
        on, words = form.answered_on.data or actor().today, form.answer.data or ""
        if attempt(form, lambda: consultations.answer(consultation_id, on, words, actor())):
            flash("The answer is recorded. It is in scope again.", "done")
            return redirect(url_for("officer.show_record", record_id=row.record_id))
    return render_form("officer/answer_consultation.html", form, row=row, case=case)
