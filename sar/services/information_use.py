"""What goes with the copy of somebody's data: the points of Article 15(1), service by service."""

from __future__ import annotations

from collections.abc import Iterable

from sar.documents.letterhead import InformationUse
from sar.domain.register import recipients_of
from sar.domain.service_entry import ServiceEntry, ServiceRegime
from sar.models.case import Case
from sar.services import register

_NEUTRAL = InformationUse()


def use_of(case: Case) -> InformationUse:
    """How the services of a case use data, in the register's words; neutral where it is silent."""
    entries = [
        each
        for each in register.services_named(case.service_ids, case.controller.code)
        if each.regime is not ServiceRegime.OTHER_AUTHORITY
    ]
    return InformationUse(
        categories=_by_service((each, each.details.data) for each in entries)
        or _NEUTRAL.categories,
        recipients=_people(entries) or _NEUTRAL.recipients,
        retention=" ".join(f"{each.name}: {each.retention}" for each in entries)
        or _NEUTRAL.retention,
        source=_by_service((each, each.details.sources) for each in entries) or _NEUTRAL.source,
    )


def _by_service(told: Iterable[tuple[ServiceEntry, tuple[str, ...]]]) -> str:
    return " ".join(f"{entry.name}: {'; '.join(items)}." for entry, items in told if items)


def _people(entries: list[ServiceEntry]) -> str:
    names = "; ".join(each.name for each in recipients_of(entries))
    return f"Only people who need it for their work. They may be: {names}." if names else ""
