"""Service teams: who looks where when the desk asks for a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sar.domain.service_entry import Council, ServiceEntry

_BOTH = (Council.RBKC, Council.WCC)
_EVERYWHERE = ("Team mailboxes and shared folders", "Chat messages", "Paper files and notebooks")


@dataclass(frozen=True)
class ServiceTeam:
    """A team that holds records; `places` is its checklist of where to look."""

    slug: str
    name: str
    councils: tuple[Council, ...]
    service_ids: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class TeamSuggestion:
    """A team to ask for a search, and the sentence that says why."""

    team: ServiceTeam
    why: str


def _team(
    slug: str, name: str, councils: tuple[Council, ...], services: str, places: tuple[str, ...]
) -> ServiceTeam:
    return ServiceTeam(slug, name, councils, tuple(services.split()), (*places, *_EVERYWHERE))


TEAMS: tuple[ServiceTeam, ...] = (
    _team(
        "children-social-care",
        "Children's social care",
        _BOTH,
        "SVC-01",
        (
            "Case management system, with closed and linked records",
            "Archive store and scanned files",
            "Child protection conference minutes",
            "Looked-after reviews and placement papers",
            "Leaving care and pathway plans",
            "Supervision notes about the family",
            "Photographs, recordings and life-story work",
        ),
    ),
    _team(
        "fostering-adoption",
        "Fostering and adoption",
        _BOTH,
        "SVC-01",
        (
            "Carers' files, only where they are about the subject",
            "Placement logs and carers' diaries",
            "Adoption papers, which have their own access procedure",
        ),
    ),
    _team(
        "complaints",
        "Children's complaints",
        _BOTH,
        "SVC-01",
        ("Complaint files", "Letters with the Ombudsman", "Independent investigators' reports"),
    ),
    _team(
        "supporting-families",
        "Supporting Families",
        _BOTH,
        "SVC-02",
        ("Programme lists and outcome plans", "Data sent for the national evaluation"),
    ),
    _team(
        "neet-tracking",
        "NEET tracking",
        _BOTH,
        "SVC-03",
        (
            "Young people's support system",
            "What Prospects Services holds, before its access ends",
            "Advisers' notes",
        ),
    ),
    _team(
        "family-hubs",
        "Family Hubs",
        (Council.WCC,),
        "SVC-04",
        ("Family Plans", "Early Help panel papers", "Sign-in sheets and contact forms"),
    ),
    _team(
        "childrens-centres",
        "Children's centres",
        (Council.WCC,),
        "SVC-05",
        ("Registration forms", "Attendance records", "Two-year-old offer portal"),
    ),
    _team(
        "youth-offending",
        "Youth offending team",
        _BOTH,
        "SVC-06",
        (
            "Youth justice case system, law-enforcement records marked apart",
            "Court reports and orders",
            "Victim and witness papers, marked apart",
            "Panel and review minutes",
        ),
    ),
    _team(
        "mash",
        "MASH and MASE panel",
        _BOTH,
        "SVC-07",
        (
            "Referrals and contact records",
            "Partner agencies' snapshots",
            "Strategy discussion notes",
            "MASE panel minutes",
        ),
    ),
    _team(
        "send-ep",
        "SEND and educational psychology",
        _BOTH,
        "SVC-08",
        (
            "Education, health and care plans with drafts and advice",
            "Annual reviews",
            "Educational psychologists' notes and test papers",
            "Tribunal and mediation papers",
        ),
    ),
    _team(
        "rescue-and-response",
        "Rescue and Response",
        (Council.RBKC,),
        "SVC-09",
        ("Referrals sent through Brent Council", "What the providers hold"),
    ),
    _team(
        "education-data",
        "Education data",
        _BOTH,
        "SVC-10 SVC-11 SVC-14",
        (
            "Pupil database and census returns",
            "Admissions, attendance and exclusions",
            "Elective home education and missing education lists",
            "Post-16 training history",
        ),
    ),
    _team(
        "youth-support",
        "Youth support",
        _BOTH,
        "SVC-12",
        ("Youth club records", "Providers' case notes"),
    ),
    _team("digital", "Websites and online forms", _BOTH, "SVC-15", ("Online form entries",)),
)


def teams_of(council: Council) -> tuple[ServiceTeam, ...]:
    """The teams of one council, in the order they are most often asked."""
    return tuple(each for each in TEAMS if council in each.councils)


def teams_for(entries: Iterable[ServiceEntry], council: Council) -> tuple[TeamSuggestion, ...]:
    """Teams of this council to ask for a search, each with why, none twice.

    A service goes to the team its row names, and to others that share it with that team.

    Law: UK GDPR Art 15(1A): the search must be reasonable and proportionate.
    """
    wanted = list({each.id: each for each in entries}.values())
    chosen: dict[str, TeamSuggestion] = {}
    for team in teams_of(council):
        held = [each.name for each in wanted if _holds(team, each)]
        if held:
            why = f"{team.name} holds records of {', '.join(held)} for {council.value}."
            chosen[team.slug] = TeamSuggestion(team, why)
    return tuple(chosen.values())


def _holds(team: ServiceTeam, entry: ServiceEntry) -> bool:
    named = next((each for each in TEAMS if each.slug == entry.team), None)
    is_shared = named is not None and entry.id in named.service_ids
    return team is named or (is_shared and entry.id in team.service_ids)
