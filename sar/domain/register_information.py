"""What a person must be told of each service beside the copy, in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sar.domain.register import SERVICES
from sar.domain.service_entry import (
    RetentionTrigger,
    ServiceDetails,
    ServiceEntry,
    ServiceRegime,
)

NO_DECISION = "We know of no decision about the person that a computer made alone."
NO_TRANSFER = (
    "We know of no other country that it was sent to. If it ever is, the law says that it must be "
    "kept as safe there as it is here."
)
_ASK = "It depends on the kind of record. We have a list of how long each kind is kept. Ask us."
_RETENTION = {
    RetentionTrigger.CORPORATE_SCHEDULE: _ASK,
    RetentionTrigger.NOT_STATED: _ASK,
    RetentionTrigger.INQUIRY_HOLD: "Nothing is deleted for now, because of a national inquiry into "
    "child abuse. After that, the national rules for youth justice say how long.",
    RetentionTrigger.CASE_CLOSURE: "7 years from the day that the work with the person ended.",
    RetentionTrigger.LATER_OF_25_AND_LAST_INVOLVEMENT: "Until the person turns 25, or for 6 years "
    "from our last contact if that is later.",
}


@dataclass(frozen=True)
class Facts:
    """Why a service uses information, what kinds, and where it gets them."""

    purposes: str
    categories: str
    sources: str
    automated: str = NO_DECISION
    transfers: str = NO_TRANSFER


_FAMILY = "The person, their family, and the people who worked with them"
_FACTS = {
    "SVC-01": Facts(
        "To help children and families, to keep children safe, and to look after children in our "
        "care.",
        "Names, dates and addresses. Notes of visits, calls and meetings. Reports, plans and "
        "letters. Facts about family life, money, home, school and work. Some of it is very "
        "private: health, race, faith, sex life or crime.",
        f"{_FAMILY}. Schools, health services, the police, courts and other councils.",
        "The service does not let a computer alone decide about people.",
        "It may go to another country if the person or their family moves there. It must then be "
        "kept as safe as it is here. Ask us what was done to make sure of that.",
    ),
    "SVC-02": Facts(
        "To find out which families need help, to give them a worker, and to see if it helped.",
        "Names, dates of birth and addresses. Facts about school, work, money, health, crime and "
        "harm at home.",
        "Our own teams, schools, the police, health services and the Department for Work and "
        "Pensions.",
    ),
    "SVC-03": Facts(
        "To see that young people have a place in school, college, training or work.",
        "Names, dates of birth and ways to reach the person. Race, faith and language. What they "
        "study or do, and what help they need.",
        "Schools and colleges. The young person, and their parents or carers.",
    ),
    "SVC-04": Facts(
        "To give families help early, at a family hub or at home.",
        "Names, dates of birth, addresses, phone numbers and emails of the household. Health, "
        "money, home and work. The family's plan.",
        f"{_FAMILY}. Health visitors, school nurses and groups that help families.",
    ),
    "SVC-05": Facts(
        "To run children's centres and to give places to children under five.",
        "Names, dates of birth and addresses. National Insurance or asylum support numbers. What "
        "the family came for.",
        "The family, and lists of births and of families who may get a free place.",
    ),
    "SVC-06": Facts(
        "To help young people stay out of crime, to do what a court has ordered, and to help "
        "victims.",
        "Names, dates of birth and addresses. Crimes and what courts decided. Health, school, "
        "family and immigration. Reports about risk.",
        "The young person and their family. The police, courts, schools, health services and other "
        "teams.",
    ),
    "SVC-07": Facts(
        "To decide quickly, with the police and health services, if a child is at risk.",
        "Names, dates of birth, addresses and family ties. Short notes from each service that "
        "knows the family.",
        "The police, doctors and nurses, schools, housing, probation and our own teams.",
    ),
    "SVC-08": Facts(
        "To find out what help a child needs to learn, and to see that they get it.",
        "Names, dates of birth and schools. Reports by teachers, doctors and psychologists. The "
        "plan and its reviews.",
        "Parents, the child or young person, schools, and health and care services.",
    ),
    "SVC-09": Facts(
        "To help young people whom gangs use to carry drugs.",
        "What our other teams already know that matters for this help. No new facts are collected.",
        "Our teams for families, children, adults and housing.",
        transfers="It is not sent to other countries.",
    ),
    "SVC-10": Facts(
        "To plan school places, to check on attendance, and to see how schools do.",
        "Names, dates of birth and addresses. Schools, attendance and results.",
        "Schools, and the Department for Education.",
    ),
    "SVC-11": Facts(
        "To plan for school staff and to support schools.",
        "Names, jobs, pay, training and time off of people who work in schools.",
        "Schools.",
    ),
    "SVC-12": Facts(
        "To offer young people clubs, advice and support.",
        "Names, dates of birth and addresses. Names of parents. What helps us support the person.",
        "Schools, for pupils of 13 and over. The young person and their family.",
    ),
    "SVC-14": Facts(
        "To help young people go on learning or training until they are 20, or 25 if they need "
        "more help to learn.",
        "Names, dates of birth, and where the person has learned or trained.",
        "Schools and colleges, the Department for Education, the police, probation and health "
        "services.",
    ),
    "SVC-15": Facts(
        "To run our websites and online forms.",
        "What was typed in a form. The address of the computer or phone, which we do not link to a "
        "name.",
        "The person who used the website.",
    ),
}


_ADDED = Facts(
    "To do the work of this service, as the law asks of councils.",
    "What the service needs to know for its work. Ask us and we will tell you.",
    f"{_FAMILY}, and other bodies that work with them.",
)


def information_points(entry: ServiceEntry) -> tuple[tuple[str, str], ...]:
    """Each point of Art 15(1) that depends on the service, as a label and plain words.

    A service of another authority has one point: that they must be asked. What a council changed in
    its register, or added to it, is told in the register's own words.

    Law: UK GDPR Art 15(1)(a)-(d), (g)-(h), 15(2).
    """
    if entry.regime is ServiceRegime.OTHER_AUTHORITY:
        return (("Who holds it", f"{entry.controller} holds this, not us. Please ask them."),)
    shipped = next((each for each in SERVICES if each.id == entry.id), None)
    facts = _facts(entry, shipped)
    names = ", ".join(recipient.name for recipient in entry.recipients)
    shared = (
        f"We may have shared it with these, if they needed it: {names}." if names else "Nobody."
    )
    return (
        ("Why we use it", facts.purposes),
        ("What kinds we hold", facts.categories),
        ("Who we share it with", shared if names else "Nobody."),
        ("How long we keep it", _retention(entry, shipped)),
        ("Where it came from", facts.sources),
        ("Decisions by computers", facts.automated),
        ("Other countries", facts.transfers),
    )


def _retention(entry: ServiceEntry, shipped: ServiceEntry | None) -> str:
    if shipped is None or shipped.retention != entry.retention:
        return entry.retention or _ASK
    return _RETENTION.get(entry.retention_trigger, entry.retention)


def _facts(entry: ServiceEntry, shipped: ServiceEntry | None) -> Facts:
    facts, told = _FACTS.get(entry.id, _ADDED), entry.details
    was = shipped.details if shipped else ServiceDetails()
    kinds = (*told.data, *told.special_data)
    if kinds and kinds != (*was.data, *was.special_data):
        facts = replace(facts, categories=_listed(kinds))
    if told.sources and told.sources != was.sources:
        facts = replace(facts, sources=_listed(told.sources))
    return facts


def _listed(words: tuple[str, ...]) -> str:
    return f"{'. '.join(each.rstrip('.') for each in words)}."
