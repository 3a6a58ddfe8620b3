"""What became of every page that was received: each in exactly one place, and all of them add up.

received = in scope + duplicate + out of scope + withheld + consult + quarantined

A page nobody has decided about, or that is not ready to be looked at, stands apart as undecided:
while there is one, nothing can be disclosed. A file that could not be opened, or has not been yet,
counts as one page, because nobody can tell how many it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sar.domain.searching import RecordScope, RecordStatus


class Place(StrEnum):
    """Where a page stands."""

    IN_SCOPE = "in-scope"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out-of-scope"
    WITHHELD = "withheld"
    CONSULT = "consult"
    QUARANTINED = "quarantined"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """The place in the words of the screens."""
        return {
            Place.IN_SCOPE: "In scope",
            Place.DUPLICATE: "Duplicate",
            Place.OUT_OF_SCOPE: "Out of scope",
            Place.WITHHELD: "Withheld whole",
            Place.CONSULT: "Out for consultation",
            Place.QUARANTINED: "Could not be opened",
            Place.UNDECIDED: "Not decided yet",
        }[self]


_ASIDE: Mapping[RecordScope, Place] = {
    RecordScope.DUPLICATE: Place.DUPLICATE,
    RecordScope.OUT: Place.OUT_OF_SCOPE,
    RecordScope.OTHER_PERSON: Place.OUT_OF_SCOPE,
    RecordScope.CONSULT: Place.CONSULT,
    RecordScope.UNSURE: Place.UNDECIDED,
}


@dataclass(frozen=True)
class PageFacts:
    """All that decides where a page stands.

    `own_scope` is what was decided for this page alone, None where it goes with its record.
    """

    status: RecordStatus
    scope: RecordScope
    own_scope: RecordScope | None = None
    is_withheld: bool = False


@dataclass(frozen=True)
class Reconciliation:
    """The pages of a case by place. `received` is counted by itself, never from the places."""

    received: int
    counts: Mapping[Place, int]

    def count(self, place: Place) -> int:
        """Pages that stand there."""
        return self.counts.get(place, 0)

    @property
    def places(self) -> tuple[Place, ...]:
        """The six places that make up what was received, and undecided while a page is."""
        return tuple(place for place in Place if place is not Place.UNDECIDED or self.count(place))

    @property
    def difference(self) -> int:
        """Pages received that stand nowhere, or fewer than 0 where one was counted twice."""
        return self.received - sum(self.counts.values())

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Sentences that say why no bundle can be built; empty when every page has its place.

        Law: UK GDPR Art 5(2), 15(1): the controller can show what became of all it holds.
        """
        found = []
        if self.difference:
            found.append(
                f"The pages do not add up: {self.received} were received, and"
                f" {sum(self.counts.values())} are accounted for."
            )
        undecided = self.count(Place.UNDECIDED)
        if undecided:
            is_one = undecided == 1
            found.append(
                f"{undecided} {'page has' if is_one else 'pages have'} not been decided about."
            )
        return tuple(found)

    @property
    def is_settled(self) -> bool:
        """Whether every page received is in exactly one place."""
        return not self.obstacles


def scope_of(scope: RecordScope, own_scope: RecordScope | None) -> RecordScope:
    """What holds for a page: what was decided for it alone, else what holds for its record.

    Law: UK GDPR Art 15(1): the right is to the personal data, page by page.
    """
    return scope if own_scope is None else own_scope


def place_of(facts: PageFacts) -> Place:
    """The one place of a page, or of a file whose pages cannot be counted.

    Law: UK GDPR Art 5(2), 15(1): nothing that was found may be lost, or counted twice.
    """
    aside = _ASIDE.get(scope_of(facts.scope, facts.own_scope))
    if aside is not None:
        return aside
    if facts.status is RecordStatus.QUARANTINED:
        return Place.QUARANTINED
    if facts.status is not RecordStatus.CONVERTED:
        return Place.UNDECIDED
    return Place.WITHHELD if facts.is_withheld else Place.IN_SCOPE


def reconcile(received: int, pages: Iterable[tuple[PageFacts, int]]) -> Reconciliation:
    """Puts pages into their places; `pages` says of how many each set of facts is true.

    Law: UK GDPR Art 5(2), 15(1).
    """
    counts: Counter[Place] = Counter()
    for facts, count in pages:
        counts[place_of(facts)] += count
    return Reconciliation(received, {place: counts[place] for place in Place if counts[place]})
