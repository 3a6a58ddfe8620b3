"""Reasons and proofs: the set questions of the law, answered on a page of their own."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field

from sar.domain.fact_questions import FORMS
from sar.domain.facts import AnswerKind, FactForm, FactKind, Question
from sar.domain.permissions import Permission
from sar.services import cases, facts, redactions, safeguards
from sar.services.facts import NewFact
from sar.web.access import actor, allow
from sar.web.fields import DayField, long_text_field, radio_field, text_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


@officer.get("/officer/cases/<uuid:case_id>/facts")
@allow(Permission.CASE_READ)
def list_facts(case_id: uuid.UUID) -> ResponseReturnValue:
    """Everything established on a case, and what is still missing."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    return render_template(
        "officer/list_facts.html",
        case=case,
        facts=facts.of_case(case),
        forms=FORMS,
        safeguards=safeguards.of_case(case, actor().today),
        may_write=actor().may(Permission.REDACTION_MARK, case.controller_id),
    )


@officer.route("/officer/cases/<uuid:case_id>/facts/new", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def write_fact(case_id: uuid.UUID) -> ResponseReturnValue:
    """Asks the questions of one kind of fact; without a kind, which kind it is."""
    case = cases.case_for(case_id, actor(), Permission.REDACTION_MARK)
    asked = next((each for each in FactKind if each == request.values.get("kind")), None)
    if asked is None:
        return render_template("officer/choose_fact.html", case=case, forms=FORMS.values())
    questions = FORMS[asked]
    form = _form_for(questions)
    _offer(form, case, questions)
    if form.validate_on_submit():
        new = NewFact(asked, _answers(form, questions), _given(form, "code"), _given(form, "about"))
        if attempt(form, lambda: facts.write(case_id, new, actor())):
            flash("It is written down.", "done")
            return redirect(url_for("officer.list_facts", case_id=case_id))
    return render_form("officer/write_fact.html", form, case=case, questions=questions)


@officer.route("/officer/facts/<uuid:fact_id>", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def revise_fact(fact_id: uuid.UUID) -> ResponseReturnValue:
    """Puts answers right; what stood before stays in the history."""
    fact = facts.fact_for(fact_id, actor())
    questions = FORMS[fact.kind]
    form = _form_for(questions, has_place=False, **_typed(questions, fact.answers))
    if form.validate_on_submit() and attempt(
        form, lambda: facts.revise(fact_id, _answers(form, questions), actor())
    ):
        flash("It is put right.", "done")
        return redirect(url_for("officer.list_facts", case_id=fact.case_id))
    return render_form(
        "officer/write_fact.html", form, case=facts.case_of(fact), questions=questions
    )


@officer.post("/officer/facts/<uuid:fact_id>/strike")
@allow(Permission.REDACTION_MARK)
@writes
def strike_fact(fact_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a fact back."""
    struck = facts.strike(fact_id, actor())
    flash("Taken back.", "done")
    return redirect(url_for("officer.list_facts", case_id=struck.case_id))


def _form_for(questions: FactForm, *, has_place: bool = True, **known: Any) -> FlaskForm:  # noqa: ANN401
    """A form with a field for each question; `has_place`: it also asks what it is about."""
    fields: dict[str, Field] = {}
    if has_place and questions.codes and questions.kind is not FactKind.HEALTH_OPINION:
        fields["code"] = radio_field(
            "Which code?", [(each, each) for each in questions.codes], "Choose the code"
        )
    if has_place:
        required = "" if questions.kind is FactKind.HEALTH_OPINION else "Say what it is about"
        about = "Whom is it about?" if questions.is_about_person else "What is it about?"
        fields["about"] = radio_field(about, required=required)
    fields |= {each.key: _field(each) for each in questions.questions}
    made: type[FlaskForm] = type("WriteFactForm", (FlaskForm,), fields)
    return made(**known)


def _offer(form: FlaskForm, case: Any, questions: FactForm) -> None:  # noqa: ANN401  # a row
    """What this fact can be about, and what the link to the page said already."""
    standing = redactions.of_case(case)
    marked = request.args.get("mark", "")
    mark = next((each for each in standing if str(each.id) == marked), None)
    form["about"].choices = facts.choices_about(case, questions, standing, mark)
    if request.method == "GET":
        form["about"].data = f"mark:{mark.id}" if mark is not None else request.args.get("about")
        if "code" in form:
            only = questions.codes[0] if len(questions.codes) == 1 else None
            form["code"].data = request.args.get("code", only)


def _field(question: Question) -> Field:
    if question.answer is AnswerKind.LINE:
        return text_field(question.label, question.required, hint=question.hint)
    if question.answer is AnswerKind.DAY:
        return DayField(question.label, required=question.required, description=question.hint)
    if question.answer is AnswerKind.CHOICE:
        return radio_field(question.label, question.choices, question.required, question.hint)
    return long_text_field(
        question.label, question.required, hint=question.hint, limit=4000, rows=3
    )


def _answers(form: FlaskForm, questions: FactForm) -> dict[str, str]:
    given = {each.key: form[each.key].data for each in questions.questions}
    return {
        key: value if isinstance(value, str) else value.isoformat()
        for key, value in given.items()
        if value
    }


def _typed(questions: FactForm, answers: dict[str, str]) -> dict[str, Any]:
    days = {each.key for each in questions.questions if each.answer is AnswerKind.DAY}
    return {
        key: date.fromisoformat(value) if key in days else value for key, value in answers.items()
    }


def _given(form: FlaskForm, name: str) -> str:
    return str(form[name].data or "") if name in form else ""
