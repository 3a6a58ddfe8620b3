from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from sar.adapters.doors import doors
from sar.adapters.files import FileStoreError
from sar.adapters.keys import CouncilKeyError
from sar.extensions import db
from sar.models.key import DataKey
from sar.services import keys
from sar.services.errors import NotFoundError

Desk = Callable[[], AbstractContextManager[None]]
WORDS = b"The child lives at 4 Canary Road."


def test_a_key_made_for_a_case_opens_its_files(desk: Desk) -> None:
    with desk():
        row = keys.create_data_key("RBKC")
        kept = doors().files.put(keys.open_data_key(row.id), WORDS)
        assert doors().files.read(keys.open_data_key(row.id), kept.object_key) == WORDS


def test_every_case_has_a_key_of_its_own(desk: Desk) -> None:
    with desk():
        one, two = keys.create_data_key("WCC"), keys.create_data_key("WCC")
        assert keys.open_data_key(one.id).secret != keys.open_data_key(two.id).secret
        kept = doors().files.put(keys.open_data_key(one.id), WORDS)
        with pytest.raises(FileStoreError):
            doors().files.read(keys.open_data_key(two.id), kept.object_key)


def test_the_row_alone_tells_nothing_of_the_key(desk: Desk) -> None:
    with desk():
        row = keys.create_data_key("RBKC")
        secret = keys.open_data_key(row.id).secret
        assert row.wrapped is not None
        assert secret not in row.wrapped
        assert secret.hex() not in repr(keys.open_data_key(row.id))


def test_a_key_moved_to_the_other_council_does_not_open(desk: Desk) -> None:
    with desk():
        row = keys.create_data_key("RBKC")
        row.controller_code = "WCC"
        with pytest.raises(CouncilKeyError):
            keys.open_data_key(row.id)


def test_wrapped_keys_cannot_be_swapped_between_cases(desk: Desk) -> None:
    with desk():
        one, two = keys.create_data_key("RBKC"), keys.create_data_key("RBKC")
        one.wrapped, two.wrapped = two.wrapped, one.wrapped
        with pytest.raises(CouncilKeyError):
            keys.open_data_key(one.id)


def test_after_two_rotations_everything_can_still_be_read(desk: Desk) -> None:
    with desk():
        rows = [keys.create_data_key("RBKC") for _ in range(3)]
        other = keys.create_data_key("WCC")
        kept = [doors().files.put(keys.open_data_key(row.id), WORDS) for row in rows]
        theirs = other.wrapped
        for _ in range(2):
            doors().keys.rotate("RBKC")
            assert keys.rewrap_data_keys("RBKC") >= 3
            assert keys.rewrap_data_keys("RBKC") == 0
        assert {row.kek_id for row in rows} == {doors().keys.current("RBKC")}
        for row, file in zip(rows, kept, strict=True):
            assert doors().files.read(keys.open_data_key(row.id), file.object_key) == WORDS
        assert other.wrapped == theirs


def test_a_destroyed_key_destroys_its_files_and_no_others(desk: Desk) -> None:
    with desk():
        gone, stays = keys.create_data_key("WCC"), keys.create_data_key("WCC")
        kept = doors().files.put(keys.open_data_key(stays.id), WORDS)
        now = datetime.now(UTC)
        keys.destroy_data_key(gone.id, now)
        assert (gone.wrapped, gone.destroyed_at) == (None, now)
        with pytest.raises(NotFoundError, match="destroyed"):
            keys.open_data_key(gone.id)
        assert doors().files.read(keys.open_data_key(stays.id), kept.object_key) == WORDS


def test_a_key_nobody_made_is_not_found(desk: Desk) -> None:
    with desk(), pytest.raises(NotFoundError):
        keys.open_data_key(uuid4())


def test_disk_and_database_without_the_keys_folder_hold_no_word(desk: Desk, tmp_path: Path) -> None:
    with desk():
        row = keys.create_data_key("RBKC")
        doors().files.put(keys.open_data_key(row.id), WORDS * 50)
        row_id = row.id
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert len(held) > len(WORDS) * 50
    assert b"Canary" not in held
    for path in (tmp_path / "keys" / "rbkc").iterdir():
        path.unlink()
    with desk():
        assert db.session.get(DataKey, row_id) is not None
        with pytest.raises(CouncilKeyError, match="missing"):
            keys.open_data_key(row_id)
