"""Health information waits for the opinion of a health professional."""

from __future__ import annotations

from datetime import date

import pytest

from sar.domain.exemptions import HealthOpinion
from sar.domain.health_data import health_obstacle, looks_like_health

TODAY = date(2026, 10, 15)
NOT_MET, MET = HealthOpinion(TODAY, is_test_met=False), HealthOpinion(TODAY, is_test_met=True)


@pytest.mark.parametrize(
    ("name", "is_health"),
    [
        ("2009-11-12 Health visitor letter.pdf", True),
        ("CAMHS_discharge_summary.docx", True),
        ("Paediatrician report", True),
        ("GP letter", True),
        ("School report", False),
        ("Housing and health and safety policy", False),
        ("Core assessment", False),
    ],
)
def test_a_name_can_suggest_health_information(name: str, is_health: bool) -> None:
    assert looks_like_health(name) is is_health


def said(
    opinion: HealthOpinion | None,
    codes: tuple[str, ...] = (),
    *,
    is_known: bool = False,
    is_kept_back: bool = False,
) -> str:
    return health_obstacle(
        "Letter", opinion, TODAY, codes, is_known=is_known, is_kept_back=is_kept_back
    )


@pytest.mark.parametrize(
    ("opinion", "codes", "is_known", "is_kept_back", "words"),
    [
        (None, (), False, False, "Ask the health professional"),
        (None, ("HD5",), False, True, "Ask the health professional"),
        (None, ("HD6",), True, True, "Ask the health professional"),
        (None, ("TP16",), True, False, ""),
        (None, ("TP16",), False, True, ""),
        (NOT_MET, (), False, False, ""),
        (NOT_MET, ("HD5",), False, False, "serious harm is not likely"),
        (MET, (), False, False, "serious harm is likely"),
        (MET, ("HD5",), False, False, ""),
        (HealthOpinion(date(2026, 4, 15), False), (), False, False, "more than six months"),
        (HealthOpinion(date(2026, 4, 16), False), (), False, False, ""),
        (HealthOpinion(date(2026, 10, 16), False), (), False, False, "still to come"),
    ],
)
def test_a_record_neither_leaves_nor_stays_back_without_a_fresh_opinion(
    opinion: HealthOpinion | None,
    codes: tuple[str, ...],
    is_known: bool,
    is_kept_back: bool,
    words: str,
) -> None:
    text = said(opinion, codes, is_known=is_known, is_kept_back=is_kept_back)
    assert words in text
    assert bool(text) is bool(words)


def test_the_sentence_says_what_to_do_and_with_which_record() -> None:
    assert said(None).startswith("“Letter” is health information.")
    assert "write down the opinion" in said(None)
