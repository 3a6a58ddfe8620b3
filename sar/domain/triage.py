"""What intake makes of a mail: whose, which rights, which services, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sar.domain import triage_context as context
from sar.domain.inboxes import Purpose, inbox_for
from sar.domain.mail import MailFacts
from sar.domain.mail_words import is_forward, is_reply, own_words, plain, sentences
from sar.domain.register import SERVICES
from sar.domain.rights import Right
from sar.domain.service_entry import Council, ServiceEntry
from sar.domain.triage_needs import Need, is_child_at_risk, needs_in
from sar.domain.triage_place import (
    councils_addressed,
    councils_named,
    other_authority_named,
    recipients_of_mail,
    services_named,
    services_of_inboxes,
)
from sar.domain.triage_scores import Scores, scores_of
from sar.domain.triage_signal import EDUCATIONAL

NOT_A_REQUEST = "not-a-request"
ENOUGH = 4
_DOUBT = 3

_ORDER = (
    Right.ACCESS,
    EDUCATIONAL,
    Right.ERASURE,
    Right.RECTIFICATION,
    Right.OBJECTION,
    Right.RESTRICTION,
    Right.AUTOMATED_DECISION,
    Right.PORTABILITY,
    Right.COMPLAINT,
)
_FOREIGN = re.compile(
    r"\b(?:droit d'accès|mes données (?:personnelles)?|copie de mon dossier|accéder à mon dossier|"
    r"acceso a mis datos|mis datos personales|copia de mi expediente|meus dados pessoais|"
    r"cópia do meu (?:processo|arquivo)|miei dati personali|copia del mio fascicolo|"
    r"moje dane osobowe|kopi[ęe] moich akt|datele mele personale|të dhënat e mia|kişisel verilerim|"
    r"dosyamın bir kopyası)|بياناتي|ملفي|আমার তথ্য|আমার ফাইল|ਮੇਰੀ ਫਾਈਲ|میری فائل|داده\u200cهای من"
)


@dataclass(frozen=True)
class Triage:
    """The proposal an officer confirms: nothing here is decided without a person.

    `kinds` holds Right values and "educational-record", the main one first; it is empty when the
    mail is no request. `council` is None when neither the address nor the words say.
    """

    council: Council | None
    councils: tuple[Council, ...]
    kind: str
    kinds: tuple[str, ...]
    is_rights_request: bool
    why: tuple[str, ...]
    service_ids: tuple[str, ...]
    needs: tuple[Need, ...]
    inbox_slug: str = ""

    @property
    def is_certain(self) -> bool:
        """False when a person should read the mail before anything is done."""
        return Need.PERSON_TO_READ not in self.needs


@dataclass(frozen=True)
class _Reading:
    """A mail taken apart once: its own words, and the same in plain form."""

    mail: MailFacts
    written: str
    text: str
    lines: tuple[str, ...]
    services: tuple[str, ...]


def triage(mail: MailFacts, register: Iterable[ServiceEntry] = SERVICES) -> Triage:
    """Proposes what a mail is, from its words, its sender and where it was sent.

    A request needs no special words and may be sent to anyone at the council. `register` is the
    council's own, so that services it has added or renamed are found. Law: UK GDPR Arts 12, 12A,
    15-22D; DPA 2018 s.164A; SI 2005/1437 reg 5.
    """
    reading = _read(mail, register)
    refusal = _refusal(reading)
    if refusal is not None:
        return _result(reading, (), (refusal[0],), refusal[1])
    scores = _scored(reading)
    kinds = _kinds(reading, scores)
    needs = _needs(reading, scores, kinds)
    why = _reasons(reading, scores, kinds)
    return _result(reading, kinds, why, needs)


def _read(mail: MailFacts, register: Iterable[ServiceEntry]) -> _Reading:
    own = own_words(mail.subject, mail.body)
    title = "" if is_reply(mail.subject) else re.sub(r"^\s*(?:fwd?|fw) ?:", "", mail.subject)
    names = "" if is_reply(mail.subject) else ". ".join(_spaced(each) for each in mail.attachments)
    if any(context.is_history(line) for line in sentences(plain(own))):
        title = ""  # the title of a mail on an earlier request repeats that request
    written = "\n\n".join(each for each in (title, own, names) if each.strip())
    text = plain(written)
    return _Reading(mail, written, text, sentences(text), services_named(written, register))


def _spaced(name: str) -> str:
    return re.sub(r"[_\-.]+", " ", name.rpartition(".")[0] or name)


def _refusal(reading: _Reading) -> tuple[str, tuple[Need, ...]] | None:
    """Why the mail is not judged on its words at all, or None."""
    mail = reading.mail
    own = plain(own_words("", mail.body))
    automatic = context.automatic_kind(mail, own)
    if automatic:
        return automatic, ()
    if not reading.text.strip():
        return "There are no words to judge.", (Need.PERSON_TO_READ,)
    if context.is_sales(mail, reading.text) and not _asks_for_own(reading):
        return "This is an advert, a newsletter or an attempt at fraud.", ()
    if context.is_agency(mail, reading.text) and not context.is_relayed(reading.text):
        return "A public body asks about somebody for its own work.", (Need.INFORMATION_SHARING,)
    return None


def _asks_for_own(reading: _Reading) -> bool:
    has_own = context.is_personal(reading.text)
    return has_own and scores_of(reading.lines).best >= ENOUGH and not reading.mail.is_bulk


def _scored(reading: _Reading) -> Scores:
    scores = scores_of(reading.lines)
    mail = reading.mail
    if context.is_staff_business(mail, reading.text):
        scores = scores.without_group("name").lowered(4)
    if context.is_proceedings(reading.text) and not scores.has(Right.ACCESS, "name", "law"):
        scores = scores.lowered(3)
    if re.fullmatch(r"\W*unsubscribe\W*", own_words("", mail.body), re.IGNORECASE):
        scores = scores.plus(Right.OBJECTION, ENOUGH, "Asks for adverts or newsletters to stop")
    if _FOREIGN.search(reading.text):
        scores = scores.plus(Right.ACCESS, ENOUGH, "Asks for their own data in another language")
    return _with_inbox(reading, scores)


def _with_inbox(reading: _Reading, scores: Scores) -> Scores:
    """One point more for what the mailbox is for, where the words already lean that way."""
    found = [inbox_for(each) for each in recipients_of_mail(reading.mail)]
    purposes = {each.purpose for each in found if each}
    if Purpose.SAR in purposes and scores.total(Right.ACCESS) >= _DOUBT:
        scores = scores.plus(Right.ACCESS, 1, "Sent to the mailbox for access requests")
    if Purpose.COMPLAINT in purposes and scores.total(Right.COMPLAINT) >= _DOUBT:
        scores = scores.plus(Right.COMPLAINT, 1, "Sent to the mailbox for complaints")
    return scores


def _kinds(reading: _Reading, scores: Scores) -> tuple[str, ...]:
    found = [each for each in _ORDER if scores.total(each) >= ENOUGH]
    if EDUCATIONAL in found:
        found = _with_school_record(reading, scores, found)
    return tuple(str(each) for each in found)


def _with_school_record(reading: _Reading, scores: Scores, found: list[str]) -> list[str]:
    """A parent's right to the school record, beside access only where the words are also that."""
    others = [each for each in found if each != EDUCATIONAL]
    is_parent = Need.CHILD in needs_in(reading.text) or "pupil" in reading.text
    if not is_parent:
        return others if Right.ACCESS in others else [Right.ACCESS, *others]
    is_access_too = scores.has(Right.ACCESS, "name", "law") or scores.asks_beyond_school
    if is_access_too and Right.ACCESS in others:
        return [*others, EDUCATIONAL]
    return [EDUCATIONAL, *(each for each in others if each != Right.ACCESS)]


def _needs(reading: _Reading, scores: Scores, kinds: tuple[str, ...]) -> tuple[Need, ...]:
    text = reading.text
    found = list(needs_in(text)) if kinds else []
    foi = context.names_freedom_of_information(text)
    checks = (
        (Need.CHILD_AT_RISK, is_child_at_risk(text)),
        (Need.EXISTING_CASE, scores.is_history),
        (Need.COMPLAINT_ALSO, Right.COMPLAINT in kinds[1:]),
        (Need.SERVICE_COMPLAINT, Right.COMPLAINT not in kinds and context.complains(text)),
        (Need.FREEDOM_OF_INFORMATION, foi and not kinds),
        (Need.EARLIER_RECEIPT, bool(kinds) and _came_through_staff(reading)),
        (Need.SCHOOL, EDUCATIONAL in kinds),
        (Need.DIRECT_MARKETING, Right.OBJECTION in kinds and scores.is_marketing),
        (Need.REGIME, bool(kinds) and "SVC-06" in reading.services),
        (Need.TRANSLATION, bool(_FOREIGN.search(text))),
        (Need.READ_ATTACHMENT, _may_be_attached(reading, kinds)),
        (Need.PERSON_TO_READ, _leaves_doubt(scores, kinds)),
    )
    found += [need for need, applies in checks if applies]
    return tuple(dict.fromkeys(found))


def _came_through_staff(reading: _Reading) -> bool:
    return context.is_from_staff(reading.mail) and (
        is_forward(reading.mail.subject, reading.mail.body) or context.is_relayed(reading.text)
    )


def _may_be_attached(reading: _Reading, kinds: tuple[str, ...]) -> bool:
    return bool(reading.mail.attachments) and not kinds and len(reading.text.split()) < 60


def _leaves_doubt(scores: Scores, kinds: tuple[str, ...]) -> bool:
    if kinds:
        return all(scores.strongest(kind) < ENOUGH for kind in kinds)
    return scores.best >= _DOUBT or scores.is_history


def _reasons(reading: _Reading, scores: Scores, kinds: tuple[str, ...]) -> tuple[str, ...]:
    if kinds:
        return tuple(dict.fromkeys(line for kind in kinds for line in scores.reasons(kind)))
    if scores.is_history:
        return ("This speaks of a request made earlier and asks for nothing new.",)
    if context.names_freedom_of_information(reading.text):
        return ("This asks for public information, not for anybody's own data.",)
    if context.complains(reading.text):
        return ("This complains about a service, not about how data is used.",)
    return ("Nothing in it asks to use a right over personal data.",)


def _result(
    reading: _Reading, kinds: tuple[str, ...], why: tuple[str, ...], needs: tuple[Need, ...]
) -> Triage:
    mail, text = reading.mail, reading.text
    councils = _councils(mail, text)
    other = other_authority_named(text)
    place_needs = _place_needs(councils, councils_named(text), other) if kinds else ()
    slugs = [each.slug for each in map(inbox_for, recipients_of_mail(mail)) if each]
    return Triage(
        council=councils[0] if councils else None,
        councils=councils,
        kind=kinds[0] if kinds else NOT_A_REQUEST,
        kinds=kinds,
        is_rights_request=bool(kinds),
        why=why,
        service_ids=_services(reading, councils, other) if kinds else (),
        needs=tuple(dict.fromkeys((*needs, *place_needs))),
        inbox_slug=slugs[0] if slugs else "",
    )


def _councils(mail: MailFacts, text: str) -> tuple[Council, ...]:
    """Where the mail went decides; the words only where no address says."""
    addressed = councils_addressed(mail)
    served = tuple(each for each in addressed if each.is_served)
    if served or addressed:
        return served or addressed
    named = councils_named(text)
    return named if len(named) == 1 else ()


def _place_needs(
    councils: tuple[Council, ...], named: tuple[Council, ...], other: str
) -> tuple[Need, ...]:
    needs = []
    ours = [each for each in councils if each.is_served]
    if not councils or (len(ours) == 1 and named and ours[0] not in named):
        needs.append(Need.WHICH_BOROUGH)
    if len(ours) > 1:
        needs.append(Need.TWO_COUNCILS)
    if other or (councils and not ours):
        needs.append(Need.OTHER_AUTHORITY)
    return tuple(needs)


def _services(reading: _Reading, councils: tuple[Council, ...], other: str) -> tuple[str, ...]:
    if other == "islington" or councils == (Council.ISLINGTON,):
        return ("SVC-90",)
    return reading.services or services_of_inboxes(reading.mail) or ("SVC-01",)
