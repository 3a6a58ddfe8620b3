"""Whether the person who asks may have the answer: proof, age, the child's own view, orders.

Nothing here decides for an officer: each rule says what is missing, in a sentence to act on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sar.domain.dates import date_words
from sar.domain.requesters import (
    ADULT_AGE,
    COMPETENCE_PROMPT_AGE,
    Capacity,
    age_on,
    authority_warning,
    needs_competence_view,
)

EXPIRY_WARNING_DAYS = 30
_PARENTAL = frozenset({Capacity.PARENT, Capacity.SPECIAL_GUARDIAN})
_PROOF_OF = {
    Capacity.PARENT: frozenset({"birth-certificate", "responsibility-order", "guardianship-order"}),
    Capacity.SPECIAL_GUARDIAN: frozenset({"guardianship-order"}),
    Capacity.FOSTER_CARER: frozenset({"carers-agreement", "childs-consent"}),
    Capacity.SOLICITOR: frozenset({"written-authority"}),
    Capacity.ADVOCATE: frozenset({"written-authority"}),
    Capacity.ATTORNEY: frozenset({"attorney"}),
    Capacity.DEPUTY: frozenset({"deputy"}),
    Capacity.ELECTED_MEMBER: frozenset({"constituent"}),
    Capacity.OTHER: frozenset({"written-authority"}),
}
_WANTED = {
    Capacity.PARENT: "proof of parental responsibility",
    Capacity.SPECIAL_GUARDIAN: "the special guardianship order",
    Capacity.FOSTER_CARER: "a parent's or the council's agreement, or the child's own consent: a "
    "foster carer has no parental responsibility",
    Capacity.SOLICITOR: "written authority that names the request",
    Capacity.ADVOCATE: "written authority that names the request",
    Capacity.ATTORNEY: "the registered power of attorney",
    Capacity.DEPUTY: "the order of the Court of Protection",
    Capacity.ELECTED_MEMBER: "the constituent's own words that this is an access request. Without "
    "them it is casework (DPA 2018 Sch 1 paras 23-24): close the case and answer it as that",
    Capacity.OTHER: "written authority that names the request",
}


@dataclass(frozen=True)
class Asking:
    """Who asks for whom. No asker means the data subject asks for themselves."""

    subject_name: str
    subject_born_on: date | None
    is_subject_deceased: bool
    received_on: date
    asker_id: str = ""
    asker_name: str = ""
    capacity: Capacity | None = None


@dataclass(frozen=True)
class Authority:
    """A proof that was seen, and until when it holds."""

    person_id: str
    shows: str
    expires_on: date | None
    scope: str


@dataclass(frozen=True)
class Competence:
    """What somebody who knows the child says the child understands and wants."""

    understands: str
    agrees: str
    is_in_interests: bool


@dataclass(frozen=True)
class CourtOrder:
    """An order of a court, whom it is against, and what it means for the reply."""

    person_id: str
    order: str
    effect: str
    ends_on: date | None
    terms: str

    def is_in_force(self, today: date) -> bool:
        """Whether it still binds on that day."""
        return self.ends_on is None or self.ends_on >= today


@dataclass(frozen=True)
class Proofs:
    """All that was established about who asks."""

    authorities: Sequence[Authority] = ()
    competence: Competence | None = None
    orders: Sequence[CourtOrder] = ()


def is_by_representative(asking: Asking, today: date) -> bool | None:
    """Whether codes against parents and court appointees can be used; None while it is not known.

    Law: DPA 2018 Sch 3 paras 4, 10 and 21: a person with parental responsibility for somebody under
    18, or one a court appointed. An agent or attorney speaks for the person themselves.
    """
    if not asking.asker_id:
        return False
    if asking.capacity in _PARENTAL:
        born_on = asking.subject_born_on
        return None if born_on is None else age_on(born_on, today) < ADULT_AGE
    return None if asking.capacity is None else asking.capacity is Capacity.DEPUTY


def obstacles(
    asking: Asking,
    proofs: Proofs,
    today: date,
    prompt_age: int = COMPETENCE_PROMPT_AGE,
) -> tuple[str, ...]:
    """What must be put right before anything is approved or leaves; empty when nothing.

    Law: UK GDPR Arts 4(1), 12, 15; Children Act 1989 ss.2-3, 33; DPA 2018 Sch 1 paras 23-24;
    Mental Capacity Act 2005 ss.9, 16.
    """
    found = [*_order_obstacles(asking, proofs.orders, today)]
    if stop := _no_request(asking) or _age_obstacle(asking, today):
        return (*found, stop)
    if asking.asker_id:
        found += _proof_obstacle(asking, proofs.authorities, today)
        found += _competence_obstacle(asking, proofs.competence, today, prompt_age)
    return tuple(found)


def prompts(
    asking: Asking,
    proofs: Proofs,
    today: date,
    prompt_age: int = COMPETENCE_PROMPT_AGE,
) -> tuple[str, ...]:
    """What an officer should think of; none of it stops the case.

    Law: UK GDPR Arts 12, 15; no age of competence is fixed in England, so a person is asked.
    """
    found = []
    if asking.asker_id and asking.capacity is not None:
        found.append(authority_warning(asking.capacity))
    if not asking.asker_id and _is_prompted(asking, today, prompt_age):
        found.append(
            f"{asking.subject_name} is {_age(asking, today)}. Ask somebody who knows them if they "
            "understand the request and what may follow, and write it down."
        )
    found += _coming_of_age(asking, today)
    found += [
        f"{asking.asker_name}'s proof ends on {date_words(each.expires_on)}. See a new one in time."
        for each in proofs.authorities
        if each.person_id == asking.asker_id
        and each.expires_on is not None
        and 0 <= (each.expires_on - today).days <= EXPIRY_WARNING_DAYS
    ]
    return tuple(each for each in found if each)


def banners(orders: Sequence[CourtOrder], today: date) -> tuple[str, ...]:
    """The orders in force, as they stand at the head of a case.

    Law: Children Act 1989 ss.8, 31, 91; Family Law Act 1996 s.42: an order binds until it ends.
    """
    return tuple(
        f"{each.order}: {each.terms.rstrip('.')}."
        + (f" Ends on {date_words(each.ends_on)}." if each.ends_on else "")
        for each in orders
        if each.is_in_force(today)
    )


def turned_adult_on(born_on: date) -> date:
    """The 18th birthday; of somebody born on 29 February, 1 March.

    Law: Family Law Reform Act 1969 ss.1, 9: the age is reached as the birthday begins.
    """
    try:
        return born_on.replace(year=born_on.year + ADULT_AGE)
    except ValueError:
        return date(born_on.year + ADULT_AGE, 3, 1)


_DECEASED = (
    "{} has died, and data protection is about living people. Answer that (DEC), and name other "
    "ways: the Access to Health Records Act 1990, freedom of information, and what was told in "
    "confidence. What the file says about a living requester is theirs: open a case in their name."
)
_NEVER = {
    Capacity.SOCIAL_WORKER: "{} works for the council, which shares parental responsibility for a "
    "child in care. That is no access request: close the case and share what the work needs.",
    Capacity.PERSONAL_REPRESENTATIVE: "{} asks as the executor or family of somebody who died. Say "
    "on the entry of {} that they have died, or put the capacity right.",
}


def _no_request(asking: Asking) -> str:
    """Why there is no request that could be answered to whoever asks, or nothing."""
    if asking.is_subject_deceased:
        return _DECEASED.format(asking.subject_name)
    if not asking.asker_id:
        return ""
    if asking.capacity is None:
        return f"Say in what capacity {asking.asker_name} asks."
    return _NEVER.get(asking.capacity, "").format(asking.asker_name, asking.subject_name)


def _order_obstacles(asking: Asking, orders: Sequence[CourtOrder], today: date) -> list[str]:
    found = []
    for each in orders:
        if not each.is_in_force(today):
            continue
        if each.effect == "leave":
            found.append(
                f"{each.order}: nothing may be given without leave of the court. Ask legal "
                "services, and put the order right when leave is given."
            )
        elif each.person_id == asking.asker_id and each.effect in _BARS:
            found.append(_BARS[each.effect].format(each.order, asking.asker_name))
    return found


_BARS = {
    "not-to-person": "{}: nothing may go to {}.",
    "no-responsibility": "{}: {} may not use parental responsibility for this request.",
}


def _age_obstacle(asking: Asking, today: date) -> str:
    if asking.capacity not in _PARENTAL:
        return ""
    if asking.subject_born_on is None:
        return (
            f"Enter the date of birth of {asking.subject_name}: parental responsibility ends at 18."
        )
    if age_on(asking.subject_born_on, today) < ADULT_AGE:
        return ""
    adult_on = turned_adult_on(asking.subject_born_on)
    when = f"turned 18 on {date_words(adult_on)}"
    if adult_on <= asking.received_on:
        when += ", before this request came"
    return (
        f"{asking.subject_name} {when}. The authority of {asking.asker_name} as a parent has "
        f"ended: end their part, write to {asking.subject_name}, and go on only if they ask."
    )


def _proof_obstacle(asking: Asking, authorities: Sequence[Authority], today: date) -> list[str]:
    if asking.capacity is None or asking.capacity not in _PROOF_OF:
        return []
    wanted = _PROOF_OF[asking.capacity]
    own = [each for each in authorities if each.person_id == asking.asker_id]
    fitting = [each for each in own if each.shows in wanted]
    if not fitting:
        return [f"{asking.asker_name} has not shown {_WANTED[asking.capacity]}."]
    standing = [each for each in fitting if each.expires_on is None or each.expires_on >= today]
    if not standing:
        last = max(each.expires_on for each in fitting if each.expires_on is not None)
        return [f"{asking.asker_name}'s proof ended on {date_words(last)}. See a new one."]
    if all(each.scope == "property" for each in standing):
        return [
            (
                f"{asking.asker_name}'s power covers property and money only. Records of care need "
                "one for health and welfare, or a best-interests decision."
            )
        ]
    return []


def _competence_obstacle(
    asking: Asking, competence: Competence | None, today: date, prompt_age: int
) -> list[str]:
    if asking.capacity not in _PARENTAL or not _is_prompted(asking, today, prompt_age):
        return []
    name = asking.subject_name
    if competence is None:
        return [
            (
                f"{name} is {_age(asking, today)}. Write down what somebody who knows them says: "
                "does the child understand the request, and what does the child want?"
            )
        ]
    may_go = competence.is_in_interests or competence.agrees == "agrees"
    if competence.understands == "no" or may_go:
        return []
    if competence.agrees == "objects":
        return [f"{name} understands the request, or may, and does not want it answered."]
    return [f"{name} understands the request, or may. Ask what the child wants first."]


def _coming_of_age(asking: Asking, today: date) -> list[str]:
    if asking.subject_born_on is None or asking.capacity not in _PARENTAL:
        return []
    adult_on = turned_adult_on(asking.subject_born_on)
    if not 0 < (adult_on - today).days <= 3 * EXPIRY_WARNING_DAYS:
        return []
    return [
        (
            f"{asking.subject_name} turns 18 on {date_words(adult_on)}. The answer is then "
            f"theirs, not {asking.asker_name}'s."
        )
    ]


def _is_prompted(asking: Asking, today: date, prompt_age: int) -> bool:
    born_on = asking.subject_born_on
    return born_on is not None and needs_competence_view(born_on, today, prompt_age)


def _age(asking: Asking, today: date) -> int:
    assert asking.subject_born_on is not None
    return age_on(asking.subject_born_on, today)
