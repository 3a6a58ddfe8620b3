from pathlib import Path

import pytest

from tests.integration.conversions import converted, shows

MHTML = b"""From: <Saved>
Subject: Saved page
MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"; type="text/html"
Snapshot-Content-Location: https://example.org/

--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><head><title>Case =3D notes</title></head><body>Saved words</body></html>
--b--
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text_of_any_encoding_is_shown(tmp_path: Path, encoding: str) -> None:
    result = converted(tmp_path, "note.txt", "Zoë said “no” – twice".encode(encoding))
    assert shows(result, "Zoë said “no” – twice")


def test_letters_of_other_scripts_are_drawn_and_kept(tmp_path: Path) -> None:
    text = "নমস্কার Салом مرحبا Ẹkọ 你好"
    assert shows(converted(tmp_path, "note.txt", text.encode()), "Салом", "Ẹkọ")


def test_a_long_line_is_never_cut(tmp_path: Path) -> None:
    line = "".join(f"<{number:05}>" for number in range(3000))
    assert shows(converted(tmp_path, "note.txt", line.encode()), line)


def test_a_table_of_text_keeps_every_field(tmp_path: Path) -> None:
    content = b'name;note\n"Lunt; Cara";"two\nlines"\nPike;\n'
    assert shows(converted(tmp_path, "list.csv", content), "Lunt; Cara", "two", "lines", "Pike")


def test_markdown_is_set_and_its_html_is_harmless(tmp_path: Path) -> None:
    content = b"# Plan\n\n* one\n\n<script>alert(1)</script>\n\n|a|b|\n|-|-|\n|cell|two|\n"
    result = converted(tmp_path, "plan.md", content)
    assert shows(result, "Plan", "one", "cell")
    assert not shows(result, "alert")


def test_a_web_page_keeps_its_first_words_and_its_title(tmp_path: Path) -> None:
    content = b"<html><title>Portal</title><body>First words<p>then more"
    result = converted(tmp_path, "page.html", content)
    assert shows(result, "First words", "then more", "Portal")
    assert result.title == "Portal"


def test_a_saved_page_is_read(tmp_path: Path) -> None:
    result = converted(tmp_path, "page.mhtml", MHTML)
    assert result.media_type == "multipart/related"
    assert shows(result, "Saved words", "Case = notes")


@pytest.mark.parametrize("name", ["notes.xml", "data.json", "drawing.svg", "server.log"])
def test_other_text_is_shown_as_it_stands(tmp_path: Path, name: str) -> None:
    content = b'<svg onload="alert(1)"><text>words</text></svg>'
    assert shows(converted(tmp_path, name, content), 'onload="alert(1)"')
