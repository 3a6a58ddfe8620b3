"""The cases of `data/clock-worked.txt`, worked by hand from the law.

A line that the engine contradicts is settled by the text of the law, never by the engine.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sar.domain.clock import compute
from sar.domain.clock_reading import parse_clock

FILE = Path(__file__).parent / "data" / "clock-worked.txt"
EVENTS = {
    "Q": "clarification_requested",
    "A": "clarification_received",
    "X": "extension_notified",
    "R": "results_announced",
    "K": "complaint_acknowledged",
    "O": "complaint_outcome_sent",
    "I+": "id_requested",
    "I=": "id_received",
    "I~": "id_received_in_part",
    "I-": "id_request_withdrawn",
    "U+": "authority_requested",
    "U=": "authority_received",
    "U~": "authority_received_in_part",
    "U-": "authority_request_withdrawn",
    "F+": "fee_requested",
    "F=": "fee_received",
    "F-": "fee_request_withdrawn",
    "C+": "further_copy_fee_requested",
}
ANSWERS = {
    "st": "status",
    "R": "clock_start",
    "nom": "nominal_due",
    "ex": "excluded_days",
    "due": "expected_due",
    "work": "expected_due_conservative",
    "by": "extension_notify_by",
    "ok": "extension_valid",
    "ext": "expected_extended_due",
    "eff": "effective_due",
    "p28": "policy_28_due",
    "fl": "expected_flags",
}
WORDS: dict[str, object] = {"none": None, "true": True, "false": False}


def lines() -> list[list[str]]:
    texts = FILE.read_text("utf-8").splitlines()
    return [
        [part.strip() for part in each.split("|")] for each in texts if each[:1] not in {"", "#"}
    ]


def clock_file(kind: str, received: str, parts: list[str]) -> dict[str, object]:
    events: list[dict[str, str]] = []
    closed: list[list[str]] = []
    settings: dict[str, object] = {}
    today = None
    for part in parts:
        name, _, value = part.partition("=")
        if name == "closed":
            closed.append(value.split(".."))
        elif name == "today":
            today = value
        elif name.islower():
            settings[name] = WORDS.get(value, value)
        else:
            code = part[:2] if part[:2] in EVENTS else part[:1]
            events.append({"type": EVENTS[code], "at": part[len(code) :]})
    return {
        "request_type": kind,
        "received": received,
        "events": events,
        "school_closed": closed,
        "settings": settings,
        "today": today,
    }


def plain(name: str, value: str) -> object:
    if name == "fl":
        return sorted(value.split(",")) if value else []
    if name == "ex":
        return int(value)
    return WORDS.get(value, value)


@pytest.mark.parametrize(
    ("kind", "received", "events", "expected"),
    [pytest.param(*each[1:5], id=each[0]) for each in lines()],
)
def test_the_case_comes_out_as_worked_by_hand(
    kind: str, received: str, events: str, expected: str
) -> None:
    result = compute(parse_clock(clock_file(kind, received, events.split()))).as_dict()
    wanted = {
        ANSWERS[name]: plain(name, value)
        for name, _, value in (each.partition("=") for each in expected.split())
    }
    assert {name: result[name] for name in wanted} == wanted
    assert result["explanation"]


def test_the_cases_are_many_and_each_has_a_name_of_its_own() -> None:
    names = [each[0] for each in lines()]
    assert {len(each) for each in lines()} == {6}
    assert len(names) == len(set(names)) >= 190
