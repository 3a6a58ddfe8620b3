"""Catalogue rows from DPA 2018 Schedules 3 and 4, Part 3, the whole-request grounds and scoping."""

from __future__ import annotations

from sar.domain.exemption import (
    ACCESS_ONLY,
    EVERY_RIGHT,
    NOTICES,
    PART_ONE,
    SCHEDULE_THREE,
    Exemption,
    ExemptionKind,
)
from sar.domain.rights import ProcessingRegime

_BOTH = frozenset({ProcessingRegime.UK_GDPR, ProcessingRegime.LAW_ENFORCEMENT})
_LAW_ENFORCEMENT = frozenset({ProcessingRegime.LAW_ENFORCEMENT})
_NOT_A_COURT = (
    "This one is for information a court is using, and the council is not a court. For court "
    "papers in council files look at JP14, LD5-2 or LPP19 and ask legal services."
)
_EXPECTED = (
    "The requester has parental responsibility for someone under 18, or a court appointed them; "
    "and the subject gave the information, or was examined, expecting it to stay private, or said "
    "that it must."
)

SCHEDULES_THREE_AND_FOUR = (
    Exemption(
        code="HD4",
        label="Health: the child's expectations and wishes",
        citation="DPA 2018 Sch 3 para 4",
        applies_when=_EXPECTED,
        bites_on=SCHEDULE_THREE,
        test="Expectation or wish recorded; falls away when the subject lifts it.",
        consult="The child or adult concerned.",
        plain_words="This is about health and was told to us in private.",
        rank=11,
        needs_representative=True,
    ),
    Exemption(
        code="HD5",
        label="Health: serious harm",
        citation="DPA 2018 Sch 3 para 5",
        applies_when="Disclosure would be likely to cause serious harm to the health of the "
        "subject or someone else.",
        bites_on=ACCESS_ONLY,
        test="Hold an opinion from the right health professional, no more than six months old, "
        "that the test is met.",
        consult="The health professional now or last responsible for the person's care.",
        plain_words="A health worker told us that sharing this could harm someone badly.",
        rank=8,
        can_hide_use=True,
    ),
    Exemption(
        code="HD6",
        label="Health: no disclosure without an opinion",
        citation="DPA 2018 Sch 3 para 6",
        applies_when="Health information held by a body that is not a health professional.",
        bites_on=ACCESS_ONLY,
        test="May not be disclosed until an opinion, no more than six months old, says that the "
        "serious harm test is not met, unless the subject has already seen or knows it.",
        consult="The health professional now or last responsible for the person's care.",
        plain_words="This is about health. We must ask a health worker before we can share it.",
        rank=7,
    ),
    Exemption(
        code="SW10",
        label="Social work: expectations and wishes",
        citation="DPA 2018 Sch 3 para 10",
        applies_when=_EXPECTED,
        bites_on=SCHEDULE_THREE,
        test="Expectation or wish recorded; falls away when the subject lifts it.",
        consult="The child or adult concerned.",
        plain_words="This was told to a social worker in private.",
        rank=4,
        needs_representative=True,
    ),
    Exemption(
        code="SW11",
        label="Social work: serious harm",
        citation="DPA 2018 Sch 3 para 11, read with para 7(2)",
        applies_when="Disclosure would hinder social work because it would be likely to harm the "
        "subject or someone else seriously.",
        bites_on=ACCESS_ONLY,
        test="Serious harm to a named person is likely, and social work would suffer by it.",
        consult="A senior social worker, in writing.",
        plain_words="Sharing this could harm someone badly.",
        rank=3,
        can_hide_use=True,
    ),
    Exemption(
        code="ED19",
        label="Education: serious harm",
        citation="DPA 2018 Sch 3 paras 17(2) and 19",
        applies_when="Education information that would be likely to cause serious harm.",
        bites_on=ACCESS_ONLY,
        test="Serious harm to the health of the subject or someone else is likely.",
        consult="The head teacher or an educational psychologist, in writing.",
        plain_words="This is from school records. Sharing it could harm someone badly.",
        rank=10,
        can_hide_use=True,
    ),
    *(
        Exemption(
            code=f"CRT{paragraph}",
            label=f"Court reports: {matter}",
            citation=f"DPA 2018 Sch 3 para {paragraph}",
            applies_when="The information is processed by a court and listed rules let the court "
            "withhold it.",
            bites_on=SCHEDULE_THREE,
            test="Only a court can meet it.",
            consult="Legal services.",
            plain_words="This belongs to a court.",
            refusal_reason=_NOT_A_COURT,
        )
        for paragraph, matter in ((3, "health"), (9, "social work"), (18, "education"))
    ),
    Exemption(
        code="CA21",
        label="Child abuse data",
        citation="DPA 2018 Sch 3 para 21",
        applies_when="A parent with parental responsibility for someone under 18, or a person "
        "appointed by a court, asks for information on whether the subject is, was or may be "
        "abused.",
        bites_on=ACCESS_ONLY,
        test="Disclosure would not be in the best interests of the subject.",
        consult="A senior social worker.",
        plain_words="We must keep this private to keep a child safe.",
        rank=6,
        can_hide_use=True,
        needs_representative=True,
    ),
    Exemption(
        code="HF2",
        label="Human fertilisation",
        citation="DPA 2018 Sch 4 para 2; HFEA 1990 ss.31-33D",
        applies_when="Information whose disclosure the fertility law forbids.",
        bites_on=ACCESS_ONLY,
        test="None.",
        consult="Legal services.",
        plain_words="A law about fertility care stops us sharing this.",
    ),
    Exemption(
        code="AD3",
        label="Adoption records and reports",
        citation="DPA 2018 Sch 4 para 3; Adoption Agencies Regulations 2005 reg 41",
        applies_when="Adoption records and reports covered by the listed adoption rules.",
        bites_on=ACCESS_ONLY,
        test="None here: point the person to the adoption access procedure.",
        consult="The adoption service.",
        plain_words="This is an adoption record. There is another way to ask for it.",
        rank=13,
    ),
    Exemption(
        code="SE4",
        label="Special educational needs and EHC plans",
        citation="DPA 2018 Sch 4 para 4; SEND Regulations 2014 reg 17",
        applies_when="Information in an education, health and care plan that regulation 17 "
        "restricts.",
        bites_on=ACCESS_ONLY,
        test="None here: parents and young people have their own routes.",
        consult="The SEND team.",
        plain_words="Rules about plans for special needs stop us sharing this here.",
        rank=17,
    ),
    Exemption(
        code="PO5",
        label="Parental order records",
        citation="DPA 2018 Sch 4 para 5",
        applies_when="Records of a parental order after surrogacy.",
        bites_on=ACCESS_ONLY,
        test="None.",
        consult="Legal services.",
        plain_words="This is a court record about a birth that another person carried.",
    ),
    Exemption(
        code="CH6",
        label="Children's hearing (Scotland)",
        citation="DPA 2018 Sch 4 para 6; Sch 3 paras 12 and 20",
        applies_when="Information from the Principal Reporter.",
        bites_on=ACCESS_ONLY,
        test="Fourteen days' notice to the Principal Reporter.",
        consult="Data Protection Officer.",
        plain_words="This came from a children's hearing in Scotland.",
        refusal_reason="Only authorities in Scotland can use this one. Keep a record from the "
        "Principal Reporter out of the bundle and ask the Data Protection Officer, who gives the "
        "Reporter 14 days' notice; for other people in it look at TP16.",
    ),
)

GROUNDS = (
    Exemption(
        code="MU",
        label="Manifestly unfounded",
        citation="UK GDPR Art 12(5)",
        applies_when="The request was made to cause trouble, or the person no longer means it.",
        bites_on=(*EVERY_RIGHT, "s.45", "s.46", "s.47", "s.47(3)"),
        test="The council must show it. A reasonable fee is the other choice.",
        consult="Data Protection Officer signs it off.",
        plain_words="We think this request was not made to use your rights.",
        is_for_whole_request=True,
        regimes=_BOTH,
    ),
    Exemption(
        code="ME",
        label="Manifestly excessive",
        citation="UK GDPR Art 12(5)",
        applies_when="The request overlaps or repeats others out of all proportion.",
        bites_on=(*EVERY_RIGHT, "s.45", "s.46", "s.47", "s.47(3)"),
        test="The council must show it. A reasonable fee is the other choice.",
        consult="Data Protection Officer signs it off.",
        plain_words="We have had this same request from you before, with too short a gap.",
        is_for_whole_request=True,
        regimes=_BOTH,
    ),
    Exemption(
        code="RPS",
        label="Beyond a reasonable search",
        citation="UK GDPR Art 15(1A)",
        applies_when="More could be found only by a search out of proportion.",
        bites_on=ACCESS_ONLY,
        test="A proportionate search was made and its log is on the case.",
        consult="None.",
        plain_words="We looked in all the places we fairly could.",
        is_for_whole_request=True,
    ),
    Exemption(
        code="UM24",
        label="Unstructured manual data",
        citation="DPA 2018 s.24",
        applies_when="Loose paper held by a public body in no filing order.",
        bites_on=(*NOTICES, "15(1)-(3)", "20", "21(1)"),
        test="The request does not describe it, or finding it would cost more than the freedom of "
        "information limit. Personnel papers are left out altogether.",
        consult="None.",
        plain_words="This is on loose paper that is not kept in any order.",
        is_for_whole_request=True,
    ),
    Exemption(
        code="P3R",
        label="Law-enforcement restriction",
        citation="DPA 2018 ss.45(4) and 48(3)",
        applies_when="Youth offending records kept for law enforcement, where a limit avoids "
        "harm to an inquiry, a prosecution, safety, security or the rights of others.",
        bites_on=("s.45", "s.46", "s.47", "s.47(3)"),
        test="Necessary and proportionate; the reasons are recorded (s.45(7)).",
        consult="The youth offending team and, if they supplied it, the police.",
        plain_words="Sharing this could harm police work or another person.",
        rank=18,
        can_hide_use=True,
        regimes=_LAW_ENFORCEMENT,
    ),
    Exemption(
        code="P3L",
        label="Legal privilege in law-enforcement records",
        citation="DPA 2018 s.45A",
        applies_when="Advice between a lawyer and client in youth offending records.",
        bites_on=("s.44", "s.45"),
        test="A claim to privilege could be kept up. Tell the subject unless that would undermine "
        "it; record the reasons.",
        consult="Legal services.",
        plain_words="This is private advice from a lawyer.",
        rank=19,
        can_hide_use=True,
        regimes=_LAW_ENFORCEMENT,
    ),
    Exemption(
        code="NS26",
        label="National security",
        citation="DPA 2018 ss.26 and 78A",
        applies_when="The exemption is required to safeguard national security.",
        bites_on=(*PART_ONE, "22", "s.45", "s.46", "s.47", "s.47(3)"),
        test="Required for national security, usually shown by a certificate.",
        consult="Data Protection Officer decides; nobody else may use it.",
        plain_words="We must keep this back to keep the country safe.",
        can_hide_use=True,
        is_for_data_protection_officer=True,
        regimes=_BOTH,
    ),
)


def _scoping(code: str, label: str, when: str, plain_words: str, rank: int) -> Exemption:
    return Exemption(
        code=code,
        label=label,
        citation="UK GDPR Art 4(1)",
        applies_when=when,
        bites_on=(*EVERY_RIGHT, "s.45", "s.46", "s.47", "s.47(3)"),
        test="None: this is not an exemption. Say why the words are outside the request.",
        consult="None.",
        plain_words=plain_words,
        rank=rank,
        kind=ExemptionKind.SCOPING,
        regimes=_BOTH,
    )


SCOPING = (
    _scoping(
        "NPD",
        "Not personal data",
        "The words say nothing about the subject.",
        "This is not about you.",
        20,
    ),
    _scoping(
        "OOS",
        "Out of scope",
        "Outside what the person asked for.",
        "This is not part of what you asked for.",
        21,
    ),
    _scoping(
        "DUP",
        "Duplicate",
        "The same words are given elsewhere; name the copy that is.",
        "This is the same as another page that we have given you.",
        22,
    ),
    _scoping(
        "DEC",
        "Deceased person only",
        "Only about someone who has died. What it says about the living requester stays in.",
        "This is about someone who has died.",
        23,
    ),
)
