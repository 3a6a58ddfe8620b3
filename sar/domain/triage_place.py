"""Which council and which services a mail is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sar.domain.inboxes import council_of, inbox_for
from sar.domain.mail import MailFacts
from sar.domain.mail_words import plain
from sar.domain.register import SERVICES
from sar.domain.service_entry import Council, ServiceEntry

# Synonyms that are also everyday words count only as their owners write them, or not at all.
_AS_WRITTEN = {"send": "SEND", "prospects": "Prospects"}
_TOO_COMMON = {"website", "online form", "front door", "islington", "school staff"}

_COUNCIL_WORDS = {
    Council.RBKC: re.compile(
        r"\b(?:rbkc|kensington|chelsea|royal borough|notting hill|ladbroke grove|grenfell|"
        r"north ken|holland park|golborne|w8 7nx)\b"
    ),
    Council.WCC: re.compile(
        r"\b(?:westminster|westminister|westminter|wcc|pimlico|paddington|maida vale|queen'?s park|"
        r"church street|bessborough|marylebone|bayswater|harrow road|st john'?s wood)\b"
    ),
}
_OTHERS = (
    "islington|camden|brent|hammersmith(?: and| &)? ?fulham|lbhf|hackney|lambeth|southwark|ealing|"
    "hounslow|haringey|barnet|wandsworth|lewisham|greenwich|newham|tower hamlets|enfield|croydon|"
    "bromley|merton|sutton|kingston|richmond|hillingdon|harrow|redbridge|havering|bexley|"
    "waltham forest|barking(?: and dagenham)?"
)
_BODY = r"(?:council|social (?:services|work\w*|care)|children'?s services|borough|local authority)"
_OTHER_AUTHORITY = re.compile(
    rf"\b({_OTHERS})(?:'s)?(?: london borough| borough)? (?:\w+ )?{_BODY}|"
    rf"\b{_BODY}(?: \w+)? (?:in|at|of|for|from|by) ({_OTHERS})\b|\blondon borough of ({_OTHERS})\b"
)


def recipients_of_mail(mail: MailFacts) -> tuple[str, ...]:
    """Every address the mail was sent or delivered to, in order."""
    return tuple(dict.fromkeys((*mail.delivered_to, *mail.to, *mail.cc)))


def councils_addressed(mail: MailFacts) -> tuple[Council, ...]:
    """Authorities the mail was sent to, by published mailbox or by domain, each once.

    Law: UK GDPR Art 12A: a request is received by the controller it reaches.
    """
    addressed = (each for line in (mail.to, mail.cc, mail.delivered_to) for each in line)
    found = (council_of(each) for each in addressed)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def councils_named(text: str) -> tuple[Council, ...]:
    """Which of the two councils the plain text names."""
    return tuple(each for each, words in _COUNCIL_WORDS.items() if words.search(text))


def other_authority_named(text: str) -> str:
    """Another London authority named as the one that acted, or an empty string."""
    found = _OTHER_AUTHORITY.search(re.sub(r"\s+", " ", text))
    return next((each for each in found.groups() if each), "") if found else ""


def services_named(written: str, register: Iterable[ServiceEntry] = SERVICES) -> tuple[str, ...]:
    """Ids of services whose name or synonym occurs, in the order first mentioned."""
    text = re.sub(r"\s+", " ", plain(written))
    places: dict[str, int] = {}
    for entry in register:
        spots = [_place(each, text, written) for each in entry.synonyms]
        known = [spot for spot in spots if spot >= 0]
        if known:
            places[entry.id] = min(known)
    specific = sorted(places, key=lambda each: (each == "SVC-01", places[each]))
    return tuple(specific)


def services_of_inboxes(mail: MailFacts) -> tuple[str, ...]:
    """The first service of each published mailbox the mail was sent to."""
    found = (inbox_for(each) for each in recipients_of_mail(mail))
    return tuple(
        dict.fromkeys(each.service_ids[0] for each in found if each and len(each.service_ids) == 1)
    )


def _place(synonym: str, text: str, written: str) -> int:
    if synonym in _TOO_COMMON:
        return -1
    exact = _AS_WRITTEN.get(synonym)
    found = re.search(rf"\b{re.escape(exact or synonym)}\b", written if exact else text)
    return found.start() if found else -1
