"""The redaction workspace: one page at a time, marked by box, by line, or whole."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import FloatField

from sar.domain.permissions import Permission
from sar.domain.redaction import Rect
from sar.services import pages, redactions, workspace
from sar.services.redactions import Reason
from sar.web.access import actor, allow
from sar.web.fields import checkboxes_field, select_field, text_field, tick_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.officer.sought import wanted_from
from sar.web.transaction import writes

WAYS = ("lines", "box", "page")


class EdgeField(FloatField):
    """An edge of a box in points; empty unless an area is being marked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """The number typed; a blank is nothing, anything else is refused in a sentence."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = float(valuelist[0])
        except ValueError:
            raise ValueError(f"{self.label.text} edge must be a number of points") from None


class MarkForm(FlaskForm):
    """What to leave out of a page, and why. Edges are points of the page, origin top left."""

    lines = checkboxes_field("Lines of text")
    x0 = EdgeField("Left")
    y0 = EdgeField("Top")
    x1 = EdgeField("Right")
    y1 = EdgeField("Bottom")
    code = select_field("Why is it left out?", required="Choose why it is left out")
    comment = text_field("Note for the approver", hint="The requester does not see this.")
    about = select_field("Whom is it about?")
    override = text_field(
        "Why must a worker's name come out?",
        hint="Only where a worker who acted in role is named: the law presumes the name is given.",
        limit=1000,
    )
    is_use_hidden = tick_field(
        "Do not tell the requester this code",
        hint="Only where naming it would itself do the harm. The mark then says DPA.",
    )

    def choose_from(self, opened: workspace.OpenPage) -> None:
        """Offers this page's lines and the codes that can be used on it."""
        self.lines.choices = [(str(line.number), line.text) for line in opened.layout.lines]
        self.code.choices = [
            (each.code, f"{each.code}: {each.label}") for each in opened.exemptions
        ]
        self.about.choices = [
            ("", "Nobody in particular"),
            *((str(each.id), each.full_name) for each in opened.case.people),
        ]

    @property
    def reason(self) -> Reason:
        """What was answered, as the use case takes it."""
        return Reason(
            code=self.code.data,
            comment=self.comment.data or "",
            override=self.override.data or "",
            is_use_told=not self.is_use_hidden.data,
            person_id=uuid.UUID(self.about.data) if self.about.data else None,
        )


@officer.get("/officer/cases/<uuid:case_id>/redaction")
@allow(Permission.RECORD_READ)
def show_redaction_overview(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every page in scope with what is marked on it, and what stands in the way of approval."""
    return render_template(
        "officer/show_redaction_overview.html", work=workspace.overview(case_id, actor())
    )


@officer.get("/officer/pages/<uuid:page_id>")
@allow(Permission.RECORD_READ)
def show_page(page_id: uuid.UUID) -> ResponseReturnValue:
    """One page: its picture with the marks on it, and the same page as lines of text."""
    opened = workspace.open_page(page_id, actor(), wanted_from(request.args))
    code = request.args.get("code")
    form = MarkForm(code=code) if code else MarkForm()
    form.choose_from(opened)
    return _page(form, opened)


@officer.get("/officer/pages/<uuid:page_id>/picture")
@allow(Permission.RECORD_READ)
def show_page_picture(page_id: uuid.UUID) -> ResponseReturnValue:
    """The page's picture, made by us from the prepared page."""
    page = pages.page_for(page_id, actor(), Permission.RECORD_READ)
    return Response(pages.picture_of(page), mimetype="image/webp")


@officer.post("/officer/pages/<uuid:page_id>/<any(lines, box, page):way>")
@allow(Permission.REDACTION_MARK)
@writes
def mark_page(page_id: uuid.UUID, way: str) -> ResponseReturnValue:
    """Marks ticked lines, a box, or the whole page; with scripts or without, it is this request."""
    opened = workspace.open_page(page_id, actor())
    form = MarkForm()
    form.choose_from(opened)
    if form.validate_on_submit():
        reason = form.reason
        marked = attempt(form, lambda: _mark(page_id, way, form, reason))
        if marked:
            flash(f"Left out under {reason.code}.", "done")
            return redirect(url_for("officer.show_page", page_id=page_id, code=reason.code))
    return _page(form, opened)


@officer.post("/officer/pages/<uuid:page_id>/seen")
@allow(Permission.REDACTION_MARK)
@writes
def see_page(page_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that the officer has looked at the page, and goes on to the next."""
    opened = workspace.open_page(page_id, actor())
    form = MarkForm()
    form.choose_from(opened)
    look = pages.Look("has_read" in request.form, "keeps_hidden" in request.form)
    if not attempt(form, lambda: _seen(page_id, look)):
        return _page(form, opened)
    after = opened.after.id if opened.after else None
    if after is None:
        page = pages.page_for(page_id, actor(), Permission.RECORD_READ)
        return redirect(url_for("officer.show_redaction_overview", case_id=page.record.case_id))
    return redirect(url_for("officer.show_page", page_id=after))


def _seen(page_id: uuid.UUID, look: pages.Look) -> bool:
    workspace.see_page(page_id, actor(), look)
    return True


@officer.post("/officer/redactions/<uuid:redaction_id>/undo")
@allow(Permission.REDACTION_MARK)
@writes
def undo_redaction(redaction_id: uuid.UUID) -> ResponseReturnValue:
    """Takes one redaction back."""
    undone = redactions.undo(redaction_id, actor())
    flash("Taken back.", "done")
    return redirect(url_for("officer.show_page", page_id=undone.page_id))


@officer.post("/officer/cases/<uuid:case_id>/redaction/undo")
@allow(Permission.REDACTION_MARK)
@writes
def undo_last_redaction(case_id: uuid.UUID) -> ResponseReturnValue:
    """Takes back the last thing this officer marked on the case."""
    undone = redactions.undo_last(case_id, actor())
    flash("Your last mark was taken back.", "done")
    return redirect(url_for("officer.show_page", page_id=undone.page_id))


def _mark(page_id: uuid.UUID, way: str, form: MarkForm, reason: Reason) -> list[Any]:
    if way == "page":
        return list(redactions.withhold_page(page_id, reason, actor()))
    if way == "lines":
        numbers = [int(number) for number in form.lines.data or ()]
        return list(redactions.mark_lines(page_id, numbers, reason, actor()))
    edges = [form.x0.data, form.y0.data, form.x1.data, form.y1.data]
    given = [float(edge) for edge in edges if edge is not None]
    return list(redactions.mark_box(page_id, given, reason, actor()))


def _page(form: MarkForm, opened: workspace.OpenPage) -> ResponseReturnValue:
    return render_form("officer/show_page.html", form, opened=opened, rect=Rect)
