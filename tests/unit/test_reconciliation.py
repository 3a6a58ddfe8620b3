from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.reconciliation import PageFacts, Place, Reconciliation, place_of, reconcile
from sar.domain.searching import RecordScope, RecordStatus

READY = RecordStatus.CONVERTED


@dataclass(frozen=True)
class File:
    """A file with what was decided of it and of its pages, as a case holds it."""

    status: RecordStatus = RecordStatus.RECEIVED
    scope: RecordScope = RecordScope.IN
    page_count: int = 0
    own: dict[int, RecordScope] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()

    def facts(self) -> Iterator[PageFacts]:
        """One for each page, or one for a file without any."""
        if not self.page_count:
            yield PageFacts(self.status, self.scope)
        for page in range(self.page_count):
            yield PageFacts(self.status, self.scope, self.own.get(page), page in self.withheld)


def convert(file: File, number: int, scope: RecordScope) -> File:
    return replace(file, status=READY, page_count=file.page_count or number + 1)


def quarantine(file: File, number: int, scope: RecordScope) -> File:
    if file.page_count:
        return file
    return replace(file, status=RecordStatus.QUARANTINED)


def decide(file: File, number: int, scope: RecordScope) -> File:
    return replace(file, scope=scope)


def decide_page(file: File, number: int, scope: RecordScope) -> File:
    return replace(file, own={**file.own, number: scope})


def forget_page(file: File, number: int, scope: RecordScope) -> File:
    return replace(file, own={page: each for page, each in file.own.items() if page != number})


def withhold(file: File, number: int, scope: RecordScope) -> File:
    return replace(file, withheld=file.withheld ^ {number})


ACTIONS = (convert, quarantine, decide, decide_page, forget_page, withhold)
actions = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(ACTIONS),
        st.integers(0, 5),
        st.sampled_from(RecordScope),
    ),
    max_size=40,
)


def add_up(files: list[File]) -> Reconciliation:
    received = sum(max(1, file.page_count) for file in files)
    return reconcile(received, ((facts, 1) for file in files for facts in file.facts()))


@given(actions)
def test_after_any_sequence_of_actions_the_places_add_up_to_what_was_received(
    done: list[tuple[int, object, int, RecordScope]],
) -> None:
    files = [File() for _ in range(4)]
    for at, act, number, scope in done:
        files[at] = act(files[at], number, scope)  # type: ignore[operator]
        found = add_up(files)
        assert found.difference == 0
        assert sum(found.count(place) for place in Place) == found.received
        assert found.is_settled == (found.count(Place.UNDECIDED) == 0)


facts = st.builds(
    PageFacts,
    st.sampled_from(RecordStatus),
    st.sampled_from(RecordScope),
    st.none() | st.sampled_from(RecordScope),
    st.booleans(),
)


@given(facts)
def test_every_page_has_one_place_and_only_a_settled_one_can_be_disclosed(each: PageFacts) -> None:
    place = place_of(each)
    assert place in Place
    if place in {Place.IN_SCOPE, Place.WITHHELD}:
        assert each.status is RecordStatus.CONVERTED
        assert (each.own_scope or each.scope) is RecordScope.IN
        assert each.is_withheld == (place is Place.WITHHELD)


@pytest.mark.parametrize(
    ("each", "place"),
    [
        (PageFacts(READY, RecordScope.IN), Place.IN_SCOPE),
        (PageFacts(READY, RecordScope.IN, is_withheld=True), Place.WITHHELD),
        (PageFacts(READY, RecordScope.IN, RecordScope.OUT), Place.OUT_OF_SCOPE),
        (PageFacts(READY, RecordScope.OUT, RecordScope.IN), Place.IN_SCOPE),
        (PageFacts(READY, RecordScope.OTHER_PERSON), Place.OUT_OF_SCOPE),
        (PageFacts(READY, RecordScope.DUPLICATE, is_withheld=True), Place.DUPLICATE),
        (PageFacts(READY, RecordScope.CONSULT), Place.CONSULT),
        (PageFacts(READY, RecordScope.UNSURE), Place.UNDECIDED),
        (PageFacts(RecordStatus.RECEIVED, RecordScope.IN), Place.UNDECIDED),
        (PageFacts(RecordStatus.RECEIVED, RecordScope.OUT), Place.OUT_OF_SCOPE),
        (PageFacts(RecordStatus.QUARANTINED, RecordScope.IN), Place.QUARANTINED),
        (PageFacts(RecordStatus.QUARANTINED, RecordScope.DUPLICATE), Place.DUPLICATE),
    ],
)
def test_a_page_stands_where_it_was_put(each: PageFacts, place: Place) -> None:
    assert place_of(each) is place


def test_a_page_that_is_lost_or_counted_twice_is_told() -> None:
    one = (PageFacts(READY, RecordScope.IN), 1)
    assert reconcile(1, [one]).is_settled
    assert reconcile(2, [one]).obstacles == (
        "The pages do not add up: 2 were received, and 1 are accounted for.",
    )
    assert reconcile(1, [one, one]).difference == -1


def test_nothing_is_settled_while_a_page_is_undecided() -> None:
    found = reconcile(3, [(PageFacts(READY, RecordScope.UNSURE), 3)])
    assert found.obstacles == ("3 pages have not been decided about.",)
    assert reconcile(0, []).is_settled
