"""All that must hold before a case is approved, built or released, and what an approver is told."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sar.domain import representation
from sar.domain.care import CARE_OFFERS, adoption_task, open_offers
from sar.domain.fact_questions import form_for, needs_rationale
from sar.domain.facts import FactKind
from sar.domain.health_data import health_obstacle, looks_like_health
from sar.domain.requesters import Capacity
from sar.models.case import Case
from sar.models.fact import CaseFact
from sar.models.record import Record
from sar.models.redaction import Redaction, RedactionKind
from sar.services import clock_facts, facts, messages, pages, people, redactions
from sar.services.coverage import THIRD_PARTY
from sar.services.errors import RefusedError


@dataclass(frozen=True)
class Safeguards:
    """Sentences: what stops the case, what an approver weighs, what stands at its head, what to do.

    `rationales` joins each code in use to the texts written for its marks.
    """

    obstacles: tuple[str, ...]
    risks: tuple[str, ...]
    banners: tuple[str, ...]
    tasks: tuple[str, ...]
    rationales: tuple[tuple[str, CaseFact], ...]


def of_case(case: Case, today: date) -> Safeguards:
    """What stands in the way of the case on that day, and what to think of."""
    prompt_age = clock_facts.facts().settings_of(case.controller_id).competence_prompt_age
    known = facts.of_case(case)
    marks = redactions.of_case(case)
    asking, proofs = people.asking_of(case), facts.proofs_of(known)
    return Safeguards(
        obstacles=(
            *representation.obstacles(asking, proofs, today, prompt_age),
            *_mark_obstacles(marks, known),
            *_health_obstacles(case, marks, known, today),
        ),
        risks=tuple(_risks(case, marks, known)),
        banners=representation.banners(proofs.orders, today),
        tasks=(
            *representation.prompts(asking, proofs, today, prompt_age),
            *_tasks(case, asking, known),
        ),
        rationales=tuple((each.code, each) for each in known if each.code),
    )


def check(case: Case, today: date) -> None:
    """Stops what is about to leave.

    Raises:
        RefusedError: with everything that stands in the way.
    """
    found = of_case(case, today).obstacles
    if found:
        raise RefusedError(" ".join(found))


def digest_of(case: Case) -> list[object]:
    """What an approval is bound to beside the plans: reasons, codes, health."""
    return [
        [
            [str(each.id), each.code, each.is_use_told, each.override_reason]
            for each in redactions.of_case(case)
        ],
        [str(each.id) for each in facts.of_case(case) if each.code],
        [[str(row.id), row.is_health, row.health_known] for row in pages.in_scope(case)],
    ]


def _mark_obstacles(marks: Sequence[Redaction], known: Sequence[CaseFact]) -> list[str]:
    found = []
    bare = sum(1 for each in marks if _hides_worker(each) and not each.override_reason)
    if bare:
        found.append(
            f"A worker who acted in role is left out under {THIRD_PARTY} ({_marks(bare)}). Take "
            "the mark back, or make it again with the reason."
        )
    missing = Counter(
        each.code
        for each in marks
        if needs_rationale(each.code) and facts.rationale_of(each, known) is None
    )
    for code, count in sorted(missing.items()):
        form = form_for(code)
        title = form.title.lower() if form else code
        found.append(
            f"No reasons are written down for {code} ({_marks(count)}). Answer the questions on "
            f"{title}."
        )
    return found


def _hides_worker(mark: Redaction) -> bool:
    return mark.covers_worker and mark.code == THIRD_PARTY


def _health_obstacles(
    case: Case, marks: Sequence[Redaction], known: Sequence[CaseFact], today: date
) -> list[str]:
    found = []
    by_record: dict[uuid.UUID, list[Redaction]] = {}
    for each in marks:
        by_record.setdefault(each.page.record_id, []).append(each)
    for record in pages.in_scope(case):
        own = by_record.get(record.id, [])
        codes = {each.code for each in own}
        title = record.title or record.name
        if record.is_health is None and looks_like_health(title):
            found.append(f"“{title}” looks like health information. Say if it is.")
        elif record.is_health or codes & {"HD5", "HD6"}:
            found.append(
                health_obstacle(
                    title,
                    facts.opinion_for(record, known),
                    today,
                    codes,
                    is_known=bool(record.health_known),
                    is_kept_back=_is_kept_back(record, own),
                )
            )
    return [each for each in found if each]


def _is_kept_back(record: Record, marks: Sequence[Redaction]) -> bool:
    whole = {each.page_id for each in marks if each.kind is RedactionKind.PAGE}
    return bool(record.pages) and all(page.id in whole for page in record.pages)


def _risks(case: Case, marks: Sequence[Redaction], known: Sequence[CaseFact]) -> list[str]:
    overridden = sum(1 for each in marks if _hides_worker(each) and each.override_reason)
    hidden = sum(1 for each in marks if not each.is_use_told)
    unweighed = sum(
        1 for each in marks if each.code == THIRD_PARTY and facts.rationale_of(each, known) is None
    )
    asked = [each.answers for each in known if each.kind is FactKind.COMPETENCE]
    found = [
        (
            overridden,
            f"A worker who acted in role is left out for a reason ({_marks(overridden)}).",
        ),
        (hidden, f"The requester is not told the code ({_marks(hidden)})."),
        (unweighed, f"No weighing is written down for {THIRD_PARTY} ({_marks(unweighed)})."),
        (
            any(each["agrees"] == "objects" for each in asked[-1:]),
            "The child does not want this answered to the person who asks.",
        ),
        *((True, blanket) for blanket in _blankets(case, marks)),
    ]
    return [sentence for is_so, sentence in found if is_so]


def _blankets(case: Case, marks: Sequence[Redaction]) -> list[str]:
    whole = Counter(each.code for each in marks if each.kind is RedactionKind.PAGE)
    page_count = len(list(pages.pages_in_scope(case))) if whole else 0
    return [
        f"Every page is left out under {code}. An exemption is never used as a blanket."
        for code, count in whole.items()
        if count == page_count > 1
    ]


def _tasks(case: Case, asking: representation.Asking, known: Sequence[CaseFact]) -> list[str]:
    found = []
    if asking.capacity is Capacity.PARENT and not messages.related_cases(case):
        found.append(
            f"Does {asking.asker_name} also ask for their own information? That is a case of its "
            "own: open a second one in their name."
        )
    if case.has_adoption_records:
        found.append(adoption_task())
    if case.is_care_experienced:
        made = [each.answers for each in known if each.kind is FactKind.CARE_OFFER]
        outcomes = {each["offer"]: each["outcome"] for each in made}
        found += [CARE_OFFERS[each] for each in open_offers(outcomes)]
    return found


def _marks(count: int) -> str:
    return "1 mark" if count == 1 else f"{count:,} marks"
