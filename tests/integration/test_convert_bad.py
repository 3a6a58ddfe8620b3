"""Whatever comes in ends as pages or as a reason; nothing is lost, crashes or reaches out."""

import random
import struct
import zlib
from pathlib import Path

import pytest

from sar.documents.errors import DocumentFault
from tests.corpus import outlook, records
from tests.integration.conversions import converted
from tests.integration.listening import listener

__all__ = ["listener"]

SOUND = {
    "a.pdf": records.pdf("one", "two"),
    "a.docx": records.saved(records.word("words")),
    "a.xlsx": records.workbook_with_hidden_things(),
    "a.eml": bytes(records.mail()),
    "a.msg": outlook.msg(outlook.message("Visit", "words")),
    "a.png": records.picture("x", (300, 200)),
    "a.zip": records.archive({"a.txt": b"words" * 100}),
    "a.tif": records.picture("x", (300, 200), "TIFF"),
}


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("harm", ["cut", "flip", "zero", "tail"])
def test_damaged_files_end_in_one_of_two_states(tmp_path: Path, name: str, harm: str) -> None:
    chance = random.Random(f"{name} {harm}")
    content = bytearray(SOUND[name])
    if harm == "cut":
        del content[chance.randrange(20, len(content)) :]
    elif harm == "flip":
        for _ in range(20):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif harm == "zero":
        start = chance.randrange(len(content) // 2)
        content[start : start + 200] = bytes(200)
    else:
        content += bytes(chance.randrange(256) for _ in range(3000))
    converted(tmp_path, name, bytes(content))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.docx", b"", DocumentFault.EMPTY),
        ("talk.mp3", b"ID3\x04\0\0\0\0\0\x23" + bytes(500), DocumentFault.UNSUPPORTED),
        ("film.mp4", b"\0\0\0\x20ftypisom" + bytes(500), DocumentFault.UNSUPPORTED),
        ("old.7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(99), DocumentFault.UNSUPPORTED),
        ("mail.pst", b"!BDN" + bytes(99), DocumentFault.UNSUPPORTED),
        ("smime.p7m", b"0\x82" + bytes(99), DocumentFault.ENCRYPTED),
        ("setup.exe", b"MZ\x90\0" + bytes(99), DocumentFault.UNSUPPORTED),
        ("letter.docx", b"MZ\x90\0" + bytes(99), DocumentFault.MISMATCHED),
        ("report.pdf", bytes(range(256)) * 9, DocumentFault.MISMATCHED),
        ("thing.xyz", bytes(range(256)) * 9, DocumentFault.UNSUPPORTED),
    ],
)
def test_what_cannot_be_shown_is_held_with_a_reason(
    tmp_path: Path, name: str, content: bytes, fault: DocumentFault
) -> None:
    assert converted(tmp_path, name, content).fault is fault


def test_a_file_with_a_false_name_is_opened_for_what_it_is_and_told(tmp_path: Path) -> None:
    result = converted(tmp_path, "letter.docx", records.pdf("words"))
    assert result.pdf is not None
    assert result.hidden[0] == "The name ends in .docx, but this is a pdf file"


@pytest.mark.parametrize(
    "name", ["../../x.txt", "a\0b.txt", "x" * 400 + ".txt", "CON.txt", "‮txt.exe", "a\r\nb.txt"]
)
def test_no_name_does_harm(tmp_path: Path, name: str) -> None:
    assert converted(tmp_path, name, b"words").pdf is not None


def test_a_nest_of_messages_without_end_is_contained(tmp_path: Path) -> None:
    head = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"
    nest = b"From: a@example.org\nSubject: x\n" + b"".join(head % (n, n) for n in range(2000))
    converted(tmp_path, "nest.eml", nest + b"Content-Type: text/plain\n\nwords")


def test_a_bomb_of_entities_is_contained(tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]><x>&e11;</x>'
    for name in ("word/document.xml", "docProps/core.xml"):
        content = records.with_part(SOUND["a.docx"], name, bomb.encode())
        assert converted(tmp_path, "bomb.docx", content).fault is DocumentFault.CORRUPT


def test_a_picture_that_lies_about_its_size_is_contained(tmp_path: Path) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 65_500, 65_500, 8, 6, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000)))
    assert converted(tmp_path, "bomb.png", bomb).fault is DocumentFault.TOO_BIG


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b'<img src="http://127.0.0.1:%d/a"><iframe src="file:///etc/passwd">words'),
        ("a.rtf", rb'{\rtf1{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:%d/a"}}words}'),
        ("a.eml", b'From: a@b.org\nContent-Type: text/html\n\n<link href="http://127.0.0.1:%d/a">w'),
        ("a.md", b"![x](http://127.0.0.1:%d/a) words"),
    ],
)  # fmt: skip
def test_nothing_reaches_out(
    tmp_path: Path, name: str, content: bytes, listener: tuple[int, list[object]]
) -> None:
    port, hits = listener
    result = converted(tmp_path, name, content % port)
    assert result.pdf is not None
    assert hits == []
