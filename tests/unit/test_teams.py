"""Service teams: who is asked to search, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sar.domain.register import SERVICES, service
from sar.domain.service_entry import Council, ServiceRegime
from sar.domain.teams import TEAMS, TeamSuggestion, teams_for, teams_of


def suggested(service_ids: Iterable[str], council: Council) -> tuple[TeamSuggestion, ...]:
    return teams_for([service(each) for each in service_ids], council)


def test_every_service_of_ours_has_a_team_in_each_of_its_councils() -> None:
    ours = [each for each in SERVICES if each.regime is not ServiceRegime.OTHER_AUTHORITY]
    for entry in ours:
        for council in entry.councils:
            if council.is_served:
                assert teams_for([entry], council), (entry.id, council)


def test_the_registers_own_team_is_among_those_suggested() -> None:
    for entry in SERVICES:
        if entry.team:
            council = entry.councils[0]
            assert entry.team in {each.team.slug for each in teams_for([entry], council)}


def test_every_team_has_places_to_look() -> None:
    assert len({each.slug for each in TEAMS}) == len(TEAMS)
    assert all(len(each.places) >= 4 for each in TEAMS)


def test_a_suggestion_says_why() -> None:
    youth = teams_for([service("SVC-06")], Council.WCC)
    assert [each.team.slug for each in youth] == ["youth-offending"]
    assert youth[0].why == "Youth offending team holds records of Youth Offending Team for WCC."


def test_a_team_that_holds_two_services_is_asked_once() -> None:
    slugs = [each.team.slug for each in suggested(["SVC-10", "SVC-14", "SVC-10"], Council.RBKC)]
    assert slugs == ["education-data"]


def test_a_council_is_asked_only_for_teams_it_has() -> None:
    assert suggested(["SVC-04", "SVC-05"], Council.RBKC) == ()
    assert "family-hubs" not in {each.slug for each in teams_of(Council.RBKC)}


def test_another_authoritys_service_suggests_no_team() -> None:
    assert suggested(["SVC-90"], Council.WCC) == ()


def test_a_service_given_to_another_team_is_asked_of_that_team_alone() -> None:
    moved = replace(service("SVC-01"), team="youth-support")
    assert [each.team.slug for each in teams_for([moved], Council.WCC)] == ["youth-support"]
