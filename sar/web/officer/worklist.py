"""Lists: my work, all cases, what waits for approval."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.lifecycle import CaseStatus
from sar.domain.permissions import Permission
from sar.domain.rights import Right
from sar.services import councils, receipts, users, worklists
from sar.web.access import actor, allow
from sar.web.fields import select_field, text_field, tick_field
from sar.web.officer.blueprint import officer

ANY = ("", "Any")
NOBODY = ("nobody", "Nobody")


class FilterForm(FlaskForm):
    """Which cases to show; sent by GET, so that a filtered list has an address."""

    class Meta:
        """Nothing is changed, so nothing is to be forged."""

        csrf = False

    find = text_field("Reference or name")
    status = select_field("Stage", [ANY, *((str(each), each.label) for each in CaseStatus)])
    right = select_field("Right", [ANY, *((str(each), each.label) for each in Right)])
    council = select_field("Council")
    officer = select_field("Officer")
    overdue = tick_field("Overdue only")


@officer.get("/officer/work")
@allow(Permission.CASE_READ)
def show_work() -> ResponseReturnValue:
    """The officer's open cases, soonest due first, and what else waits."""
    return render_template("officer/show_work.html", work=worklists.my_work(actor()))


@officer.get("/officer/cases")
@allow(Permission.CASE_READ)
def list_cases() -> ResponseReturnValue:
    """Every case of the officer's councils, filtered."""
    form = _filter_form()
    found = worklists.all_cases(_wanted(form), actor())
    return render_template("officer/list_cases.html", form=form, found=found, page_url=_page_url)


@officer.get("/officer/receipts")
@allow(Permission.CASE_READ)
def list_receipts() -> ResponseReturnValue:
    """How long requests lay between receipt and the opening of their case."""
    return render_template("officer/list_receipts.html", ledger=receipts.ledger(actor()))


@officer.get("/officer/approvals")
@allow(Permission.REDACTION_APPROVE)
def list_approvals() -> ResponseReturnValue:
    """Cases that wait for a second person."""
    waiting = worklists.awaiting_approval(actor())
    return render_template("officer/list_approvals.html", waiting=waiting)


def _filter_form() -> FilterForm:
    form = FilterForm(formdata=request.args)
    theirs = actor().councils_with(Permission.CASE_READ)
    form.council.choices = [ANY, *councils.council_codes(theirs)]
    officers = {each for council in theirs for each in users.officers_of(council, actor())}
    form.officer.choices = [ANY, NOBODY, *sorted(officers, key=lambda each: each[1])]
    return form


def _wanted(form: FilterForm) -> worklists.Wanted:
    return worklists.Wanted(
        find=form.find.data or "",
        status=form.status.data or "",
        right=form.right.data or "",
        council=form.council.data or "",
        officer=form.officer.data or "",
        is_overdue=bool(form.overdue.data),
        page=request.args.get("page", 1, type=int),
    )


def _page_url(page: int) -> str:
    kept = {name: value for name, value in request.args.items() if name != "page"}
    return f"{url_for('officer.list_cases')}?{urlencode({**kept, 'page': page})}"
