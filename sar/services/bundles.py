"""Bundles: ordered once a second person has approved, built and proved by a worker."""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from sar.adapters.doors import doors
from sar.adapters.files import OpenKey, StoredFile
from sar.adapters.jobs import JobName, Report, Stage, Stages
from sar.documents.bundle import Built, build
from sar.documents.bundle_case import BundleCase, BundleDocument
from sar.documents.certificate import Issue
from sar.documents.certificate_pages import certificate_pages
from sar.documents.errors import DocumentError
from sar.documents.letterhead import LetterContext, Officer, SearchedPlace
from sar.documents.signature import Signer
from sar.documents.variants import Variant
from sar.domain.errors import DomainError
from sar.domain.events import EventName
from sar.domain.lifecycle import CaseMove, CaseStatus
from sar.domain.permissions import Permission
from sar.domain.persons import PersonPart
from sar.domain.redaction import Plan
from sar.domain.searching import SearchResult
from sar.domain.working_days import london_date
from sar.extensions import db
from sar.models.base import now_utc
from sar.models.case import Case
from sar.models.disclosure import BundleFile, BundleStatus, DisclosureBundle
from sar.models.record import Record
from sar.services import (
    audit,
    page_accounts,
    pages,
    people,
    redactions,
    reviews,
    safeguards,
    searches,
    stages,
)
from sar.services.access import load
from sar.services.actor import Actor, system
from sar.services.cases import requester_of
from sar.services.errors import NotFoundError, RefusedError
from sar.services.information_use import use_of
from sar.services.jobs import enqueue
from sar.services.keys import open_data_key

VOLUME_MB = 100
LARGE_PRINT_PAGES = 500  # a longer bundle in large type takes too long to make for everybody
NOT_BUILT = "The bundle could not be built. Nothing was released. Order it again."
CHANGED = "The case has changed since it was approved, so its bundle was not built."
_KINDS = (
    ("message/", "Email"),
    ("image/", "Picture"),
    ("application/pdf", "Document"),
    ("text/calendar", "Calendar entry"),
    ("sheet", "Spreadsheet"),
    ("excel", "Spreadsheet"),
    ("csv", "Spreadsheet"),
    ("presentation", "Slides"),
    ("powerpoint", "Slides"),
)


@dataclass(frozen=True)
class Source:
    """One record to be fetched for the bundle."""

    title: str
    record_id: uuid.UUID
    dated_on: date | None
    object_key: str
    plan: Plan


def order_bundle(case_id: uuid.UUID, actor: Actor) -> DisclosureBundle:
    """Owes a bundle of exactly what was approved.

    Raises:
        RefusedError: no approval stands for the case as it is, or one is being built already.
        DisclosureError: the pages of the records do not add up.
    """
    case = load(Case, case_id, actor, Permission.BUNDLE_BUILD)
    if case.status not in {CaseStatus.APPROVED, CaseStatus.READY}:
        raise RefusedError("A bundle can only be built once a second person has approved.")
    review = reviews.approved(case)
    safeguards.check(case, actor.today)
    last = latest(case)
    if last is not None and last.status is BundleStatus.BUILDING:
        raise RefusedError("A bundle is being built already.")
    page_accounts.pages_found(case).account()
    bundle = DisclosureBundle(
        created_at=actor.now,
        controller_id=case.controller_id,
        case_id=case.id,
        review_id=review.id,
        number=(last.number if last else 0) + 1,
        status=BundleStatus.BUILDING,
    )
    db.session.add(bundle)
    db.session.flush()
    _record(EventName.BUNDLE_ORDERED, bundle, actor, number=bundle.number)
    enqueue(JobName.BUILD_BUNDLE, bundle.id, controller_id=case.controller_id, case_id=case.id)
    return bundle


def bundle_for(bundle_id: uuid.UUID, actor: Actor) -> DisclosureBundle:
    """The bundle, when the actor may read bundles of its council."""
    return load(DisclosureBundle, bundle_id, actor, Permission.BUNDLE_READ)


def bundle_of(case: Case, bundle_id: uuid.UUID, actor: Actor) -> DisclosureBundle:
    """The bundle, when it is this case's.

    Raises:
        NotFoundError: it is another case's, or there is none.
    """
    bundle = bundle_for(bundle_id, actor)
    if bundle.case_id != case.id:
        raise NotFoundError("This case has no such bundle.")
    return bundle


def of_case(case: Case) -> Sequence[DisclosureBundle]:
    """Every bundle of a case, the newest first."""
    return db.session.scalars(
        select(DisclosureBundle)
        .where(DisclosureBundle.case_id == case.id)
        .order_by(DisclosureBundle.number.desc())
    ).all()


def latest(case: Case) -> DisclosureBundle | None:
    """The newest bundle of a case, or None."""
    return next(iter(of_case(case)), None)


def file_of(bundle: DisclosureBundle, file_id: uuid.UUID) -> BundleFile:
    """A file of a bundle.

    Raises:
        NotFoundError: the bundle has no such file.
    """
    found = next((each for each in bundle.files if each.id == file_id), None)
    if found is None:
        raise NotFoundError("There is no such file in this bundle.")
    return found


def read_file(file: BundleFile, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The plain bytes of a bundle's file, or of a range of it."""
    bundle = db.session.get(DisclosureBundle, file.bundle_id)
    assert bundle is not None
    key = open_data_key(bundle.case.data_key_id)
    return doors().files.stream(key, file.object_key, start, stop)


def build_bundle(bundle_id: uuid.UUID, report: Report) -> Stages:
    """Builds and proves an ordered bundle; any doubt leaves no bundle, and says why."""
    bundle = db.session.get(DisclosureBundle, bundle_id)
    if bundle is None or bundle.status is not BundleStatus.BUILDING:
        return
    case = bundle.case
    if not _is_still_approved(case, bundle):
        yield Stage.SAVE
        refuse_bundle(bundle_id, CHANGED)
        return
    try:
        whole, sources = _described(case, bundle), list(_sources(case))
    except DomainError as error:
        yield Stage.SAVE
        refuse_bundle(bundle_id, str(error))
        return
    key = open_data_key(case.data_key_id)
    signer = Signer(case.controller.code, doors().keys.signing_key(case.controller.code))
    issue = Issue(bundle.created_at, signer, _variants(case))
    yield Stage.WORK
    made, sentence = _made(whole, sources, key, issue, report)
    yield Stage.SAVE
    if made is None:
        refuse_bundle(bundle_id, sentence)
    else:
        _keep(bundle_id, *made)


def refuse_bundle(bundle_id: uuid.UUID, sentence: str) -> None:
    """Notes that there is no bundle, and why; what was approved stays approved."""
    bundle = db.session.get(DisclosureBundle, bundle_id)
    if bundle is None or bundle.status is not BundleStatus.BUILDING:
        return
    bundle.status, bundle.reason = BundleStatus.REFUSED, sentence or NOT_BUILT
    _record(EventName.BUNDLE_REFUSED, bundle, system(now_utc()), number=bundle.number)


Stored = tuple[str, str, str, int, StoredFile]


def _made(
    whole: BundleCase, sources: Sequence[Source], key: OpenKey, issue: Issue, report: Report
) -> tuple[tuple[Built, list[Stored]] | None, str]:
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        given, out = Path(folder) / "given", Path(folder) / "out"
        given.mkdir()
        try:
            documents = tuple(_fetched(each, n, given, key) for n, each in enumerate(sources, 1))
            case = replace(whole, documents=documents)
            built = build(case, out, progress=report, issue=issue)
            return (built, list(_store(built, key))), ""
        except (DocumentError, DomainError) as error:
            return None, str(error)


def _variants(case: Case) -> tuple[Variant, ...]:
    """Every bundle can be read as a web page; large print is made by itself up to a size."""
    count = sum(len(record.pages) for record in pages.in_scope(case))
    return tuple(Variant) if count <= LARGE_PRINT_PAGES else (Variant.WEB_PAGE,)


def _fetched(source: Source, number: int, folder: Path, key: OpenKey) -> BundleDocument:
    path = doors().files.fetch(key, source.object_key, folder / f"{number:05d}.pdf")
    return BundleDocument(
        title=source.title,
        dated_on=source.dated_on,
        source=path,
        is_prepared=True,
        plan=source.plan,
        note=str(source.record_id),
    )


def _store(built: Built, key: OpenKey) -> Iterator[Stored]:
    put = doors().files.put
    certificate = json.loads(built.certificate.read_text(encoding="utf-8"))
    counted = certificate["output"]
    for path, output in zip(built.volumes, counted, strict=True):
        yield "volume", path.name, "application/pdf", output["pages"], put(key, path)
    for path in built.variants:
        variant = Variant(path.name)
        yield variant.kind, path.name, variant.media_type, 0, put(key, path)
    yield "schedule", "schedule.csv", "text/csv", 0, put(key, built.schedule_csv)
    yield "certificate", "certificate.json", "application/json", 0, put(key, built.certificate)
    pages = put(key, certificate_pages(certificate))
    yield "certificate", "certificate.pdf", "application/pdf", 0, pages


def _keep(bundle_id: uuid.UUID, built: Built, stored: Sequence[Stored]) -> None:
    bundle = db.session.get(DisclosureBundle, bundle_id)
    assert bundle is not None
    if not _is_still_approved(bundle.case, bundle):
        refuse_bundle(bundle_id, CHANGED)
        return
    actor = system(now_utc())
    bundle.files = [
        BundleFile(
            controller_id=bundle.controller_id,
            position=position,
            kind=kind,
            name=name,
            media_type=media_type,
            byte_count=file.size,
            page_count=page_count,
            sha256=file.sha256,
            object_key=file.object_key,
        )
        for position, (kind, name, media_type, page_count, file) in enumerate(stored)
    ]
    bundle.status, bundle.verified_at = BundleStatus.VERIFIED, actor.now
    bundle.page_count = int(built.summary["pages"])
    bundle.summary = dict(built.summary)
    stages.move(bundle.case, CaseMove.FINISH_BUNDLE)
    _record(
        EventName.BUNDLE_VERIFIED,
        bundle,
        actor,
        number=bundle.number,
        pages=bundle.page_count,
        sha256=bundle.files[0].sha256,
    )


def _is_still_approved(case: Case, bundle: DisclosureBundle) -> bool:
    try:
        return reviews.approved(case).id == bundle.review_id
    except RefusedError:
        return False


def _described(case: Case, bundle: DisclosureBundle) -> BundleCase:
    review = reviews.approved(case)
    requester = requester_of(case)
    subject = next((each for each in case.people if each.part is PersonPart.DATA_SUBJECT), None)
    is_own = requester is None or subject is None or subject.full_name == requester.full_name
    officer = case.officer.name if case.officer else ""
    return BundleCase(
        reference=case.reference,
        council=case.controller.code,
        title=f"Your records, {case.reference}",
        documents=(),
        never=people.protected_details(case),
        volume_mb=VOLUME_MB,
        letter=LetterContext(
            requester_name=requester.full_name if requester else "",
            about="you" if is_own else "the person you asked about",
            dated_on=system(bundle.created_at).today,
            received_on=case.received_on,
            officer=Officer(name=officer, role="Information governance officer"),
            searched=tuple(_searched(case)),
            use=use_of(case),
        ),
        not_included=tuple(page_accounts.left_aside(case, _numbers(case))),
        rationales=tuple(
            {
                "code": code,
                "text": fact.text,
                "author": fact.author.name,
                "written_on": london_date(fact.created_at).isoformat(),
            }
            for code, fact in safeguards.of_case(case, system(bundle.created_at).today).rationales
        ),
        reviewers=tuple(
            each.name for each in (review.submitted_by, review.decided_by) if each is not None
        ),
    )


def _numbers(case: Case) -> dict[str, int]:
    """The number, from 1, under which the bundle's case knows each record."""
    return {str(record.id): at for at, record in enumerate(pages.in_scope(case), 1)}


def _sources(case: Case) -> Iterator[Source]:
    standing = redactions.of_case(case)
    for record in pages.in_scope(case):
        assert record.prepared_key is not None
        yield Source(
            title=public_title(record),
            record_id=record.id,
            dated_on=record.dated_on,
            object_key=record.prepared_key,
            plan=redactions.plan_of(record, standing),
        )


def public_title(record: Record) -> str:
    """What the requester reads a record is called: the officer's title, or only its kind.

    Never the file's own name, which may name somebody else.
    """
    if record.title:
        return record.title
    return next((words for sign, words in _KINDS if sign in record.media_type), "Document")


_RESULTS = {
    SearchResult.RECORDS: "We found records and they are part of this reply.",
    SearchResult.NOTHING_HELD: "We looked and found nothing about you.",
    SearchResult.HELD_ELSEWHERE: "The records are held by somebody else.",
}


def _searched(case: Case) -> Iterator[SearchedPlace]:
    for search in searches.of_case(case):
        if search.result is not None:
            sentence = _RESULTS[search.result]
            if search.result is SearchResult.HELD_ELSEWHERE:
                sentence = f"The records are held by {search.held_where}."
            yield SearchedPlace(search.team.name, sentence)


def _record(name: EventName, bundle: DisclosureBundle, actor: Actor, **details: str | int) -> None:
    db.session.flush()
    audit.record(
        name,
        actor,
        bundle,
        controller_id=bundle.controller_id,
        case_id=bundle.case_id,
        **details,
    )
