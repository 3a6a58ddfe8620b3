"""Exception to page: the web's only broad handler. A page never shows how the program failed."""

from __future__ import annotations

import uuid

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from sar.documents.errors import DocumentError
from sar.domain.errors import DomainError
from sar.services.errors import ConflictError, NotFoundError, RefusedError

_log = structlog.get_logger("web")

_SENTENCES = {
    400: ("There is a problem with what was sent", "Go back, check the form and send it again."),
    401: ("Sign in to go on", "Your session has ended. Sign in again."),
    403: ("You cannot open this page", "Your role does not include it. Ask your administrator."),
    404: ("Page not found", "Check the address, or go back to your work."),
    405: ("That cannot be done here", "Go back and use the buttons on the page."),
    413: ("That is too large", "Send fewer or smaller files at a time."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
}


def register_errors(app: Flask) -> None:
    """Gives the application its error pages."""
    app.register_error_handler(NotFoundError, lambda error: _page(404, None))
    app.register_error_handler(RefusedError, lambda error: _page(409, str(error)))
    app.register_error_handler(ConflictError, lambda error: _page(409, str(error)))
    app.register_error_handler(DomainError, lambda error: _page(409, str(error)))
    app.register_error_handler(DocumentError, lambda error: _page(409, str(error)))
    app.register_error_handler(
        CSRFError,
        lambda error: _page(400, "The form was open for too long. Go back, reload it, send again."),
    )
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error.get_response()
    return _page(error.code or 500, None)


def _unexpected(error: Exception) -> ResponseReturnValue:
    number = uuid.uuid4().hex[:12]
    _log.error(
        "view_failed",
        number=number,
        endpoint=request.endpoint,
        kind=type(error).__name__,
        where=_where(error),
    )
    return _page(500, f"It has been noted under number {number}. Nothing was changed.")


def _where(error: Exception) -> str:
    """File and line of the fault; never its message, which could hold personal data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def _page(code: int, sentence: str | None) -> ResponseReturnValue:
    title, usual = _SENTENCES.get(code, ("Something went wrong", "Go back and try again."))
    if code == 409:
        title = "That cannot be done now"
    return render_template("errors/error.html", title=title, sentence=sentence or usual), code
