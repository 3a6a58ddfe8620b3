"""The one place that imports the requester's modules, so that their views register themselves."""

from sar.web.requester import collect
from sar.web.requester.blueprint import requester

__all__ = ["requester"]

MODULES = (collect,)
