"""The date a record is put in order by, and where it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.documents.calendar_dates import dates_in
from sar.domain.chronology import DateSource

_MAIL = ("message/", "application/vnd.ms-outlook", "text/calendar")


@dataclass(frozen=True)
class RecordDate:
    """A date and its source; both None where nobody knows."""

    on: date | None = None
    source: DateSource | None = None


def record_date(name: str, media_type: str, own: date | None, today: date) -> RecordDate:
    """A mail's own date; else the first date in the file's name; else what the file says of itself.

    People put the day of a visit in the name of its note. What an office file says is when its
    template was made, or when it was copied, so it comes last. No record is of the future.
    """
    if own is not None and media_type.startswith(_MAIL):
        return RecordDate(own, DateSource.MAIL)
    named = next((each.day for each in dates_in(name.replace("_", " ")) if each.day <= today), None)
    if named is not None:
        return RecordDate(named, DateSource.NAME)
    if own is not None and own <= today:
        return RecordDate(own, DateSource.DOCUMENT)
    return RecordDate()
