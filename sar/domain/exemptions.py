"""The exemptions catalogue, and the rules on when a code may be used."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sar.domain.errors import ExemptionError
from sar.domain.exemption import Exemption, ExemptionKind
from sar.domain.exemption_catalogue import SCHEDULE_TWO
from sar.domain.exemption_catalogue_children import GROUNDS, SCHEDULES_THREE_AND_FOUR, SCOPING
from sar.domain.rights import ProcessingRegime, Right

EXEMPTIONS: Mapping[str, Exemption] = MappingProxyType(
    {each.code: each for each in (*SCHEDULE_TWO, *SCHEDULES_THREE_AND_FOUR, *GROUNDS, *SCOPING)}
)

_RIGHT_WORDS = {
    Right.ACCESS: "access",
    Right.RECTIFICATION: "rectification",
    Right.ERASURE: "erasure",
    Right.RESTRICTION: "restriction",
    Right.PORTABILITY: "portability",
    Right.OBJECTION: "objection",
    Right.AUTOMATED_DECISION: "automated decisions",
    Right.COMPLAINT: "complaint",
}


_WHY_OUTSIDE = "{} is not an exemption. Write in the note why these words are outside the request."
_WORDS_NEEDED = {"DUP": "{}: write in the note where the copy that is given stands."}


@dataclass(frozen=True)
class HealthOpinion:
    """What a health professional said on the serious harm test, and the day it was obtained."""

    obtained_on: date
    is_test_met: bool


def exemption(code: str) -> Exemption:
    """The catalogue row of a code, however it was typed.

    Raises:
        ExemptionError: there is no such code.
    """
    found = EXEMPTIONS.get(code.strip().upper())
    if found is None:
        raise ExemptionError(f"There is no exemption code {code.strip() or '(blank)'}.")
    return found


def check_code(
    code: str,
    right: Right,
    *,
    regime: ProcessingRegime | None = None,
    is_by_representative: bool | None = None,
    is_data_protection_officer: bool = False,
) -> Exemption:
    """The row of a code that may limit this right; regime and requester are checked when given.

    `is_by_representative` is True when a parent with responsibility for somebody under 18, or a
    person a court appointed, asks for somebody else.
    Law: DPA 2018 Sch 2-4, s.24, s.26, s.45; UK GDPR Art 12(5), 15(1A).

    Raises:
        ExemptionError: the code is unknown, closed to the councils, a presumption of disclosure,
            or has no effect on this right, regime or requester.
    """
    row = exemption(code)
    reason = _refusal(row, right) or _misfit(row, regime, is_by_representative)
    if row.is_for_data_protection_officer and not is_data_protection_officer:
        reason = reason or (
            f"{row.code} ({row.label}) is for the Data Protection Officer alone. Leave the page as "
            "it is and ask them."
        )
    if reason:
        raise ExemptionError(reason)
    return row


def usable_for_redaction(
    right: Right,
    regime: ProcessingRegime | None = None,
    *,
    is_by_representative: bool | None = None,
) -> tuple[Exemption, ...]:
    """Rows an officer may put on an area or a page for this right, most used first.

    Law: DPA 2018 Sch 2-4; grounds that refuse a whole request, and the Data Protection Officer's
    own codes, are not offered on a page.
    """
    rows = (
        row
        for row in EXEMPTIONS.values()
        if not row.is_for_whole_request
        and not row.is_for_data_protection_officer
        and not _refusal(row, right)
        and not _misfit(row, regime, is_by_representative)
    )
    return tuple(sorted(rows, key=lambda row: row.rank))


def check_mark(
    code: str,
    right: Right,
    comment: str,
    *,
    regime: ProcessingRegime | None = None,
    is_by_representative: bool | None = None,
) -> Exemption:
    """The row of a code that an officer may put on part of a page, with what must be said of it.

    Law: DPA 2018 Sch 2-4; UK GDPR Art 12(5) is about requests, never about parts of a page; words
    outside the request (Art 4(1)) need the reason written down.

    Raises:
        ExemptionError: as `check_code`, or the code refuses whole requests, or says nothing by
            itself and no comment was written.
    """
    row = check_code(code, right, regime=regime, is_by_representative=is_by_representative)
    if row.is_for_whole_request:
        raise ExemptionError(
            f"{row.code} ({row.label}) answers a whole request. It cannot be put on part of a page."
        )
    if row.kind is ExemptionKind.SCOPING and not comment.strip():
        raise ExemptionError(_WORDS_NEEDED.get(row.code, _WHY_OUTSIDE).format(row.code))
    return row


def check_third_party_use(presumption: str | None, override_reason: str) -> None:
    """Refuses TP16 on a worker's name unless somebody wrote down why.

    Law: DPA 2018 Sch 2 para 17 presumes it reasonable to disclose the names of health, social-care
    and education workers.

    Raises:
        ExemptionError: a presumption code applies and no override reason was given.
    """
    if not presumption:
        return
    row = exemption(presumption)
    if row.kind is ExemptionKind.PRESUMPTION and not override_reason.strip():
        raise ExemptionError(
            f"{row.label} ({row.code}): the law presumes this name is given. "
            "Leave it in, or write down why it must come out."
        )


def is_opinion_fresh(opinion: HealthOpinion, relied_on: date) -> bool:
    """True when the opinion was obtained in the six months that end with the day relied on.

    Law: DPA 2018 Sch 3 paras 5(4) and 6(4); s.205(2)(j) keeps the day unrolled.
    """
    return _six_months_before(relied_on) < opinion.obtained_on <= relied_on


def check_hidden_use(code: str) -> Exemption:
    """The row of a code whose very use may be kept from the requester.

    Law: DPA 2018 Sch 2 para 2, Sch 3 paras 5, 11, 19 and 21, ss.45(4), 45A and 26: only where
    saying "withheld under this" would itself do the harm.

    Raises:
        ExemptionError: the requester must always be told that this code was used.
    """
    row = exemption(code)
    if not row.can_hide_use:
        raise ExemptionError(f"{row.code} must be shown to the requester wherever it is used.")
    return row


def _refusal(row: Exemption, right: Right) -> str:
    if row.refusal_reason:
        return f"{row.code} cannot be used. {row.refusal_reason}"
    if row.kind is ExemptionKind.PRESUMPTION:
        return (
            f"{row.code} does not withhold anything: the law presumes that {row.label[0].lower()}"
            f"{row.label[1:]} is disclosed."
        )
    if not row.bites_on:
        return f"{row.code} ({row.label}) only moves the date. It lets nothing be withheld."
    if right not in row.rights:
        return f"{row.code} ({row.label}) has no effect on the right of {_RIGHT_WORDS[right]}."
    return ""


def _misfit(
    row: Exemption, regime: ProcessingRegime | None, is_by_representative: bool | None
) -> str:
    if regime is not None and regime not in row.regimes:
        is_part_3 = regime is ProcessingRegime.LAW_ENFORCEMENT
        where = "law-enforcement records" if is_part_3 else "records under UK GDPR"
        return f"{row.code} ({row.label}) cannot be used on {where}."
    if row.needs_representative and is_by_representative is False:
        return (
            f"{row.code} ({row.label}) works only against a parent or a person appointed by a "
            "court, not against the person the records are about."
        )
    return ""


def _six_months_before(day: date) -> date:
    months = day.year * 12 + day.month - 1 - 6
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
