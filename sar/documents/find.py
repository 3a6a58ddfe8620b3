"""Suggested redactions: who is named in a text, what else points at whom, and whose it is.

A suggestion puts words before an officer. Nothing is ever released because of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sar.documents.addresses import addresses_in
from sar.documents.details import DetailAdvice
from sar.documents.known_details import KnownDetails
from sar.documents.name_forms import FormKind
from sar.documents.name_index import NameIndex
from sar.documents.name_mentions import Mention, mentions_in
from sar.documents.name_words import Words
from sar.documents.owners import Surroundings
from sar.documents.people_register import PeopleRegister, Person
from sar.documents.recognisers import Detail, case_numbers_like, details_in
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


class Finder:
    """Reads texts of one case with one register, compiled once."""

    def __init__(self, register: PeopleRegister, strangers: Iterable[Person] = ()) -> None:
        """Strangers are people of the case nobody has registered, as strangers_in finds them."""
        self._people = (*register.people, *strangers)
        self._index = NameIndex(self._people)
        self._known = KnownDetails(register.people)

    def suggestions(self, text: str) -> tuple[Suggestion, ...]:
        """Every suggestion for the text, in order; none overlap."""
        words = Words(text)
        details = self._details(words)
        mentions = self._mentions(words, details)
        surroundings = Surroundings(text, mentions)
        advice = DetailAdvice(text, self._known, self._people, surroundings)
        found = [_about_person(mention) for mention in mentions]
        details += advice.births(mentions)
        for detail in details:
            if given := advice.about(detail):
                found.append(
                    Suggestion(
                        detail.start,
                        detail.end,
                        detail.kind,
                        given.person,
                        given.decision,
                        round(detail.score, 2),
                        given.why,
                        risk(detail.kind, given.role),
                    )
                )
        return tuple(sorted(found, key=lambda each: (each.start, each.end)))

    def sightings(self, text: str) -> list[Sighting]:
        """Names in the text that nobody in the register bears."""
        words = Words(text)
        details = self._details(words)
        return sightings_in(words, self._mentions(words, details), details)

    def _details(self, words: Words) -> list[Detail]:
        found = details_in(words.text)
        for more in (
            case_numbers_like(words.text, self._known.case_ids),
            addresses_in(words),
            schools_in(words.text, self._known.schools()),
        ):
            found += [each for each in more if not any(each.meets(other) for other in found)]
        return found

    def _mentions(self, words: Words, details: Sequence[Detail]) -> list[Mention]:
        places = [detail for detail in details if detail.kind != "AGE"]
        free = [
            mention
            for mention in mentions_in(words, self._index)
            if not any(_overlap(mention, place) for place in places)
        ]
        return _narrowed(free)


def suggest(
    text: str, register: PeopleRegister, strangers: Sequence[Person] | None = None
) -> tuple[Suggestion, ...]:
    """Suggestions for one text; without strangers, those of this text alone are looked for."""
    if strangers is None:
        strangers = strangers_in([text], register)
    return Finder(register, strangers).suggestions(text)


def strangers_in(texts: Iterable[str], register: PeopleRegister) -> tuple[Person, ...]:
    """People the texts of a case name whom its register does not hold, for an officer to place."""
    finder = Finder(register)
    seen = [sighting for text in texts for sighting in finder.sightings(text)]
    return people_seen(seen, register.people)


def _overlap(mention: Mention, place: Detail) -> bool:
    return mention.start < place.end and place.start < mention.end


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


def _why(mention: Mention) -> str:
    if not mention.people:
        return "A name that is not in the register"
    names = " or ".join(person.label for person in mention.people[:4])
    return f"{names}: {mention.how}"
