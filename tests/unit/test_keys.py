from pathlib import Path

import pytest

from sar.adapters.keys import CouncilKeyError, KeyRing, kept_secret


def ring_of(folder: Path) -> KeyRing:
    ring = KeyRing(folder / "keys")
    ring.ensure("RBKC")
    ring.ensure("WCC")
    return ring


def test_a_wrapped_key_comes_back_the_same(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    kek_id, wrapped = ring.wrap("RBKC", b"k" * 32, "case")
    assert b"k" * 8 not in wrapped
    assert ring.unwrap("RBKC", kek_id, wrapped, "case") == b"k" * 32


def test_the_other_council_cannot_unwrap(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    kek_id, wrapped = ring.wrap("RBKC", b"k" * 32, "case")
    with pytest.raises(CouncilKeyError):
        ring.unwrap("WCC", kek_id, wrapped, "case")
    with pytest.raises(CouncilKeyError):
        ring.unwrap("WCC", ring.current("WCC"), wrapped, "case")


@pytest.mark.parametrize("place", [0, 1, 20, -1])
def test_a_flipped_bit_is_refused(tmp_path: Path, place: int) -> None:
    ring = ring_of(tmp_path)
    kek_id, wrapped = ring.wrap("WCC", b"k" * 32, "case")
    broken = bytearray(wrapped)
    broken[place] ^= 1
    with pytest.raises(CouncilKeyError):
        ring.unwrap("WCC", kek_id, bytes(broken), "case")


def test_a_key_wrapped_for_one_case_does_not_open_as_anothers(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    kek_id, wrapped = ring.wrap("WCC", b"k" * 32, "case")
    with pytest.raises(CouncilKeyError):
        ring.unwrap("WCC", kek_id, wrapped, "another case")


def test_two_rotations_leave_the_old_keys_readable(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    held = []
    for number in range(3):
        held.append(ring.wrap("RBKC", bytes([number]) * 32, "case"))
        ring.rotate("RBKC")
    assert len({kek_id for kek_id, _ in held}) == 3
    for number, (kek_id, wrapped) in enumerate(held):
        assert ring.unwrap("RBKC", kek_id, wrapped, "case") == bytes([number]) * 32


def test_a_missing_key_file_is_one_plain_sentence(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    with pytest.raises(CouncilKeyError, match="The key file of RBKC is missing"):
        ring.wrap("RBKC", b"k" * 32, "case")


@pytest.mark.parametrize("code", ["../rbkc", "", "a/b", "rbkc\n", "x" * 21])
def test_a_councils_code_cannot_leave_the_keys_folder(tmp_path: Path, code: str) -> None:
    with pytest.raises(CouncilKeyError):
        KeyRing(tmp_path).ensure(code)


def test_ensuring_twice_keeps_the_key(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    assert ring.ensure("RBKC") == ring.ensure("rbkc")


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    path = tmp_path / "keys" / "rbkc" / ring.current("RBKC")
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_a_kept_secret_stays_what_it_was_first(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one", b"first") == b"first"
    assert kept_secret(tmp_path / "one", b"second") == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_each_council_has_one_signing_key_of_its_own_that_stays(tmp_path: Path) -> None:
    ring = ring_of(tmp_path)
    ours = ring.signing_key("RBKC").private_bytes_raw()
    assert ours != ring.signing_key("WCC").private_bytes_raw()
    ring.ensure("RBKC")
    ring.rotate("RBKC")
    assert KeyRing(ring.folder).signing_key("rbkc").private_bytes_raw() == ours
    path = ring.folder / "rbkc" / "signing"
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"short")
    with pytest.raises(CouncilKeyError, match="damaged"):
        ring.signing_key("RBKC")
    path.unlink()
    with pytest.raises(CouncilKeyError, match="missing"):
        ring.signing_key("RBKC")
