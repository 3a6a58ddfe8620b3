"""Release to the requester: an unguessable link, a second factor, a file; each step audited."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from sar.adapters.doors import doors
from sar.documents.variants import Variant
from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove
from sar.domain.permissions import Permission
from sar.extensions import db
from sar.models.case import Case
from sar.models.disclosure import (
    BundleFile,
    BundleStatus,
    Disclosure,
    DisclosureCode,
)
from sar.services import audit, bundles, correspondence, reviews, safeguards, stages
from sar.services.access import load
from sar.services.actor import Actor
from sar.services.cases import requester_of
from sar.services.errors import NotFoundError, RefusedError

LINK_DAYS = 28
CODE_MINUTES = 10
CODE_ATTEMPTS = 5
CODES_AN_HOUR = 5
DIGITS = 6
ENDED = "This link has ended. Ask us for a new one: it takes us a minute."
WRONG_CODE = "That code is wrong, has been used, or is more than 10 minutes old."


@dataclass(frozen=True)
class Release:
    """What an officer confirms: the bundle, and the case's reference typed again."""

    bundle_id: uuid.UUID
    typed_reference: str


def release(case_id: uuid.UUID, confirmed: Release, actor: Actor) -> Disclosure:
    """Sends the requester a link to a verified bundle; their address comes from the case.

    Raises:
        RefusedError: the reference was mistyped, the bundle is not the verified one that was
            approved, or the case has no e-mail address to send to.
    """
    case = load(Case, case_id, actor, Permission.DISCLOSURE_RELEASE)
    if confirmed.typed_reference.strip().upper() != case.reference:
        raise RefusedError("Type the reference of this case to confirm.")
    bundle = bundles.latest(case)
    if (
        bundle is None
        or bundle.id != confirmed.bundle_id
        or bundle.status is not BundleStatus.VERIFIED
        or bundle.review_id != reviews.approved(case).id
    ):
        raise RefusedError("Only the newest bundle, verified and approved, can be released.")
    safeguards.check(case, actor.today)
    requester = requester_of(case)
    if requester is None or not requester.email:
        raise RefusedError("The case has no email address for the requester. Add it first.")
    stages.move(case, CaseMove.RELEASE)
    token = secrets.token_urlsafe(32)
    disclosure = Disclosure(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        bundle_id=bundle.id,
        token_hash=_hash(token),
        recipient=requester.email,
        recipient_phone=requester.phone,
        recipient_name=requester.full_name,
        released_by_id=actor.staff_id,
        expires_at=actor.now + timedelta(days=LINK_DAYS),
    )
    db.session.add(disclosure)
    _record(EventName.DISCLOSURE_RELEASED, disclosure, actor, bundle=str(bundle.id))
    _write_link(disclosure, token, actor)
    return disclosure


def revoke(disclosure_id: uuid.UUID, actor: Actor) -> Disclosure:
    """Ends a link at once, also for somebody who is downloading."""
    disclosure = load(Disclosure, disclosure_id, actor, Permission.DISCLOSURE_REVOKE)
    if disclosure.revoked_at is not None:
        raise RefusedError("This link has been ended already.")
    disclosure.revoked_at = actor.now
    _record(EventName.DISCLOSURE_REVOKED, disclosure, actor)
    return disclosure


def of_case(case: Case) -> Sequence[Disclosure]:
    """The releases of a case, the newest first."""
    return db.session.scalars(
        select(Disclosure)
        .where(Disclosure.case_id == case.id)
        .order_by(Disclosure.created_at.desc(), Disclosure.id)
    ).all()


def find(token: str, now: datetime) -> Disclosure:
    """The release a link leads to.

    Raises:
        NotFoundError: no link was ever like this.
        RefusedError: it has expired or been ended.
    """
    disclosure = db.session.scalar(select(Disclosure).where(Disclosure.token_hash == _hash(token)))
    if disclosure is None:
        raise NotFoundError("There is no such link.")
    if disclosure.revoked_at is not None or disclosure.expires_at <= now:
        raise RefusedError(ENDED)
    return disclosure


def send_code(token: str, now: datetime) -> str:
    """Sends a fresh code, by text where a phone is known, and says to where, mostly hidden.

    Raises:
        RefusedError: too many codes were asked for in the last hour.
    """
    disclosure = find(token, now)
    recent = select(func.count()).where(
        DisclosureCode.disclosure_id == disclosure.id,
        DisclosureCode.created_at > now - timedelta(hours=1),
    )
    if (db.session.scalar(recent) or 0) >= CODES_AN_HOUR:
        raise RefusedError("You have asked for too many codes. Wait an hour, then try again.")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = DisclosureCode(
        id=uuid.uuid4(),
        created_at=now,
        controller_id=disclosure.controller_id,
        disclosure_id=disclosure.id,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
        code_hash="",
    )
    row.code_hash = _code_hash(row, code)
    db.session.add(row)
    _record(EventName.DISCLOSURE_CODE_SENT, disclosure, _requester(disclosure, now))
    correspondence.write(
        _code_letter(disclosure, code), disclosure.controller_id, disclosure.case_id
    )
    return where_codes_go(disclosure)


def where_codes_go(disclosure: Disclosure) -> str:
    """The phone or address codes go to, with most of it hidden."""
    if disclosure.recipient_phone:
        return f"the phone number that ends in {disclosure.recipient_phone.strip()[-3:]}"
    local, _, domain = disclosure.recipient.partition("@")
    return f"the email address {local[:1]}…@{domain}"


def use_code(token: str, typed: str, now: datetime) -> bool:
    """Whether the code is the newest one, unused and in time; it works only once.

    A wrong one is counted, and the code dies with the fifth.
    """
    disclosure = find(token, now)
    row = db.session.scalar(
        select(DisclosureCode)
        .where(DisclosureCode.disclosure_id == disclosure.id)
        .order_by(DisclosureCode.created_at.desc(), DisclosureCode.id)
        .limit(1)
    )
    actor = _requester(disclosure, now)
    digits = "".join(char for char in typed if char.isdigit())
    if row is None or not _is_good(row, digits, now):
        _record(EventName.DISCLOSURE_CODE_REFUSED, disclosure, actor)
        return False
    disclosure.opened_at = disclosure.opened_at or now
    _record(EventName.DISCLOSURE_OPENED, disclosure, actor)
    return True


def files_of(disclosure: Disclosure) -> list[BundleFile]:
    """What the requester can download: the volumes first, then the other forms of the same."""
    kinds = ["volume", *(variant.kind for variant in Variant)]
    files = [file for file in disclosure.bundle.files if file.kind in kinds]
    return sorted(files, key=lambda file: (kinds.index(file.kind), file.position))


def file_of(disclosure: Disclosure, file_id: uuid.UUID) -> BundleFile:
    """One of them.

    Raises:
        NotFoundError: it is not part of this release.
    """
    found = next((each for each in files_of(disclosure) if each.id == file_id), None)
    if found is None:
        raise NotFoundError("There is no such file in this release.")
    return found


def note_download(disclosure: Disclosure, file: BundleFile, now: datetime) -> None:
    """Counts a download that began."""
    disclosure.download_count += 1
    _record(
        EventName.DISCLOSURE_DOWNLOADED,
        disclosure,
        _requester(disclosure, now),
        file=str(file.id),
        sha256=file.sha256,
    )


def bundle_bytes(file: BundleFile, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The bytes of a released file."""
    return bundles.read_file(file, start, stop)


def _is_good(row: DisclosureCode, digits: str, now: datetime) -> bool:
    if row.used_at is not None or row.expires_at <= now or row.attempt_count >= CODE_ATTEMPTS:
        return False
    row.attempt_count += 1
    if not hmac.compare_digest(row.code_hash, _code_hash(row, digits)):
        return False
    # Two browsers may send the same code at once: only one of them takes it.
    taken = db.session.execute(
        update(DisclosureCode)
        .where(DisclosureCode.id == row.id, DisclosureCode.used_at.is_(None))
        .values(used_at=now)
        .returning(DisclosureCode.id)
    )
    return taken.scalar() is not None


def _write_link(disclosure: Disclosure, token: str, actor: Actor) -> None:
    body = (
        "You asked us for something, and our reply is ready.\n\n"
        "You can open it when it suits you. Nothing happens until you do.\n\n"
        f"{doors().base_url}/collect/{token}\n\n"
        "We will send you a code to make sure that it is you.\n"
        f"The link works until {date_words(Actor('', disclosure.expires_at).today)}.\n\n"
        "If you would like somebody with you when you read it, or want it on paper, tell us.\n"
    )
    correspondence.write(
        correspondence.Letter(
            disclosure.recipient, "Our reply to you is ready", body, correspondence.LINK
        ),
        disclosure.controller_id,
        disclosure.case_id,
    )


def _code_letter(disclosure: Disclosure, code: str) -> correspondence.Letter:
    body = (
        f"{code} is your code to open our reply.\n\n"
        f"It works once, for {CODE_MINUTES} minutes. Never tell it to anybody, not even to us.\n"
    )
    recipient = disclosure.recipient_phone or disclosure.recipient
    return correspondence.Letter(recipient, "Your code", body, correspondence.CODE)


def _requester(disclosure: Disclosure, now: datetime) -> Actor:
    return Actor(f"requester:{disclosure.id}", now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(row: DisclosureCode, code: str) -> str:
    """Slow on purpose: a code has only a million values."""
    salt = f"{row.disclosure_id}:{row.id}".encode()
    return hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()


def _record(name: EventName, disclosure: Disclosure, actor: Actor, **details: str) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        disclosure,
        controller_id=disclosure.controller_id,
        case_id=disclosure.case_id,
        **details,
    )
