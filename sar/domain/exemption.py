"""What one code of the exemptions catalogue says. The codes themselves are catalogue data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sar.domain.rights import ProcessingRegime, Right

NEUTRAL_CODE = "DPA"  # on a mark whose real code would itself do the harm
NOTICES = ("13", "14")
PART_ONE = (*NOTICES, "15", "16", "17(1)-(2)", "18(1)", "19", "20", "21(1)")
PART_FOUR = (*NOTICES, "15")
ACCESS_ONLY = ("15(1)-(3)",)
SCHEDULE_THREE = (*NOTICES, "15", "16", "17(1)-(2)", "18(1)", "20", "21(1)")
EVERY_RIGHT = ("15", "16", "17", "18", "20", "21", "22")

_RIGHT_OF_ARTICLE = {
    "15": Right.ACCESS,
    "16": Right.RECTIFICATION,
    "17": Right.ERASURE,
    "18": Right.RESTRICTION,
    "20": Right.PORTABILITY,
    "21": Right.OBJECTION,
    "22": Right.AUTOMATED_DECISION,
    "s.45": Right.ACCESS,
    "s.46": Right.RECTIFICATION,
    "s.47": Right.ERASURE,
    "s.47(3)": Right.RESTRICTION,
}


class ExemptionKind(StrEnum):
    """What a code does to the information it is put on."""

    EXEMPTION = "exemption"  # the law lets or makes the council withhold
    SCOPING = "scoping"  # the information was never within the request
    PRESUMPTION = "presumption"  # the law expects the information to be given


@dataclass(frozen=True)
class Exemption:
    """One row of the catalogue.

    `bites_on` holds articles of the UK GDPR (or sections of DPA 2018 Part 3). `plain_words` is the
    sentence the requester reads beside the gap. `rank` orders the officer's list, smallest first.
    """

    code: str
    label: str
    citation: str
    applies_when: str
    bites_on: tuple[str, ...]
    test: str
    consult: str
    plain_words: str
    rank: int = 100
    kind: ExemptionKind = ExemptionKind.EXEMPTION
    refusal_reason: str = ""
    disclose_use_to_requester: bool = True
    can_hide_use: bool = False
    is_for_whole_request: bool = False
    needs_representative: bool = False
    is_for_data_protection_officer: bool = False
    regimes: frozenset[ProcessingRegime] = frozenset({ProcessingRegime.UK_GDPR})

    @property
    def is_open_to_councils(self) -> bool:
        """False for codes only a court, the Home Secretary or a Scottish authority may use."""
        return not self.refusal_reason

    @property
    def may_be_told(self) -> str:
        """What the requester hears of this code wherever it is used."""
        if self.refusal_reason or self.kind is ExemptionKind.PRESUMPTION or not self.bites_on:
            return "Nothing: it is never put on a page."
        if self.can_hide_use:
            return (
                "The code, the plain words and the law; only neutral words where saying more "
                "would itself do the harm."
            )
        return "The code, the plain words and the law."

    @property
    def rights(self) -> frozenset[Right]:
        """The rights this code can limit; Articles 13, 14 and 19 are duties, not requests."""
        found = (
            _RIGHT_OF_ARTICLE.get(article) or _RIGHT_OF_ARTICLE.get(article.split("(")[0])
            for article in self.bites_on
        )
        return frozenset(right for right in found if right is not None)
