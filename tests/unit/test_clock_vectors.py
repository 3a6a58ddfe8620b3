import json
from pathlib import Path

import pytest

from sar.domain.clock import compute
from sar.domain.clock_reading import parse_clock

CORPUS = Path(__file__).parents[1] / "corpus" / "clock-vectors.json"
VECTORS = json.loads(CORPUS.read_text("utf-8"))["vectors"]
FACTS = {"id", "request_type", "received", "events", "region", "rule", "source", "confidence"}
NOTES = {"bank_holidays_assumed", "hand_check", "school_closed"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["id"])
def test_every_answer_of_a_hand_checked_clock_is_ours(vector: dict[str, object]) -> None:
    result = compute(parse_clock(vector)).as_dict()
    expected = {name: vector[name] for name in vector if name not in FACTS | NOTES}
    assert {name: result[name] for name in expected} == expected


def test_there_are_clocks_to_check() -> None:
    assert len(VECTORS) == 93


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["id"])
def test_the_explanation_names_the_dates_it_leads_to(vector: dict[str, object]) -> None:
    result = compute(parse_clock(vector))
    text = " ".join(result.explanation)
    for day in (result.clock_start, result.effective_due):
        assert day is None or f"{day.day} {day:%B %Y}" in text
