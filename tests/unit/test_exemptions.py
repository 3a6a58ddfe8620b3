"""The exemptions catalogue: every code, what it bites on, and who may use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_the_use_of_a_code_is_told_unless_telling_does_the_harm() -> None:
    assert all(row.disclose_use_to_requester for row in EXEMPTIONS.values())
    assert exemptions.check_hidden_use("SW11").code == "SW11"
    with pytest.raises(ExemptionError, match="must be shown"):
        exemptions.check_hidden_use("TP16")


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_the_requester_may_be_told(code: str) -> None:
    row = EXEMPTIONS[code]
    told = row.may_be_told
    assert told.endswith(".")
    if row.can_hide_use:
        assert "neutral words" in told
    if not row.is_open_to_councils or row.kind is ExemptionKind.PRESUMPTION:
        assert told.startswith("Nothing")


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("IM4", "CT2"),
        ("CRT3", "JP14"),
        ("CRT9", "LD5-2"),
        ("CRT18", "LPP19"),
        ("CH6", "TP16"),
    ],
)
def test_a_closed_code_says_what_to_use_instead(code: str, instead: str) -> None:
    with pytest.raises(ExemptionError, match=instead):
        exemptions.check_code(code, Right.ACCESS)


def test_national_security_is_for_the_data_protection_officer_alone() -> None:
    with pytest.raises(ExemptionError, match="Data Protection Officer alone"):
        exemptions.check_code("NS26", Right.ACCESS)
    assert exemptions.check_code("NS26", Right.ACCESS, is_data_protection_officer=True)
    offered = exemptions.usable_for_redaction(Right.ACCESS)
    assert "NS26" not in {row.code for row in offered}


@pytest.mark.parametrize("code", ["MU", "ME", "RPS", "UM24"])
def test_a_ground_for_a_whole_request_never_goes_on_a_page(code: str) -> None:
    with pytest.raises(ExemptionError, match="answers a whole request"):
        exemptions.check_mark(code, Right.ACCESS, "Why")


@pytest.mark.parametrize("code", ["NPD", "OOS", "DUP", "DEC"])
def test_a_scoping_label_needs_its_reason_in_words(code: str) -> None:
    with pytest.raises(ExemptionError, match=r"[Ww]rite in the note"):
        exemptions.check_mark(code, Right.ACCESS, " ")
    assert exemptions.check_mark(code, Right.ACCESS, "See page 4.").code == code


def test_an_exemption_needs_no_note_to_be_marked() -> None:
    assert exemptions.check_mark("TP16", Right.ACCESS, "").code == "TP16"


def refusal(act: Callable[[], object]) -> str:
    """What a rule says no with; empty when it says yes."""
    try:
        act()
    except ExemptionError as refused:
        return str(refused)
    return ""


@given(
    code=st.sampled_from(CODES),
    right=st.sampled_from(list(Right)),
    regime=st.sampled_from([None, GDPR, PART_3]),
    is_by_representative=st.sampled_from([None, True, False]),
    is_officer=st.booleans(),
    comment=st.sampled_from(["", "Why."]),
)
def test_every_use_of_every_code_is_allowed_or_refused_in_a_sentence(
    code: str,
    right: Right,
    regime: ProcessingRegime | None,
    is_by_representative: bool | None,
    is_officer: bool,
    comment: str,
) -> None:
    row = EXEMPTIONS[code]
    asked = {"regime": regime, "is_by_representative": is_by_representative}
    said = refusal(
        lambda: exemptions.check_code(
            code, right, is_data_protection_officer=not is_officer, **asked
        )
    )
    if said:
        assert said.endswith(".")
        assert code in said
        assert refusal(lambda: exemptions.check_mark(code, right, comment, **asked))
    else:
        assert row.is_open_to_councils
        assert right in row.rights
        assert regime is None or regime in row.regimes
        assert not (row.needs_representative and is_by_representative is False)
    offered = {
        each.code
        for each in exemptions.usable_for_redaction(
            right, regime, is_by_representative=is_by_representative
        )
    }
    is_refused = bool(refusal(lambda: exemptions.check_mark(code, right, "Why.", **asked)))
    assert is_refused is (code not in offered)


# What the catalogue must say, read from the specification row by row.
_NOTICES = {"13", "14"}
_P1 = _NOTICES | {"15", "16", "17(1)-(2)", "18(1)", "19", "20", "21(1)"}
_P4 = _NOTICES | {"15"}
_A15 = {"15(1)-(3)"}
_S3 = _P1 - {"19"}
BITES = {
    **dict.fromkeys(("TP16", "RP17-H", "RP17-S", "RP17-E"), _A15),
    **dict.fromkeys(("CT2", "LD5-1", "LD5-2", "LD5-3", "FP7", "CC10", "MO11", "JP14"), _P1),
    **dict.fromkeys(("CT3", "LPP19", "SI20", "MF22", "NG23", "REF24", "EX25S"), _P4),
    "IM4": _NOTICES | {"15", "17", "18", "21"},
    "EX25M": set(),
    "RS27": {"15", "16", "18(1)", "21(1)"},
    "AR28": {"15", "16", "18(1)", "19", "20", "21(1)"},
    **dict.fromkeys(("HD4", "SW10", "CRT3", "CRT9", "CRT18"), _S3),
    **dict.fromkeys(("HD5", "HD6", "SW11", "ED19", "CA21"), _A15),
    **dict.fromkeys(("HF2", "AD3", "SE4", "PO5", "CH6", "RPS"), _A15),
    "P3R": {"s.45", "s.46", "s.47", "s.47(3)"},
    "P3L": {"s.44", "s.45"},
}
CITED = {
    "TP16": "Sch 2 para 16",
    "RP17-H": "para 17(2)",
    "RP17-S": "para 17(3)",
    "RP17-E": "para 17(4)",
    "CT2": "para 2(1)",
    "CT3": "para 3",
    "IM4": "para 4",
    "LD5-1": "para 5(1)",
    "LD5-2": "para 5(2)",
    "LD5-3": "para 5(3)",
    "FP7": "para 7",
    "CC10": "para 10(2)(c)(iii)",
    "MO11": "para 11",
    "JP14": "para 14(3)",
    "LPP19": "para 19",
    "SI20": "para 20",
    "MF22": "para 22",
    "NG23": "para 23",
    "REF24": "para 24",
    "EX25S": "para 25(1)",
    "EX25M": "para 25",
    "JN26": "para 26",
    "RS27": "para 27",
    "AR28": "para 28",
    "HD4": "Sch 3 para 4",
    "HD5": "Sch 3 para 5",
    "HD6": "Sch 3 para 6",
    "SW10": "Sch 3 para 10",
    "SW11": "Sch 3 para 11",
    "ED19": "Sch 3 paras 17(2) and 19",
    "CRT3": "Sch 3 para 3",
    "CRT9": "Sch 3 para 9",
    "CRT18": "Sch 3 para 18",
    "CA21": "Sch 3 para 21",
    "HF2": "Sch 4 para 2",
    "AD3": "Sch 4 para 3",
    "SE4": "Sch 4 para 4",
    "PO5": "Sch 4 para 5",
    "CH6": "Sch 4 para 6",
    "MU": "Art 12(5)",
    "ME": "Art 12(5)",
    "RPS": "Art 15(1A)",
    "UM24": "s.24",
    "P3R": "ss.45(4) and 48(3)",
    "P3L": "s.45A",
    "NS26": "ss.26 and 78A",
    **dict.fromkeys(("NPD", "OOS", "DUP", "DEC"), "Art 4(1)"),
}
CONSULTED = {
    "TP16": "other person",
    "CT2": "police",
    "JP14": "Legal",
    "LPP19": "Legal",
    "SI20": "Legal",
    "HD4": "child",
    "SW10": "child",
    "HD5": "health professional",
    "HD6": "health professional",
    "SW11": "senior social worker",
    "ED19": "educational psychologist",
    "CA21": "social worker",
    "AD3": "adoption",
    "SE4": "SEND",
    "CH6": "Data Protection Officer",
    "MU": "Data Protection Officer",
    "ME": "Data Protection Officer",
    "NS26": "Data Protection Officer",
}
CAN_HIDE = {"CT2", "HD5", "SW11", "ED19", "CA21", "P3R", "P3L", "NS26"}


@pytest.mark.parametrize("code", BITES)
def test_each_code_bites_on_what_the_act_lists(code: str) -> None:
    assert set(EXEMPTIONS[code].bites_on) == BITES[code]


@pytest.mark.parametrize("code", CODES)
def test_each_code_cites_its_paragraph(code: str) -> None:
    assert re.search(
        re.escape(CITED[code]) + r"\b|" + re.escape(CITED[code]) + "$", EXEMPTIONS[code].citation
    )


@pytest.mark.parametrize("code", CONSULTED)
def test_each_code_says_who_must_be_asked(code: str) -> None:
    assert CONSULTED[code].casefold() in EXEMPTIONS[code].consult.casefold()


def test_only_codes_whose_naming_does_harm_can_be_kept_back() -> None:
    assert {code for code, row in EXEMPTIONS.items() if row.can_hide_use} == CAN_HIDE


def test_only_part_3_codes_and_what_both_laws_share_work_on_part_3_records() -> None:
    own = {code for code, row in EXEMPTIONS.items() if PART_3 in row.regimes}
    assert own == {"P3R", "P3L", "NS26", "MU", "ME", "NPD", "OOS", "DUP", "DEC"}
    alone = {code for code, row in EXEMPTIONS.items() if GDPR not in row.regimes}
    assert alone == {"P3R", "P3L"}
