"""Who was given data that has changed, and telling each of them (UK GDPR Art 19)."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.article19 import NoticeState, NoticeWay
from sar.domain.letter import LetterKind
from sar.domain.permissions import Permission
from sar.services import cases, letters, notices
from sar.services.notices import Notified
from sar.web.access import actor, allow
from sar.web.fields import DayField, long_text_field, radio_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

STATES = [(each.value, each.label) for each in NoticeState if each is not NoticeState.OWED]


class NotifyForm(FlaskForm):
    """What became of telling one recipient."""

    state = radio_field("Have they been told?", STATES, "Say whether they were told")
    way = radio_field("How were they told?", [(each.value, each.label) for each in NoticeWay])
    told_on = DayField("When?", description="Empty for today")
    reason = long_text_field(
        "Why they cannot be told, or why it would take too much effort", limit=2000, rows=3
    )


@officer.get("/officer/cases/<uuid:case_id>/recipients")
@allow(Permission.CASE_READ)
def list_recipients(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every recipient to be told, and what became of each."""
    case = cases.case_for(case_id, actor(), Permission.CASE_READ)
    return render_template(
        "officer/list_recipients.html",
        case=case,
        notices=notices.of_case(case),
        asked=notices.list_of(case),
        written=letters.by_addressee(case, LetterKind.RECIPIENT_NOTICE),
    )


@officer.route("/officer/recipients/<uuid:notice_id>", methods=["GET", "POST"])
@allow(Permission.DECISION_MAKE)
@writes
def notify_recipient(notice_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that a recipient was told, or why they cannot be."""
    notice = notices.notice_for(notice_id, actor())
    form = NotifyForm(
        state=notice.state.value, way=notice.way.value if notice.way else "", reason=notice.reason
    )
    if form.validate_on_submit():
        told = Notified(
            NoticeState(form.state.data),
            NoticeWay(form.way.data) if form.way.data else None,
            form.told_on.data,
            form.reason.data or "",
        )
        if attempt(form, lambda: notices.settle(notice_id, told, actor())):
            flash(f"What became of telling {notice.recipient} is kept.", "done")
            return redirect(url_for("officer.list_recipients", case_id=notice.case_id))
    return render_form("officer/notify_recipient.html", form, case=notice.case, notice=notice)


@officer.post("/officer/cases/<uuid:case_id>/recipients/asked")
@allow(Permission.DECISION_MAKE)
@writes
def ask_for_recipients(case_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that the person asked who was told."""
    notices.ask_for_list(case_id, actor())
    flash("It is noted that the person asked. Send them the list.", "done")
    return redirect(url_for("officer.list_recipients", case_id=case_id))


@officer.post("/officer/cases/<uuid:case_id>/recipients/answered")
@allow(Permission.DECISION_MAKE)
@writes
def answer_recipients(case_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that the person has been told who the recipients are."""
    notices.answer_list(case_id, actor())
    flash("It is noted that the person has the list.", "done")
    return redirect(url_for("officer.list_recipients", case_id=case_id))
