"""Jobs on documents: minutes each, in the sandbox."""

from uuid import UUID

from sar.adapters.jobs import Report, Stages
from sar.services import bundles, conversion, likenesses


def convert_record(record_id: UUID, report: Report) -> Stages:
    """Makes the pages that officers see out of the file that came."""
    yield from conversion.convert_record(record_id, report)


def compare_records(case_id: UUID, report: Report) -> Stages:
    """Finds which records of a case say the same."""
    yield from likenesses.compare_records(case_id, report)


def build_bundle(bundle_id: UUID, report: Report) -> Stages:
    """Redacts, verifies and joins a disclosure bundle."""
    yield from bundles.build_bundle(bundle_id, report)
