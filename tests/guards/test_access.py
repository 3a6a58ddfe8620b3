"""Deny by default: every view says who may use it, and a table walks everybody through all of them.

The table is `routes.py`. People, councils and rows are in `seeding.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from sar.domain.permissions import PERMISSIONS, Permission
from sar.web.access import OPEN as OPEN_MARK
from sar.web.access import SIGNED_IN as SIGNED_IN_MARK
from tests.guards.house import NOBODY, Desk
from tests.guards.routes import (
    ADMIN,
    OPEN,
    READER,
    ROUTES,
    SIGNED_IN,
    STAFF,
    Row,
    names_of,
    parts_of,
    path_of,
)
from tests.guards.seeding import PEOPLE

STRANGERS = (NOBODY, "suspended officer")
EVERYBODY = (
    *STRANGERS,
    "member of nothing",
    "officer of RBKC",
    "officer of WCC",
    "approver of RBKC",
    "approver of RBKC, officer of WCC",
    "team member of RBKC",
    "team member of WCC",
    "admin of RBKC",
    "admin of WCC",
    "admin of both",
)
SIGN_IN = "/sign-in?next="


def test_every_route_has_a_row_in_the_reviewed_table(house: Desk) -> None:
    missing = sorted(names_of(house.app).keys() - ROUTES.keys())
    assert not missing, (
        f"New routes {missing}. Say in tests/guards/routes.py who may use each, and what they get."
    )


def test_every_row_of_the_table_is_a_route(house: Desk) -> None:
    assert not ROUTES.keys() - names_of(house.app).keys()


def test_every_view_names_its_permission_or_stands_on_a_reviewed_list(house: Desk) -> None:
    marks = {
        endpoint: OPEN_MARK if endpoint == "static" else getattr(view, "access", None)
        for endpoint, view in house.app.view_functions.items()
    }
    assert [name for name, mark in marks.items() if mark is None] == []
    assert {name for name, mark in marks.items() if mark == OPEN_MARK} == set(OPEN)
    assert {name for name, mark in marks.items() if mark == SIGNED_IN_MARK} == set(SIGNED_IN)
    named = {mark for mark in marks.values() if mark not in {OPEN_MARK, SIGNED_IN_MARK}}
    assert named <= {each.value for each in Permission}


def test_the_table_agrees_with_the_roles_that_hold_each_views_permission(house: Desk) -> None:
    for name, rule in names_of(house.app).items():
        mark = getattr(house.app.view_functions[rule.endpoint], "access", OPEN_MARK)
        row = ROUTES[name]
        if mark in {OPEN_MARK, SIGNED_IN_MARK}:
            continue
        holders = {role for role, held in PERMISSIONS.items() if Permission(mark) in held}
        assert row.who is not None
        if row.refused == 403:
            assert row.who == holders, name
        else:
            assert row.who < holders, f"{name} says a use case is stricter than its view"


@pytest.mark.parametrize("name", ROUTES)
def test_each_person_gets_what_the_table_says(name: str, house: Desk) -> None:
    faults = list(_faults(house, name, ROUTES[name]))
    assert not faults, "\n".join([name, *faults])


def _faults(house: Desk, name: str, row: Row) -> Iterator[str]:
    method = name.partition(" ")[0]
    ids = house.ids("RBKC")
    path = path_of(name, ids)
    for who in EVERYBODY if row.who is not None else (NOBODY, "officer of WCC"):
        answer = house.ask(who, method, path, row.form(ids) if method == "POST" else None)
        is_sent_away = answer.status_code == 302 and answer.location.startswith(SIGN_IN)
        if (answer.status_code, is_sent_away) != _expected(row, who):
            yield f"{who}: {answer.status} {answer.headers.get('Location', '')}"
        if method == "POST" and house.contents() != house.seeded_contents():
            if answer.status_code >= 400 or is_sent_away:
                yield f"{who}: was refused, and something was written"
            house.restore()


def _expected(row: Row, who: str) -> tuple[int, bool]:
    """The status for this person and rows of RBKC, and whether they are sent to sign in."""
    if row.who is None:
        return row.answer, False
    if who in STRANGERS:
        return 302, True
    roles = PEOPLE[who]
    held = frozenset(roles.values())
    if row.who == STAFF:
        return row.answers.get(next(iter(held), None), row.answer), False
    if not held & row.who:
        return row.refused if held & READER else 403, False
    if roles.get("RBKC") not in row.who and row.elsewhere is not None:
        return row.elsewhere, False
    return row.answer, False


WITH_ROWS = [name for name in ROUTES if any(part.endswith("_id") for part in parts_of(name))]


@pytest.mark.parametrize("name", WITH_ROWS)
def test_a_row_that_is_not_there_and_a_name_that_cannot_be_are_not_found(
    name: str, house: Desk
) -> None:
    method = name.partition(" ")[0]
    ids = house.ids("RBKC")
    for part in (each for each in parts_of(name) if each.endswith("_id")):
        for other in (str(uuid.uuid4()), "17", "..%2f..%2fkeys", ids["case_id"][:-1], ""):
            path = path_of(name, ids, **{part: other})
            answer = _as_permitted(house, name, method, path)
            assert answer in {404, 308}, (path, answer)
            assert answer == 404 or not other, path
    assert house.contents() == house.seeded_contents()


# Names that stand for no row of either council: a service has one number in both.
SAME_FOR_BOTH = {
    "council",
    "way",
    "today",
    "stylesheet",
    "service_id",
    "split_service",
    "field",
    "changed_field",
    "kind",
    "changed_letter",
    "number",
}


def rows_of(name: str) -> list[str]:
    """The parts of an address that name a row."""
    return [
        part
        for part in parts_of(name)
        if part.endswith("_id") and ROUTES[name].on.get(part, part) not in SAME_FOR_BOTH
    ]


TWO_ROWS = [name for name in WITH_ROWS if len(rows_of(name)) > 1]


@pytest.mark.parametrize("name", TWO_ROWS)
@pytest.mark.parametrize("where", ["both", "RBKC"])
def test_an_own_row_does_not_open_the_other_councils_row_beside_it(
    name: str, where: str, house: Desk
) -> None:
    who = f"{'admin' if ROUTES[name].who == ADMIN else 'officer'} of {where}"
    method = name.partition(" ")[0]
    own, other = house.ids("RBKC"), house.ids("WCC")
    for part in parts_of(name):
        key = ROUTES[name].on.get(part, part)
        path = path_of(name, own, **{part: other[key]})
        answer = house.ask(who, method, path, ROUTES[name].form(own))
        assert answer.status_code in {404, 422}, (who, path, answer.status)
    assert house.contents() == house.seeded_contents()


def _as_permitted(house: Desk, name: str, method: str, path: str) -> int:
    row = ROUTES[name]
    if row.who is None:
        return house.ask(house.requester("RBKC"), method, path).status_code
    who = next(
        each for each, roles in PEOPLE.items() if roles.get("RBKC") in row.who and len(roles) == 1
    )
    return house.ask(who, method, path, row.form(house.ids("RBKC"))).status_code


def test_a_team_member_sees_only_the_searches_of_their_own_team(house: Desk) -> None:
    shown = house.ask("team member of RBKC", "GET", "/team/searches").text
    own, other = house.ids("RBKC"), house.ids("WCC")
    assert own["search_id"] in shown
    assert own["other_teams_search"] not in shown
    assert other["search_id"] not in shown
    for name in (each for each in ROUTES if "search_id" in parts_of(each)):
        method = name.partition(" ")[0]
        path = path_of(name, own, search_id=own["other_teams_search"])
        answer = house.ask("team member of RBKC", method, path, ROUTES[name].form(own))
        assert answer.status_code == 404, path
    assert house.contents() == house.seeded_contents()


LISTS = ("/officer/work", "/officer/cases", "/officer/messages", "/officer/approvals")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_no_row_of_the_other_council(path: str, house: Desk) -> None:
    role = "approver" if path.endswith("approvals") else "officer"
    shown = house.ask(f"{role} of RBKC", "GET", path).text
    for name, value in house.ids("WCC").items():
        if name in SAME_FOR_BOTH:
            continue
        assert value not in shown, name
    assert any(value in shown for value in house.ids("RBKC").values())


def test_asking_a_list_for_the_other_council_shows_nothing_of_it(house: Desk) -> None:
    shown = house.ask("officer of RBKC", "GET", "/officer/cases?council=WCC").text
    assert house.ids("WCC")["reference"] not in shown


def test_a_code_opens_one_release_and_no_other(house: Desk) -> None:
    own, other = house.ids("RBKC"), house.ids("WCC")
    browser = house.requester("RBKC")
    assert house.ask(browser, "GET", f"/collect/{own['token']}/records").status_code == 200
    file = house.ask(browser, "GET", f"/collect/{own['token']}/files/{own['file_id']}")
    assert (file.status_code, file.data[:5]) == (200, b"%PDF-")
    for path in (
        f"/collect/{other['token']}/records",
        f"/collect/{other['token']}/files/{other['file_id']}",
    ):
        answer = house.ask(house.requester("RBKC"), "GET", path)
        assert (answer.status_code, answer.location) == (302, f"/collect/{other['token']}")
    mixed = f"/collect/{own['token']}/files/{other['file_id']}"
    assert house.ask(house.requester("RBKC"), "GET", mixed).status_code == 404


@pytest.mark.parametrize("name", [name for name in ROUTES if "token" in parts_of(name)])
def test_a_link_that_nobody_made_is_not_found(name: str, house: Desk) -> None:
    method = name.partition(" ")[0]
    path = path_of(name, house.ids("RBKC"), token="nobody-ever-made-this")
    answer = house.ask(NOBODY, method, path)
    assert answer.status_code == (302 if path.endswith("/leave") else 404)


def test_suspending_a_person_ends_the_sessions_they_have(restored: Desk) -> None:
    assert restored.ask("officer of WCC", "GET", "/officer/work").status_code == 200
    user_id = restored.seeded.sessions["officer of WCC"].partition(":")[0]
    restored.execute("UPDATE user_account SET is_active = 0 WHERE id = ?", uuid.UUID(user_id).hex)
    assert restored.ask("officer of WCC", "GET", "/officer/work").location.startswith(SIGN_IN)


def test_signing_out_ends_a_copied_session_too(restored: Desk) -> None:
    copied = restored.client("officer of WCC")
    restored.ask("officer of WCC", "POST", "/sign-out")
    assert restored.ask(copied, "GET", "/officer/work").location.startswith(SIGN_IN)


def test_asking_only_for_the_headers_of_a_page_needs_the_same_permission(house: Desk) -> None:
    for name in (each for each in ROUTES if each.startswith("GET ") and ROUTES[each].who):
        path = path_of(name, house.ids("RBKC"))
        for method in ("HEAD", "OPTIONS"):
            assert house.ask(NOBODY, method, path).location.startswith(SIGN_IN), (method, path)
