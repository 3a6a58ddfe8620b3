"""The exemptions catalogue: every code, what it bites on, and who may use it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sar.domain import exemptions
from sar.domain.errors import ExemptionError
from sar.domain.exemption import ExemptionKind
from sar.domain.exemptions import EXEMPTIONS, HealthOpinion
from sar.domain.rights import ProcessingRegime, Right

CODES = [
    "TP16",
    "RP17-H",
    "RP17-S",
    "RP17-E",
    "CT2",
    "CT3",
    "IM4",
    "LD5-1",
    "LD5-2",
    "LD5-3",
    "FP7",
    "CC10",
    "MO11",
    "JP14",
    "LPP19",
    "SI20",
    "MF22",
    "NG23",
    "REF24",
    "EX25S",
    "EX25M",
    "JN26",
    "RS27",
    "AR28",
    "HD4",
    "HD5",
    "HD6",
    "SW10",
    "SW11",
    "ED19",
    "CRT3",
    "CRT9",
    "CRT18",
    "CA21",
    "HF2",
    "AD3",
    "SE4",
    "PO5",
    "CH6",
    "MU",
    "ME",
    "RPS",
    "UM24",
    "P3R",
    "P3L",
    "NS26",
    "NPD",
    "OOS",
    "DUP",
    "DEC",
]
CLOSED = {"IM4", "CRT3", "CRT9", "CRT18", "CH6"}
ACCESS_ALONE = [
    "TP16",
    "CT3",
    "LPP19",
    "SI20",
    "MF22",
    "NG23",
    "REF24",
    "EX25S",
    "HD5",
    "HD6",
    "SW11",
    "ED19",
    "CA21",
    "AD3",
    "SE4",
]
MANY = {
    Right.ACCESS,
    Right.RECTIFICATION,
    Right.ERASURE,
    Right.RESTRICTION,
    Right.PORTABILITY,
    Right.OBJECTION,
}
GDPR, PART_3 = ProcessingRegime.UK_GDPR, ProcessingRegime.LAW_ENFORCEMENT
ON = date(2026, 10, 15)


def test_the_catalogue_holds_every_code_and_no_other() -> None:
    assert set(EXEMPTIONS) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_all_it_must(code: str) -> None:
    row = EXEMPTIONS[code]
    for text in (row.label, row.citation, row.applies_when, row.test, row.consult):
        assert text.strip()
    assert row.plain_words.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_plain_words_are_short_and_free_of_jargon(code: str) -> None:
    words = EXEMPTIONS[code].plain_words
    longest = max(len(each.split()) for each in re.split(r"[.!?]", words) if each)
    assert longest <= 16
    assert not re.search(r"redact|exempt|data subject|controller|pursuant|disclos", words, re.I)


@pytest.mark.parametrize("code", ACCESS_ALONE)
def test_codes_for_access_alone_limit_no_other_right(code: str) -> None:
    assert EXEMPTIONS[code].rights == {Right.ACCESS}
    with pytest.raises(ExemptionError, match="no effect on the right of erasure"):
        exemptions.check_code(code, Right.ERASURE)


@pytest.mark.parametrize("code", ["CT2", "LD5-3", "FP7", "CC10", "MO11", "JP14", "HD4", "SW10"])
def test_wide_codes_limit_every_right_but_automated_decisions(code: str) -> None:
    assert EXEMPTIONS[code].rights == MANY


def test_research_limits_four_rights_and_archives_five() -> None:
    four = {Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION, Right.OBJECTION}
    assert EXEMPTIONS["RS27"].rights == four
    assert EXEMPTIONS["AR28"].rights == four | {Right.PORTABILITY}


def test_immigration_control_would_not_touch_rectification() -> None:
    assert Right.RECTIFICATION not in EXEMPTIONS["IM4"].rights


@pytest.mark.parametrize("code", sorted(CLOSED))
@pytest.mark.parametrize("right", [Right.ACCESS, Right.ERASURE])
def test_codes_closed_to_councils_are_refused_with_the_reason(code: str, right: Right) -> None:
    assert not EXEMPTIONS[code].is_open_to_councils
    with pytest.raises(ExemptionError, match=f"{code} cannot be used"):
        exemptions.check_code(code, right)


def test_only_those_codes_are_closed() -> None:
    assert {each for each, row in EXEMPTIONS.items() if not row.is_open_to_councils} == CLOSED


@pytest.mark.parametrize("code", ["RP17-H", "RP17-S", "RP17-E"])
def test_a_presumption_withholds_nothing(code: str) -> None:
    with pytest.raises(ExemptionError, match="presumes"):
        exemptions.check_code(code, Right.ACCESS)


def test_exam_marks_only_move_a_date() -> None:
    with pytest.raises(ExemptionError, match="only moves the date"):
        exemptions.check_code("EX25M", Right.ACCESS)


def test_a_code_is_found_however_it_is_typed() -> None:
    assert exemptions.check_code(" tp16 ", Right.ACCESS).code == "TP16"


@pytest.mark.parametrize("code", ["", "TP17", "S40"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(ExemptionError, match="no exemption code"):
        exemptions.check_code(code, Right.ACCESS)


def test_each_regime_has_codes_of_its_own() -> None:
    assert exemptions.check_code("P3R", Right.ACCESS, regime=PART_3)
    with pytest.raises(ExemptionError, match="records under UK GDPR"):
        exemptions.check_code("P3R", Right.ACCESS, regime=GDPR)
    with pytest.raises(ExemptionError, match="law-enforcement records"):
        exemptions.check_code("TP16", Right.ACCESS, regime=PART_3)


@pytest.mark.parametrize("code", ["HD4", "SW10", "CA21"])
def test_codes_against_representatives_do_not_bind_the_subject(code: str) -> None:
    assert exemptions.check_code(code, Right.ACCESS, is_by_representative=True)
    with pytest.raises(ExemptionError, match="not against the person the records are about"):
        exemptions.check_code(code, Right.ACCESS, is_by_representative=False)


def test_the_officers_list_starts_with_third_parties() -> None:
    codes = [each.code for each in exemptions.usable_for_redaction(Right.ACCESS, GDPR)]
    assert codes[:3] == ["TP16", "LPP19", "SW11"]
    assert not {*CLOSED, "RP17-S", "MU", "ME", "RPS", "P3R", "EX25M"} & set(codes)
    assert {"NPD", "OOS", "DUP", "DEC"} <= set(codes)


@pytest.mark.parametrize("right", [each for each in Right if each is not Right.COMPLAINT])
@pytest.mark.parametrize("regime", [None, GDPR, PART_3])
def test_whatever_is_offered_passes_the_check(
    right: Right, regime: ProcessingRegime | None
) -> None:
    for row in exemptions.usable_for_redaction(right, regime):
        assert exemptions.check_code(row.code, right, regime=regime) is row


def test_nothing_is_withheld_in_a_complaint() -> None:
    assert exemptions.usable_for_redaction(Right.COMPLAINT) == ()


def test_scoping_labels_are_not_exemptions() -> None:
    kinds = {EXEMPTIONS[each].kind for each in ("NPD", "OOS", "DUP", "DEC")}
    assert kinds == {ExemptionKind.SCOPING}


@pytest.mark.parametrize("presumption", ["RP17-H", "RP17-S", "RP17-E"])
def test_a_workers_name_needs_a_reason_to_come_out(presumption: str) -> None:
    with pytest.raises(ExemptionError, match="write down why"):
        exemptions.check_third_party_use(presumption, "  ")
    exemptions.check_third_party_use(presumption, "Threats were made against this worker.")


def test_a_name_no_presumption_covers_needs_no_reason() -> None:
    exemptions.check_third_party_use(None, "")


@pytest.mark.parametrize(
    ("obtained", "fresh"),
    [
        (date(2026, 10, 15), True),
        (date(2026, 4, 16), True),
        (date(2026, 4, 15), False),
        (date(2026, 10, 16), False),
    ],
)
def test_a_health_opinion_lasts_six_months(obtained: date, fresh: bool) -> None:
    assert exemptions.is_opinion_fresh(HealthOpinion(obtained, True), ON) is fresh


def test_six_months_end_on_the_last_day_of_a_short_month() -> None:
    relied_on = date(2026, 8, 31)
    assert exemptions.is_opinion_fresh(HealthOpinion(date(2026, 3, 1), True), relied_on)
    assert not exemptions.is_opinion_fresh(HealthOpinion(date(2026, 2, 28), True), relied_on)


def test_serious_harm_to_health_needs_a_fresh_opinion_that_says_so() -> None:
    exemptions.check_serious_harm(HealthOpinion(ON, True), ON)
    with pytest.raises(ExemptionError, match="needs an opinion"):
        exemptions.check_serious_harm(None, ON)
    with pytest.raises(ExemptionError, match="more than six months"):
        exemptions.check_serious_harm(HealthOpinion(date(2026, 1, 1), True), ON)
    with pytest.raises(ExemptionError, match="not likely"):
        exemptions.check_serious_harm(HealthOpinion(ON, False), ON)


@pytest.mark.parametrize(
    ("opinion", "known", "may"),
    [
        (None, False, False),
        (None, True, True),
        (HealthOpinion(ON, False), False, True),
        (HealthOpinion(ON, True), False, False),
        (HealthOpinion(date(2026, 1, 1), False), False, False),
    ],
)
def test_health_information_waits_for_an_opinion(
    opinion: HealthOpinion | None, known: bool, may: bool
) -> None:
    assert exemptions.may_disclose_health(opinion, ON, is_already_known=known) is may


def test_the_use_of_a_code_is_told_unless_telling_does_the_harm() -> None:
    assert all(row.disclose_use_to_requester for row in EXEMPTIONS.values())
    assert exemptions.check_hidden_use("SW11").code == "SW11"
    with pytest.raises(ExemptionError, match="must be shown"):
        exemptions.check_hidden_use("TP16")
