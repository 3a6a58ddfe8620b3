"""Faults the rules themselves can find. Each message is a sentence a person can act on."""


class DomainError(Exception):
    """A rule refused; the message is what the officer, team member or requester reads."""


class PlanError(DomainError):
    """A redaction plan cannot be used: it is malformed, or names a place that is not on a page."""


class TransitionError(DomainError):
    """A case was asked to make a move its lifecycle does not allow."""


class ClockError(DomainError):
    """A clock event cannot be recorded: wrong right, wrong order, or an impossible date."""


class ExemptionError(DomainError):
    """An exemption code is unknown, not open to the councils, or lacks what it needs."""
