"""What is looked for, as an address carries it: `find`, `way` and `exact`."""

from __future__ import annotations

from collections.abc import Mapping

from sar.documents.page_terms import Sought, Way, sought


def wanted_from(given: Mapping[str, str]) -> Sought | None:
    """What the address asks to find, or None when it asks for nothing."""
    query = given.get("find", "").strip()
    if not query:
        return None
    way = given.get("way", "")
    return sought(query, Way(way) if way in set(Way) else Way.WORDS, has_slips="exact" not in given)
