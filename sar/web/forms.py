"""How a form meets its use case: a refusal becomes an error on the form, what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.errors import DomainError
from sar.services.errors import RefusedError

Done = TypeVar("Done")


def attempt(form: FlaskForm, act: Callable[[], Done]) -> Done | None:
    """What the use case returns, or None when it refused: the form then says why."""
    try:
        return act()
    except (RefusedError, DomainError) as error:
        form.form_errors.append(str(error))
        return None


def render_form(template: str, form: FlaskForm, **context: Any) -> ResponseReturnValue:  # noqa: ANN401
    """The page of a form; 422 where it was sent and not accepted, so that nothing is committed."""
    code = 422 if request.method == "POST" else 200
    return render_template(template, form=form, **context), code
