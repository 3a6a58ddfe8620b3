"""What a demonstration leaves out: the words of a plan, or what the engine suggests."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sar.documents.find import suggest_all
from sar.documents.phrases import find_phrase, words_between
from sar.domain.facts import FactKind
from sar.domain.health_data import looks_like_health
from sar.domain.people import Decision
from sar.domain.redaction import Rect
from sar.models.case import Case
from sar.models.record import Record
from sar.services import circumstances, facts, pages, people, redactions
from sar.services.actor import Actor
from sar.services.facts import NewFact
from sar.services.redactions import Reason


@dataclass(frozen=True)
class DemoMark:
    """Areas of one page, or the whole of it, and the code."""

    page_id: uuid.UUID
    rects: tuple[Rect, ...]
    code: str

    def make(self, actor: Actor) -> None:
        """Marks it, as an officer would."""
        if self.rects:
            redactions.mark_areas(self.page_id, self.rects, Reason(self.code), actor)
        else:
            redactions.withhold_page(self.page_id, Reason(self.code), actor)


def planned_marks(
    case: Case, plan: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[list[DemoMark], list[str]]:
    """The marks of a plan made of words, and the words no page of the named record has."""
    marks, missed = [], []
    by_name: dict[str, list[Record]] = {}
    for record in pages.in_scope(case):
        by_name.setdefault(record.name, []).append(record)
    for wanted in plan["redactions"]:
        found = [
            DemoMark(page.id, rects, wanted["code"])
            for record in by_name.get(wanted["record"], ())
            for page in record.pages
            for rects in find_phrase(pages.layout_of(page), wanted["text"])
        ]
        marks += found
        if not found:
            missed.append(f"{wanted['record']}: {wanted['text']}")
    for wanted in plan.get("withheld_pages", ()):
        for record in by_name.get(wanted["record"], ()):
            page = pages.page_numbered(record, wanted["page"])
            marks.append(DemoMark(page.id, (), wanted["code"]))
    return marks, missed


def answer_for(case: Case, actor: Actor) -> None:
    """Writes down what the law wants beside the marks: on health records, and on privilege."""
    for record in pages.in_scope(case):
        if looks_like_health(record.title or record.name):
            circumstances.judge_health(
                record.id, is_health=True, known="The person was given a copy.", actor=actor
            )
    privileged = [each for each in redactions.of_case(case) if each.code == "LPP19"]
    for record_id in dict.fromkeys(each.page.record_id for each in privileged):
        answers = {**_ADVICE, **dict.fromkeys(_DAYS, actor.today.isoformat())}
        new = NewFact(FactKind.PRIVILEGE, answers, code="LPP19", about=f"record:{record_id}")
        facts.write(case.id, new, actor)


_DAYS = ("confirmed_on", "decided_on")
_ADVICE = {
    "type": "advice",
    "whose": "the council",
    "waived": "no",
    "legal": "a solicitor in legal services",
    "decided_by": "the officer of the case",
}


def suggested_marks(case: Case) -> list[DemoMark]:
    """What the engine would redact or have looked at, knowing only whose request it is."""
    opened = [(page, pages.layout_of(page)) for page in pages.pages_in_scope(case)]
    found = suggest_all([layout.text for _, layout in opened], people.register_of(case))
    marks = []
    for (page, layout), suggested in zip(opened, found, strict=True):
        for each in suggested:
            rects = words_between(layout, each.start, each.end)
            if each.decision is not Decision.KEEP and rects:
                marks.append(DemoMark(page.id, rects, "TP16"))
    return marks
