"""`sar clock FILE`: statutory dates from dated events, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sar.domain.clock import ClockResult, ClockStatus, compute
from sar.domain.clock_reading import parse_clock
from sar.domain.errors import DomainError

REFUSED = "refused"


@click.command(name="clock")
@click.argument("source", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (it always does).")
def command(source: str, as_json: bool) -> None:  # a promise to scripts
    """Work out statutory dates from the dated events in FILE (- for standard input).

    FILE holds one object, a list of them, or {"vectors": [...]}; each has request_type, received
    and events; with today, what is dated later is not counted. Prints a list of results in the
    same order. A clock that cannot be read has the
    status "refused" and an error in its place, the others are answered, and the exit code is 1.
    """
    results = [_answer(item, place) for place, item in enumerate(_items(_read(source)), start=1)]
    click.echo(json.dumps(results, indent=2))
    refused = [each["error"] for each in results if each["status"] == REFUSED]
    for sentence in refused:
        click.echo(f"Error: {sentence}", err=True)
    if refused:
        raise SystemExit(1)


def _read(source: str) -> object:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as fault:
        raise click.ClickException(f"{source} cannot be read: {fault.strerror}.") from fault
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as fault:
        raise click.ClickException(f"{source} is not UTF-8 text.") from fault
    except json.JSONDecodeError as fault:
        raise click.ClickException(
            f"{source} is not JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}."
        ) from fault
    except (RecursionError, ValueError) as fault:
        raise click.ClickException(f"{source} is not JSON this command can read.") from fault


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _items(data: object) -> list[object]:
    if isinstance(data, dict) and "vectors" in data:
        data = data["vectors"]
        if not isinstance(data, list):
            raise click.ClickException("vectors must be a list of clocks.")
    return data if isinstance(data, list) else [data]


def _answer(item: object, place: int) -> dict[str, object]:
    given = item if isinstance(item, dict) else {}
    name = given.get("id")
    try:
        clock = parse_clock(item)
        result = compute(clock)
    except DomainError as fault:
        label = f"Clock {place}" if name is None else f"Clock {place} ({name!r:.40})"
        return {
            "id": name,
            "request_type": given.get("request_type"),
            "received": given.get("received"),
            **_NOTHING,
            "status": REFUSED,
            "error": f"{label}: {fault}",
            "explanation": [str(fault)],
        }
    return {
        "id": name,
        "request_type": str(clock.request_type),
        "received": clock.received.isoformat(),
        **result.as_dict(),
    }


# Every date and count of an answer, with no answer in it.
_NOTHING = ClockResult(status=ClockStatus.RUNNING, regime=None).as_dict()
