"""The settings of the clock in words: what each decides, what may be chosen, what is recommended.

Only what the law leaves open is here. What it fixes stands in FIXED, to be read and not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sar.domain.clock_settings import (
    ClockSettings,
    EarlyExtension,
    OverlappingQuestions,
    Part3Count,
    PauseMode,
    WithdrawnGate,
)
from sar.domain.errors import ClockError

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Choice:
    """One setting: its name in clock files, the question it answers, and the answers there are.

    `options` are (value, words); a setting without options is a whole number of `unit`.
    """

    name: str
    question: str
    why: str
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""

    @property
    def recommended(self) -> object:
        """The value a council has that chose nothing."""
        value = getattr(ClockSettings(), self.name)
        return str(value) if isinstance(value, StrEnum) else value

    def words_for(self, value: object) -> str:
        """A value as a person reads it.

        Law: none.
        """
        if isinstance(value, bool):
            value = YES if value else NO
        unit = self.unit.removesuffix("s") if value == 1 else self.unit
        return dict(self.options).get(str(value), f"{value} {unit}")

    def typed(self, value: object) -> str:
        """A value as a form holds it.

        Law: none.
        """
        if isinstance(value, bool):
            return YES if value else NO
        return str(value)

    def value_of(self, typed: str) -> object:
        """The value of what a form was given.

        Raises:
            ClockError: not a number, or not one of the options.

        Law: none.
        """
        typed = typed.strip()
        if not self.options:
            if not typed.isascii() or not typed.isdigit() or len(typed) > 3:
                raise ClockError(f"Enter a whole number of {self.unit}.")
            return int(typed)
        if typed not in dict(self.options):
            raise ClockError("Choose one of the answers.")
        return typed == YES if self.is_yes_or_no else typed

    @property
    def is_yes_or_no(self) -> bool:
        """True when the answers are yes and no."""
        return {value for value, _ in self.options} == {YES, NO}


CHOICES = (
    Choice(
        "pause_mode",
        "Which days of a pause are left out?",
        "Article 12A(5)(b) leaves out the day of asking and the day of the answer. Older practice "
        "counted a day fewer, which is never later.",
        (
            (PauseMode.STATUTORY, "Both the day of asking and the day of the answer"),
            (PauseMode.ELAPSED, "The days from asking to the answer, one day fewer"),
        ),
    ),
    Choice(
        "overlapping_questions",
        "When two questions wait together, when does the pause end?",
        "Article 12A(5) stops the clock until the information asked for has come.",
        (
            (OverlappingQuestions.LAST_ANSWER, "With the last answer"),
            (OverlappingQuestions.FIRST_ANSWER, "With the first answer"),
        ),
    ),
    Choice(
        "extension_before_start",
        "Does an extension notice count that was given before the clock started?",
        "“Before the end” of the month is literally met; it is flagged.",
        ((EarlyExtension.ACCEPT, "Yes, with a flag"), (EarlyExtension.REFUSE, "No")),
    ),
    Choice(
        "authority_starts_clock",
        "Does waiting for proof of authority hold the start of the clock?",
        "The statute names identity only; the regulator treats authority the same way.",
        ((YES, "Yes, as for identity"), (NO, "No, the clock runs from receipt")),
    ),
    Choice(
        "id_late_after_working_days",
        "After how many working days is asking for identity late?",
        "No limit in law; the regulator expects it promptly. A manager's reason is then recorded.",
        unit="working days",
    ),
    Choice(
        "withdrawn_gate",
        "Where does the clock start when the council stops asking for proof?",
        "Article 12A(2) says “if any”: the careful reading is that nothing was asked.",
        (
            (WithdrawnGate.RECEIPT, "On the day of receipt"),
            (WithdrawnGate.WITHDRAWAL, "On the day it stopped asking"),
        ),
    ),
    Choice(
        "part3_count",
        "How is the month of a law-enforcement request counted?",
        "The UK GDPR count is a day shorter than an older page of the regulator.",
        (
            (Part3Count.UK_GDPR, "As for the UK GDPR"),
            (Part3Count.DAY_AFTER, "From the day after receipt"),
        ),
    ),
    Choice(
        "automated_decision_month",
        "Does the month apply to requests about automated decisions?",
        "Article 22C sets no period of its own.",
        ((YES, "Yes"), (NO, "No: without undue delay")),
    ),
    Choice(
        "policy_28",
        "Is the internal 28-day target shown?",
        "The regulator allows it; it is never told to a requester as the date in law.",
        ((YES, "Yes"), (NO, "No")),
    ),
    Choice(
        "clarification_reminder_days",
        "After how many days is a person reminded of a question?",
        "Practice; the law sets no day.",
        unit="days",
    ),
    Choice(
        "clarification_closable_months",
        "After how many months without an answer may a request be closed?",
        "“A reasonable period”. It is never closed by itself, and opens again on a reply.",
        unit="months",
    ),
    Choice(
        "complaint_outcome_months",
        "What is the target for the outcome of a complaint?",
        "Without undue delay, in law; this is the council's own target.",
        unit="months",
    ),
    Choice(
        "complaint_progress_working_days",
        "How often is somebody who complained told how it is going?",
        "Section 164A(4) asks for enquiries and progress, with no number.",
        unit="working days",
    ),
    Choice(
        "competence_prompt_age",
        "From what age on is somebody asked what a child understands and wants?",
        "England fixes no age. It asks a person to say, and never decides; it counts no days.",
        unit="years",
    ),
)

# (What the law fixes, and how): shown beside the settings, with no way to change it.
FIXED = (
    ("Question asked on the day of receipt", "The day of receipt is never left out: not counted"),
    ("When a pause is added", "To the end before rolling to a working day; rolled once"),
    ("Question in a weekend or holiday at the end", "In time: the period is still running"),
    ("Extension notice on the rolled last day", "In time, with a warning on the day before it"),
    ("Shorter extension", "None: two further months, or answer early"),
    ("Extension notified late", "Changes nothing; flagged and reported"),
    ("Identity asked for after the due date", "Ignored: a clock that has run out is not revived"),
    ("Part of the identity", "Not enough: the day the sufficient item arrives"),
    ("Requests received before 5 February 2026", "The old rules, and pauses in elapsed days"),
    ("A reply that does not really clarify", "An answer all the same: the clock runs"),
    ("Bank holidays", "England and Wales only"),
    ("Acknowledging a complaint", "30 days, from the day after receipt, rolled"),
)


def choice(name: str) -> Choice | None:
    """The setting of this name, or None.

    Law: the choices UK GDPR Art 12A and DPA 2018 s.54, s.164A leave open.
    """
    return next((each for each in CHOICES if each.name == name), None)
