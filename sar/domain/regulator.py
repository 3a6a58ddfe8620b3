"""Whom people can complain to beside the council."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Regulator:
    """The regulator of data protection; a setting, because its name is due to change.

    Law: DPA 2018 s.165; Data (Use and Access) Act 2025 ss.117-119.
    """

    name: str = "Information Commissioner's Office"
    address: tuple[str, ...] = ("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF")
    phone: str = "0303 123 1113"
    website: str = "ico.org.uk"
