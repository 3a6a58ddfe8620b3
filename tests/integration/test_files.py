import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from sar.adapters.files import CHUNK, HEADER, SEALED_CHUNK, FileStore, FileStoreError, OpenKey

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 9 * CHUNK + 17]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> FileStore:
    return FileStore.at(str(folder))


@pytest.fixture
def key() -> OpenKey:
    return OpenKey(uuid4(), "RBKC", os.urandom(32))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_went_in(store: FileStore, key: OpenKey, size: int) -> None:
    plain = os.urandom(size)
    stored = store.put(key, plain)
    assert (stored.size, stored.sha256) == (size, hashlib.sha256(plain).hexdigest())
    assert store.read(key, stored.object_key) == plain
    assert store.size(key, stored.object_key) == size


def test_a_file_on_disk_streams_in_and_out(store: FileStore, key: OpenKey, tmp_path: Path) -> None:
    plain = os.urandom(20 * CHUNK + 5)
    source = tmp_path / "letter to Mrs O'Brien.pdf"
    source.write_bytes(plain)
    stored = store.put(key, source)
    assert store.fetch(key, stored.object_key, tmp_path / "out").read_bytes() == plain
    assert "Brien" not in stored.object_key


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 1), (5, 5), (CHUNK - 1, CHUNK + 1), (2 * CHUNK, None), (17 * CHUNK, None), (99, 10**9)],
)
def test_a_range_is_the_same_slice(
    store: FileStore, key: OpenKey, start: int, stop: int | None
) -> None:
    plain = os.urandom(18 * CHUNK + 100)
    stored = store.put(key, plain)
    assert b"".join(store.stream(key, stored.object_key, start, stop)) == plain[start:stop]


def test_nothing_readable_reaches_the_disk(store: FileStore, key: OpenKey, folder: Path) -> None:
    store.put(key, b"The child lives at 4 Canary Road. " * 100)
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(held) > 3000
    assert b"Canary" not in held


def flip(place: int) -> Callable[[bytearray], bytes]:
    def change(held: bytearray) -> bytes:
        held[place] ^= 1
        return bytes(held)

    return change


def swap(held: bytearray) -> bytes:
    first = HEADER.size
    second, third = first + SEALED_CHUNK, first + 2 * SEALED_CHUNK
    return bytes(held[:first] + held[second:third] + held[first:second] + held[third:])


def shrink_with_header(held: bytearray) -> bytes:
    head = HEADER.unpack(held[: HEADER.size])
    cut = HEADER.size + 2 * SEALED_CHUNK
    return HEADER.pack(*head[:-1], 2 * CHUNK) + bytes(held[HEADER.size : cut])


DAMAGE: dict[str, Callable[[bytearray], bytes]] = {
    "magic": flip(0),
    "version": flip(4),
    "algorithm": flip(5),
    "key id": flip(6),
    "size": flip(HEADER.size - 1),
    "nonce": flip(HEADER.size),
    "first chunk": flip(HEADER.size + 500),
    "second chunk": flip(HEADER.size + SEALED_CHUNK + 500),
    "tag": flip(-1),
    "swapped chunks": swap,
    "cut by a byte": lambda held: bytes(held[:-1]),
    "cut at a chunk": lambda held: bytes(held[: HEADER.size + 2 * SEALED_CHUNK]),
    "cut at a chunk with the size mended": shrink_with_header,
    "cut to the header": lambda held: bytes(held[: HEADER.size]),
    "emptied": lambda held: b"",
    "a byte more": lambda held: bytes(held) + b"x",
    "a chunk twice": lambda held: bytes(held) + bytes(held[-SEALED_CHUNK:]),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_refused(store: FileStore, key: OpenKey, folder: Path, name: str) -> None:
    stored = store.put(key, os.urandom(3 * CHUNK))
    path = folder / stored.object_key
    path.write_bytes(DAMAGE[name](bytearray(path.read_bytes())))
    with pytest.raises(FileStoreError, match="damaged"):
        store.read(key, stored.object_key)


def test_bit_rot_in_one_file_leaves_the_others_readable(
    store: FileStore, key: OpenKey, folder: Path
) -> None:
    rotten, sound = store.put(key, b"one"), store.put(key, b"two")
    path = folder / rotten.object_key
    path.write_bytes(flip(-3)(bytearray(path.read_bytes())))
    assert store.read(key, sound.object_key) == b"two"


def moved(folder: Path, old: str, new: str) -> str:
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / new).write_bytes((folder / old).read_bytes())
    return new


def test_an_object_put_in_place_of_another_is_refused(
    store: FileStore, key: OpenKey, folder: Path
) -> None:
    one, two = store.put(key, b"one"), store.put(key, b"two")
    moved(folder, one.object_key, two.object_key)
    with pytest.raises(FileStoreError, match="damaged"):
        store.read(key, two.object_key)


def test_an_object_moved_to_another_case_or_council_is_refused(
    store: FileStore, key: OpenKey, folder: Path
) -> None:
    stored = store.put(key, b"one")
    council, key_id, object_id = stored.object_key.split("/")
    other_case = OpenKey(uuid4(), "RBKC", key.secret)
    other_council = OpenKey(key.id, "WCC", key.secret)
    to_case = moved(folder, stored.object_key, f"{council}/{other_case.id}/{object_id}")
    to_council = moved(folder, stored.object_key, f"wcc/{key_id}/{object_id}")
    for thief, place in ((other_case, to_case), (other_council, to_council)):
        for object_key in (place, stored.object_key):
            with pytest.raises(FileStoreError, match="damaged"):
                store.read(thief, object_key)


def test_a_wrong_secret_opens_nothing(store: FileStore, key: OpenKey) -> None:
    stored = store.put(key, b"one")
    with pytest.raises(FileStoreError, match="damaged"):
        store.read(OpenKey(key.id, "RBKC", os.urandom(32)), stored.object_key)


def test_every_object_is_new_and_every_nonce_is_new(
    store: FileStore, key: OpenKey, folder: Path
) -> None:
    kept = [store.put(key, b"the same") for _ in range(50)]
    bodies = {(folder / item.object_key).read_bytes()[HEADER.size :] for item in kept}
    nonces = {body[:12] for body in bodies}
    assert len({item.object_key for item in kept}) == len(bodies) == len(nonces) == 50


@pytest.mark.parametrize(
    "object_key",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "rbkc/../rbkc/x",
        "",
        "rbkc/a/b",
        "rbkc/fd62607e-8fbd-45fa-bc62-ca9e1c4ef83c/../x",
    ],
)
def test_a_key_that_is_not_ours_reaches_no_path(
    store: FileStore, key: OpenKey, object_key: str
) -> None:
    with pytest.raises(FileStoreError):
        store.read(key, object_key)
    with pytest.raises(FileStoreError):
        store.delete(object_key)


def test_a_deleted_object_is_missing_and_may_be_deleted_again(
    store: FileStore, key: OpenKey
) -> None:
    stored = store.put(key, b"one")
    store.delete(stored.object_key)
    store.delete(stored.object_key)
    with pytest.raises(FileStoreError, match="missing"):
        store.read(key, stored.object_key)


def test_the_store_lists_one_councils_objects(store: FileStore, key: OpenKey) -> None:
    other = OpenKey(uuid4(), "WCC", os.urandom(32))
    mine, theirs = store.put(key, b"one").object_key, store.put(other, b"two").object_key
    assert list(store.names("RBKC")) == [mine]
    assert set(store.names()) == {mine, theirs}


def test_a_source_that_shrinks_while_it_is_read_leaves_no_object(
    store: FileStore, key: OpenKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "growing"
    source.write_bytes(os.urandom(CHUNK))
    real = os.fstat

    class Longer:
        st_size = 10 * CHUNK

    monkeypatch.setattr("sar.adapters.files.os.fstat", lambda descriptor: Longer)
    with pytest.raises(FileStoreError, match="changed"):
        store.put(key, source)
    monkeypatch.setattr("sar.adapters.files.os.fstat", real)
    assert list(store.names()) == []


def test_a_store_that_cannot_write_says_so(key: OpenKey, tmp_path: Path) -> None:
    store = FileStore.at(str(tmp_path / "files"))
    (tmp_path / "files" / "rbkc").write_text("a file where a folder should be")
    with pytest.raises(FileStoreError, match="cannot be used just now"):
        store.put(key, b"one")


def test_memory_stays_flat_for_a_large_file(store: FileStore, key: OpenKey, tmp_path: Path) -> None:
    source = tmp_path / "large"
    with source.open("wb") as file:
        file.truncate(100 * CHUNK)
    stored = store.put(key, source)
    longest = max(len(piece) for piece in store.stream(key, stored.object_key))
    assert longest == CHUNK
    assert stored.size == 100 * CHUNK
