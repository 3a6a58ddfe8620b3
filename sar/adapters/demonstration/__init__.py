"""The demonstration family: one invented request and the records it asks for."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def demonstration_folder() -> Traversable:
    """The folder that holds request.eml, records/, register.json and plan.json."""
    return files(__package__)
