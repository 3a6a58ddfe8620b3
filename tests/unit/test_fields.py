"""The date field: three inputs, one date, and errors that say which part is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from sar.web.fields import DayField, email_field, error_list, long_text_field, text_field


class TypedForm(Form):
    on = DayField("Date received", required="Enter the date received")
    born = DayField("Date of birth")
    email = email_field("Email address")
    text = long_text_field("Note", limit=10)
    name = text_field("Full name")


def form_of(day: str, month: str, year: str, **others: str) -> TypedForm:
    return TypedForm(MultiDict({"on-day": day, "on-month": month, "on-year": year, **others}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("5", "2", "2026"), date(2026, 2, 5)),
        (("05", "02", "2026"), date(2026, 2, 5)),
        ((" 29 ", "February", "2024"), date(2024, 2, 29)),
        (("1", "sept", "2026"), date(2026, 9, 1)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, str, str], meant: date) -> None:
    form = form_of(*typed)
    assert form.validate()
    assert form.on.data == meant


@pytest.mark.parametrize(
    ("typed", "error", "target"),
    [
        (("", "", ""), "Enter the date received", "#on-day"),
        (("", "2", "2026"), "Date received must include a day", "#on-day"),
        (("5", "", ""), "Date received must include a month and year", "#on-month"),
        (("5", "2", "26"), "Date received must have a year of 4 numbers", "#on-year"),
        (("29", "2", "2026"), "Date received must be a real date", "#on-day"),
        (("31", "june", "2026"), "Date received must be a real date", "#on-day"),
        (("5", "13", "2026"), "Date received must be a real date", "#on-day"),
        (("5", "0", "2026"), "Date received must be a real date", "#on-day"),
        (("-5", "2", "2026"), "Date received must be a real date", "#on-day"),
        (("²", "2", "2026"), "Date received must be a real date", "#on-day"),
        (("5", "2", "0000"), "Date received must be a real date", "#on-day"),
    ],
)
def test_each_mistake_has_its_sentence_and_a_link_to_the_part(
    typed: tuple[str, str, str], error: str, target: str
) -> None:
    form = form_of(*typed)
    assert not form.validate()
    assert error_list(form) == [{"text": error, "href": target}]
    assert list(form.on.typed.values()) == [part.strip() for part in typed]
    assert form.on.data is None


def test_a_date_that_need_not_be_given_may_be_left_out_but_not_half_typed() -> None:
    assert form_of("5", "2", "2026").validate()
    half = form_of("5", "2", "2026", **{"born-day": "5"})
    assert not half.validate()
    assert error_list(half)[0]["text"] == "Date of birth must include a month and year"


def test_what_is_known_is_shown_and_what_is_typed_wins() -> None:
    known = TypedForm(data={"on": date(2026, 3, 9)})
    assert known.on.typed == {"day": "9", "month": "3", "year": "2026"}
    typed = TypedForm(
        MultiDict({"on-day": "", "on-month": "", "on-year": ""}), data={"on": date(2026, 3, 9)}
    )
    assert typed.on.data is None


def test_text_loses_what_a_database_refuses_and_says_when_it_is_too_long() -> None:
    form = form_of("5", "2", "2026", text=" a\r\nb\x00 ")
    assert form.validate()
    assert form.text.data == "a\nb"
    long = form_of("5", "2", "2026", text="x" * 11)
    assert not long.validate()
    assert error_list(long)[0]["text"] == "Note must be 10 characters or fewer"


@pytest.mark.parametrize("typed", ["a", "a@b", "a b@c.org", "a@b..org", "a@b.org\nBcc: c@d.org"])
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    form = form_of("5", "2", "2026", email=typed)
    assert not form.validate()
    assert "name@example.com" in error_list(form)[0]["text"]


def test_one_line_of_text_stays_one_line() -> None:
    form = form_of("5", "2", "2026", name="Niamh\r\nBcc:  O'Brien")
    assert form.validate()
    assert form.name.data == "Niamh Bcc: O'Brien"
