"""Clocks read from plain data: the form of clock files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from sar.domain.clock_dates import parse_day
from sar.domain.clock_events import Clock, ClockEvent, ClockEventType, Gate, RequestType
from sar.domain.clock_settings import SETTING_NAMES, ClockSettings, parse_settings
from sar.domain.errors import ClockError
from sar.domain.working_days import DIVISION

_E = ClockEventType
# Words other systems and forms use for the same events.
_OTHER_WORDS = {
    "id_partially_received": _E.ID_RECEIVED_IN_PART,
    "id_partial": _E.ID_RECEIVED_IN_PART,
    "id_partial_received": _E.ID_RECEIVED_IN_PART,
    "id_received_partial": _E.ID_RECEIVED_IN_PART,
    "id_insufficient": _E.ID_RECEIVED_IN_PART,
    "id_withdrawn": _E.ID_REQUEST_WITHDRAWN,
    "id_demand_withdrawn": _E.ID_REQUEST_WITHDRAWN,
    "id_waived": _E.ID_REQUEST_WITHDRAWN,
    "authority_partially_received": _E.AUTHORITY_RECEIVED_IN_PART,
    "authority_partial": _E.AUTHORITY_RECEIVED_IN_PART,
    "authority_insufficient": _E.AUTHORITY_RECEIVED_IN_PART,
    "authority_withdrawn": _E.AUTHORITY_REQUEST_WITHDRAWN,
    "fee_paid": _E.FEE_RECEIVED,
    "fee_withdrawn": _E.FEE_REQUEST_WITHDRAWN,
    "further_copy_fee_paid": _E.FURTHER_COPY_FEE_RECEIVED,
    "acknowledged": _E.COMPLAINT_ACKNOWLEDGED,
    "acknowledgement_sent": _E.COMPLAINT_ACKNOWLEDGED,
    "outcome_sent": _E.COMPLAINT_OUTCOME_SENT,
}
_NAMES = (
    frozenset(
        {"id", "request_type", "received", "events", "region", "school_closed", "settings", "today"}
    )
    | SETTING_NAMES
)
_ALIKE = 0.85  # "recieved" is; "policy_28_due", a note of clock files, is not "policy_28"


def parse_clock(data: object) -> Clock:
    """One clock from `request_type`, `received`, `events`, `region`, `school_closed` and settings.

    Settings stand under `settings` or beside the rest. `today` is optional: what is dated after it
    has not happened. Other names are notes and are not read, but a misspelt name is refused.

    Raises:
        ClockError: a part is missing, malformed or unknown; the sentence names it.

    Law: UK GDPR Art 12A; DPA 2018 s.54, s.164A (the facts those clocks need).
    """
    if not isinstance(data, Mapping):
        raise ClockError("A clock must be an object with request_type, received and events.")
    _check_spelling(data)
    _check_region(data.get("region"))
    return Clock(
        request_type=_request_type(data.get("request_type")),
        received=parse_day(data.get("received"), "The day received"),
        events=tuple(_event(each) for each in _items(data, "events")),
        settings=_settings(data),
        school_closed=tuple(_closure(each) for each in _items(data, "school_closed")),
        today=None if data.get("today") is None else parse_day(data["today"], "Today"),
    )


def _check_spelling(data: Mapping[object, object]) -> None:
    for name in map(str, data):
        meant = get_close_matches(name, _NAMES, n=1, cutoff=_ALIKE)
        if meant and name not in _NAMES:
            raise ClockError(f"There is no field {_shown(name)}. Did you mean {meant[0]}?")


def _check_region(region: object) -> None:
    if region is not None and region != DIVISION:
        raise ClockError(
            f"Only the bank holidays of {DIVISION} are known, not those of {_shown(region)}."
        )


def _request_type(value: object) -> RequestType:
    if value is None:
        raise ClockError("The request_type is missing.")
    known = {str(each): each for each in RequestType}
    if not isinstance(value, str) or value not in known:
        raise ClockError(f"There is no request type {_shown(value)}. Known: {', '.join(known)}.")
    return known[value]


def _event(data: object) -> ClockEvent:
    if not isinstance(data, Mapping):
        raise ClockError("Each event must be an object with type and at.")
    kind = data.get("type")
    known = {str(each): each for each in ClockEventType} | _OTHER_WORDS
    if not isinstance(kind, str) or kind not in known:
        names = ", ".join(ClockEventType)
        raise ClockError(f"There is no event type {_shown(kind)}. Known: {names}.")
    day = parse_day(data.get("at", data.get("on")), f"The day of {kind}")
    return ClockEvent(_sufficient(known[kind], data), day)


def _sufficient(kind: ClockEventType, data: Mapping[object, object]) -> ClockEventType:
    """The type itself, or receipt in part where the event says that not enough came."""
    in_part = {gate.satisfied: gate.satisfied_in_part for gate in Gate}.get(kind)
    if in_part is None:
        return kind
    said = [data.get("sufficient", True), not data.get("partial", False)]
    if not all(isinstance(data.get(name, True), bool) for name in ("sufficient", "partial")):
        raise ClockError(f"For {kind}, sufficient and partial must be true or false.")
    return kind if all(said) else in_part


def _settings(data: Mapping[object, object]) -> ClockSettings:
    named = data.get("settings", {})
    if named is None:
        named = {}
    if not isinstance(named, Mapping):
        raise ClockError("The settings must be an object of names and values.")
    beside = {str(name): value for name, value in data.items() if str(name) in SETTING_NAMES}
    return parse_settings({**beside, **{str(name): value for name, value in named.items()}})


def _closure(data: object) -> tuple[date, date]:
    days = data if isinstance(data, list) else [data, data]
    if len(days) != 2:
        raise ClockError("Each school closure must be its first and its last day.")
    first, last = (parse_day(each, "A day of a school closure") for each in days)
    if last < first:
        raise ClockError(f"A school closure ends on {last} before it begins on {first}.")
    return first, last


def _items(data: Mapping[object, object], name: str) -> list[object]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ClockError(f"The {name} must be a list.")
    return value


def _shown(value: object) -> str:
    return repr(value)[:60]
