"""The people register of a case, as an officer types it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sar.domain.people import RegisterError, Role


@dataclass(frozen=True)
class Person:
    """One person of a case; ids maps a kind (`nhs`, `upn`, `ni`, `case` ...) to its value."""

    person_id: str
    role: Role
    given: str = ""
    family: str = ""
    relation: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    dob: date | None = None
    address: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    school: str = ""
    is_registered: bool = True

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip()

    @property
    def label(self) -> str:
        """The name, and what the person is to the case, for an officer to read."""
        about = self.relation or self.role.value.replace("_", " ")
        suffix = "" if self.is_registered else ", not in the register"
        return f"{self.name} ({about}{suffix})"


@dataclass(frozen=True)
class PeopleRegister:
    """Everybody the officer has entered for one case."""

    case_id: str
    people: tuple[Person, ...]


def parse_registers(data: object) -> dict[str, PeopleRegister]:
    """Reads one register, a list of them, or an object of them by case.

    Raises:
        RegisterError: a part is missing, of the wrong kind, or a role is not known.
    """
    if isinstance(data, Mapping) and "people" in data:
        data = [data]
    if isinstance(data, Mapping):
        data = [_with_case(each, case_id) for case_id, each in data.items()]
    if not isinstance(data, list):
        raise RegisterError("The register must be an object with a list of people for each case.")
    registers = [parse_register(each) for each in data]
    return {register.case_id: register for register in registers}


def parse_register(data: object) -> PeopleRegister:
    """Reads `{"case_id": ..., "people": [...]}`.

    Raises:
        RegisterError: a part is missing, of the wrong kind, or a role is not known.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("people"), list):
        raise RegisterError("A register must be an object with a list of people.")
    people = tuple(_person(each, number) for number, each in enumerate(data["people"], 1))
    return PeopleRegister(str(data.get("case_id") or ""), people)


def _with_case(data: object, case_id: object) -> object:
    if isinstance(data, Mapping):
        return {"case_id": case_id, **data}
    return {"case_id": case_id, "people": data}


def _person(data: object, number: int) -> Person:
    if not isinstance(data, Mapping):
        raise RegisterError(f"Person {number} in the register must be an object.")
    role = str(data.get("role") or "").strip().lower().replace("-", "_").replace(" ", "_")
    if role not in set(Role):
        known = ", ".join(sorted(Role))
        raise RegisterError(f"Person {number} in the register needs a role: one of {known}.")
    person = Person(
        person_id=_text(data, "person_id") or f"person-{number}",
        role=Role(role),
        given=_text(data, "given"),
        family=_text(data, "family"),
        relation=_text(data, "relation"),
        title=_text(data, "title"),
        aliases=_texts(data, "aliases"),
        dob=_day(data.get("dob"), number),
        address=_text(data, "address"),
        phones=_texts(data, "phones"),
        emails=_texts(data, "emails"),
        ids=_ids(data.get("ids"), number),
        school=_text(data, "school"),
    )
    if not (person.name or person.aliases):
        raise RegisterError(f"Person {number} in the register has no name.")
    return person


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = data.get(name) or []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RegisterError(f"{name} in the register must be a list of texts.")
    return tuple(each.strip() for each in value if each.strip())


def _ids(value: object, number: int) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise RegisterError(f"The ids of person {number} must be an object.")
    return {str(kind).lower(): str(each).strip() for kind, each in value.items() if each}


def _day(value: object, number: int) -> date | None:
    if value in (None, ""):
        return None
    text = str(value).strip()
    if british := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = british.groups()
        text = f"{year}-{int(month):02}-{int(day):02}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"The date of birth of person {number} must be a date like 2011-03-24."
        raise RegisterError(message) from None
