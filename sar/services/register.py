"""The service register as a council has it: shipped rows, its own edits over them, its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sar.domain.dates import date_words
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.domain.register import SERVICES
from sar.domain.register_edits import (
    RegisterEdit,
    blank_entry,
    check_new_name,
    edited_register,
    is_shipped,
    next_service_id,
)
from sar.domain.register_fields import FIELD_RULES, RegisterField, field_text, put_field
from sar.domain.service_entry import Basis, Council, ServiceEntry, ServiceRegime
from sar.domain.teams import TEAMS
from sar.extensions import db
from sar.models.controller import Controller
from sar.models.register import RegisterEditRow
from sar.services import audit
from sar.services.actor import Actor
from sar.services.councils import council_named
from sar.services.errors import NotFoundError, RefusedError


@dataclass(frozen=True)
class FieldState:
    """One field of a service: what stands, what was shipped, and whether they differ."""

    field: RegisterField
    label: str
    hint: str
    text: str
    shipped: str | None
    shown: str

    @property
    def is_changed(self) -> bool:
        """Whether the council has put something else in the place of what was shipped."""
        return self.shipped is not None and self.text != self.shipped


def register_of(council_code: str) -> tuple[ServiceEntry, ...]:
    """Every row of the register as this council has it, in order of number."""
    rows = db.session.scalars(
        select(RegisterEditRow)
        .join(Controller, Controller.id == RegisterEditRow.controller_id)
        .where(Controller.code == council_code)
        .order_by(RegisterEditRow.created_at, RegisterEditRow.id)
    ).unique()
    edits = [RegisterEdit(row.service_id, row.field, row.text) for row in rows]
    return edited_register(Council(council_code), edits)


def services_of(council_code: str) -> tuple[ServiceEntry, ...]:
    """The services a case of this council may concern, as it has them.

    Rows of other authorities are among them: a case that names one tells where to send the person.
    """
    council = Council(council_code)
    return tuple(
        each
        for each in register_of(council_code)
        if council in each.councils or each.regime is ServiceRegime.OTHER_AUTHORITY
    )


def services_named(service_ids: Sequence[str], council_code: str) -> tuple[ServiceEntry, ...]:
    """The rows with these ids, as this council has them, in the order asked for.

    Raises:
        RefusedError: the council's register has no such service.
    """
    known = {each.id: each for each in register_of(council_code)}
    missing = [each for each in service_ids if each not in known]
    if missing:
        raise RefusedError(f"The register has no service {', '.join(missing)}.")
    return tuple(known[each] for each in dict.fromkeys(service_ids))


def service_for(
    council_code: str, service_id: str, actor: Actor, permission: Permission
) -> ServiceEntry:
    """One row, when the actor has this permission for the council.

    Raises:
        NotFoundError: there is no such service or council, or it is another council's.
    """
    _own_council(council_code, actor, permission)
    found = next((each for each in register_of(council_code) if each.id == service_id), None)
    if found is None:
        raise NotFoundError("There is no such service in the register.")
    return found


def fields_of(entry: ServiceEntry) -> tuple[FieldState, ...]:
    """Every field of a row that can be changed, with what was shipped."""
    shipped = next((each for each in SERVICES if each.id == entry.id), None)
    return tuple(
        FieldState(
            field,
            rule.label,
            rule.hint,
            field_text(entry, field),
            field_text(shipped, field) if shipped else None,
            _shown(entry, field),
        )
        for field, rule in FIELD_RULES.items()
    )


def field_of(entry: ServiceEntry, field: RegisterField) -> FieldState:
    """One field of a row that can be changed."""
    return next(each for each in fields_of(entry) if each.field is field)


def may_change(council_code: str, actor: Actor) -> bool:
    """Whether the actor may change this council's register."""
    return actor.may(Permission.REGISTER_CHANGE, council_named(council_code).id)


def history_of(council_code: str, service_id: str, actor: Actor) -> Sequence[RegisterEditRow]:
    """Every change a council made to a service, newest first."""
    controller = _own_council(council_code, actor, Permission.REGISTER_READ)
    return (
        db.session.scalars(
            select(RegisterEditRow)
            .where(
                RegisterEditRow.controller_id == controller.id,
                RegisterEditRow.service_id == service_id,
            )
            .order_by(RegisterEditRow.created_at.desc(), RegisterEditRow.id.desc())
        )
        .unique()
        .all()
    )


def change_field(
    council_code: str, edit: RegisterEdit, reason: str, actor: Actor
) -> RegisterEditRow:
    """Puts a council's text in a field, or with no text what was shipped.

    Raises:
        RefusedError: nothing would change, the team is unknown, or no reason is given.
        DomainError: the text cannot stand in this field.
    """
    entry = service_for(council_code, edit.service_id, actor, Permission.REGISTER_CHANGE)
    if not reason.strip():
        raise RefusedError("Say why it is changed.")
    text = _checked(entry, edit)
    controller = council_named(council_code)
    return _add(controller, RegisterEdit(edit.service_id, edit.field, text), reason, actor)


def add_service(council_code: str, name: str, reason: str, actor: Actor) -> ServiceEntry:
    """Adds a service to a council's register, with the next free number and only its name.

    Raises:
        DomainError: the name is empty or taken.
        RefusedError: no reason is given.
    """
    controller = _own_council(council_code, actor, Permission.REGISTER_CHANGE)
    if not reason.strip():
        raise RefusedError("Say why it is added.")
    wanted = check_new_name(name, register_of(council_code))
    taken = db.session.scalars(select(RegisterEditRow.service_id).distinct())
    service_id = next_service_id(taken)
    _add(controller, RegisterEdit(service_id, RegisterField.NAME, wanted), reason, actor)
    return put_field(blank_entry(service_id, Council(council_code)), RegisterField.NAME, wanted)


def _shown(entry: ServiceEntry, field: RegisterField) -> str:
    """The field as people read it, where that is not what its form holds."""
    match field:
        case RegisterField.RETENTION_TRIGGER:
            return entry.retention_trigger.label
        case RegisterField.TEAM:
            return next((each.name for each in TEAMS if each.slug == entry.team), "")
        case RegisterField.BASES:
            return "\n".join(map(_basis_words, entry.bases))
        case _:
            return field_text(entry, field)


def _basis_words(basis: Basis) -> str:
    points = "; ".join(each.label for each in basis.points)
    began = f" From {date_words(basis.since)}." if basis.since else ""
    note = f" {basis.note}" if basis.note else ""
    return f"{points}. The notice says: {basis.stated}.{began}{note}"


def _checked(entry: ServiceEntry, edit: RegisterEdit) -> str | None:
    """The text as the field writes it: an address in its one form, a list without empty lines."""
    before = field_text(entry, edit.field)
    if edit.text is None:
        if not is_shipped(entry.id):
            raise RefusedError("This service is the council's own: nothing was shipped for it.")
        shipped = next(each for each in SERVICES if each.id == entry.id)
        if field_text(shipped, edit.field) == before:
            raise RefusedError("It is as it was shipped already.")
        return None
    after = field_text(put_field(entry, edit.field, edit.text), edit.field)
    if after == before:
        raise RefusedError("Nothing was changed.")
    return after


def _add(controller: Controller, edit: RegisterEdit, reason: str, actor: Actor) -> RegisterEditRow:
    row = RegisterEditRow(
        created_at=actor.now,
        controller_id=controller.id,
        service_id=edit.service_id,
        field=edit.field,
        text=edit.text,
        reason=reason.strip(),
        author_id=actor.staff_id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        EventName.REGISTER_CHANGED,
        actor,
        row,
        controller_id=controller.id,
        service=edit.service_id,
        field=edit.field.value,
    )
    return row


def _own_council(code: str, actor: Actor, permission: Permission) -> Controller:
    controller = council_named(code)
    if not actor.may(permission, controller.id):
        raise NotFoundError("There is no such page, or it is not yours to see.")
    return controller
