from dataclasses import replace
from datetime import date, timedelta

import holidays
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sar.domain.clock import (
    Clock,
    ClockEvent,
    ClockEventType,
    ClockFlag,
    ClockSettings,
    RequestType,
    compute,
)
from sar.domain.clock_settings import PauseMode
from tests.unit.clock_recount import corresponding_day, recount

Q, A, E = (
    ClockEventType.CLARIFICATION_REQUESTED,
    ClockEventType.CLARIFICATION_RECEIVED,
    ClockEventType.EXTENSION_NOTIFIED,
)
ENGLAND = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2036)))
MONTHLY = [
    each
    for each in RequestType
    if each not in {RequestType.COMPLAINT, RequestType.EDUCATIONAL_RECORD, RequestType.EXAM_SAR}
]
receipts = st.dates(date(2026, 2, 5), date(2034, 12, 31))
any_receipt = st.dates(date(2018, 5, 25), date(2034, 12, 31))
# Close together as often as far apart, so that pauses share days and touch.
offsets = st.integers(0, 9) | st.integers(0, 130)
some_offsets = st.lists(offsets, max_size=4)
many = settings(max_examples=150, deadline=None)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in ENGLAND


def sar(received: date, *events: tuple[ClockEventType, date], **options: object) -> Clock:
    return Clock(
        RequestType.SAR,
        received,
        tuple(ClockEvent(kind, day) for kind, day in events),
        ClockSettings(**options),  # type: ignore[arg-type]
    )


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


@st.composite
def clocks(draw: st.DrawFn, *, start: st.SearchStrategy[date] = any_receipt) -> Clock:
    received = draw(start)
    kind = draw(st.sampled_from(list(RequestType)))
    types = st.sampled_from(list(ClockEventType))
    events = draw(st.lists(st.tuples(types, st.integers(-5, 200)), max_size=8))
    return Clock(kind, received, tuple(ClockEvent(each, after(received, n)) for each, n in events))


@many
@given(clocks())
def test_no_date_that_binds_falls_on_a_day_off(clock: Clock) -> None:
    result = compute(clock)
    for day in (
        result.due,
        result.due_conservative,
        result.extended_due,
        result.extended_due_conservative,
        result.effective_due,
        result.working_target,
        result.policy_28_due,
        result.extension_notify_by,
    ):
        assert day is None or day.year > 2035 or is_working(day)


@many
@given(st.sampled_from([*MONTHLY, RequestType.COMPLAINT]), receipts, st.integers(1, 400))
def test_a_later_receipt_is_never_due_earlier(
    kind: RequestType, received: date, later: int
) -> None:
    first = compute(Clock(kind, received)).effective_due
    second = compute(Clock(kind, after(received, later))).effective_due
    assert first is None or (second is not None and first <= second)


@many
@given(receipts, st.integers(1, 12), st.integers(0, 15), st.integers(0, 15), st.integers(0, 40))
def test_a_later_receipt_is_never_due_earlier_whatever_follows_both(
    received: date, later: int, asked: int, taken: int, notice: int
) -> None:
    base = after(received, later)
    events = [(Q, after(base, asked + 1)), (A, after(base, asked + 1 + taken))]
    events.append((E, after(base, notice)))
    first, second = (compute(sar(day, *events)).effective_due for day in (received, base))
    assert first is not None
    assert second is not None
    assert first <= second


@many
@given(receipts, st.integers(1, 28), st.integers(0, 90), st.sampled_from(list(PauseMode)))
def test_a_pause_moves_the_end_by_exactly_its_days(
    received: date, asked: int, taken: int, mode: PauseMode
) -> None:
    events = [(Q, after(received, asked)), (A, after(received, asked + taken))]
    result = compute(sar(received, *events, pause_mode=mode))
    days = taken + (mode is PauseMode.STATUTORY)
    assert result.excluded_days == days
    assert result.nominal_due == corresponding_day(received, 1)
    end = after(result.nominal_due, days)
    while not is_working(end):
        end = after(end, 1)
    assert result.due == end


@many
@given(clocks(), st.randoms(use_true_random=False))
def test_order_of_entry_never_matters(clock: Clock, random: object) -> None:
    shuffled = list(clock.events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compute(replace(clock, events=tuple(shuffled))) == compute(clock)


@many
@given(clocks())
def test_replaying_the_events_gives_the_same_answer(clock: Clock) -> None:
    replayed = replace(clock, events=())
    for event in clock.events:
        replayed = replayed.with_event(event)
        compute(replayed)
    assert compute(replayed) == compute(clock)


@many
@given(clocks(), any_receipt)
def test_correcting_the_day_of_receipt_keeps_every_event(clock: Clock, received: date) -> None:
    corrected = clock.received_on(received)
    assert corrected.events == clock.events
    assert compute(corrected.received_on(clock.received)) == compute(clock)


@many
@given(st.dates(date(2026, 2, 16), date(2034, 12, 31)), st.integers(0, 10), st.integers(1, 9))
def test_correcting_receipt_keeps_pause_and_extension(
    received: date, earlier: int, taken: int
) -> None:
    asked = after(received, 12)
    events = [(Q, asked), (A, after(asked, taken)), (E, after(received, 14))]
    corrected = compute(sar(received, *events).received_on(after(received, -earlier)))
    assert corrected.excluded_days == taken + 1
    assert corrected.extension_valid is True


@many
@given(receipts, some_offsets, some_offsets, st.integers(1, 60))
def test_a_late_extension_changes_nothing_but_its_flag(
    received: date, asked: list[int], answered: list[int], late: int
) -> None:
    events = [(Q, after(received, n)) for n in asked] + [(A, after(received, n)) for n in answered]
    plain = compute(sar(received, *events))
    assume(plain.due is not None)
    assert plain.due is not None
    result = compute(sar(received, *events, (E, after(plain.due, late))))
    assert result.extension_valid is False
    assert set(result.flags) - set(plain.flags) == {ClockFlag.EXTENSION_LATE}
    same = {"flags": plain.flags, "explanation": plain.explanation, "extension_valid": None}
    assert replace(result, **same) == plain  # type: ignore[arg-type]


@settings(max_examples=600, deadline=None)
@given(receipts, some_offsets, some_offsets, st.none() | offsets, st.sampled_from(list(PauseMode)))
def test_an_independent_count_day_by_day_agrees(
    received: date, asked: list[int], answered: list[int], notice: int | None, mode: PauseMode
) -> None:
    questions = [after(received, n) for n in asked]
    answers = [after(received, n) for n in answered]
    events = [(Q, day) for day in questions] + [(A, day) for day in answers]
    if notice is not None:
        events.append((E, after(received, notice)))
    both_days = mode is PauseMode.STATUTORY
    month, extended = (
        recount(received, months, questions, answers, is_working, both_days=both_days)
        for months in (1, 3)
    )
    is_extended = notice is not None and (month is None or after(received, notice) <= month)
    result = compute(sar(received, *events, pause_mode=mode))
    assert result.effective_due == (extended if is_extended else month)
    assert (result.status == "paused") == (result.effective_due is None)


@many
@given(receipts, st.integers(0, 20), st.integers(0, 60), some_offsets, some_offsets)
def test_the_independent_count_agrees_when_identity_came_later(
    received: date, wanted: int, taken: int, asked: list[int], answered: list[int]
) -> None:
    start = after(received, wanted + taken)
    questions = [after(received, n) for n in asked]
    answers = [after(received, n) for n in answered]
    result = compute(
        sar(
            received,
            (ClockEventType.ID_REQUESTED, after(received, wanted)),
            (ClockEventType.ID_RECEIVED, start),
            *((Q, day) for day in questions),
            *((A, day) for day in answers),
        )
    )
    assert result.clock_start == start
    expected = recount(start, 1, questions, answers, is_working, both_days=True)
    assert result.effective_due == expected


@many
@given(
    receipts,
    st.lists(st.integers(0, 28), min_size=1, max_size=7, unique=True),
    st.sampled_from(list(PauseMode)),
)
def test_what_remains_when_paused_is_what_follows_the_answer(
    received: date, days: list[int], mode: PauseMode
) -> None:
    turns = sorted(days if len(days) % 2 else days[1:])  # question, answer, ... question
    events = [(A if place % 2 else Q, after(received, n)) for place, n in enumerate(turns)]
    paused = compute(sar(received, *events, pause_mode=mode))
    assert paused.remaining_days is not None
    reply = after(received, 200)
    end = after(reply, paused.remaining_days)
    while not is_working(end):
        end = after(end, 1)
    assert compute(sar(received, *events, (A, reply), pause_mode=mode)).due == end


@many
@given(any_receipt, st.sampled_from(MONTHLY))
def test_a_month_is_never_under_28_days_and_an_extension_adds_at_most_two_months(
    received: date, kind: RequestType
) -> None:
    result = compute(Clock(kind, received))
    assert result.due is not None
    assert (result.due - received).days >= 28
    if result.extended_due is not None:
        assert result.due <= result.extended_due
        assert (result.extended_due - result.due).days <= 66


@many
@given(receipts, some_offsets, some_offsets)
def test_the_working_target_is_never_after_the_statutory_date(
    received: date, asked: list[int], answered: list[int]
) -> None:
    events = [(Q, after(received, n)) for n in asked] + [(A, after(received, n)) for n in answered]
    result = compute(sar(received, *events))
    if result.due is not None:
        assert result.due_conservative is not None
        assert result.due_conservative <= result.due


@many
@given(receipts)
def test_an_independent_count_of_the_days_of_a_complaint_agrees(received: date) -> None:
    assume(received >= date(2026, 6, 19))
    day, counted = received, 0
    while counted < 30:
        day = after(day, 1)
        counted += 1
    while not is_working(day):
        day = after(day, 1)
    assert compute(Clock(RequestType.COMPLAINT, received)).effective_due == day


@many
@given(receipts, st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 12)), max_size=5))
def test_an_independent_count_of_school_days_agrees(
    received: date, closures: list[tuple[int, int]]
) -> None:
    spans = tuple((after(received, n), after(received, n + length)) for n, length in closures)
    shut = {after(first, n) for first, last in spans for n in range((last - first).days + 1)}
    day, sessions = received, 0
    while sessions < 15:
        day = after(day, 1)
        sessions += is_working(day) and day not in shut
    clock = Clock(RequestType.EDUCATIONAL_RECORD, received, school_closed=spans)
    assert compute(clock).effective_due == day


@many
@given(receipts, st.none() | st.integers(-60, 300))
def test_an_independent_count_of_exam_marks_agrees(received: date, results: int | None) -> None:
    announced = None if results is None else after(received, results)
    events = ((ClockEventType.RESULTS_ANNOUNCED, announced),) if announced else ()
    clock = replace(sar(received, *events), request_type=RequestType.EXAM_SAR)
    if announced is not None and announced <= received:
        last = corresponding_day(received, 1)
    else:
        last = corresponding_day(received, 5)
        if announced is not None:
            last = min(last, after(announced, 40))
    while not is_working(last):
        last = after(last, 1)
    assert compute(clock).effective_due == last
