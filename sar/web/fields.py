"""The fields our forms are made of: GOV.UK widgets, plain errors, what was typed kept.

Each maker takes the sentence to show when nothing is given (`required`), or leaves the field
optional.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovDateInput,
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are older
from wtforms.utils import unset_value
from wtforms.validators import DataRequired, Length, Optional, Regexp, StopValidation

Choices = Sequence[tuple[str, str]]
PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")  # to the very end: no second header


class PlainParams:
    """Over a GOV.UK widget: bold question, no empty hint, no `required` (ours to say)."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """The options of the component."""
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if not (params.get("hint") or {}).get("text"):
            params.pop("hint", None)
        params.get("attributes", {}).pop("required", None)
        if "label" in params:
            params["label"].setdefault("classes", "govuk-label--s")
        if "fieldset" in params:
            params["fieldset"]["legend"].setdefault("classes", "govuk-fieldset__legend--s")
        return params


class TextInput(PlainParams, GovTextInput):
    """One line."""


class TextArea(PlainParams, GovTextArea):
    """Several lines."""


class Radios(PlainParams, GovRadioInput):
    """One of a few."""


class Checkboxes(PlainParams, GovCheckboxesInput):
    """Any of a few."""


class Checkbox(PlainParams, GovCheckboxInput):
    """A single one."""


class Select(PlainParams, GovSelect):
    """One of many."""


class FileInput(PlainParams, GovFileInput):
    """Files."""


class DayInput(GovDateInput):
    """Day, month and year as three inputs with names of their own; marks those that are wrong."""

    def __call__(self, field: DayField, **kwargs: Any) -> Markup:  # noqa: ANN401  # as WTForms has it
        """The GOV.UK date input."""
        params: dict[str, Any] = {
            "id": field.id,
            "fieldset": {
                "legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}
            },
            "hint": {"text": field.description} if field.description else None,
            "items": [self._item(field, part) for part in PARTS],
        }
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        params = self.merge_params(params, kwargs.get("params", {}))
        return Markup(self.render(params))  # noqa: S704  # the macro has escaped it

    @staticmethod
    def _item(field: DayField, part: str) -> dict[str, str]:
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        is_wrong = bool(field.errors) and part in (field.wrong_parts or PARTS)
        return {
            "label": part.capitalize(),
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "classes": f"{width} govuk-input--error" if is_wrong else width,
            "value": field.typed[part],
        }


class DayField(Field):
    """A date typed as day, month (number or name) and year; `data` is a date or None."""

    widget = DayInput()
    data: date | None

    def __init__(self, label: str = "", required: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(label, **kwargs)
        self.required = required
        self.typed = dict.fromkeys(PARTS, "")
        self.wrong_parts: tuple[str, ...] = ()

    def process(
        self,
        formdata: Any,  # noqa: ANN401  # as WTForms has it
        data: Any = unset_value,  # noqa: ANN401
        extra_filters: Any = None,  # noqa: ANN401
    ) -> None:
        """Takes the date given, then what was typed over it."""
        super().process(None, data, extra_filters)
        if self.data:
            self.typed = dict(zip(PARTS, (str(n) for n in _numbers(self.data)), strict=True))
        if formdata and any(f"{self.name}-{part}" in formdata for part in PARTS):
            self.typed = {
                part: formdata.get(f"{self.name}-{part}", "").strip()[:20] for part in PARTS
            }
            self.data = None
            self._read()

    def pre_validate(self, form: object) -> None:
        """Stops at what was mistyped, or at nothing typed."""
        if self.process_errors:
            raise StopValidation
        if self.data is None:
            raise StopValidation(self.required)

    @property
    def first_wrong_id(self) -> str:
        """The id of the input an error is about."""
        return f"{self.id}-{(self.wrong_parts or PARTS)[0]}"

    def _read(self) -> None:
        missing = tuple(part for part in PARTS if not self.typed[part])
        if len(missing) == len(PARTS):
            return
        if missing:
            self._refuse(f"must include a {' and '.join(missing)}", missing)
            return
        if not re.fullmatch(r"[0-9]{4}", self.typed["year"]):
            self._refuse("must have a year of 4 numbers", ("year",))
            return
        day, month = self.typed["day"], _month_number(self.typed["month"])
        try:
            if not (month and re.fullmatch(r"[0-9]{1,2}", day)):
                raise ValueError
            self.data = date(int(self.typed["year"]), month, int(day))
        except ValueError:
            self._refuse("must be a real date", ())

    def _refuse(self, rest: str, parts: tuple[str, ...]) -> None:
        self.wrong_parts = parts
        self.process_errors = [f"{self.label.text.rstrip('?')} {rest}"]


class Offering:
    """Over a field of choices: takes them as (value, words), at once or later."""

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401  # any attribute
        """Turns pairs into what WTForms wants when `choices` is given."""
        object.__setattr__(self, name, _offered(value) if name == "choices" else value)


class OneOfFew(Offering, RadioField):
    """Radios."""


class OneOfMany(Offering, SelectField):
    """A select."""


class AnyOfFew(Offering, SelectMultipleField):
    """Checkboxes."""


def text_field(label: str, required: str = "", hint: str = "", limit: int = 200) -> StringField:
    """One line of text."""
    return StringField(
        label,
        widget=TextInput(),
        description=hint,
        filters=[_one_line],
        validators=[_presence(required), _length(label, limit)],
    )


def email_field(label: str, required: str = "", hint: str = "") -> StringField:
    """An e-mail address."""
    wrong = "Enter an email address in the correct format, like name@example.com"
    return StringField(
        label,
        widget=TextInput(),
        description=hint,
        filters=[_one_line],
        validators=[_presence(required), _length(label, 254), Regexp(_EMAIL, message=wrong)],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )


def long_text_field(
    label: str, required: str = "", hint: str = "", limit: int = 10_000, rows: int = 5
) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(
        label,
        widget=TextArea(),
        description=hint,
        filters=[_tidy],
        validators=[_presence(required), _length(label, limit)],
        render_kw={"rows": str(rows)},
    )


def radio_field(
    label: str, choices: Choices = (), required: str = "", hint: str = ""
) -> RadioField:
    """One of a few; give `form.name.choices` later when they depend on the case."""
    return OneOfFew(
        label,
        choices=_offered(choices),
        widget=Radios(),
        description=hint,
        validators=[_presence(required)],
    )


def checkboxes_field(
    label: str, choices: Choices = (), required: str = "", hint: str = ""
) -> SelectMultipleField:
    """Any number of a few."""
    return AnyOfFew(
        label,
        choices=_offered(choices),
        widget=Checkboxes(),
        description=hint,
        validators=[_presence(required)],
    )


def tick_field(label: str, required: str = "", hint: str = "") -> BooleanField:
    """A single checkbox."""
    return BooleanField(
        label,
        widget=Checkbox(),
        description=hint,
        validators=[DataRequired(required)] if required else [],
    )


def select_field(
    label: str, choices: Choices = (), required: str = "", hint: str = ""
) -> SelectField:
    """One of many."""
    return OneOfMany(
        label,
        choices=_offered(choices),
        widget=Select(),
        description=hint,
        validators=[_presence(required)],
    )


def files_field(label: str, required: str = "", hint: str = "") -> MultipleFileField:
    """One or more files; `data` may hold empty strings where nothing was chosen."""
    return MultipleFileField(
        label,
        widget=FileInput(multiple=True),
        description=hint,
        validators=[_file_presence(required)] if required else [],
    )


def submit_field(label: str) -> SubmitField:
    """The button."""
    return SubmitField(label, widget=GovSubmitInput())


def error_list(form: Any) -> list[dict[str, str]]:  # noqa: ANN401  # any of our forms
    """What an error summary shows: each error once, linked to the input it is about."""
    found = [
        {"text": str(field.errors[0]), "href": f"#{getattr(field, 'first_wrong_id', field.id)}"}
        for field in form
        if field.errors
    ]
    first = next(
        (each for each in form if each.type not in {"CSRFTokenField", "HiddenField"}), None
    )
    target = getattr(first, "first_wrong_id", first.id) if first is not None else "main-content"
    return [*({"text": str(each), "href": f"#{target}"} for each in form.form_errors), *found]


def _offered(choices: Any) -> Any:  # noqa: ANN401  # None, pairs, or made already
    return choices and [
        SelectChoice(*each) if isinstance(each, tuple) else each for each in choices
    ]


def _month_number(typed: str) -> int | None:
    """1 to 12 from a number, a name or the beginning of a name."""
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed)
    begin = typed.casefold()[:3]
    return _MONTHS.index(begin) + 1 if begin in _MONTHS else None


def _numbers(day: date) -> tuple[int, int, int]:
    return day.day, day.month, day.year


def _tidy(value: str | None) -> str | None:
    """Plain line ends, no surrounding space, none of the characters a database refuses."""
    if value is None:
        return None
    return value.replace("\r\n", "\n").replace("\x00", "").strip()


def _one_line(value: str | None) -> str | None:
    """The same on one line: what goes into a heading of a mail or a file holds no second one."""
    return None if value is None else " ".join(value.replace("\x00", "").split())


def _presence(required: str) -> DataRequired | Optional:
    return DataRequired(required) if required else Optional()


def _length(label: str, limit: int) -> Length:
    return Length(max=limit, message=f"{label} must be {limit:,} characters or fewer")


def _file_presence(required: str) -> Any:  # noqa: ANN401  # a validator
    def check(form: object, field: MultipleFileField) -> None:
        if not any(getattr(each, "filename", "") for each in field.data or []):
            raise StopValidation(required)

    return check
