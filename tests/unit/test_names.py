import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.names import LONGEST, clean_name, clean_path, ending_of, unlike


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\visit.docx", "visit.docx"),
        ("/absolute/file.txt", "file.txt"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("nul\0.pdf", "nul.pdf"),
        ("exe\u202efdp.exe", "exefdp.exe"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("   ", "unnamed"),
        ("O'Brien – Łódź 📷.jpg", "O'Brien – Łódź 📷.jpg"),
    ],
)
def test_a_name_is_one_visible_line_without_folders(name: str, expected: str) -> None:
    assert clean_name(name) == expected


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("x" * 400 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith(".docx")


def test_a_name_in_an_archive_keeps_its_folders_and_never_climbs() -> None:
    assert clean_path("family/../../school/./report.pdf") == "family/school/report.pdf"
    assert clean_path("sit\\dolor.txt") == "sit/dolor.txt"


def test_a_name_that_is_taken_gets_a_number_before_its_ending() -> None:
    assert unlike("Note.txt", ["note.txt", "Note (2).txt"]) == "Note (3).txt"
    assert unlike("note.txt", []) == "note.txt"


def test_an_ending_is_lower_case_without_its_dot() -> None:
    assert ending_of("A.TAR.GZ") == "gz"
    assert ending_of("none") == ""


@given(st.text(max_size=500))
def test_no_name_whatever_becomes_a_path_or_breaks_a_line(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= LONGEST
    assert not set(cleaned) & set("/\\\0\r\n")
    assert cleaned not in {".", ".."}
