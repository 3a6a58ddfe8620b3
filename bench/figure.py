"""A figure the bench prints: what was measured, beside what it has to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value, with the limits it ships and aims at; None where there is no limit."""

    name: str
    value: float
    ship: float | None = None
    aim: float | None = None
    is_floor: bool = False  # the value must be at least, not at most, the limit
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Whether the limits are met."""
        if self.ship is None:
            return ""
        if self._meets(self.aim):
            return "aim"
        return "ship" if self._meets(self.ship) else "MISSED"

    def _meets(self, limit: float | None) -> bool:
        if limit is None:
            return False
        return self.value >= limit if self.is_floor else self.value <= limit


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text in columns."""
    rows = [("figure", "value", "ship", "aim", "reached", "")]
    rows += [
        (
            each.name,
            _number(each.value),
            _number(each.ship),
            _number(each.aim),
            each.verdict,
            each.detail,
        )
        for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3g}" if value < 100 else f"{value:,.0f}"
