"""Identity, authority and fee: what may hold the clock at its start, and only if asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sar.domain.clock_dates import written
from sar.domain.clock_events import Clock, ClockEvent, ClockEventType, Gate
from sar.domain.clock_periods import standing
from sar.domain.clock_rules import rules_for
from sar.domain.clock_settings import WithdrawnGate
from sar.domain.working_days import working_days_between

NOUNS = {
    Gate.ID: "information to confirm identity",
    Gate.AUTHORITY: "proof of authority to act",
    Gate.FEE: "the fee",
}
_GATE_LAW = {
    Gate.ID: "UK GDPR Art 12(6), Art 12A(2)(b)",
    Gate.AUTHORITY: "ICO guidance on requests made for others",
    Gate.FEE: "UK GDPR Art 12(5), Art 12A(2)(c)",
}


@dataclass
class _Progress:
    """One gate while its events are read: first asking, whether it stands, is open, last met."""

    first_asked: date | None = None
    is_asked: bool = False
    is_open: bool = False
    satisfied: date | None = None


@dataclass(frozen=True)
class GateOutcome:
    """Where the clock starts, or what it waits for; flags and sentences say how that came about."""

    start: date | None
    waiting_for: Gate | None
    flags: frozenset[str]
    sentences: tuple[str, ...]


class _Reader:
    """Reads gate events in date order, so that each is judged by what was then in force."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.gates = {gate: _Progress() for gate in _gates_of(clock)}
        self.flags: set[str] = set()
        self.sentences: list[str] = []

    def start(self) -> date:
        """The relevant time on the gates satisfied so far."""
        days = [each.satisfied for each in self.gates.values() if each.satisfied]
        return max([self.clock.received, *days])

    def waiting_for(self) -> Gate | None:
        return next((gate for gate, each in self.gates.items() if each.is_open), None)

    def has_expired(self, day: date) -> bool:
        """True when the clock, as known on that day, had run out before it."""
        if self.waiting_for() is not None:
            return False
        start = self.start()
        period = standing(self.clock.until(day), rules_for(self.clock, start), start).in_force
        return period.open is None and day > period.due

    def ask(self, gate: Gate, day: date) -> None:
        if self.has_expired(day):
            self.flags.add(f"{gate}_requested_after_due")
            self.sentences.append(
                f"On {written(day)}, after the due date, the council asked for {NOUNS[gate]}: "
                "too late to hold a clock that had run out."
            )
            return
        progress = self.gates[gate]
        progress.first_asked = progress.first_asked or day
        progress.is_asked = progress.is_open = True

    def receive_part(self, gate: Gate, day: date) -> None:
        """Too little of what was asked for: the gate stays as it was."""
        self.sentences.append(
            f"Part of {NOUNS[gate]} arrived on {written(day)}, or it could not be used; the clock "
            "waits for the rest."
            if self.gates[gate].is_open
            else f"On {written(day)} part of {NOUNS[gate]} arrived that was not being waited for: "
            "the clock is not affected."
        )

    def receive(self, gate: Gate, day: date) -> None:
        progress = self.gates[gate]
        if not progress.is_asked:
            self.sentences.append(
                f"On {written(day)} {NOUNS[gate]} arrived that was not being asked for: "
                "the clock is not affected."
            )
        elif progress.is_open or not self.has_expired(day):
            # A second part of what was asked for counts: the gate is met when all has come.
            progress.is_open, progress.satisfied = False, day

    def withdraw(self, gate: Gate, day: date) -> None:
        progress = self.gates[gate]
        if not progress.is_open:
            return
        progress.is_open = False
        if self.clock.settings.withdrawn_gate is WithdrawnGate.WITHDRAWAL:
            progress.satisfied = day
        elif progress.satisfied is None:
            progress.is_asked = False
        self.sentences.append(
            f"On {written(day)} the council stopped asking for {NOUNS[gate]}, so it holds the clock"
            " no longer (UK GDPR Art 12A(2), “if any”)."
        )

    def read(self, event: ClockEvent) -> None:
        for gate in self.gates:
            if event.type is gate.asked:
                self.ask(gate, event.on)
            elif event.type is gate.satisfied_in_part:
                self.receive_part(gate, event.on)
            elif event.type is gate.satisfied:
                self.receive(gate, event.on)
            elif event.type is gate.withdrawn:
                self.withdraw(gate, event.on)


def settle_gates(clock: Clock) -> GateOutcome:
    """The relevant time: the later of receipt and the last day each asked-for gate was satisfied.

    A gate first asked for after the due date is ignored: an expired clock is not revived.

    Law: UK GDPR Art 12(5), 12(6), 12A(2); DPA 2018 s.54(2) for Part 3.
    """
    reader = _Reader(clock)
    for event in clock.in_order(_gate_events(reader.gates)):
        reader.read(event)
    waiting = reader.waiting_for()
    _note_asking(reader)
    start = None if waiting else reader.start()
    return GateOutcome(start, waiting, frozenset(reader.flags), tuple(reader.sentences))


def _gates_of(clock: Clock) -> tuple[Gate, ...]:
    if clock.settings.authority_starts_clock:
        return tuple(Gate)
    return (Gate.ID, Gate.FEE)


def _gate_events(gates: dict[Gate, _Progress]) -> list[ClockEventType]:
    kinds = ((gate.asked, gate.satisfied_in_part, gate.satisfied, gate.withdrawn) for gate in gates)
    return [kind for each in kinds for kind in each if kind is not None]


def _note_asking(reader: _Reader) -> None:
    for gate, progress in reader.gates.items():
        if progress.first_asked is None or not progress.is_asked:
            continue
        outcome = "is still awaited"
        if not progress.is_open and progress.satisfied:
            outcome = f"was complete on {written(progress.satisfied)}"
        reader.sentences.append(
            f"The council asked for {NOUNS[gate]} on {written(progress.first_asked)}; "
            f"it {outcome} ({_GATE_LAW[gate]})."
        )
        _note_lateness(reader, gate, progress.first_asked)


def _note_lateness(reader: _Reader, gate: Gate, asked: date) -> None:
    allowed = reader.clock.settings.id_late_after_working_days
    taken = working_days_between(reader.clock.received, asked)
    if gate is Gate.ID and taken > allowed:
        reader.flags.add("id_requested_late")
        reader.sentences.append(
            f"Identity was first asked for {taken} working days after receipt; it should be asked "
            f"for within {allowed}. A manager should record why."
        )
