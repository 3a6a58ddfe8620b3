"""Deciding what belongs in the disclosure: many records at a time, and pages of one record."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.domain.searching import RecordScope
from sar.services import cases, due, record_lists, records, scoping
from sar.services.scoping import Decision
from sar.web.access import actor, allow
from sar.web.fields import text_field
from sar.web.filters import plural
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes

WITH_RECORD = "with-record"

Key = TypeVar("Key", uuid.UUID, int)


class DecisionsForm(FlaskForm):
    """A decision for each row, in fields named for the row; one reason for all that have none."""

    reason = text_field("Reason for those without one of their own", limit=400)

    def typed(self, key: object, scope: str, reason: str) -> tuple[str, str]:
        """What is chosen and typed for a row: as it was sent, or as it stands."""
        return (
            request.form.get(f"scope-{key}", scope),
            request.form.get(f"reason-{key}", reason).strip(),
        )

    def decisions(self, rows: Iterable[tuple[Key, str, str]]) -> dict[Key, Decision]:
        """The decisions that were sent and differ from what stands, by row."""
        found: dict[Key, Decision] = {}
        for key, stood, reason in rows:
            scope, own = self.typed(key, stood, reason)
            if (scope, own) == (stood, reason) or scope not in {*RecordScope, WITH_RECORD}:
                continue
            is_left_out = scope not in {RecordScope.IN, WITH_RECORD}
            given = (own or self.reason.data or "") if is_left_out else ""
            found[key] = Decision(None if scope == WITH_RECORD else RecordScope(scope), given)
        return found


@officer.route("/officer/cases/<uuid:case_id>/records/triage", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def triage_records(case_id: uuid.UUID) -> ResponseReturnValue:
    """Decides about a list of records, one row each."""
    case = cases.case_for(case_id, actor(), Permission.REDACTION_MARK)
    place, number = request.args.get("place", ""), request.args.get("page", 1, type=int)
    listed = record_lists.listed(case, place, number)
    form = DecisionsForm()
    standing = [(row.record.id, row.record.scope, row.record.scope_reason) for row in listed.rows]
    changed = _save(form, standing, lambda given: scoping.decide_records(case_id, given, actor()))
    if changed is not None:
        flash(f"{plural(changed, 'record')} changed.", "done")
        return redirect(
            url_for("officer.triage_records", case_id=case_id, place=place, page=listed.page)
        )
    return render_form(
        "officer/triage_records.html",
        form,
        case=case,
        due=due.due_of(case, actor().today),
        listed=listed,
        choices_of=record_lists.choices_of,
    )


@officer.route("/officer/records/<uuid:record_id>/pages", methods=["GET", "POST"])
@allow(Permission.REDACTION_MARK)
@writes
def decide_pages(record_id: uuid.UUID) -> ResponseReturnValue:
    """Decides about single pages of a record."""
    record = records.record_for(record_id, actor(), Permission.REDACTION_MARK)
    form = DecisionsForm()
    standing = [
        (page.number, page.scope or WITH_RECORD, page.scope_reason) for page in record.pages
    ]
    changed = _save(form, standing, lambda given: scoping.decide_pages(record_id, given, actor()))
    if changed is not None:
        flash(f"{plural(changed, 'page')} changed.", "done")
        return redirect(url_for("officer.show_record", record_id=record_id))
    case = records.case_of(record)
    return render_form(
        "officer/decide_pages.html",
        form,
        record=record,
        case=case,
        due=due.due_of(case, actor().today),
        choices=record_lists.choices_of(record),
        with_record=WITH_RECORD,
    )


def _save(
    form: DecisionsForm,
    standing: Sequence[tuple[Key, str, str]],
    act: Callable[[Mapping[Key, Decision]], int],
) -> int | None:
    """How many rows changed, or None when nothing was sent or it was refused."""
    if not form.validate_on_submit():
        return None
    return attempt(form, lambda: act(form.decisions(standing)))
