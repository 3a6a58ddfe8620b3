"""Suggested redactions: who is named in a text, what else points at whom, and whose it is.

A suggestion puts words before an officer. Nothing is ever released because of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sar.documents.addresses import addresses_in
from sar.documents.details import Advice, DetailAdvice
from sar.documents.known_details import KnownDetails
from sar.documents.name_forms import FormKind
from sar.documents.name_index import NameIndex
from sar.documents.name_mentions import Mention, mentions_in
from sar.documents.name_words import Words
from sar.documents.owners import Surroundings
from sar.documents.people_register import PeopleRegister, Person
from sar.documents.recognisers import Detail, case_numbers_like, details_in, first_claims
from sar.documents.schools import schools_in
from sar.documents.strangers import Sighting, people_seen, sightings_in
from sar.domain.people import Decision, Role, decision_about, risk


@dataclass(frozen=True)
class Suggestion:
    """One piece of text, whose it seems to be, and what to do with it.

    start and end count characters of the text; type is PERSON, PHONE, ADDRESS and so on; person is
    the person_id of the one person meant, or None; score is 0 to 1; why is for the officer; risk
    orders a review, 0 first.
    """

    start: int
    end: int
    type: str
    person: str | None
    decision: Decision
    score: float
    why: str
    risk: int = 4


@dataclass(frozen=True)
class Reading:
    """A text cut once: its details, and the words outside them, which may be names."""

    text: str
    words: Words
    details: tuple[Detail, ...]


class Finder:
    """Reads texts of one case with one register, compiled once."""

    def __init__(self, register: PeopleRegister, strangers: Iterable[Person] = ()) -> None:
        """Strangers are people of the case nobody has registered, as strangers_in finds them."""
        self._people = (*register.people, *strangers)
        self._index = NameIndex(self._people)
        self._known = KnownDetails(register.people)

    def read(self, text: str) -> Reading:
        """The text with every number, address and school found; they are no names."""
        words = Words(text)
        found = first_claims(
            text,
            [
                details_in(text),
                case_numbers_like(text, self._known.case_ids),
                addresses_in(words),
                schools_in(text, self._known.schools()),
            ],
        )
        places = [(each.start, each.end) for each in found if each.kind != "AGE"]
        return Reading(text, words.without(places), tuple(found))

    def suggestions(self, reading: Reading) -> tuple[Suggestion, ...]:
        """Every suggestion for the text, in order; none overlap."""
        mentions = _narrowed(mentions_in(reading.words, self._index))
        surroundings = Surroundings(reading.text, mentions)
        advice = DetailAdvice(reading.text, self._known, self._people, surroundings)
        details = first_claims(reading.text, [reading.details, advice.births_and_ages(mentions)])
        births = [each for each in details if each.kind in {"DOB", "AGE"}]
        found = [
            _about_person(mention)
            for mention in mentions
            if not any(mention.start < each.end and each.start < mention.end for each in births)
        ]
        for detail in details:
            if given := advice.about(detail):
                found.append(_about_detail(detail, given))
        return tuple(sorted(found, key=lambda each: (each.start, each.end)))

    def sightings(self, reading: Reading) -> list[Sighting]:
        """Names in the text that nobody in the register bears."""
        mentions = mentions_in(reading.words, self._index)
        return sightings_in(reading.words, mentions, reading.text)


def suggest(
    text: str, register: PeopleRegister, strangers: Sequence[Person] | None = None
) -> tuple[Suggestion, ...]:
    """Suggestions for one text; without strangers, those of this text alone are looked for."""
    if strangers is None:
        return suggest_all([text], register)[0]
    finder = Finder(register, strangers)
    return finder.suggestions(finder.read(text))


def suggest_all(texts: Iterable[str], register: PeopleRegister) -> list[tuple[Suggestion, ...]]:
    """Suggestions for every text of a case; somebody introduced in one is known in all."""
    alone = Finder(register)
    readings = [alone.read(text) for text in texts]
    strangers = _strangers(alone, readings, register)
    together = Finder(register, strangers)
    return [together.suggestions(reading) for reading in readings]


def strangers_in(texts: Iterable[str], register: PeopleRegister) -> tuple[Person, ...]:
    """People the texts of a case name whom its register does not hold, for an officer to place."""
    finder = Finder(register)
    return _strangers(finder, (finder.read(text) for text in texts), register)


def _strangers(
    finder: Finder, readings: Iterable[Reading], register: PeopleRegister
) -> tuple[Person, ...]:
    seen = [sighting for reading in readings for sighting in finder.sightings(reading)]
    return people_seen(seen, register.people)


def _narrowed(mentions: list[Mention]) -> list[Mention]:
    """Initials meant for those whom the same text also names, where it names any of them."""
    named = {person for each in mentions if each.how != FormKind.INITIALS for person in each.people}
    result = []
    for mention in mentions:
        people = tuple(person for person in mention.people if person in named)
        # Fewer people must not turn a review into a keep.
        is_kept = decision_about({each.role for each in people}) is Decision.KEEP
        if mention.how == FormKind.INITIALS and people and not is_kept:
            mention = replace(mention, people=people)
        result.append(mention)
    return result


def _about_person(mention: Mention) -> Suggestion:
    roles = {person.role for person in mention.people}
    decision = decision_about(roles)
    if mention.is_guess and decision is Decision.KEEP:
        decision = Decision.REVIEW
    one = mention.people[0] if len(mention.people) == 1 else None
    score = mention.score * (1 if one is None or one.is_registered else 0.8)
    role = one.role if one else (Role.UNKNOWN if len(roles) != 1 else roles.pop())
    return Suggestion(
        mention.start,
        mention.end,
        "PERSON",
        one.person_id if one else None,
        decision,
        round(score, 2),
        _why(mention),
        risk("PERSON", role),
    )


def _about_detail(detail: Detail, given: Advice) -> Suggestion:
    return Suggestion(
        detail.start,
        detail.end,
        detail.kind,
        given.person,
        given.decision,
        round(detail.score, 2),
        given.why,
        risk(detail.kind, given.role),
    )


def _why(mention: Mention) -> str:
    if not mention.people:
        return "A name that is not in the register"
    names = " or ".join(person.label for person in mention.people[:4])
    return f"{names}: {mention.how}"
