import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from sar.documents.errors import DocumentFault
from tests.corpus import records
from tests.integration.conversions import children_of, converted, shows


def test_an_archive_lists_what_it_holds_and_gives_it_up(tmp_path: Path) -> None:
    inner = records.archive({"deep.txt": b"deep"})
    content = records.archive({"a.txt": b"one", "family/b.txt": b"two", "more.zip": inner})
    result = converted(tmp_path, "case.zip", content)
    assert children_of(result) == {"a.txt": b"one", "family/b.txt": b"two", "more.zip": inner}
    assert shows(result, "family/b.txt")


def test_names_that_climb_or_point_elsewhere_stay_inside(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("../../outside.txt", b"a")
        zipped.writestr("/etc/cron.d/job", b"b")
        zipped.writestr("C:\\Windows\\x.ini", b"c")
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(link, "/etc/passwd")
    result = converted(tmp_path, "slip.zip", out.getvalue())
    assert set(children_of(result)) == {"outside.txt", "etc/cron.d/job", "Windows/x.ini"}
    assert any("link to another file" in each for each in result.hidden)
    scratch = next(each for each in tmp_path.iterdir() if each.name.startswith("scratch"))
    assert not (scratch.parent / "outside.txt").exists()


def test_a_tar_gives_up_plain_files_only(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, kind in (("a.txt", tarfile.REGTYPE), ("link", tarfile.SYMTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, "/etc/passwd", 3 * (name == "a.txt")
            tar.addfile(member, io.BytesIO(b"one"))
    result = converted(tmp_path, "case.tar.gz", out.getvalue())
    assert children_of(result) == {"a.txt": b"one"}
    assert any("link" in each for each in result.hidden)


def test_a_single_packed_file_is_unpacked(tmp_path: Path) -> None:
    result = converted(tmp_path, "note.txt.gz", gzip.compress(b"words"))
    assert children_of(result) == {"note.txt": b"words"}


def test_an_entry_under_lock_is_reported_not_lost(tmp_path: Path) -> None:
    locked = _with_one_locked_entry()
    result = converted(tmp_path, "case.zip", locked)
    children = children_of(result)
    assert children["open.txt"] == b"open words"
    assert any("shut.txt: needs a password" in each for each in result.hidden)
    alone = converted(tmp_path, "shut.txt", children["shut.txt"])
    assert alone.fault is DocumentFault.ENCRYPTED
    opened = converted(tmp_path, "shut.txt", children["shut.txt"], password="pw")
    assert list(children_of(opened).values()) == [b"shut words"]


@pytest.mark.parametrize(
    "content",
    [
        records.archive({"zeros": bytes(500 << 20)}),
        records.archive({f"{number}.txt": b"x" for number in range(2500)}),
        gzip.compress(bytes(500 << 20)),
    ],
)
def test_a_bomb_is_held_with_advice(tmp_path: Path, content: bytes) -> None:
    result = converted(tmp_path, "bomb.zip", content)
    assert result.fault is DocumentFault.TOO_BIG
    assert "Unpack it yourself" in (result.sentence or "")


@pytest.mark.parametrize(
    "content", [records.archive({}), b"PK\x05\x06" + bytes(18), b"PK\x03\x04x"]
)
def test_an_empty_or_broken_archive_is_held(tmp_path: Path, content: bytes) -> None:
    result = converted(tmp_path, "a.zip", content)
    assert result.fault in {DocumentFault.EMPTY, DocumentFault.CORRUPT}


def _with_one_locked_entry() -> bytes:
    """A zip as old programs lock them; no library at hand writes one, so the cipher is here."""
    plain = b"shut words"
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_crc_step(number) for number in range(256)]

    def turn(byte: int) -> None:
        keys[0] = table[(keys[0] ^ byte) & 255] ^ keys[0] >> 8
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = table[(keys[2] ^ keys[1] >> 24) & 255] ^ keys[2] >> 8

    def shut(byte: int) -> int:
        mask = keys[2] | 2
        turn(byte)
        return byte ^ ((mask * (mask ^ 1)) >> 8 & 255)

    for byte in b"pw":
        turn(byte)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("open.txt", b"open words")
        zipped.writestr("shut.txt", bytes(12) + plain)
    content = bytearray(out.getvalue())
    crc = zipfile.crc32(plain)
    body = bytes(map(shut, bytes(11) + bytes([crc >> 24]) + plain))
    place = content.index(bytes(12) + plain)
    content[place : place + len(body)] = body
    for mark, flags, sums, size in ((b"PK\x03\x04", 6, 14, 22), (b"PK\x01\x02", 8, 16, 24)):
        start = content.rindex(mark)
        content[start + flags] |= 1
        content[start + sums : start + sums + 4] = crc.to_bytes(4, "little")
        content[start + size : start + size + 4] = len(plain).to_bytes(4, "little")
    return bytes(content)


def _crc_step(number: int) -> int:
    for _ in range(8):
        number = number >> 1 ^ 0xEDB88320 * (number & 1)
    return number
