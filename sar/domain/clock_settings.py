"""The choices the law leaves open, each with the recommended answer as its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from sar.domain.errors import ClockError


class PauseMode(StrEnum):
    """How many days a pause excludes: both its end days (Art 12A(5)(b)), or answer less asking."""

    STATUTORY = "statutory"
    ELAPSED = "elapsed"


class OverlappingQuestions(StrEnum):
    """Whether a pause with several questions open ends with the first answer or the last."""

    LAST_ANSWER = "last_answer"
    FIRST_ANSWER = "first_answer"


class EarlyExtension(StrEnum):
    """Whether an extension notice given before the clock starts counts."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class WithdrawnGate(StrEnum):
    """Where the clock starts when the council stops asking: receipt, or the day it stopped."""

    RECEIPT = "receipt"
    WITHDRAWAL = "withdrawal"


class Part3Count(StrEnum):
    """How the month of Part 3 is counted: as the UK GDPR month, or from the day after."""

    UK_GDPR = "uk_gdpr"
    DAY_AFTER = "day_after"


@dataclass(frozen=True)
class ClockSettings:
    """The configurable choices; the numbers are days, working days or months as they are named."""

    pause_mode: PauseMode = PauseMode.STATUTORY
    overlapping_questions: OverlappingQuestions = OverlappingQuestions.LAST_ANSWER
    extension_before_start: EarlyExtension = EarlyExtension.ACCEPT
    authority_starts_clock: bool = True
    id_late_after_working_days: int = 5
    withdrawn_gate: WithdrawnGate = WithdrawnGate.RECEIPT
    part3_count: Part3Count = Part3Count.UK_GDPR
    automated_decision_month: bool = True
    policy_28: bool = True
    clarification_reminder_days: int = 14
    clarification_closable_months: int = 1
    complaint_outcome_months: int = 1
    complaint_progress_working_days: int = 20
    competence_prompt_age: int = 12  # asks a person, counts no days; a choice of the same kind


SETTING_NAMES = frozenset(each.name for each in fields(ClockSettings))


def parse_settings(data: Mapping[str, object]) -> ClockSettings:
    """Settings from names and plain values; what is not named keeps its default.

    Raises:
        ClockError: an unknown name, or a value the setting does not have.

    Law: the choices of UK GDPR Art 12A(3)-(6), DPA 2018 s.54 and s.164A that are left open.
    """
    unknown = sorted(set(data) - SETTING_NAMES)
    if unknown:
        raise ClockError(f"There is no clock setting called {', '.join(map(repr, unknown))}.")
    known = {name: _read(name, value) for name, value in data.items()}
    return ClockSettings(**known)  # type: ignore[arg-type]  # each value has its default's type


def _read(name: str, value: object) -> object:
    default = getattr(ClockSettings(), name)
    if isinstance(default, bool):
        return _truth(name, value)
    if isinstance(default, StrEnum):
        return _choice(name, value, type(default))
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 365:
        raise ClockError(f"The clock setting {name} must be a whole number from 0 to 365.")
    return value


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ClockError(f"The clock setting {name} must be true or false.")
    return value


def _choice(name: str, value: object, kind: type[StrEnum]) -> StrEnum:
    choices = {str(each): each for each in kind}
    key = value.replace("-", "_") if isinstance(value, str) else ""
    if key not in choices:
        raise ClockError(f"The clock setting {name} must be one of: {', '.join(choices)}.")
    return choices[key]
