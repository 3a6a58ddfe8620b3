"""How a date is written to people."""

from datetime import date


def date_words(day: date | None) -> str:
    """5 February 2026, or an empty string for no date.

    Law: none; the GOV.UK style that letters, mails and screens share.
    """
    if day is None:
        return ""
    return f"{day.day} {day:%B %Y}"
