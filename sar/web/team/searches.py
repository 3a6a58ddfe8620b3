"""A service team's own tasks: what to look for, upload, answer."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.searching import SearchResult
from sar.services import progress, searches, uploads
from sar.web import parts
from sar.web.access import actor, allow
from sar.web.fields import (
    checkboxes_field,
    files_field,
    long_text_field,
    radio_field,
    text_field,
)
from sar.web.forms import attempt, render_form
from sar.web.team.blueprint import team
from sar.web.transaction import writes
from sar.web.uploads import added_words, spooled, takes_files


class UploadForm(FlaskForm):
    """Many files at once."""

    files = files_field("Files", "Choose at least one file", "You can choose many at once.")


class AnswerForm(FlaskForm):
    """What came of the search."""

    result = radio_field(
        "What did you find?",
        (
            (SearchResult.RECORDS.value, "Records: I have uploaded everything we hold"),
            (SearchResult.NOTHING_HELD.value, "Nothing: we looked and hold nothing"),
            (SearchResult.HELD_ELSEWHERE.value, "Another team or organisation holds them"),
        ),
        "Say what you found",
    )
    held_where = text_field("Who holds them?", hint="Only if somebody else holds the records.")
    places = checkboxes_field("Where did you look?")
    statement = long_text_field(
        "Search statement",
        "Say where you looked and what you found",
        "In your own words: which systems and folders, which names you searched for, and anything "
        "that is missing. The requester may be told what you write.",
    )


@team.get("/team/searches")
@allow(Permission.SEARCH_ANSWER)
def list_searches() -> ResponseReturnValue:
    """The tasks of the teams this person belongs to."""
    return render_template("team/list_searches.html", searches=searches.of_teams(actor()))


@team.get("/team/searches/<uuid:search_id>")
@allow(Permission.SEARCH_ANSWER)
def show_search(search_id: uuid.UUID) -> ResponseReturnValue:
    """One task on one page: who, what, where to look, upload, answer."""
    return _page(search_id, UploadForm())


@team.get("/team/searches/<uuid:search_id>/files")
@allow(Permission.SEARCH_ANSWER)
def show_files(search_id: uuid.UUID) -> ResponseReturnValue:
    """The uploaded files and how far each is: a fragment that refreshes itself."""
    search = searches.search_for(search_id, actor())
    files = searches.supplied(search)
    return render_template(
        "team/files.html", search=search, files=files, progress=progress.of_records(files)
    )


@team.post("/team/searches/<uuid:search_id>/files")
@allow(Permission.SEARCH_ANSWER)
@takes_files
@writes
def upload_files(search_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the files and owes their conversion."""
    form = UploadForm()
    if form.validate_on_submit():
        with spooled(form.files.data) as files:
            kept = attempt(form, lambda: searches.supply(search_id, files, actor()))
        if kept is not None:
            flash(added_words(len(kept), len(files)), "done")
            return redirect(url_for("team.show_search", search_id=search_id))
    return _page(search_id, form)


@team.post("/team/searches/<uuid:search_id>/uploads")
@allow(Permission.SEARCH_ANSWER)
@writes
def begin_upload(search_id: uuid.UUID) -> ResponseReturnValue:
    """Announces a file that a script will send in parts."""
    return parts.begin(lambda offered: uploads.begin_for_search(search_id, offered, actor()))


@team.post("/team/uploads/<uuid:upload_id>")
@allow(Permission.SEARCH_ANSWER)
@takes_files
@writes
def take_part(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The next part of a file."""
    return parts.take(upload_id)


@team.route("/team/searches/<uuid:search_id>/answer", methods=["GET", "POST"])
@allow(Permission.SEARCH_ANSWER)
@writes
def answer_search(search_id: uuid.UUID) -> ResponseReturnValue:
    """Asks for the statement and ends the task."""
    search = searches.search_for(search_id, actor())
    form = AnswerForm()
    form.places.choices = [(place, place) for place in search.places]
    if form.validate_on_submit():
        given = searches.Answer(
            SearchResult(form.result.data),
            form.statement.data or "",
            tuple(form.places.data or ()),
            form.held_where.data or "",
        )
        if attempt(form, lambda: searches.answer(search_id, given, actor())):
            flash("Your answer has been sent. Thank you.", "done")
            return redirect(url_for("team.show_search", search_id=search_id))
    files = searches.supplied(search)
    return render_form("team/answer_search.html", form, search=search, files=files)


def _page(search_id: uuid.UUID, form: UploadForm) -> ResponseReturnValue:
    search = searches.search_for(search_id, actor())
    files = searches.supplied(search)
    return render_form(
        "team/show_search.html",
        form,
        search=search,
        files=files,
        progress=progress.of_records(files),
    )
