"""Looking changes nothing: no GET writes a row, whoever asks and whatever the answer is."""

from __future__ import annotations

import pytest

from tests.guards.house import NOBODY, Desk
from tests.guards.routes import ROUTES, path_of

GETS = [name for name in ROUTES if name.startswith("GET ")]
WHO = (
    NOBODY,
    "officer of both",
    "approver of RBKC",
    "team member of RBKC",
    "admin of both",
)


@pytest.mark.parametrize("who", WHO)
def test_no_get_writes(who: str, house: Desk) -> None:
    before = house.contents()
    for name in GETS:
        answer = house.ask(who, "GET", path_of(name, house.ids("RBKC")))
        assert answer.status_code < 500, (name, answer.status)
    assert house.contents() == before


def test_no_get_of_a_requester_writes(house: Desk) -> None:
    browser = house.requester("RBKC")
    before = house.contents()
    for name in (each for each in GETS if "<token>" in each):
        answer = house.ask(browser, "GET", path_of(name, house.ids("RBKC")))
        assert answer.status_code == 200, (name, answer.status)
    assert house.contents() == before


def test_a_head_writes_no_more_than_a_get(house: Desk) -> None:
    before = house.contents()
    for name in GETS:
        house.ask("officer of both", "HEAD", path_of(name, house.ids("RBKC")))
    assert house.contents() == before


def test_the_comparison_of_tables_sees_one_changed_row(restored: Desk) -> None:
    before = restored.contents()
    restored.execute("UPDATE case_file SET is_paused = 1 WHERE reference LIKE 'RBKC-%'")
    assert restored.contents() != before
