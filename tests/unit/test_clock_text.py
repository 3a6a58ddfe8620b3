from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sar.domain.clock import ClockEventType, compute
from sar.domain.clock_settings import PauseMode
from tests.unit.clock_text import History, Text
from tests.unit.test_clock_properties import A, E, Q, after, is_working, receipts, sar

# Days around what decides: the month's end, its roll, the days after it.
steps = st.sampled_from([0, 1, 2, 5, 10, 25, 28, 29, 30, 31, 32, 33, 35, 45, 60])
waits = st.sampled_from([0, 1, 3, 7, 20, 45])


@st.composite
def histories(draw: st.DrawFn) -> History:
    received = draw(receipts)
    identity = None
    if draw(st.booleans()):
        asked = after(received, draw(steps))
        identity = (asked, draw(st.none() | waits.map(lambda days: after(asked, days))))
    questions: list[tuple[date, date | None]] = []
    day = received
    for _ in range(draw(st.integers(0, 3))):
        asked = after(day, draw(steps))
        answered = after(asked, draw(waits))
        questions.append((asked, answered))
        day = after(answered, 1)
    if questions and draw(st.booleans()):
        questions[-1] = (questions[-1][0], None)
    notice = draw(st.none() | steps.map(lambda days: after(received, days)))
    return History(received, identity, tuple(questions), notice, draw(st.booleans()))


@settings(max_examples=500, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_identity_questions_and_extension_together_are_as_the_text_has_them(
    history: History, random: object
) -> None:
    events = [(Q, asked) for asked, _ in history.questions]
    events += [(A, answered) for _, answered in history.questions if answered]
    if history.identity is not None:
        asked, satisfied = history.identity
        events.append((ClockEventType.ID_REQUESTED, asked))
        events += [(ClockEventType.ID_RECEIVED, satisfied)] if satisfied else []
    events += [(E, history.notice)] if history.notice else []
    random.shuffle(events)  # type: ignore[attr-defined]
    mode = PauseMode.STATUTORY if history.both_days else PauseMode.ELAPSED
    result = compute(sar(history.received, *events, pause_mode=mode))
    found = (result.clock_start, result.effective_due, result.excluded_days)
    assert found == Text(history, is_working).answer()
