"""Which of the dates in a text are dates of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sar.documents.calendar_dates import WrittenDate, dates_in
from sar.documents.known_details import KnownDetails
from sar.documents.name_mentions import Mention
from sar.documents.recognisers import Detail
from sar.documents.table_rows import rows_of
from sar.domain.people import Role

_AGE = re.compile(r" ?\((1?\d)\)")
_BEFORE_HOME = re.compile(r",? (?:of|resid\w+|living|address)\b")
_LABEL = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\.?\b|\bdate[ \n]of[ \n]birth\b|\bbirth[ -]?da(?:te|y)\b"
    r"|\bborn\b(?:[ \n]on)?|\bb\.)"
    r"(?: ?[:.|(-]| ?\n)? ?$",
    re.IGNORECASE,
)


def births_in(text: str, mentions: Sequence[Mention], known: KnownDetails) -> list[Detail]:
    """Dates that a label, a column, a bracket after a name or the register calls a birth."""
    rows = [row for row in rows_of(text) if row.cell("DOB")]
    columns = [(cell.start, cell.end) for row in rows if (cell := row.cell("DOB"))]
    ends = {mention.end: mention for mention in mentions}
    found = []
    for written in dates_in(text):
        if score := _score(text, written, columns, ends, known):
            found.append(Detail("DOB", written.start, written.end, score))
    return found


def ages_in(text: str, mentions: Sequence[Mention]) -> list[Detail]:
    """Bare numbers in brackets after a name: Oisín (7)."""
    found = []
    for mention in mentions:
        if match := _AGE.match(text, mention.end):
            found.append(Detail("AGE", match.start(1), match.end(1), 0.7))
    return found


def _score(
    text: str,
    written: WrittenDate,
    columns: Sequence[tuple[int, int]],
    ends: dict[int, Mention],
    known: KnownDetails,
) -> float:
    before = text[max(0, written.start - 30) : written.start]
    if _LABEL.search(before):
        return 0.97
    if any(start <= written.start < end for start, end in columns):
        return 0.95
    if known.people_born(written.day):
        return 0.9
    if _BEFORE_HOME.match(text, written.end) and _follows_name(text, written, ends):
        return 0.8
    return 0.8 if _is_bracket_after_name(text, written, ends) else 0


def _follows_name(text: str, written: WrittenDate, ends: dict[int, Mention]) -> bool:
    mention = ends.get(len(text[: written.start].rstrip(" ,\n")))
    return mention is not None and not _is_worker(mention)


def _is_worker(mention: Mention) -> bool:
    return any(person.role is Role.PROFESSIONAL for person in mention.people)


def _is_bracket_after_name(text: str, written: WrittenDate, ends: dict[int, Mention]) -> bool:
    opening = text[: written.start].rstrip()
    if not opening.endswith("(") or text[written.end : written.end + 1] not in {")", ","}:
        return False
    mention = ends.get(len(opening[:-1].rstrip()))
    return mention is not None and not _is_worker(mention)
