"""The numbers, dates, addresses and schools the register already holds, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sar.documents.addresses import postcode_key
from sar.documents.calendar_dates import dates_in
from sar.documents.homes import Home, home_of, is_same_home
from sar.documents.name_words import fold, words_of
from sar.documents.people_register import Person
from sar.documents.recognisers import digits_of, phone_digits
from sar.domain.people import Role

_KINDS_OF_ID = {
    "nhs": "NHS_NUMBER",
    "upn": "UPN",
    "uln": "ULN",
    "ni": "NI_NUMBER",
    "nino": "NI_NUMBER",
    "case": "CASE_ID",
    "mosaic": "CASE_ID",
    "vehicle": "VEHICLE_REG",
}
_Key = tuple[str, object]


class KnownDetails:
    """Finds whose a number or address is by its value alone."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Keeps every detail of everybody."""
        self._owners: dict[_Key, list[Person]] = {}
        self.case_ids: dict[str, Person] = {}
        self._subject_kinds: set[str] = set()
        for person in people:
            for key in _keys_of(person):
                self._owners.setdefault(key, []).append(person)
                if person.role is Role.DATA_SUBJECT:
                    self._subject_kinds.add(key[0])
            for kind, value in person.ids.items():
                if _KINDS_OF_ID.get(kind) == "CASE_ID":
                    self.case_ids[value] = person

    def people_with(self, kind: str, text: str) -> tuple[Person, ...]:
        """Everybody whose registered detail of this kind is this text, however it is written."""
        if kind == "DOB":
            return tuple(
                each for written in dates_in(text) for each in self.people_born(written.day)
            )
        if kind == "ADDRESS":
            return self._people_at(home_of(text))
        return tuple(self._owners.get((kind, _value(kind, text)), ()))

    def _people_at(self, written: Home) -> tuple[Person, ...]:
        return tuple(
            person
            for (kind, home), people in self._owners.items()
            if kind == "ADDRESS" and isinstance(home, Home) and is_same_home(written, home)
            for person in people
        )

    def people_born(self, day: date) -> tuple[Person, ...]:
        """Everybody the register says was born that day."""
        return tuple(self._owners.get(("DOB", day), ()))

    def is_subjects_known(self, kind: str) -> bool:
        """True when the register holds the data subject's own detail of this kind."""
        return kind in self._subject_kinds

    def schools(self) -> Iterator[str]:
        """Every school in the register."""
        for kind, value in self._owners:
            if kind == "SCHOOL":
                yield str(value)


def _keys_of(person: Person) -> Iterator[_Key]:
    yield from (("PHONE", phone_digits(phone)) for phone in person.phones)
    yield from (("EMAIL", email.casefold()) for email in person.emails)
    for name, value in person.ids.items():
        if kind := _KINDS_OF_ID.get(name):
            yield kind, _value(kind, value)
    if person.address:
        yield "ADDRESS", home_of(person.address)
        if code := postcode_key(person.address):
            yield "POSTCODE", code
    if person.dob:
        yield "DOB", person.dob
    if person.school:
        yield "SCHOOL", " ".join(words_of(person.school))


def _value(kind: str, text: str) -> object:
    return _COMPARED.get(kind, str.casefold)(text)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


_COMPARED: dict[str, Callable[[str], object]] = {
    "PHONE": phone_digits,
    "NHS_NUMBER": digits_of,
    "ULN": digits_of,
    "UPN": _plain,
    "NI_NUMBER": _plain,
    "CASE_ID": _plain,
    "POLICE_REF": _plain,
    "VEHICLE_REG": _plain,
    "POSTCODE": postcode_key,
    "SCHOOL": lambda text: " ".join(words_of(text)),
}
