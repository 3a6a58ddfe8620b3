"""The one place that imports the administrator's modules, so that their views are registered."""

from sar.web.admin import clock_settings, holidays, index, letter_texts, register, schools
from sar.web.admin.blueprint import admin

__all__ = ["admin"]

MODULES = (clock_settings, holidays, index, letter_texts, register, schools)
