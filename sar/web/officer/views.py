"""The one place that imports the officer's modules, so that their views register themselves."""

from sar.web.officer import (
    case_services,
    cases,
    chronology,
    clock,
    consultations,
    decisions,
    disclosures,
    finding,
    holds,
    letters,
    likenesses,
    messages,
    notices,
    openings,
    people,
    records,
    redactions,
    reviews,
    scoping,
    searches,
    timeline,
    worklist,
)
from sar.web.officer.blueprint import officer

__all__ = ["officer"]

MODULES = (
    case_services,
    cases,
    chronology,
    clock,
    consultations,
    decisions,
    disclosures,
    finding,
    holds,
    likenesses,
    letters,
    messages,
    notices,
    openings,
    people,
    records,
    redactions,
    reviews,
    scoping,
    searches,
    timeline,
    worklist,
)
