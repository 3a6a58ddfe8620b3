"""Checks that tell a real kind of number from digits that only look like it."""

from __future__ import annotations

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FIRST_NINO = frozenset("DFIQUV")
_NO_NINO = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_nhs_number(digits: str) -> bool:
    """True for ten digits whose last is the modulus 11 check of the others."""
    if len(digits) != 10 or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])


def is_uln(digits: str) -> bool:
    """True for a unique learner number: ten digits, the last a modulus 11 check."""
    if len(digits) != 10 or not digits.isdigit() or digits[0] == "0":
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    remainder = total % 11
    return remainder != 0 and 10 - remainder == int(digits[9])


def is_upn(text: str) -> bool:
    """True for a unique pupil number whose letter checks its digits (a last letter: temporary)."""
    if len(text) != 13 or not text[1:12].isdigit():
        return False
    last = text[12]
    value = int(last) if last.isdigit() else _UPN_LETTERS.find(last)
    if value < 0:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[1:12], range(2, 13), strict=True))
    return _UPN_LETTERS[(total + value * 13) % 23] == text[0]


def is_national_insurance_number(text: str) -> bool:
    """True for two letters that are issued (or the QQ of examples), six digits and A to D."""
    if len(text) != 9 or not text[2:8].isdigit() or text[8] not in "ABCD":
        return False
    prefix = text[:2]
    if prefix == "QQ":
        return True
    return prefix not in _NO_NINO and not set(prefix) & _FIRST_NINO and prefix[1] != "O"
