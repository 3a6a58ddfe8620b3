"""Numbers and addresses that point at one person, recognised by shape, checksum and context."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sar.documents import checksums


@dataclass(frozen=True)
class Detail:
    """A piece of text that belongs to somebody; kind is PHONE, NHS_NUMBER, ADDRESS and so on."""

    kind: str
    start: int
    end: int
    score: float

    def meets(self, other: Detail) -> bool:
        """True when the two share a character."""
        return self.start < other.end and other.start < self.end


_DIGIT = r"[\doOl]"
_EMAIL = re.compile(r"(?<![\w.+'’-])[\w.+'’-]++@(?:[\w-]+\.)+[A-Za-z]{2,}")
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]{2,30}(?<!\.)")
_PHONE = re.compile(
    r"(?<![\w/+-])(?:(?:\+ ?44|0044)[ -]?(?:\(0\))?[ -]?|\(?0)"
    r"[1-9o](?:\)?[ \n-]?[(]?[\doOl]){7,10}(?![\w/])"
)
_TEN = re.compile(rf"(?<![\w/-]){_DIGIT}{{3}}([ -]?){_DIGIT}{{3}}\1{_DIGIT}{{4}}(?![\w/-])")
_UPN = re.compile(rf"\b[A-Z] ?{_DIGIT}{{11}}[\doOlA-Z]\b")
_NINO = re.compile(rf"\b([A-Z]{{2}})[ -]?((?:{_DIGIT}{{2}}[ -]?){{3}})([A-D])\b")
_SORT = re.compile(r"(?<![\d-])\d{2}([ -])\d{2}\1\d{2}(?![\d-])")
_ACCOUNT = re.compile(r"(?<![\w-])\d{8}(?![\w-])")
_CRIS = re.compile(
    r"(?<![\w/])(?:\d{2}/\d{5,7}/\d{2}|\d{6,8}/\d{2}|\d{2}[A-Z]{3}\d{5,7}"
    r"|\d{1,5}/\d{1,2}[A-Z]{3}\d{2,4})(?![\w/])"
)
_POLICE_LABELLED = re.compile(
    r"\b(?:CRIS|CAD|MERLIN|CRN|URN|PNC(?: ID)?|custody(?: record)?|crime|incident|police)"
    r"(?: (?:ref(?:erence)?|no|number|log))?[ .:#|]*([A-Z\d]{0,4}[/ -]?\d{3,}[\w/]*)",
    re.IGNORECASE,
)
_CASE_LABELLED = re.compile(
    r"\b(?:(?:mosaic|lcs|ics|liquid ?logic|framework-?i|azeus|care ?first|eclipse|synergy)"
    r"(?:[ /]+(?:mosaic|lcs|id|no\.?|number|ref))*"
    r"|(?:case|client|person|child|file|social care|service user)(?:'s)?"
    r" (?:id|no\.?|number|ref(?:erence)?)"
    r"|ID(?: no\.?| number)?)[ .:#|]*([A-Z]{0,3}[ -]?\d{5,9})\b",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b[A-HJ-PR-Y][A-HJ-PR-Z]\d{2} ?[A-HJ-PR-Z]{3}\b")
_OLD_PLATE = re.compile(
    r"\b(?:[A-HJ-NPR-TV-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]"
    r"|[A-Z]{2}\d{2} ?[A-Z]{3})\b"
)
_AGE = re.compile(
    r"(?:\baged? (?P<aged>\d{1,2})\b(?! (?:days|weeks|months|hours|minutes))"
    r"|\b\d{1,2}(?: ?(?:yo|y/o)\b| ?-?(?:years?|yrs?)[ -](?:old|of age)\b|(?= ?yrs?\)) ?yrs?))",
    re.IGNORECASE,
)
_MONEY_WORDS = re.compile(
    r"\b(?:sort(?: code)?|bank|account|acc?t?|a/c|s/c|bacs|payee)\b", re.IGNORECASE
)
_CAR_WORDS = re.compile(
    r"\b(?:vehicle|reg(?:istration)?|car|van|whip|driv\w+|drove|plate|vrm|index|taxi|motor\w*|moped|"
    r"bike|parked|vauxhall|ford|bmw|audi|toyota|honda|nissan|mercedes|golf)\b",
    re.IGNORECASE,
)
_NOT_A_CASE = re.compile(
    r"(?:\bPO|invoice|budget|order|version|form|reg|company|charity|voucher|£)[ .:#\w]{0,8}$",
    re.IGNORECASE,
)


def details_in(text: str) -> list[Detail]:
    """Every number, mail address and handle; where two readings meet, the surer kind stays."""
    return first_claims(text, [recogniser(text) for recogniser in _RECOGNISERS])


def first_claims(text: str, claims: Iterable[Iterable[Detail]]) -> list[Detail]:
    """The details in the order of the text, without those that meet one of an earlier claim."""
    taken = bytearray(len(text))
    kept = []
    for detail in chain.from_iterable(claims):
        if 1 not in taken[detail.start : detail.end]:
            taken[detail.start : detail.end] = b"\1" * (detail.end - detail.start)
            kept.append(detail)
    return sorted(kept, key=lambda detail: detail.start)


def digits_of(text: str) -> str:
    """The digits, with letters that a scan put in their place."""
    return "".join(re.findall(r"\d", text.translate(str.maketrans("oOl", "001"))))


def phone_digits(text: str) -> str:
    """The national form of a telephone number, `02079460000`."""
    digits = digits_of(text).removeprefix("00")
    if digits.startswith("44"):
        return "0" + digits[2:].removeprefix("0")
    return digits


def _plain(kind: str, pattern: re.Pattern[str], score: float) -> Callable[[str], Iterator[Detail]]:
    def recognise(text: str) -> Iterator[Detail]:
        for match in pattern.finditer(text):
            yield Detail(kind, match.start(), match.end(), score)

    return recognise


def _grouped(
    kind: str, pattern: re.Pattern[str], score: float
) -> Callable[[str], Iterator[Detail]]:
    def recognise(text: str) -> Iterator[Detail]:
        for match in pattern.finditer(text):
            if any(letter.isdigit() for letter in match.group(1)):
                yield Detail(kind, match.start(1), match.end(1), score)

    return recognise


def _ten_digits(text: str) -> Iterator[Detail]:
    for match in _TEN.finditer(text):
        digits = digits_of(match.group())
        before = text[max(0, match.start() - 32) : match.start()]
        says_uln = re.search(r"\b(?:ULN|learner)\b[^\n|]*$", before, re.IGNORECASE)
        says_nhs = re.search(r"\bNHS\b[^\n]*$", before, re.IGNORECASE)
        if says_uln:
            yield Detail(
                "ULN", match.start(), match.end(), 0.95 if checksums.is_uln(digits) else 0.7
            )
        elif says_nhs:
            score = 0.99 if checksums.is_nhs_number(digits) else 0.8
            yield Detail("NHS_NUMBER", match.start(), match.end(), score)
        elif checksums.is_nhs_number(digits) and not digits.startswith("0"):
            yield Detail("NHS_NUMBER", match.start(), match.end(), 0.85 if match.group(1) else 0.6)


def _pupils(text: str) -> Iterator[Detail]:
    for match in _UPN.finditer(text):
        body = match.group().replace(" ", "")
        digits = digits_of(body[1:12])
        is_sound = checksums.is_upn(body[0] + digits + body[12])
        before = text[max(0, match.start() - 40) : match.start()]
        if is_sound or "UPN" in before.upper():
            yield Detail("UPN", match.start(), match.end(), 0.98 if is_sound else 0.75)


def _national_insurance(text: str) -> Iterator[Detail]:
    for match in _NINO.finditer(text):
        number = match.group(1) + digits_of(match.group(2)) + match.group(3)
        if checksums.is_national_insurance_number(number):
            yield Detail("NI_NUMBER", match.start(), match.end(), 0.95)


def _phones(text: str) -> Iterator[Detail]:
    for match in _PHONE.finditer(text):
        if len(phone_digits(match.group())) in {10, 11}:
            yield Detail("PHONE", match.start(), match.end(), 0.95)


def _money(text: str) -> Iterator[Detail]:
    for kind, pattern in (("SORT_CODE", _SORT), ("ACCOUNT_NUMBER", _ACCOUNT)):
        for match in pattern.finditer(text):
            if _MONEY_WORDS.search(text[max(0, match.start() - 40) : match.start()]):
                yield Detail(kind, match.start(), match.end(), 0.9)


def _old_plates(text: str) -> Iterator[Detail]:
    for match in _OLD_PLATE.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 20]
        if _CAR_WORDS.search(around):
            yield Detail("VEHICLE_REG", match.start(), match.end(), 0.8)


def case_numbers_like(text: str, known: Iterable[str]) -> Iterator[Detail]:
    """Numbers shaped as the case numbers of the register are, where they can be one.

    Bare digits must stand in brackets or near the word case: they may count anything.
    """
    numbers = set(known)
    for shape in {re.sub(r"\d", r"\\d", re.escape(number)) for number in numbers}:
        for match in re.finditer(rf"(?<![\w/-]){shape}(?![\w/-])", text):
            before = text[max(0, match.start() - 60) : match.start()]
            if match.group() not in numbers and _NOT_A_CASE.search(before):
                continue
            is_certain = match.group() in numbers or match.group()[0].isalpha()
            if is_certain or re.search(r"\b(?:case|mosaic|lcs)\b|\($", before, re.IGNORECASE):
                yield Detail("CASE_ID", match.start(), match.end(), 0.8)


_RECOGNISERS: tuple[Callable[[str], Iterator[Detail]], ...] = (
    _plain("EMAIL", _EMAIL, 0.99),
    _plain("HANDLE", _HANDLE, 0.9),
    _ten_digits,
    _pupils,
    _national_insurance,
    _plain("POLICE_REF", _CRIS, 0.9),
    _phones,
    _grouped("POLICE_REF", _POLICE_LABELLED, 0.85),
    _grouped("CASE_ID", _CASE_LABELLED, 0.9),
    _money,
    _plain("VEHICLE_REG", _PLATE, 0.9),
    _old_plates,
    _plain("AGE", _AGE, 0.8),
)
