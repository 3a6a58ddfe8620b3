"""The one place that imports the administrator's modules, so that their views are registered."""

from sar.web.admin import index, register
from sar.web.admin.blueprint import admin

__all__ = ["admin"]

MODULES = (index, register)
