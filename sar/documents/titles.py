"""Titles before names, and whom they can mean."""

from __future__ import annotations

from sar.documents.known_names import listed
from sar.documents.people_register import Person
from sar.domain.people import Role

WOMEN = frozenset({"mrs", "ms", "miss", "mx", "lady", "dame", "aunt", "auntie", "aunty", "nana"})
MEN = frozenset({"mr", "master", "sir", "lord", "uncle"})
_YOUNG = frozenset({Role.DATA_SUBJECT, Role.OTHER_CHILD})
OFFICES = listed("offices")
KIN = frozenset({"aunt", "auntie", "aunty", "uncle", "nana", "cousin", "grandma", "granny", "nan"})
TITLES = WOMEN | MEN | OFFICES | KIN


def matching(people: tuple[Person, ...], title: str) -> tuple[Person, ...]:
    """Those of the people whom this title can mean; nobody when it fits none of them.

    `Mrs` and `Miss` are used loosely, so only `Mr` against `Ms`, and a grown-up's title for a
    child, speak against a person.
    """
    if title in OFFICES:
        return tuple(each for each in people if each.role is Role.PROFESSIONAL or not each.title)
    return tuple(each for each in people if _is_possible(each, title))


def _is_possible(person: Person, title: str) -> bool:
    own = person.title.rstrip(".").casefold()
    if not own or own in OFFICES or title in KIN:
        return True
    if (own in MEN and title in WOMEN) or (own in WOMEN and title in MEN):
        return False
    is_child = own == "master" or (own == "miss" and person.role in _YOUNG)
    return not (is_child and title in {"mr", "mrs", "ms", "mx"})
