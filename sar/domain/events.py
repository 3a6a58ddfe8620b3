"""Names of audit events: `noun.past`, one per change.

Reading is not an event, except where a requester opens what they were sent (UK GDPR Art 5(2)).
"""

from enum import StrEnum


class EventName(StrEnum):
    """What happened, in the past tense."""

    BUNDLE_ORDERED = "bundle.ordered"
    BUNDLE_REFUSED = "bundle.refused"
    BUNDLE_VERIFIED = "bundle.verified"
    CASE_ASSIGNED = "case.assigned"
    CASE_CLOSED = "case.closed"
    CASE_NOTED = "case.noted"
    CASE_OPENED = "case.opened"
    CASE_PERSON_ADDED = "case.person-added"
    CASE_REOPENED = "case.reopened"
    CASE_SERVICES_CHOSEN = "case.services-chosen"
    CLOCK_CORRECTED = "clock.corrected"
    CLOCK_RECORDED = "clock.recorded"
    DISCLOSURE_CODE_REFUSED = "disclosure.code-refused"
    DISCLOSURE_CODE_SENT = "disclosure.code-sent"
    DISCLOSURE_DOWNLOADED = "disclosure.downloaded"
    DISCLOSURE_OPENED = "disclosure.opened"
    DISCLOSURE_RELEASED = "disclosure.released"
    DISCLOSURE_REVOKED = "disclosure.revoked"
    JOB_FAILED = "job.failed"
    MESSAGE_JOINED = "message.joined"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    MESSAGE_SET_ASIDE = "message.set-aside"
    RECORD_CONVERTED = "record.converted"
    RECORD_QUARANTINED = "record.quarantined"
    RECORD_RECEIVED = "record.received"
    RECORD_SCOPED = "record.scoped"
    REDACTION_MARKED = "redaction.marked"
    REDACTION_UNDONE = "redaction.undone"
    REVIEW_APPROVED = "review.approved"
    REVIEW_RETURNED = "review.returned"
    REVIEW_SUBMITTED = "review.submitted"
    SEARCH_RETURNED = "search.returned"
    SEARCH_SENT = "search.sent"
    STAFF_ADDED = "staff.added"
    STAFF_SIGNED_IN = "staff.signed-in"
    STAFF_SIGN_IN_REFUSED = "staff.sign-in-refused"
    STAFF_SIGNED_OUT = "staff.signed-out"
