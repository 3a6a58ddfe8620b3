from pathlib import Path

import pytest

from sar.documents.errors import DocumentFault
from sar.documents.office import converted_by_office
from tests.corpus import records
from tests.integration.conversions import children_of, converted, shows


def test_a_word_document_shows_what_it_prints_and_what_it_hides(tmp_path: Path) -> None:
    result = converted(tmp_path, "note.docx", records.word_with_hidden_things())
    assert shows(result, "The family lives in Elm Road.", "Hidden content")
    assert shows(result, "Check the aunt's account", "a struck sentence", "a vanished remark")
    told = " ".join(result.hidden)
    for part in ("1 comment", "1 tracked insertion", "1 tracked deletion", "Hidden text"):
        assert part in told


def test_a_letterhead_in_a_floating_table_is_printed_not_just_told(tmp_path: Path) -> None:
    result = converted(tmp_path, "note.docx", records.word_with_hidden_things())
    assert shows(result, "Letterhead of Juniper House")
    assert not any("do not show" in each for each in result.hidden)


def test_a_date_that_would_move_keeps_its_saved_day(tmp_path: Path) -> None:
    document = records.word("Visit on")
    document.paragraphs[0]._p.append(
        records.parse_xml(
            f"<w:fldSimple {records.nsdecls('w')} w:instr=' DATE \\@ \"d MMMM yyyy\" '>"
            "<w:r><w:t>3 March 2011</w:t></w:r></w:fldSimple>"
        )
    )
    result = converted(tmp_path, "note.docx", records.saved(document))
    assert shows(result, "3 March 2011")
    assert any("today's date" in each for each in result.hidden)


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
def test_older_and_other_word_processors_are_read(tmp_path: Path, ending: str) -> None:
    (tmp_path / "made.docx").write_bytes(records.word_with_hidden_things())
    made = converted_by_office(tmp_path / "made.docx", tmp_path / "office", ending)
    result = converted(tmp_path, f"note.{ending}", made.read_bytes())
    assert shows(result, "The family lives in Elm Road.", "Check the aunt's account")
    assert "1 comment" in result.hidden


def test_files_inside_a_document_become_records(tmp_path: Path) -> None:
    content = records.with_part(
        records.saved(records.word("Outside")), "word/embeddings/plan.xlsx", b"inside"
    )
    assert children_of(converted(tmp_path, "a.docx", content)) == {"plan.xlsx": b"inside"}


def test_macros_are_told_and_do_not_reach_the_pages(tmp_path: Path) -> None:
    content = records.with_part(records.saved(records.word("Safe")), "word/vbaProject.bin", b"x")
    result = converted(tmp_path, "a.docm", content)
    assert shows(result, "Safe")
    assert any("Macros" in each for each in result.hidden)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.docx", b"this is not Word at all" + bytes(range(256)), DocumentFault.MISMATCHED),
        ("a.docx", records.saved(records.word("x"))[:9000], DocumentFault.CORRUPT),
        (
            "a.docx",
            records.with_part(records.saved(records.word("x")), "word/document.xml", b"<w:broken"),
            DocumentFault.CORRUPT,
        ),
        (
            "a.docx",
            records.with_part(
                records.saved(records.word("x")),
                "word/document.xml",
                b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            ),
            DocumentFault.CORRUPT,
        ),
    ],
)
def test_a_document_that_is_none_is_held_with_advice(
    tmp_path: Path, name: str, content: bytes, fault: DocumentFault
) -> None:
    result = converted(tmp_path, name, content)
    assert result.fault is fault
    assert "upload" in (result.sentence or "")
