"""Refusals of the use cases; each message is a sentence the person reads."""


class ServiceError(Exception):
    """A use case refused."""


class NotFoundError(ServiceError):
    """No such row, or not one the person may know of."""


class RefusedError(ServiceError):
    """The person may know of it, but may not do this to it now."""


class ConflictError(ServiceError):
    """Somebody else changed it first."""
