"""Short ways to write clocks in tests."""

from __future__ import annotations

from datetime import date

from sar.domain.clock import (
    Clock,
    ClockEvent,
    ClockEventType,
    ClockResult,
    ClockSettings,
    RequestType,
    compute,
)

D = date.fromisoformat


def event(text: str) -> ClockEvent:
    """An event from "id_requested 2026-09-02"."""
    kind, day = text.split()
    return ClockEvent(ClockEventType(kind), D(day))


def clock(
    received: str,
    *events: str,
    kind: str = "sar",
    settings: ClockSettings | None = None,
    closed: tuple[tuple[str, str], ...] = (),
) -> Clock:
    """A clock from texts."""
    return Clock(
        RequestType(kind),
        D(received),
        tuple(event(each) for each in events),
        settings or ClockSettings(),
        tuple((D(first), D(last)) for first, last in closed),
    )


def answer(received: str, *events: str, kind: str = "sar", **settings: object) -> ClockResult:
    """The result of such a clock."""
    return compute(
        clock(received, *events, kind=kind, settings=ClockSettings(**settings))  # type: ignore[arg-type]
    )
