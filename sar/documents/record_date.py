"""The date a record is put in order by."""

from __future__ import annotations

from datetime import date

from sar.documents.calendar_dates import dates_in

_MAIL = ("message/", "application/vnd.ms-outlook", "text/calendar")


def record_date(name: str, media_type: str, own: date | None, today: date) -> date | None:
    """A mail's own date; else the first date in the file's name; else what the file says of itself.

    People put the day of a visit in the name of its note. What an office file says is when its
    template was made, or when it was copied, so it comes last. No record is of the future.
    """
    if own is not None and media_type.startswith(_MAIL):
        return own
    named = next((each.day for each in dates_in(name.replace("_", " ")) if each.day <= today), None)
    return named or (own if own is not None and own <= today else None)
