from pathlib import Path

import pytest

from sar.documents.media import Family, is_other_than_named, promised_ending, what_is
from tests.corpus import outlook, records

MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Visit\r\n\r\nHello"
CASES = [
    (b"", "empty.pdf", Family.EMPTY, ""),
    (b"\n\n%PDF-1.7\n", "a.bin", Family.PDF, "pdf"),
    (b"{\\rtf1 x}", "a.doc", Family.WORD, "rtf"),
    (b"\x89PNG\r\n\x1a\n....", "a.jpg", Family.IMAGE, "png"),
    (b"\xff\xd8\xff\xe0....", "a.png", Family.IMAGE, "jpg"),
    (b"\0\0\0\x18ftypheic....", "a", Family.IMAGE, "heic"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "a", Family.IMAGE, "webp"),
    (b"II*\0....", "a.tif", Family.IMAGE, "tif"),
    (b"\x78\x9f\x3e\x22" + bytes(40), "winmail.dat", Family.TNEF, "dat"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "a.7z", Family.OTHER_ARCHIVE, "7z"),
    (b"MZ\x90\0\3\0\0\0\4\0", "letter.docx", Family.PROGRAM, "exe"),
    (b"ID3\x04\0\0\0\0\0\x23", "a.mp3", Family.SOUND, "mp3"),
    (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "a.mp4", Family.VIDEO, "mp4"),
    (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "a.txt", Family.CALENDAR, "ics"),
    (b"BEGIN:VCARD\r\nEND:VCARD", "a.txt", Family.CONTACT, "vcf"),
    (MAIL, "no name", Family.MAIL, "eml"),
    (b"From ada Mon Jun 01 10:00:00 2009\n" + MAIL, "x", Family.MAILBOX, "mbox"),
    (b"From ada Mon Jun 01 10:00:00 2009\n\nHi", "x.mbox", Family.MAILBOX, "mbox"),
    (b"<!DOCTYPE html><p>Hi", "a.xls", Family.HTML, "html"),
    (b"a,b\n1,2\n", "a.csv", Family.TABLE, "csv"),
    (b"# Title\n", "a.md", Family.MARKDOWN, "md"),
    (b"BMW was parked outside.", "note", Family.TEXT, "txt"),
    (b"To: whom it may concern", "note.txt", Family.TEXT, "txt"),
    (bytes(range(256)) * 8, "a.dat", Family.UNKNOWN, ""),
    (b"PK\x03\x04 cut off", "a.docx", Family.ARCHIVE, "zip"),
]


@pytest.mark.parametrize(("content", "name", "family", "ending"), CASES)
def test_a_file_is_known_by_its_bytes(
    tmp_path: Path, content: bytes, name: str, family: Family, ending: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    media = what_is(tmp_path / "file", name)
    assert (media.family, media.ending) == (family, ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (records.saved(records.word("Hello")), "docx"),
        (records.workbook_with_hidden_things(), "xlsx"),
        (records.archive({"a.txt": b"a"}), "zip"),
        (outlook.msg(outlook.message("Visit", "Hello")), "msg"),
    ],
)
def test_containers_are_known_by_what_they_hold(
    tmp_path: Path, content: bytes, ending: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert what_is(tmp_path / "file", "anything").ending == ending


def test_macros_show_in_the_media_type(tmp_path: Path) -> None:
    with_macros = records.with_part(records.saved(records.word("x")), "word/vbaProject.bin", b"x")
    (tmp_path / "file").write_bytes(with_macros)
    assert "macroEnabled" in what_is(tmp_path / "file", "a.docx").media_type


@pytest.mark.parametrize(
    ("name", "content", "is_other"),
    [
        ("a.docx", b"%PDF-1.4", True),
        ("a.pdf", b"%PDF-1.4", False),
        ("photo.JPEG", b"\xff\xd8\xff\xe0", False),
        ("photo.jpg", b"\x89PNG\r\n\x1a\n", True),
        ("notes", b"%PDF-1.4", False),
        ("notes.v2", b"%PDF-1.4", False),
    ],
)
def test_a_name_that_promises_something_else_is_noticed(
    tmp_path: Path, name: str, content: bytes, is_other: bool
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert is_other_than_named(name, what_is(tmp_path / "file", name)) is is_other


def test_endings_of_one_kind_promise_the_same() -> None:
    assert promised_ending("A.JPEG") == promised_ending("b.jpg") == "jpg"
