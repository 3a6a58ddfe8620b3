"""A form comes from a page of ours, and acts once however often it is sent."""

from __future__ import annotations

import re
import uuid
from html.parser import HTMLParser

import pytest

from sar.web.transaction import FORM_KEY
from tests.guards.house import NOBODY, Desk
from tests.guards.routes import REPEATABLE, ROUTES, names_of, path_of
from tests.guards.seeding import PEOPLE

POSTS = [name for name in ROUTES if name.startswith("POST ")]
PAGES = [name for name in ROUTES if name.startswith("GET ") and "static" not in name]
CSRF = "csrf_token"
# What a form may be sent to that the desk does not count as once: see `routes.REPEATABLE`.
REPEATABLE_PATHS = re.compile(r"^(/sign-in|/sign-out|/collect/[^/]+/leave)")


def permitted(name: str) -> str:
    """Somebody of RBKC who may send this form."""
    who = ROUTES[name].who
    if who is None:
        return NOBODY
    return next(
        each for each, roles in PEOPLE.items() if len(roles) == 1 and roles.get("RBKC") in who
    )


@pytest.mark.parametrize("name", POSTS)
def test_a_form_without_its_token_is_refused(name: str, house: Desk) -> None:
    ids = house.ids("RBKC")
    for token in ({}, {CSRF: ""}, {CSRF: "0" * 40}):
        answer = house.client(permitted(name)).post(
            path_of(name, ids), data={**ROUTES[name].form(ids), **token}
        )
        assert answer.status_code == 400, (token, answer.status)
    assert house.contents() == house.seeded_contents()


def test_a_token_of_another_browser_is_refused(house: Desk) -> None:
    other = house.app.test_client()
    with other.session_transaction() as held:
        held["_user_id"] = house.seeded.sessions["officer of both"]
        held["csrf_token"] = "1" * 40
    path = path_of("POST /officer/cases/<uuid:case_id>/close", house.ids("RBKC"))
    assert other.post(path, data={CSRF: house.csrf_token, "outcome": "x"}).status_code == 400


@pytest.mark.parametrize("name", POSTS)
def test_a_form_sent_twice_acts_once(name: str, restored: Desk) -> None:
    ids, key = restored.ids("RBKC"), str(uuid.uuid4())
    endpoint = names_of(restored.app)[name].endpoint
    client = restored.client(permitted(name))
    if "/files/" in name and "token" in name:
        client = restored.requester("RBKC")

    def send() -> tuple[int, str | None]:
        data = {FORM_KEY: key, **ROUTES[name].form(ids)}
        answer = restored.ask(client, "POST", path_of(name, ids), data)
        return answer.status_code, answer.location

    first, after_first = send(), restored.contents()
    if endpoint in REPEATABLE:
        return
    assert first[0] in {302, 303}, first
    assert after_first != restored.seeded_contents(), "the form did nothing at all"
    second = send()
    assert restored.contents() == after_first
    assert (second[0], second[1]) == (302, first[1])


@pytest.mark.parametrize("name", [name for name in POSTS if "<token>" not in name])
def test_a_form_sent_twice_with_fresh_keys_is_two_forms(name: str, restored: Desk) -> None:
    """So that the test above cannot pass for a view that does nothing the second time anyway."""
    if names_of(restored.app)[name].endpoint not in ADDING:
        return
    ids, counts = restored.ids("RBKC"), []
    for _ in range(2):
        data = {FORM_KEY: str(uuid.uuid4()), **ROUTES[name].form(ids)}
        restored.ask(permitted(name), "POST", path_of(name, ids), data)
        counts.append(len(restored.contents()["audit_event"]))
    assert counts[1] > counts[0]


ADDING = {"officer.note_case", "officer.add_person", "officer.open_case"}


class Forms(HTMLParser):
    """The posted forms of a page: where each is sent, and the names of its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._open: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a form, or a field of the one that is open."""
        given = dict(attrs)
        if tag == "form":
            self._open = []
            if (given.get("method") or "get").lower() == "post":
                self.found.append((given.get("action") or "", self._open))
        elif self._open is not None and given.get("name"):
            self._open.append(str(given["name"]))

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._open = None


@pytest.fixture(scope="module")
def posted_forms(house: Desk) -> list[tuple[str, str, list[str]]]:
    """(page, path, field names) of every posted form on every page, for whoever may see it."""
    found = []
    for name in PAGES:
        client = house.requester("RBKC") if "<token>" in name else permitted(name)
        path = path_of(name, house.ids("RBKC"))
        answer = house.ask(client, "GET", path)
        if answer.mimetype == "text/html":
            found += [(name, action or path, fields) for action, fields in Forms(answer.text).found]
    return found


def test_every_posted_form_of_a_page_holds_its_token_and_its_key_once(
    posted_forms: list[tuple[str, str, list[str]]],
) -> None:
    assert len({path for _, path, _ in posted_forms}) > 25, "the walk over the pages is broken"
    for page, path, fields in posted_forms:
        assert fields.count(CSRF) == 1, (page, path, fields)
        if not REPEATABLE_PATHS.match(path):
            assert fields.count(FORM_KEY) == 1, (page, path, fields)


def test_every_form_is_sent_to_a_route_that_takes_it(
    house: Desk, posted_forms: list[tuple[str, str, list[str]]]
) -> None:
    adapter = house.app.url_map.bind("localhost")
    for page, path, _ in posted_forms:
        assert adapter.test(path.partition("?")[0], "POST"), (page, path)


def test_only_reviewed_forms_may_be_sent_twice(house: Desk) -> None:
    endpoints = {rule.endpoint for rule in house.app.url_map.iter_rules()}
    assert REPEATABLE.keys() <= endpoints
