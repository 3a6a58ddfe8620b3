import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sar.cli.clock import command
from sar.domain.clock import compute
from sar.domain.clock_reading import parse_clock
from sar.domain.clock_settings import ClockSettings, PauseMode, WithdrawnGate
from sar.domain.errors import ClockError
from tests.unit.clock_cases import D

SAR = {"request_type": "sar", "received": "2026-09-01"}


def _run(data: object) -> Result:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    return CliRunner().invoke(command, ["-"], input=text)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-07-31", "2026-07-31"),
        ("2026-07-31T23:30:00Z", "2026-08-01"),
        ("2026-07-31T23:30:00+00:00", "2026-08-01"),
        ("2026-07-31T23:30:00+01:00", "2026-07-31"),
        ("2026-07-31T23:30:00", "2026-07-31"),
        ("2026-08-01T01:30:00+05:30", "2026-07-31"),
        ("2026-12-31T23:59:59.999Z", "2026-12-31"),
    ],
)
def test_moments_are_read_as_london_days(written: str, day: str) -> None:
    assert parse_clock({**SAR, "received": written}).received == D(day)


BAD = [
    ([], "must be an object"),
    ({}, "request_type is missing"),
    ({**SAR, "request_type": "foi"}, "no request type 'foi'"),
    ({**SAR, "request_type": ["sar"]}, "no request type"),
    ({"request_type": "sar"}, "day received must be a date"),
    ({**SAR, "received": 20260901}, "must be a date"),
    ({**SAR, "received": "2026-02-30"}, "is not a date: '2026-02-30'"),
    ({**SAR, "received": "2026-W10-1"}, "is not a date"),
    ({**SAR, "received": "2026-09-01Tnoon"}, "is not a date"),
    ({**SAR, "received": "2017-01-01"}, "before 25 May 2018"),
    ({**SAR, "received": "2199-01-01"}, "too far in the future"),
    ({**SAR, "received": "9999-12-31T23:30:00-05:00"}, "is not a date"),
    ({**SAR, "region": "scotland"}, "Only the bank holidays of england-and-wales"),
    ({**SAR, "events": {}}, "events must be a list"),
    ({**SAR, "events": ["x"]}, "Each event must be an object"),
    ({**SAR, "events": [{"type": "paused", "at": "2026-09-02"}]}, "no event type 'paused'"),
    ({**SAR, "events": [{"at": "2026-09-02"}]}, "no event type None"),
    ({**SAR, "events": [{"type": "id_requested"}]}, "day of id_requested must be a date"),
    ({**SAR, "settings": []}, "settings must be an object"),
    ({**SAR, "settings": {"pause": 1}}, "no clock setting called 'pause'"),
    ({**SAR, "pause_mode": "slow"}, "one of: statutory, elapsed"),
    ({**SAR, "pause_mode": 3}, "one of: statutory, elapsed"),
    ({**SAR, "policy_28": "yes"}, "must be true or false"),
    ({**SAR, "id_late_after_working_days": True}, "whole number from 0 to 365"),
    ({**SAR, "id_late_after_working_days": -1}, "whole number from 0 to 365"),
    ({**SAR, "school_closed": "July"}, "school_closed must be a list"),
    ({**SAR, "school_closed": [["2026-07-01"]]}, "first and its last day"),
    ({**SAR, "school_closed": [["2026-07-02", "2026-07-01"]]}, "ends on 2026-07-01 before"),
]


@pytest.mark.parametrize(("data", "sentence"), BAD)
def test_a_malformed_clock_is_refused_by_name(data: object, sentence: str) -> None:
    with pytest.raises(ClockError, match=sentence):
        parse_clock(data)


@pytest.mark.parametrize(("data", "sentence"), BAD[1:])
def test_the_command_says_which_clock_is_wrong_and_shows_no_trace(
    data: object, sentence: str
) -> None:
    result = _run([SAR, data])
    assert result.exit_code == 1
    assert "Error: Clock 2: " in result.stderr
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


def test_one_clock_that_cannot_be_read_does_not_lose_the_others() -> None:
    bad = {"id": "B", "request_type": "sar", "received": "2026-02-30"}
    result = _run([{**SAR, "id": "A"}, bad, 3, {**SAR, "id": ["C"]}])
    printed = json.loads(result.stdout)
    assert [each["status"] for each in printed] == ["running", "refused", "refused", "running"]
    assert [each["id"] for each in printed] == ["A", "B", None, ["C"]]
    assert printed[1]["error"] == "Clock 2 ('B'): The day received is not a date: '2026-02-30'."
    assert printed[1]["effective_due"] is None
    assert set(printed[0]) == set(printed[1]) - {"error"}
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "meant"),
    [("recieved", "received"), ("pause_mod", "pause_mode"), ("school_close", "school_closed")],
)
def test_a_misspelt_field_is_refused_and_never_taken_for_a_note(name: str, meant: str) -> None:
    with pytest.raises(ClockError, match=f"Did you mean {meant}"):
        parse_clock({**SAR, name: []})


@pytest.mark.parametrize(
    "extra",
    [
        {"type": "id_received_in_part"},
        {"type": "id_partially_received"},
        {"type": "id_received", "sufficient": False},
        {"type": "id_received", "partial": True},
    ],
)
def test_too_little_proof_may_be_said_in_several_ways(extra: dict[str, object]) -> None:
    asked = {"type": "id_requested", "at": "2026-09-02"}
    clock = parse_clock({**SAR, "events": [asked, {**extra, "at": "2026-09-08"}]})
    assert compute(clock).status == "awaiting_id"


def test_sufficiency_is_true_or_false() -> None:
    event = {"type": "id_received", "at": "2026-09-08", "sufficient": "no"}
    with pytest.raises(ClockError, match="must be true or false"):
        parse_clock({**SAR, "events": [event]})


def test_settings_are_read_beside_the_rest_and_under_their_own_name() -> None:
    data = {
        **SAR,
        "pause_mode": "elapsed",
        "settings": {"withdrawn_gate": "withdrawal", "policy_28": False},
    }
    expected = ClockSettings(
        pause_mode=PauseMode.ELAPSED, withdrawn_gate=WithdrawnGate.WITHDRAWAL, policy_28=False
    )
    assert parse_clock(data).settings == expected
    assert parse_clock({**SAR, "overlapping_questions": "first-answer", "settings": None})


def test_a_number_may_be_set() -> None:
    assert parse_clock({**SAR, "clarification_reminder_days": 7}).settings == ClockSettings(
        clarification_reminder_days=7
    )


def test_notes_in_a_clock_are_not_read() -> None:
    assert parse_clock({**SAR, "rule": "a note", "events": None}).events == ()


def test_a_single_closed_day_may_stand_alone() -> None:
    day = D("2026-07-01")
    assert parse_clock({**SAR, "school_closed": ["2026-07-01"]}).school_closed == ((day, day),)


@pytest.mark.parametrize("shape", [SAR, [SAR], {"vectors": [SAR]}])
def test_one_clock_a_list_and_vectors_all_print_a_list(shape: object) -> None:
    result = _run(shape)
    assert result.exit_code == 0
    [printed] = json.loads(result.output)
    assert printed["effective_due"] == "2026-10-01"
    assert printed["expected_flags"] == []
    assert printed["explanation"]


def test_a_list_of_nothing_prints_nothing() -> None:
    assert json.loads(_run([]).output) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[NaN]",
        "[" * 100000,
        b"\xff\xfe",
        '{"vectors": 3}',
        "9" * 5000,
    ],
)
def test_text_that_is_not_a_clock_ends_in_a_sentence(text: str | bytes) -> None:
    result = _run(text)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert result.output.startswith("Error: ")


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "none.json")])
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({**SAR, "id": "A1"}).encode())
    result = CliRunner().invoke(command, [str(path), "--json"])
    assert json.loads(result.output)[0]["id"] == "A1"
