"""Before which day records may not be destroyed, and why; a hold comes before all of this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sar.domain.dates import date_words
from sar.domain.service_entry import RetentionTrigger, ServiceEntry

_T = RetentionTrigger
_ACADEMIC_YEAR_END = (8, 31)


@dataclass(frozen=True)
class RetentionFacts:
    """What is known of the person and the work; None where nobody has said."""

    born_on: date | None = None
    youngest_born_on: date | None = None
    last_contact_on: date | None = None
    last_involved_on: date | None = None
    service_closed_on: date | None = None
    programme_ended_on: date | None = None


@dataclass(frozen=True)
class Retention:
    """The first day on which records may go, or None where the rule gives no day; and why."""

    not_before: date | None
    sentence: str


class SarFileRule(StrEnum):
    """Which of the desk's own files is meant."""

    CASE = "case"
    CASE_WITH_COMPLAINT = "case-with-complaint"
    BUNDLE = "bundle"


@dataclass(frozen=True)
class SarFileYears:
    """For how many years after closure the desk keeps its own files; the law sets no period."""

    case: int = 3
    case_with_complaint: int = 6
    bundle: int = 1


def retention_of(entry: ServiceEntry, facts: RetentionFacts) -> Retention:
    """Before which day records of a service may not be destroyed.

    Law: UK GDPR Art 5(1)(e) (no longer than needed); the period is the one the notice promises.
    """
    return _RULES[entry.retention_trigger](facts)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March in other years.

    Law: none; the later of the two customs, so that nothing goes too early.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def academic_year_end(day: date) -> date:
    """The 31 August on or after a day. Law: Education Act 1996 s.579 (school year, by custom)."""
    month, last = _ACADEMIC_YEAR_END
    this_year = date(day.year, month, last)
    return this_year if day <= this_year else date(day.year + 1, month, last)


def sar_file_until(
    rule: SarFileRule, closed_on: date, years: SarFileYears | None = None
) -> Retention:
    """Until when the desk keeps its own file on a case, or the copy of what was disclosed.

    Law: UK GDPR Art 5(1)(e), 5(2); Limitation Act 1980 s.2 for a case that was contested.
    """
    kept = years or SarFileYears()
    count = {
        SarFileRule.CASE: kept.case,
        SarFileRule.CASE_WITH_COMPLAINT: kept.case_with_complaint,
        SarFileRule.BUNDLE: kept.bundle,
    }[rule]
    what = {
        SarFileRule.CASE: "The file of the case",
        SarFileRule.CASE_WITH_COMPLAINT: "The file of a case that was complained about",
        SarFileRule.BUNDLE: "The copy of what was disclosed",
    }[rule]
    day = years_after(closed_on, count)
    return Retention(day, f"{what} is kept for {_years(count)}, until {date_words(day)}.")


def _missing(what: str) -> Retention:
    return Retention(None, f"Not computed yet: {what} is not known.")


def _not_before(day: date, why: str) -> Retention:
    return Retention(day, f"Not before {date_words(day)}, because {why}.")


def _programme(facts: RetentionFacts) -> Retention:
    if facts.programme_ended_on is None:
        return _missing("the day the programme ended")
    day = years_after(facts.programme_ended_on, 1)
    return _not_before(
        day, f"the programme ended on {date_words(facts.programme_ended_on)}, and 1 year is added"
    )


def _twenty_five(facts: RetentionFacts) -> Retention:
    if facts.born_on is None:
        return _missing("the date of birth")
    return _not_before(years_after(facts.born_on, 25), "that is the 25th birthday")


def _last_contact(facts: RetentionFacts) -> Retention:
    if facts.last_contact_on is None:
        return _missing("the last contact")
    day = years_after(facts.last_contact_on, 3)
    return _not_before(
        day, f"the last contact was on {date_words(facts.last_contact_on)}, and 3 years are added"
    )


def _youngest_six(facts: RetentionFacts) -> Retention:
    if facts.youngest_born_on is None:
        return _missing("the youngest child's date of birth")
    sixth = years_after(facts.youngest_born_on, 6)
    return _not_before(
        academic_year_end(sixth),
        f"the youngest child turns 6 on {date_words(sixth)}, in the academic year that ends then",
    )


def _later_of_two(facts: RetentionFacts) -> Retention:
    if facts.born_on is None:
        return _missing("the date of birth")
    if facts.last_involved_on is None:
        return _missing("the last involvement")
    coming = years_after(facts.born_on, 25)
    after = years_after(facts.last_involved_on, 6)
    if after > coming:
        words = date_words(facts.last_involved_on)
        return _not_before(
            after, f"the service was last involved on {words}, and 6 years are added"
        )
    return _not_before(coming, "that is the 25th birthday")


def _closure(facts: RetentionFacts) -> Retention:
    if facts.service_closed_on is None:
        return _missing("the day the service closed its case")
    day = years_after(facts.service_closed_on, 7)
    words = date_words(facts.service_closed_on)
    return _not_before(day, f"the service closed its case on {words}, and 7 years are added")


def _years(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"


def _told(sentence: str) -> Callable[[RetentionFacts], Retention]:
    return lambda _: Retention(None, sentence)


_RULES: dict[RetentionTrigger, Callable[[RetentionFacts], Retention]] = {
    _T.PROGRAMME_END: _programme,
    _T.TWENTY_FIFTH_BIRTHDAY: _twenty_five,
    _T.LAST_CONTACT: _last_contact,
    _T.YOUNGEST_CHILD_TURNS_SIX: _youngest_six,
    _T.LATER_OF_25_AND_LAST_INVOLVEMENT: _later_of_two,
    _T.CASE_CLOSURE: _closure,
    _T.INQUIRY_HOLD: _told(
        "Nothing goes while the inquiry hold stands; after it, as the Youth Justice Board says."
    ),
    _T.CORPORATE_SCHEDULE: _told(
        "As the council's retention schedule says: look the record up there."
    ),
    _T.NOT_STATED: _told("The notice states no time: as the council's retention schedule says."),
    _T.NOT_OURS: _told("Not ours to say: another authority holds it."),
}
