"""Telling those who were given data that it was put right, erased or restricted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sar.domain.errors import DomainError


class NoticeState(StrEnum):
    """How far one recipient's notice is."""

    OWED = "owed"
    TOLD = "told"
    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"

    @property
    def label(self) -> str:
        """The state in the words of the screens."""
        return {
            NoticeState.OWED: "To be told",
            NoticeState.TOLD: "Told",
            NoticeState.IMPOSSIBLE: "Cannot be told",
            NoticeState.DISPROPORTIONATE: "Would take too much effort",
        }[self]


class NoticeWay(StrEnum):
    """How a recipient was told."""

    LETTER = "letter"
    MAIL = "mail"
    SYSTEM = "system"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The way in the words of the screens."""
        return {
            NoticeWay.LETTER: "By letter",
            NoticeWay.MAIL: "By email",
            NoticeWay.SYSTEM: "Through a shared system",
            NoticeWay.PHONE: "By telephone",
        }[self]


def check_notice(state: NoticeState, way: NoticeWay | None, reason: str) -> None:
    """Refuses a notice without the way it was given, or left out without a reason.

    Law: UK GDPR Art 19: each recipient, unless impossible or disproportionate.

    Raises:
        DomainError: the message says what is missing.
    """
    if state is NoticeState.OWED:
        raise DomainError("Say whether they were told, or why they cannot be.")
    if state is NoticeState.TOLD and way is None:
        raise DomainError("Say how they were told.")
    if state is not NoticeState.TOLD and not reason.strip():
        raise DomainError("Say why they cannot be told, or why it would take too much effort.")


def may_close(states: Iterable[NoticeState], *, is_list_owed: bool) -> str:
    """Why a case cannot be closed yet, as a sentence, or nothing.

    `is_list_owed` is true while the person has asked who was told and has not been answered.
    Law: UK GDPR Art 19.
    """
    owed = sum(1 for each in states if each is NoticeState.OWED)
    if owed:
        who = "1 recipient has" if owed == 1 else f"{owed} recipients have"
        return f"{who} still to be told, or noted as impossible to tell (Article 19)."
    if is_list_owed:
        return "The person asked who was told: answer first (Article 19)."
    return ""
