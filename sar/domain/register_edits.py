"""What a council has put in the place of the shipped register, and services it has added.

The shipped rows never change. Each edit is one field of one service; the last one stands, and an
edit without text goes back to what was shipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sar.domain.errors import DomainError
from sar.domain.inboxes import DOMAIN_TYPOS, inbox
from sar.domain.register import SERVICES
from sar.domain.register_fields import RegisterField, put_field
from sar.domain.service_entry import (
    Basis,
    Council,
    LawfulBasis,
    RetentionTrigger,
    ServiceEntry,
    ServiceRegime,
)

FIRST_ADDED = 16
_ID = re.compile(r"SVC-(\d{2,4})")
_OTHERS_FROM = 90  # SVC-90 and above are other authorities


@dataclass(frozen=True)
class RegisterEdit:
    """One field of one service as a council has it; `text` None means: as shipped."""

    service_id: str
    field: RegisterField
    text: str | None


def edited_register(council: Council, edits: Iterable[RegisterEdit]) -> tuple[ServiceEntry, ...]:
    """The register as this council has it: shipped rows, its edits over them, services it added.

    `edits` run from the oldest to the newest. Law: UK GDPR Art 30(1).
    """
    last = {(each.service_id, each.field): each.text for each in edits}
    rows = {each.id: each for each in SERVICES}
    for service_id, field in last:
        if field is RegisterField.NAME and service_id not in rows:
            rows[service_id] = blank_entry(service_id, council)
    for (service_id, field), text in last.items():
        if text is not None and service_id in rows:
            rows[service_id] = put_field(rows[service_id], field, text)
    return tuple(sorted(rows.values(), key=lambda each: _number(each.id)))


def blank_entry(service_id: str, council: Council) -> ServiceEntry:
    """A service that a council adds, before anything is said of it. Law: UK GDPR Art 30(1)."""
    return ServiceEntry(
        id=service_id,
        name="New service",
        synonyms=(),
        councils=(council,),
        controller=council.label,
        bases=(Basis((LawfulBasis.UNSTATED,), "Not stated"),),
        regime=ServiceRegime.UK_GDPR,
        retention="Not stated.",
        retention_trigger=RetentionTrigger.NOT_STATED,
        sar_inbox=(),
        recipients=(),
        team="",
    )


def next_service_id(taken: Iterable[str]) -> str:
    """The next free number from SVC-16 on, past the block of other authorities when it is full.

    Law: none.
    """
    used = {_number(each) for each in (*taken, *(entry.id for entry in SERVICES))}
    number = FIRST_ADDED
    while number in used or _OTHERS_FROM <= number < 100:
        number += 1
    return f"SVC-{number:02}"


def is_shipped(service_id: str) -> bool:
    """Whether the row came with the programme. Law: none."""
    return any(each.id == service_id for each in SERVICES)


def requests_address(entry: ServiceEntry, council: Council) -> str:
    """Where people of this council write to ask for their data; empty where nothing is published.

    Law: UK GDPR Art 13(1)(a).
    """
    return entry.requests_address or _published(entry.sar_inbox, council)


def complaints_address(entry: ServiceEntry, council: Council) -> str:
    """Where people of this council complain about the use of their data. Law: DPA 2018 s.164A."""
    return entry.complaints_address or _published(entry.details.complaint_inbox, council)


def misprints_of(entry: ServiceEntry) -> tuple[str, ...]:
    """Addresses a notice misprints: received as the right mailbox, never written to.

    Law: UK GDPR Art 5(1)(f).
    """
    slugs = [slug for _, slug in (*entry.sar_inbox, *entry.details.complaint_inbox)]
    found = (address for slug in slugs for address in inbox(slug).never_send_to)
    return tuple(dict.fromkeys(found)) if _tells_of_misprint(entry) else ()


def check_new_name(name: str, register: Iterable[ServiceEntry]) -> str:
    """The name of a service that is to be added.

    Law: UK GDPR Art 30(1).

    Raises:
        DomainError: it is empty, or a service carries it already.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise DomainError("Enter the name of the service.")
    if any(each.name.casefold() == wanted.casefold() for each in register):
        raise DomainError(f"The register has a service called {wanted} already.")
    return wanted


def _published(inboxes: tuple[tuple[Council, str], ...], council: Council) -> str:
    return next((inbox(slug).address for owner, slug in inboxes if owner is council), "")


def _tells_of_misprint(entry: ServiceEntry) -> bool:
    return any(typo in fault for fault in entry.details.notice_faults for typo in DOMAIN_TYPOS)


def _number(service_id: str) -> int:
    found = _ID.fullmatch(service_id)
    if found is None:
        raise DomainError(f"{service_id} is not the number of a service.")
    return int(found[1])
