"""A misspelt name in a page is an error; an option left out of a GOV.UK component is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Undefined, UndefinedError
from jinja2.utils import missing

# What the GOV.UK page template and components read by a bare name and may be left out.
OPTIONAL = frozenset(
    {
        "assetPath",
        "assetUrl",
        "bodyAttributes",
        "bodyClasses",
        "caller",
        "containerAttributes",
        "containerClasses",
        "dateInputItems",
        "effectiveValue",
        "errorId",
        "footerAttributes",
        "footerClasses",
        "hasHint",
        "headerAttributes",
        "headerClasses",
        "hintId",
        "htmlClasses",
        "isChecked",
        "itemDescribedBy",
        "itemHintId",
        "labelHtml",
        "listClasses",
        "mainAttributes",
        "mainClasses",
        "mainLang",
        "null",
        "opengraphImageUrl",
        "pageTitleLang",
        "role",
        "serviceName",
        "serviceUrl",
        "successBanner",
        "typeClass",
        "undefined",
    }
)


class PageUndefined(Undefined):
    """Chooses between Jinja's strict and lenient kinds, by who is asking for what."""

    def __new__(  # type: ignore[misc]  # it makes one of its relatives
        cls,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401  # any object of a template
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
    ) -> Undefined:
        """The lenient kind for component options and optional page settings, else the strict."""
        is_option = obj is None or isinstance(obj, Mapping | Undefined)
        is_setting = obj is missing and name in OPTIONAL
        kind = Undefined if is_option or is_setting else StrictUndefined
        return kind(hint, obj, name, exc)
