"""Everything the redaction workspace shows, read together."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sar.documents.layout import PageLayout
from sar.documents.page_terms import Sought
from sar.domain.events import EventName
from sar.domain.exemption import Exemption
from sar.domain.exemptions import usable_for_redaction
from sar.domain.fact_questions import form_for
from sar.domain.permissions import Permission
from sar.domain.redaction import Rect
from sar.domain.representation import is_by_representative
from sar.domain.searching import RecordScope
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.models.redaction import Redaction, Review
from sar.services import audit, due, finding, pages, people, records, redactions, reviews
from sar.services.access import load
from sar.services.actor import Actor


@dataclass(frozen=True)
class OpenPage:
    """A page as an officer works on it; place counts from 1 over the pages in scope, 0 outside."""

    case: Case
    due: due.Due
    record: Record
    page: Page
    layout: PageLayout
    hits: tuple[Rect, ...]
    marks: Sequence[Redaction]
    exemptions: tuple[Exemption, ...]
    before: Page | None
    after: Page | None
    place: int
    page_count: int
    seen_count: int

    @property
    def questions(self) -> dict[str, str]:
        """For each code on the page whose use is answered for, the kind of its questions."""
        forms = {mark.code: form_for(mark.code) for mark in self.marks}
        return {code: form.kind.value for code, form in forms.items() if form is not None}

    @property
    def is_withheld(self) -> bool:
        """Whether the whole page is left out."""
        return any(mark.kind == "page" for mark in self.marks)


@dataclass(frozen=True)
class PageRow:
    """One page of the overview."""

    page: Page
    mark_count: int
    is_withheld: bool


@dataclass(frozen=True)
class Overview:
    """The redaction of a case: its pages by record, the self-check, the last review."""

    case: Case
    due: due.Due
    rows: tuple[tuple[Record, tuple[PageRow, ...]], ...]
    check: reviews.SelfCheck
    review: Review | None
    next_unseen: Page | None


def open_page(page_id: uuid.UUID, actor: Actor, wanted: Sought | None = None) -> OpenPage:
    """The page with its words, marks and neighbours, and where on it stands what is sought.

    Raises:
        NotFoundError: there is no such page, or it is another council's.
    """
    page = pages.page_for(page_id, actor, Permission.RECORD_READ)
    case = records.case_of(page.record)
    standing, layout = pages.standing_of(case, page), pages.layout_of(page)
    return OpenPage(
        case=case,
        due=due.due_of(case, actor.today),
        record=page.record,
        page=page,
        layout=layout,
        hits=finding.rects_on(layout, wanted) if wanted else (),
        marks=redactions.on_page(page),
        exemptions=usable_for_redaction(
            case.right,
            records.regime_of(page.record),
            is_by_representative=is_by_representative(people.asking_of(case), actor.today),
        ),
        before=standing.before,
        after=standing.after,
        place=standing.place,
        page_count=standing.page_count,
        seen_count=standing.seen_count,
    )


def codes_for(case: Case) -> list[tuple[str, str]]:
    """The codes that can be used on this case's pages, with their words."""
    rows = usable_for_redaction(case.right, case.regime)
    return [(each.code, f"{each.code}: {each.label}") for each in rows]


def see_page(
    page_id: uuid.UUID, actor: Actor, look: pages.Look = pages.JUST_LOOKED
) -> uuid.UUID | None:
    """Notes that the page was looked at; the id of the page after it, or None at the end.

    Raises:
        RefusedError: looking is not enough: the page must be read or its hidden content decided.
    """
    page = load(Page, page_id, actor, Permission.REDACTION_MARK)
    case = records.case_of(page.record)
    is_withheld = any(mark.kind == "page" for mark in redactions.on_page(page))
    pages.mark_looked_at(page, look, is_withheld=is_withheld, actor=actor)
    audit.record(
        EventName.PAGE_SEEN,
        actor,
        page,
        controller_id=page.controller_id,
        case_id=case.id,
        is_read=page.needs_reading,
        keeps_hidden=page.hidden_kept_by_id is not None,
    )
    after = pages.standing_of(case, page).after
    return after.id if after else None


def overview(
    case_id: uuid.UUID, actor: Actor, permission: Permission = Permission.RECORD_READ
) -> Overview:
    """Every page in scope with what is marked on it, and what stands in the way of approval.

    It is shown to whoever has `permission` for the case's own council: somebody may submit for one
    council and approve for the other.
    """
    case = load(Case, case_id, actor, permission)
    standing = redactions.of_case(case)
    areas = Counter(mark.page_id for mark in standing if mark.kind == "area")
    withheld = {mark.page_id for mark in standing if mark.kind == "page"}
    rows = tuple(
        (
            record,
            tuple(
                PageRow(page, areas[page.id], page.id in withheld)
                for page in record.pages
                if page.standing_scope is RecordScope.IN
            ),
        )
        for record in pages.in_scope(case)
    )
    check = reviews.self_check(case, actor.today)
    return Overview(
        case=case,
        due=due.due_of(case, actor.today),
        rows=rows,
        check=check,
        review=reviews.current(case),
        next_unseen=next(iter(check.unseen), None),
    )
