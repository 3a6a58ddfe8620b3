"""What to do with each number, date, address and school of a text, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sar.documents.births import ages_in, births_in
from sar.documents.known_details import KnownDetails
from sar.documents.mailboxes import people_of_mailbox
from sar.documents.name_mentions import Mention
from sar.documents.owners import Owner, Surroundings
from sar.documents.people_register import Person
from sar.documents.recognisers import Detail
from sar.documents.role_cues import is_work_address
from sar.domain.people import Decision, Role, decision_about, decision_about_detail

NAMES = {
    "DOB": "Date of birth",
    "PHONE": "Telephone number",
    "EMAIL": "Mail address",
    "HANDLE": "Account name",
    "ADDRESS": "Address",
    "POSTCODE": "Postcode",
    "NHS_NUMBER": "NHS number",
    "UPN": "Pupil number",
    "ULN": "Learner number",
    "NI_NUMBER": "National insurance number",
    "SORT_CODE": "Sort code",
    "ACCOUNT_NUMBER": "Bank account",
    "VEHICLE_REG": "Vehicle",
    "POLICE_REF": "Police reference",
    "CASE_ID": "Case number",
    "SCHOOL": "School",
    "AGE": "Age",
}
_OWNED_ONLY = frozenset({"AGE", "SCHOOL"})


@dataclass(frozen=True)
class Advice:
    """The decision on one detail; person is an id, role that of the owner or None."""

    person: str | None
    role: Role | None
    decision: Decision
    why: str


class DetailAdvice:
    """Decides on the details of one text."""

    def __init__(
        self,
        text: str,
        known: KnownDetails,
        people: Sequence[Person],
        surroundings: Surroundings,
    ) -> None:
        """People are all of the case, strangers too; known holds only what the register says."""
        self._text = text
        self._known = known
        self._people = people
        self._surroundings = surroundings
        self._address: tuple[int, Advice] | None = None

    def births_and_ages(self, mentions: Sequence[Mention]) -> list[Detail]:
        """What becomes a detail only beside a name: dates of birth, and ages in brackets."""
        births = births_in(self._text, mentions, self._known)
        return births + ages_in(self._text, mentions)

    def about(self, detail: Detail) -> Advice | None:
        """The decision, or None for an age or school that is nobody's."""
        registered = self._known.people_with(detail.kind, self._value(detail))
        if detail.kind == "POSTCODE" and self._address and self._follows_address(detail):
            return self._address[1]
        advice = self._registered(detail, registered) if registered else self._found(detail)
        if detail.kind == "ADDRESS" and advice:
            self._address = (detail.end, advice)
        return advice

    def _value(self, detail: Detail) -> str:
        return self._text[detail.start : detail.end]

    def _follows_address(self, detail: Detail) -> bool:
        assert self._address is not None
        between = self._text[self._address[0] : detail.start]
        return len(between) < 8 and not re.search(r"\w", between)

    def _registered(self, detail: Detail, people: tuple[Person, ...]) -> Advice:
        is_own = any(person.role is Role.DATA_SUBJECT for person in people)
        roles = {person.role for person in people}
        decision = Decision.KEEP if is_own else decision_about(roles)
        names = " and ".join(person.label for person in people)
        why = f"{NAMES[detail.kind]} in the register for {names}"
        return Advice(_one(people), _role(people), decision, why)

    def _found(self, detail: Detail) -> Advice | None:
        owner = self._owner(detail)
        name = NAMES[detail.kind]
        if owner is not None and owner.is_body:
            return Advice(None, Role.ORGANISATION, Decision.KEEP, f"{name} of {owner.how}")
        if owner is None or not owner.people:
            return None if detail.kind in _OWNED_ONLY else _nobodys(name)
        decision = self._decision(detail, owner.people)
        if detail.kind == "SCHOOL" and not any(_is_private(person) for person in owner.people):
            return None
        names = " or ".join(person.label for person in owner.people[:3])
        why = f"{name}; {names} by {owner.how}"
        return Advice(_one(owner.people), _role(owner.people), decision, why)

    def _owner(self, detail: Detail) -> Owner | None:
        value = self._value(detail)
        if detail.kind == "AGE":
            return self._whose_age(detail)
        if detail.kind in {"EMAIL", "HANDLE"}:
            if people := people_of_mailbox(value, self._people):
                return Owner(people, "the name in it")
            if is_work_address(value):
                return Owner((), "work", is_body=True)
        return self._surroundings.owner_of(detail)

    def _whose_age(self, detail: Detail) -> Owner | None:
        before = self._surroundings.before_in_sentence(detail.start)
        if before is not None and detail.start - before.end < 12:
            return Owner(before.people, "the name before it")
        after = self._surroundings.after_within(detail.end, 12)
        return None if after is None else Owner(after.people, "the name after it")

    def _decision(self, detail: Detail, people: tuple[Person, ...]) -> Decision:
        decisions = {
            decision_about_detail(detail.kind, person.role, is_subjects_own=False)
            for person in people
        }
        if len(decisions) > 1:
            return Decision.REVIEW
        decision = decisions.pop()
        is_kept = any(person.role is Role.DATA_SUBJECT for person in people)
        if is_kept and self._known.is_subjects_known(detail.kind) and detail.kind != "AGE":
            # The register holds the data subject's, and this is another.
            return Decision.REVIEW
        return decision


def _is_private(person: Person) -> bool:
    return decision_about({person.role}) is Decision.REDACT


def _nobodys(name: str) -> Advice:
    return Advice(None, None, Decision.REVIEW, f"{name}; nobody near it is named")


def _one(people: Sequence[Person]) -> str | None:
    return people[0].person_id if len(people) == 1 else None


def _role(people: Sequence[Person]) -> Role | None:
    roles = {person.role for person in people}
    return roles.pop() if len(roles) == 1 else None
