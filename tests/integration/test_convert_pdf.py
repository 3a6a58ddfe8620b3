import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from sar.documents.errors import DocumentFault
from tests.corpus import records
from tests.integration.conversions import children_of, converted, shows


def changed(change: object, *pages: str) -> bytes:
    """A PDF after a function has changed it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(records.pdf(*pages))) as pdf:
        assert callable(change)
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def test_a_pdf_keeps_its_pages_and_its_title(tmp_path: Path) -> None:
    def entitle(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = "Core assessment"
        pdf.docinfo["/CreationDate"] = "D:20190304120000Z"

    result = converted(tmp_path, "a.pdf", changed(entitle, "one", "two"))
    assert shows(result, "one", "two")
    assert (result.title, result.dated_on) == ("Core assessment", date(2019, 3, 4))


def test_a_locked_pdf_is_held_with_the_promised_sentence(tmp_path: Path) -> None:
    locked = records.pdf("secret", encrypt="pw")
    result = converted(tmp_path, "a.pdf", locked)
    assert result.fault is DocumentFault.ENCRYPTED
    assert result.sentence == (
        "This PDF needs a password. Ask the sender for it, or upload a copy without one."
    )
    assert shows(converted(tmp_path, "a.pdf", locked, password="pw"), "secret")


def test_a_pdf_that_only_forbids_printing_is_opened(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(records.pdf("words"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    assert shows(converted(tmp_path, "a.pdf", out.getvalue()), "words")


def test_files_attached_to_a_pdf_become_records(tmp_path: Path) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["plan.txt"] = pikepdf.AttachedFileSpec(pdf, b"plan", filename="plan.txt")

    assert children_of(converted(tmp_path, "a.pdf", changed(attach))) == {"plan.txt": b"plan"}


def test_notes_on_pages_are_shown(tmp_path: Path) -> None:
    def note(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Text,
                    Rect=[10, 10, 30, 30],
                    T=String("Ada"),
                    Contents=String("Ask about the uncle"),
                )
            ]
        )

    result = converted(tmp_path, "a.pdf", changed(note))
    assert shows(result, "Ada: Ask about the uncle")
    assert "Notes and comments on the pages" in result.hidden


def test_scripts_and_earlier_versions_are_told(tmp_path: Path) -> None:
    def script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    content = changed(script)
    result = converted(tmp_path, "a.pdf", content + content[content.rindex(b"xref") :])
    told = " ".join(result.hidden)
    assert "script" in told
    assert "Earlier versions" in told


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n" + bytes(2000), b"%PDF-1.7", records.pdf("x")[:300]]
)
def test_a_broken_pdf_is_held_with_advice(tmp_path: Path, content: bytes) -> None:
    result = converted(tmp_path, "a.pdf", content)
    assert result.fault in {DocumentFault.CORRUPT, DocumentFault.EMPTY}
