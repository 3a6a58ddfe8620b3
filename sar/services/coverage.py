"""Who is named under a mark: found from the words of the page, kept with the mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import select

from sar.documents.layout import PageLayout
from sar.domain.mentions import people_named
from sar.domain.redaction import Rect
from sar.extensions import db
from sar.models.case import Case, CasePerson
from sar.models.record import Page
from sar.models.redaction import Redaction
from sar.services import pages

THIRD_PARTY = "TP16"


def people_under(
    page: Page, people: Sequence[CasePerson], rects: Sequence[Rect]
) -> list[list[CasePerson]]:
    """For each of these parts of a page, the people of the case whose names stand in it."""
    layout = pages.layout_of(page)
    return [_named(layout, people, rect) for rect in rects]


def workers_of(people: Iterable[CasePerson]) -> list[CasePerson]:
    """Those whose names the law presumes given."""
    return [person for person in people if person.presumption]


def recheck(case: Case) -> None:
    """Looks again at every mark for another person, after somebody's entry changed."""
    standing = db.session.scalars(
        select(Redaction)
        .where(
            Redaction.case_id == case.id,
            Redaction.code == THIRD_PARTY,
            Redaction.undone_at.is_(None),
        )
        .order_by(Redaction.page_id)
    ).all()
    for _, marks in groupby(standing, key=lambda mark: mark.page_id):
        group = list(marks)
        layout = pages.layout_of(group[0].page)
        for mark in group:
            under = _named(layout, case.people, Rect(mark.x0, mark.y0, mark.x1, mark.y1))
            mark.covers_worker = bool(workers_of(under))


def _named(layout: PageLayout, people: Sequence[CasePerson], rect: Rect) -> list[CasePerson]:
    words = [word.text for word in layout.words if _is_under(word.rect, rect)]
    named = people_named(words, {person.id: person.names for person in people})
    return [person for person in people if person.id in named]


def _is_under(word: Rect, area: Rect) -> bool:
    """Whether the area reaches the middle line of a word; one that only brushes it does not."""
    middle = (word.y0 + word.y1) / 2
    return area.y0 <= middle <= area.y1 and word.x0 < area.x1 and area.x0 < word.x1
