"""Collecting a reply: a link, a code, a calm page that says what is inside, a download.

Public: whoever holds the link sees only that a code is needed. What comes after needs the code,
and is bound to the browser that gave it, for 15 minutes.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.services import disclosures
from sar.services.errors import RefusedError
from sar.web.access import allow_anyone, now
from sar.web.downloads import as_download
from sar.web.fields import text_field
from sar.web.forms import attempt, render_form
from sar.web.limits import limit
from sar.web.requester.blueprint import requester
from sar.web.transaction import writes

if TYPE_CHECKING:
    from sar.models.disclosure import Disclosure

IDLE = timedelta(minutes=15)
SESSION = "collecting"
LINK = "the link is unguessable, and opens nothing without a code"
CODE = "checks the code that this browser gave"


class AskForm(FlaskForm):
    """Asks for a code."""


class CodeForm(FlaskForm):
    """The code, however it is typed or pasted."""

    code = text_field("Code", "Enter the code", "It has 6 numbers.", limit=20)


@requester.route("/collect/<token>", methods=["GET", "POST"])
@allow_anyone(LINK)
@limit("30 per minute")
@writes
def show_reply(token: str) -> ResponseReturnValue:
    """Says that a reply is ready, and sends a code when asked."""
    disclosure = disclosures.find(token, now())
    form = AskForm()
    if form.validate_on_submit() and attempt(form, lambda: disclosures.send_code(token, now())):
        return redirect(url_for("requester.enter_code", token=token))
    return render_form(
        "requester/show_reply.html",
        form,
        token=token,
        where=disclosures.where_codes_go(disclosure),
        expires_at=disclosure.expires_at,
    )


@requester.route("/collect/<token>/code", methods=["GET", "POST"])
@allow_anyone(LINK)
@limit("20 per minute", methods=["POST"])
@writes
def enter_code(token: str) -> ResponseReturnValue:
    """Asks for the code; it works once, in this browser. A wrong one is counted, so it commits."""
    disclosure = disclosures.find(token, now())
    form = CodeForm()
    if form.validate_on_submit():
        if disclosures.use_code(token, form.code.data or "", now()):
            session[SESSION] = {"of": _mark(token), "at": now().isoformat()}
            return redirect(url_for("requester.show_records", token=token))
        return redirect(url_for("requester.enter_code", token=token, wrong=1))
    if request.args.get("wrong") and not form.errors:
        form.code.errors = [disclosures.WRONG_CODE]
    return render_form(
        "requester/enter_code.html",
        form,
        token=token,
        where=disclosures.where_codes_go(disclosure),
    )


@requester.get("/collect/<token>/records")
@allow_anyone(CODE)
def show_records(token: str) -> ResponseReturnValue:
    """What is inside, before anything is opened; now, later, or with somebody."""
    disclosure = _proved(token)
    if disclosure is None:
        return redirect(url_for("requester.show_reply", token=token))
    return render_template(
        "requester/show_records.html",
        token=token,
        disclosure=disclosure,
        files=disclosures.files_of(disclosure),
    )


@requester.get("/collect/<token>/files/<uuid:file_id>")
@allow_anyone(CODE)
def download_file(token: str, file_id: uuid.UUID) -> ResponseReturnValue:
    """The file; each range asks anew, so that a link that was ended stops at once."""
    disclosure = _proved(token)
    if disclosure is None:
        return redirect(url_for("requester.show_reply", token=token))
    file = disclosures.file_of(disclosure, file_id)
    name = f"{disclosure.bundle.case.reference}-{file.name}"
    answer: Response = as_download(file, disclosures.bundle_bytes, name)
    return answer


@requester.post("/collect/<token>/files/<uuid:file_id>")
@allow_anyone(CODE)
@writes
def begin_download(token: str, file_id: uuid.UUID) -> ResponseReturnValue:
    """Notes that a download begins, then sends the browser to it."""
    disclosure = _proved(token)
    if disclosure is None:
        return redirect(url_for("requester.show_reply", token=token))
    disclosures.note_download(disclosure, disclosures.file_of(disclosure, file_id), now())
    return redirect(url_for("requester.download_file", token=token, file_id=file_id), 303)


@requester.post("/collect/<token>/leave")
@allow_anyone("ends this browser's own session")
def leave(token: str) -> ResponseReturnValue:
    """Forgets the code in this browser."""
    session.pop(SESSION, None)
    return redirect(url_for("requester.show_reply", token=token))


@requester.errorhandler(RefusedError)
def show_ended(error: RefusedError) -> ResponseReturnValue:
    """A link that has expired or was ended: what to do now."""
    return render_template("requester/link_ended.html", sentence=str(error)), 410


def _proved(token: str) -> Disclosure | None:
    """The release, when this browser gave its code less than 15 minutes ago."""
    disclosure = disclosures.find(token, now())
    held = session.get(SESSION) or {}
    if held.get("of") != _mark(token):
        return None
    at = datetime.fromisoformat(str(held.get("at"))).astimezone(UTC)
    if now() - at > IDLE:
        session.pop(SESSION, None)
        return None
    session[SESSION] = {"of": _mark(token), "at": now().isoformat()}
    return disclosure


def _mark(token: str) -> str:
    """What the session keeps in place of the token."""
    return hashlib.sha256(f"collect {token}".encode()).hexdigest()
