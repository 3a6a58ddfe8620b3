"""HTML templates to tagged PDF letters, by WeasyPrint, with no way to fetch anything.

The same template and context always give the same bytes: a letter's date is part of its context.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from sar.documents.errors import DocumentError, DocumentFault

_ONE_AT_A_TIME = threading.Lock()  # the web's threads share the libraries that set text
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "letters"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date | None) -> str:
    """`4 March 2026`; nothing for no date."""
    return "" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """`4 Mar 2026`, for tables; "No date" for none."""
    if value is None:
        return "No date"
    return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"


def counted(number: int, one: str, many: str) -> str:
    """`1 page`, `1,204 pages`."""
    return f"{number:,} {one if number == 1 else many}"


def render_page(template: str, context: Mapping[str, Any]) -> bytes:
    """A template and all its values as a tagged PDF in British English.

    Raises:
        DocumentError: there is no such template, or it asks for something outside itself.
    """
    try:
        markup = _ENVIRONMENT.get_template(f"{template}.html").render(context)
    except TemplateNotFound as error:
        raise DocumentError(
            DocumentFault.UNSUPPORTED, f"There is no letter called {template}."
        ) from error
    return _set(markup)


@functools.lru_cache(maxsize=16)
def _set(markup: str) -> bytes:
    """HTML as a PDF; the parts of a bundle are often asked for again with nothing changed."""
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    try:
        with _ONE_AT_A_TIME:
            written = HTML(string=markup, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise DocumentError(
            DocumentFault.UNSUPPORTED, "A letter may not fetch anything from outside."
        ) from error
    assert isinstance(written, bytes)
    return written


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, short_day=short_day, counted=counted)
    return environment


_ENVIRONMENT = _environment()
