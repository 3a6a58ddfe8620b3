"""Searches: asked of service teams by an officer, answered by a member of the team."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.domain.searching import SearchResult
from sar.domain.service_entry import Council
from sar.domain.teams import TEAMS, TeamSuggestion, teams_for
from sar.domain.working_days import counting_with, working_days_after
from sar.extensions import db
from sar.models.case import Case
from sar.models.controller import ServiceTeam
from sar.models.record import Record
from sar.models.search import Search
from sar.services import audit, correspondence, records, register, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.clock_facts import facts
from sar.services.errors import NotFoundError, RefusedError

WORKING_DAYS_TO_ANSWER = 10
_PLACES = {team.slug: team.places for team in TEAMS}


@dataclass(frozen=True)
class Answer:
    """What a team says of its search."""

    result: SearchResult
    statement: str
    places_searched: tuple[str, ...] = ()
    held_where: str = ""


def suggested_teams(case: Case) -> tuple[TeamSuggestion, ...]:
    """Teams the register suggests for the services of the case, each with its reason."""
    entries = register.services_named(case.service_ids, case.controller.code)
    return teams_for(entries, Council(case.controller.code))


def teams_of(case: Case) -> Sequence[ServiceTeam]:
    """Every team of the case's council."""
    return db.session.scalars(
        select(ServiceTeam)
        .where(ServiceTeam.controller_id == case.controller_id)
        .order_by(ServiceTeam.name)
    ).all()


def usual_due_on(actor: Actor) -> date:
    """When an answer is asked for unless the officer says otherwise."""
    with counting_with(facts().known_holidays):
        return working_days_after(actor.today, WORKING_DAYS_TO_ANSWER)


def send(
    case_id: uuid.UUID, team_slugs: Sequence[str], instructions: str, due_on: date, actor: Actor
) -> list[Search]:
    """Asks teams to search; each gets its own task and a mail that names nobody.

    Raises:
        RefusedError: no team, no instructions, a date gone by, or a team that is already searching.
    """
    case = load(Case, case_id, actor, Permission.SEARCH_SEND)
    if not team_slugs:
        raise RefusedError("Choose at least one team.")
    if not instructions.strip():
        raise RefusedError("Say what the teams should look for.")
    if due_on < actor.today:
        raise RefusedError("The answer cannot be due in the past.")
    known = {team.slug: team for team in teams_of(case)}
    unknown = [slug for slug in team_slugs if slug not in known]
    if unknown:
        raise NotFoundError("This council has no such team.")
    stages.move(case, CaseMove.SEND_SEARCH)
    return [
        _send_one(case, known[slug], instructions.strip(), due_on, actor)
        for slug in dict.fromkeys(team_slugs)
    ]


def of_case(case: Case) -> Sequence[Search]:
    """The searches of a case, in the order they were sent."""
    return db.session.scalars(
        select(Search).where(Search.case_id == case.id).order_by(Search.sent_at, Search.id)
    ).all()


def of_teams(actor: Actor) -> Sequence[Search]:
    """The searches asked of the teams the actor belongs to: open first, soonest due first."""
    return db.session.scalars(
        select(Search)
        .where(
            Search.team_id.in_(actor.team_ids),
            Search.controller_id.in_(actor.councils_with(Permission.SEARCH_ANSWER)),
        )
        .order_by(Search.returned_at.is_not(None), Search.due_on)
    ).all()


def search_for(search_id: uuid.UUID, actor: Actor) -> Search:
    """The search, when it was asked of a team the actor belongs to.

    Raises:
        NotFoundError: it is another team's, or there is none.
    """
    search = load(Search, search_id, actor, Permission.SEARCH_ANSWER)
    if search.team_id not in actor.team_ids:
        raise NotFoundError("That search was asked of another team.")
    return search


def supply(search_id: uuid.UUID, files: Sequence[records.NewRecord], actor: Actor) -> list[Record]:
    """Adds files a team found, until the search is answered; returns those not here yet."""
    search = open_search(search_id, actor)
    if not files:
        raise RefusedError("Choose at least one file.")
    own = [replace(each, search_id=search.id) for each in files]
    return records.add_new(search.case, own, actor)


def supplied(search: Search) -> Sequence[Record]:
    """What the team has uploaded for this search, not what was found inside it."""
    return db.session.scalars(
        select(Record)
        .where(Record.search_id == search.id, Record.parent_id.is_(None))
        .order_by(Record.created_at, Record.name)
    ).all()


def answer(search_id: uuid.UUID, given: Answer, actor: Actor) -> Search:
    """Ends a search with the team's statement.

    Raises:
        RefusedError: no statement, "records" without a file, or "held elsewhere" without where.
    """
    search = open_search(search_id, actor)
    has_files = bool(supplied(search))
    if not given.statement.strip():
        raise RefusedError("Say where you looked and what you found.")
    if given.result is SearchResult.RECORDS and not has_files:
        raise RefusedError("Upload the records first, or say that nothing is held.")
    if given.result is SearchResult.NOTHING_HELD and has_files:
        raise RefusedError("You have uploaded files, so something is held. Choose “Records”.")
    if given.result is SearchResult.HELD_ELSEWHERE and not given.held_where.strip():
        raise RefusedError("Say who holds the records.")
    search.result = given.result
    search.statement = given.statement.strip()
    search.places_searched = list(given.places_searched)
    search.held_where = given.held_where.strip()
    search.returned_at, search.returned_by_id = actor.now, actor.staff_id
    _record(EventName.SEARCH_RETURNED, search, actor, result=given.result.value)
    return search


def open_search(search_id: uuid.UUID, actor: Actor) -> Search:
    """The search, while the team may still add to it.

    Raises:
        NotFoundError: it is another team's, or there is none.
        RefusedError: it has been answered.
    """
    search = search_for(search_id, actor)
    if search.returned_at is not None:
        raise RefusedError("This search has been answered. Ask the officer to send another.")
    return search


def _send_one(
    case: Case, team: ServiceTeam, instructions: str, due_on: date, actor: Actor
) -> Search:
    is_open = select(Search.id).where(
        Search.case_id == case.id, Search.team_id == team.id, Search.returned_at.is_(None)
    )
    if db.session.scalar(is_open) is not None:
        raise RefusedError(f"{team.name} is already searching for this case.")
    search = Search(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        team_id=team.id,
        instructions=instructions,
        places=list(_PLACES.get(team.slug, ())),
        due_on=due_on,
        sent_at=actor.now,
    )
    db.session.add(search)
    _record(EventName.SEARCH_SENT, search, actor, team=team.slug)
    correspondence.tell_team(case, team, search, actor)
    return search


def _record(name: EventName, search: Search, actor: Actor, **details: str) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        search,
        controller_id=search.controller_id,
        case_id=search.case_id,
        **details,
    )
