"""Asking service teams to search, and what they answered."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import cases, due, progress, searches
from sar.web.access import actor, allow
from sar.web.fields import DayField, checkboxes_field, long_text_field
from sar.web.filters import plural
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class SendSearchForm(FlaskForm):
    """Which teams, what to look for, by when."""

    teams = checkboxes_field(
        "Which teams should search?",
        required="Choose at least one team",
        hint="Teams the register suggests for the services of this case are ticked.",
    )
    instructions = long_text_field(
        "What should they look for?",
        "Say what the teams should look for",
        "The team sees the person's name, other names and date of birth with this.",
    )
    due_on = DayField("Answer needed by", required="Enter the day the answer is needed by")


@officer.get("/officer/cases/<uuid:case_id>/searches")
@allow(Permission.CASE_READ)
def list_case_searches(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every search of a case: who was asked, when, and what came back."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    rows = [
        (search, progress.of_records(searches.supplied(search)))
        for search in searches.of_case(case)
    ]
    return render_template(
        "officer/list_case_searches.html", case=case, due=due.due_of(case, actor().today), rows=rows
    )


@officer.route("/officer/cases/<uuid:case_id>/searches/new", methods=["GET", "POST"])
@allow(Permission.SEARCH_SEND)
@writes
def send_search(case_id: uuid.UUID) -> ResponseReturnValue:
    """Asks teams to search; each is told by mail that a task waits."""
    case = cases.case_for(case_id, actor(), Permission.SEARCH_SEND)
    suggested = searches.suggested_teams(case)
    form = SendSearchForm(
        teams=[each.team.slug for each in suggested],
        instructions=case.summary,
        due_on=searches.usual_due_on(actor()),
    )
    form.teams.choices = [(team.slug, team.name) for team in searches.teams_of(case)]
    if form.validate_on_submit():
        due_on = form.due_on.data or actor().today
        sent = attempt(
            form,
            lambda: searches.send(
                case_id, form.teams.data or (), form.instructions.data or "", due_on, actor()
            ),
        )
        if sent:
            flash(f"{plural(len(sent), 'search', 'searches')} sent.", "done")
            return redirect(url_for("officer.list_case_searches", case_id=case_id))
    return render_form(
        "officer/send_search.html",
        form,
        case=case,
        due=due.due_of(case, actor().today),
        suggested=suggested,
    )
