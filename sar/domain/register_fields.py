"""The fields of a register row that a council may change: how each is read, checked and put back.

A change is kept as text, the same text that the form shows, so that its history can be read by
people. Lists are one item to a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sar.domain.errors import DomainError
from sar.domain.inboxes import canonical_address
from sar.domain.service_entry import (
    Basis,
    LawfulBasis,
    Recipient,
    RetentionTrigger,
    ServiceEntry,
)

LINES, LINE, CHOICE, BASES, DAY = "lines", "line", "choice", "bases", "day"
LONGEST_LINE = 400
MOST_LINES = 100
_FORMERLY = re.compile(r"(?P<name>.+?)(?:\s*\(formerly (?P<old>[^()]+)\))?")
_BASIS_LINE = re.compile(
    r"(?P<points>[a-z, -]+)(?: from (?P<since>\d{4}-\d\d-\d\d))?: (?P<stated>.+)"
)


class RegisterField(StrEnum):
    """One thing the register says of a service."""

    NAME = "name"
    SYNONYMS = "synonyms"
    CONTROLLER = "controller"
    BASES = "bases"
    SPECIAL_CATEGORY = "special-category"
    DATA = "data"
    SPECIAL_DATA = "special-data"
    SOURCES = "sources"
    RECIPIENTS = "recipients"
    RETENTION = "retention"
    RETENTION_TRIGGER = "retention-trigger"
    PROGRAMME_ENDED_ON = "programme-ended-on"
    REQUESTS_ADDRESS = "requests-address"
    COMPLAINTS_ADDRESS = "complaints-address"
    TEAM = "team"
    NOTES = "notes"


@dataclass(frozen=True)
class FieldRule:
    """How one field is shown, checked and put on a row.

    `shape` says what the form holds; `text_of` writes the field as the form shows it; `put` returns
    the row with the text on it, or raises DomainError with the sentence for the form.
    """

    label: str
    hint: str
    shape: str
    text_of: Callable[[ServiceEntry], str]
    put: Callable[[ServiceEntry, str], ServiceEntry]


def field_text(entry: ServiceEntry, field: RegisterField) -> str:
    """The field as its form shows it. Law: none; a list is one item to a line."""
    return FIELD_RULES[field].text_of(entry)


def put_field(entry: ServiceEntry, field: RegisterField, text: str) -> ServiceEntry:
    """The row with this text in this field.

    Law: UK GDPR Art 30: the record of processing is kept right, and says why it was changed.

    Raises:
        DomainError: the text cannot stand in this field; the message says what to write.
    """
    return FIELD_RULES[field].put(entry, text.strip())


def _items(text: str) -> tuple[str, ...]:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    found = tuple(dict.fromkeys(line for line in lines if line))
    if len(found) > MOST_LINES or any(len(line) > LONGEST_LINE for line in found):
        raise DomainError(
            f"Keep to {MOST_LINES} lines of {LONGEST_LINE} characters or fewer, one item on each."
        )
    return found


def _required(text: str, label: str) -> str:
    if not text:
        raise DomainError(f"Enter the {label}.")
    return text


def _address(text: str) -> str:
    return canonical_address(text) if text else ""


def _recipients(text: str) -> tuple[Recipient, ...]:
    return tuple(_recipient(line) for line in _items(text))


def _recipient(line: str) -> Recipient:
    found = _FORMERLY.fullmatch(line)
    assert found is not None  # any line has at least a name
    old = tuple(each.strip() for each in (found["old"] or "").split(";") if each.strip())
    return Recipient(found["name"], old)


def _recipient_line(recipient: Recipient) -> str:
    if not recipient.successor_of:
        return recipient.name
    return f"{recipient.name} (formerly {'; '.join(recipient.successor_of)})"


def _bases(entry: ServiceEntry, text: str) -> tuple[Basis, ...]:
    """The bases as written; a line that was not touched keeps its note."""
    known = {_basis_line(each): each for each in entry.bases}
    bases = tuple(known.get(line) or _basis(line) for line in _items(text))
    if not bases:
        raise DomainError("Give at least one lawful basis, if only “unstated”.")
    days = [each.since or date.min for each in bases]
    dated = [each for each in days if each > date.min]
    if days != sorted(days) or len(set(dated)) != len(dated):
        raise DomainError("Give the bases in order of date, the one in force last.")
    return bases


def _basis(line: str) -> Basis:
    found = _BASIS_LINE.fullmatch(line)
    known = {each.value: each for each in LawfulBasis}
    names = [each.strip() for each in (found["points"] if found else "").split(",")]
    if found is None or any(name not in known for name in names):
        raise DomainError(
            f"“{line}”: write the basis, the day it began if it is known, and what the notice "
            f"says, such as “public-task from 2024-09-01: Article 6(1)(e)”. Bases: "
            f"{', '.join(known)}."
        )
    since = _day(found["since"]) if found["since"] else None
    return Basis(tuple(known[name] for name in names), found["stated"], since)


def _basis_line(basis: Basis) -> str:
    began = f" from {basis.since.isoformat()}" if basis.since else ""
    return f"{', '.join(basis.points)}{began}: {basis.stated}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(f"“{text}” is not a date: write it as 2025-03-31.") from None


def _trigger(text: str) -> RetentionTrigger:
    try:
        return RetentionTrigger(text)
    except ValueError:
        raise DomainError("Choose what the period is counted from.") from None


def _lines_of(read: Callable[[ServiceEntry], Iterable[str]]) -> Callable[[ServiceEntry], str]:
    return lambda entry: "\n".join(read(entry))


def _details(entry: ServiceEntry, **changed: object) -> ServiceEntry:
    return replace(entry, details=replace(entry.details, **changed))  # type: ignore[arg-type]  # named below


FIELD_RULES: dict[RegisterField, FieldRule] = {
    RegisterField.NAME: FieldRule(
        "Name",
        "As letters to people name the service",
        LINE,
        lambda entry: entry.name,
        lambda entry, text: replace(entry, name=_required(text, "name of the service")),
    ),
    RegisterField.SYNONYMS: FieldRule(
        "Other names",
        "What people call it in their mails, one on each line. Triage looks for these.",
        LINES,
        _lines_of(lambda entry: entry.synonyms),
        lambda entry, text: replace(entry, synonyms=tuple(map(str.casefold, _items(text)))),
    ),
    RegisterField.CONTROLLER: FieldRule(
        "Controller",
        "Who decides why and how the data is used",
        LINE,
        lambda entry: entry.controller,
        lambda entry, text: replace(entry, controller=_required(text, "controller")),
    ),
    RegisterField.BASES: FieldRule(
        "Lawful basis",
        "One line for each time it changed, oldest first, such as "
        "“public-task from 2024-09-01: Article 6(1)(e)”. Which rights people have depends on it.",
        BASES,
        _lines_of(lambda entry: map(_basis_line, entry.bases)),
        lambda entry, text: replace(entry, bases=_bases(entry, text)),
    ),
    RegisterField.SPECIAL_CATEGORY: FieldRule(
        "Basis for special category data, as it should be",
        "What the notice states is kept beside it",
        LINE,
        lambda entry: entry.special_category_suggested,
        lambda entry, text: replace(entry, special_category_suggested=text),
    ),
    RegisterField.DATA: FieldRule(
        "Data",
        "One kind on each line",
        LINES,
        _lines_of(lambda entry: entry.details.data),
        lambda entry, text: _details(entry, data=_items(text)),
    ),
    RegisterField.SPECIAL_DATA: FieldRule(
        "Special category and criminal offence data",
        "One kind on each line",
        LINES,
        _lines_of(lambda entry: entry.details.special_data),
        lambda entry, text: _details(entry, special_data=_items(text)),
    ),
    RegisterField.SOURCES: FieldRule(
        "Sources",
        "Where the data comes from, one on each line",
        LINES,
        _lines_of(lambda entry: entry.details.sources),
        lambda entry, text: _details(entry, sources=_items(text)),
    ),
    RegisterField.RECIPIENTS: FieldRule(
        "Recipients",
        "Who is told of a correction, deletion or restriction, one on each line. Write older "
        "names of a body after it, such as “Home Office (formerly UK Border Agency; UKBA)”.",
        LINES,
        _lines_of(lambda entry: map(_recipient_line, entry.recipients)),
        lambda entry, text: replace(entry, recipients=_recipients(text)),
    ),
    RegisterField.RETENTION: FieldRule(
        "How long records are kept",
        "In words that people can be told",
        LINE,
        lambda entry: entry.retention,
        lambda entry, text: replace(entry, retention=_required(text, "time records are kept")),
    ),
    RegisterField.RETENTION_TRIGGER: FieldRule(
        "What the time is counted from",
        "",
        CHOICE,
        lambda entry: entry.retention_trigger.value,
        lambda entry, text: replace(entry, retention_trigger=_trigger(text)),
    ),
    RegisterField.PROGRAMME_ENDED_ON: FieldRule(
        "Day the programme ended",
        "As 2025-03-31; empty while it runs or is not known",
        DAY,
        lambda entry: (
            entry.details.programme_ended_on.isoformat() if entry.details.programme_ended_on else ""
        ),
        lambda entry, text: _details(entry, programme_ended_on=_day(text) if text else None),
    ),
    RegisterField.REQUESTS_ADDRESS: FieldRule(
        "Mailbox for requests",
        "One e-mail address; empty for the one the notice prints",
        LINE,
        lambda entry: entry.requests_address,
        lambda entry, text: replace(entry, requests_address=_address(text)),
    ),
    RegisterField.COMPLAINTS_ADDRESS: FieldRule(
        "Mailbox for complaints",
        "One e-mail address; empty for the one the notice prints",
        LINE,
        lambda entry: entry.complaints_address,
        lambda entry, text: replace(entry, complaints_address=_address(text)),
    ),
    RegisterField.TEAM: FieldRule(
        "Team that searches",
        "",
        CHOICE,
        lambda entry: entry.team,
        lambda entry, text: replace(entry, team=text),
    ),
    RegisterField.NOTES: FieldRule(
        "Notes for officers",
        "What to look out for, one on each line",
        LINES,
        _lines_of(lambda entry: entry.quirks),
        lambda entry, text: replace(entry, quirks=_items(text)),
    ),
}
