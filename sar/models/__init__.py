"""Every table, so that importing the package makes the whole schema known."""

from sar.models import (
    audit,
    case,
    clock,
    consultation,
    controller,
    disclosure,
    job,
    key,
    message,
    record,
    redaction,
    register,
    search,
    service_answer,
    submission,
    user,
)

__all__ = [
    "audit",
    "case",
    "clock",
    "consultation",
    "controller",
    "disclosure",
    "job",
    "key",
    "message",
    "record",
    "redaction",
    "register",
    "search",
    "service_answer",
    "submission",
    "user",
]
