"""One seeded desk for all guards; each module works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.house import Desk
from tests.guards.seeding import Seeded, seed
from tests.integration.conftest import (  # noqa: F401  # fixtures, found by their names
    actor_of,
    app,
    case_id,
    client_of,
    desk,
    furnished,
    officer,
    open_case,
    post,
)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    """The folder of the seeded desk, and what is in it."""
    folder = tmp_path_factory.mktemp("seeded")
    return folder, seed(folder)


@pytest.fixture(scope="module")
def house(seeded: tuple[Path, Seeded], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A module's own copy of the seeded desk."""
    folder, made = seeded
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    opened = Desk(copy, made)
    yield opened
    opened.close()


@pytest.fixture
def restored(house: Desk) -> Iterator[Desk]:
    """The module's desk, put back as it was seeded after the test."""
    yield house
    house.restore()
