"""What a file read from its first year to its last ought to hold, and does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sar.domain.dates import date_words
from sar.domain.working_days import months_after

MONTHS_BETWEEN_REVIEWS = 6
MONTHS_TO_SECOND_REVIEW = 3


class DateSource(StrEnum):
    """Where the date of a record was taken from."""

    MAIL = "mail"
    NAME = "name"
    DOCUMENT = "document"
    OFFICER = "officer"

    @property
    def label(self) -> str:
        """The source in the words of the screens."""
        return {
            DateSource.MAIL: "from the email itself",
            DateSource.NAME: "from the name of the file",
            DateSource.DOCUMENT: "from what the file says of itself",
            DateSource.OFFICER: "given by an officer",
        }[self]


class ReviewKind(StrEnum):
    """A meeting that the law wants again and again while a child is in its care or protection."""

    LOOKED_AFTER = "looked-after"
    CHILD_PROTECTION = "child-protection"

    @property
    def label(self) -> str:
        """The kind in the words of the screens."""
        return {
            ReviewKind.LOOKED_AFTER: "looked after child review",
            ReviewKind.CHILD_PROTECTION: "child protection conference",
        }[self]


_SIGNS = (
    (
        ReviewKind.CHILD_PROTECTION,
        re.compile(
            r"\b(?:[ir]cpc|child protection (?:review )?conference|cp (?:review )?conference"
            r"|(?:initial|review) (?:child protection )?(?:case )?conference)\b"
        ),
    ),
    (
        ReviewKind.LOOKED_AFTER,
        re.compile(
            r"\b(?:(?:lac|cla|looked after(?: child(?:ren)?)?|child(?:ren)? in care)"
            r"(?: statutory)? review|review of arrangements|iro (?:review|report))\b"
        ),
    ),
)
_ENCLOSED = re.compile(
    r"\b(?:please (?:find|see) (?:the )?(?:attach|enclos)ed|(?:is|are|have|ive|i) attached"
    r"|attached (?:is|are|please|you)|see attach(?:ed|ment)|find enclosed|the attachment)\b"
)


@dataclass(frozen=True)
class Gap:
    """Something a reader would look for and not find, in words."""

    sentence: str


def review_kind(text: str) -> ReviewKind | None:
    """What review a record is of, from its name and first lines, folded; None when of none.

    Law: SI 2010/959 regs 32-33; Working Together to Safeguard Children, ch 3 (conferences).
    """
    return next((kind for kind, sign in _SIGNS if sign.search(text)), None)


def mentions_attachment(text: str) -> bool:
    """Whether a mail, folded, says that something came with it.

    Law: UK GDPR Art 15(1): what was held with a mail is part of what is held.
    """
    return _ENCLOSED.search(text) is not None


def missing_years(dates: Iterable[date]) -> tuple[Gap, ...]:
    """Years without any record between the first year and the last.

    Law: UK GDPR Art 15(1A): a search is reasonable when what it did not find can be explained.
    """
    years = sorted({each.year for each in dates})
    found = []
    for before, after in pairwise(years):
        if after - before == 2:
            found.append(Gap(f"No record is dated {before + 1}."))
        elif after - before > 2:
            found.append(Gap(f"No record is dated from {before + 1} to {after - 1}."))
    return tuple(found)


def missing_reviews(kind: ReviewKind, held: Iterable[date]) -> tuple[Gap, ...]:
    """Stretches between two reviews in which the law wanted another, and none is in the records.

    A first review is followed within three months, every other within six; a week is let pass. The
    end of a stretch of care is not in the dates, so nothing is said of what follows the last.

    Law: SI 2010/959 reg 33(1)-(3); Working Together to Safeguard Children, ch 3.
    """
    days = sorted(set(held))
    found = []
    for place, (before, after) in enumerate(pairwise(days)):
        months = MONTHS_TO_SECOND_REVIEW if place == 0 else MONTHS_BETWEEN_REVIEWS
        latest = months_after(before, months)
        if (after - latest).days > 7:
            found.append(
                Gap(
                    f"A {kind.label} was due by {date_words(latest)}; none is held between"
                    f" {date_words(before)} and {date_words(after)}."
                )
            )
    return tuple(found)


def undated(count: int) -> Sequence[Gap]:
    """That records without a date stand last.

    Law: UK GDPR Art 12(1): in an order that can be followed.
    """
    if not count:
        return ()
    subject = "1 record has" if count == 1 else f"{count} records have"
    return (Gap(f"{subject} no date and {'stands' if count == 1 else 'stand'} last."),)
