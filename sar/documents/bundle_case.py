"""What a bundle is made of, and the faults that can be told before any work is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sar.documents.elsewhere import never_in
from sar.documents.errors import LeakFoundError
from sar.documents.letterhead import COUNCILS, LetterContext
from sar.documents.stamp import can_stamp
from sar.domain.disclosure import NotIncluded
from sar.domain.errors import PlanError
from sar.domain.redaction import Plan


@dataclass(frozen=True)
class BundleDocument:
    """One document of the case; `source` is a PDF, prepared already or not."""

    title: str
    dated_on: date | None
    source: Path
    is_prepared: bool
    plan: Plan
    note: str = ""

    @property
    def file(self) -> str:
        """The name a certificate gives it."""
        return self.note or self.source.name


@dataclass(frozen=True)
class BundleCase:
    """All a bundle is made of. `never` is text that must not stand anywhere in it.

    Copies in `not_included` name a document by its number, from 1, in `documents`.
    """

    reference: str
    council: str
    title: str
    documents: tuple[BundleDocument, ...]
    never: tuple[str, ...] = ()
    volume_mb: float = 100
    letter: LetterContext = field(default_factory=LetterContext)
    not_included: tuple[NotIncluded, ...] = ()
    reviewers: tuple[str, ...] = ()
    rationales: tuple[Mapping[str, str], ...] = ()


def check_case(case: BundleCase) -> None:
    """Refuses what could not become a bundle.

    Raises:
        PlanError: the case cannot be used.
        LeakFoundError: a title holds text that must not be disclosed.
    """
    if case.council not in COUNCILS:
        raise PlanError(f"The council must be one of {', '.join(COUNCILS)}.")
    if not case.documents:
        raise PlanError("A bundle needs at least one document.")
    if not case.reference or not can_stamp(case.reference):
        raise PlanError("The reference must be made of plain letters and digits.")
    if case.volume_mb <= 0:
        raise PlanError("volume_mb must be more than nothing.")
    _check_titles(case)


def _check_titles(case: BundleCase) -> None:
    """Refuses words of the officer's that repeat what must not be said."""
    titles = [("The title of the case", case.title), ("The reference", case.reference)]
    titles += [
        (f"The title of document {number}", each.title)
        for number, each in enumerate(case.documents, 1)
    ]
    for name, title in titles:
        if never_in(title, case.never):
            raise LeakFoundError(f"{name} holds text that must not be disclosed. Change the title.")
