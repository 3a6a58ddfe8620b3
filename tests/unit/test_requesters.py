"""Who may ask for whom, and what shows it."""

from __future__ import annotations

from datetime import date

import pytest

from sar.domain import requesters
from sar.domain.requesters import Capacity

TODAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2014, 10, 15), 12),
        (date(2014, 10, 16), 11),
        (date(2012, 2, 29), 14),
    ],
)
def test_age_is_counted_in_whole_years(born: date, age: int) -> None:
    assert requesters.age_on(born, TODAY) == age


def test_a_leap_day_birthday_falls_on_the_first_of_march() -> None:
    assert requesters.age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert requesters.age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


@pytest.mark.parametrize(
    ("born", "asked"),
    [(date(2014, 10, 15), True), (date(2014, 10, 16), False), (date(2008, 10, 15), False)],
)
def test_the_prompt_on_competence_comes_from_twelve_to_seventeen(born: date, asked: bool) -> None:
    assert requesters.needs_competence_view(born, TODAY) is asked


def test_the_age_of_the_prompt_is_a_setting() -> None:
    assert not requesters.needs_competence_view(date(2014, 10, 15), TODAY, prompt_age=13)


def test_a_person_asking_for_themselves_owes_no_paper_without_doubt() -> None:
    assert requesters.evidence_for(Capacity.SELF) == ()
    (only,) = requesters.evidence_for(Capacity.SELF, has_identity_doubt=True)
    assert "passport" in only.any_of


def test_a_parent_shows_responsibility_and_the_childs_wish() -> None:
    shown = [each.shows for each in requesters.evidence_for(Capacity.PARENT)]
    assert shown[0] == "Parental responsibility"
    assert len(shown) == 2


@pytest.mark.parametrize("capacity", [Capacity.SOLICITOR, Capacity.ADVOCATE, Capacity.OTHER])
def test_an_agent_shows_a_written_authority(capacity: Capacity) -> None:
    (only,) = requesters.evidence_for(capacity)
    assert "authority" in only.any_of[0]


@pytest.mark.parametrize("capacity", list(Capacity))
def test_every_capacity_has_an_answer(capacity: Capacity) -> None:
    assert all(each.any_of for each in requesters.evidence_for(capacity))
    assert isinstance(requesters.authority_warning(capacity), str)


def test_a_foster_carers_lack_of_responsibility_is_pointed_out() -> None:
    assert "no parental responsibility" in requesters.authority_warning(Capacity.FOSTER_CARER)
