from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sar.documents.content_reader import Faces, read_page
from sar.documents.page_copy import carry_over
from sar.documents.prepare import prepare
from sar.documents.sanitise import CleanDocument
from tests.corpus.redaction_pages import CASES, SECRETS, Case


def _prepared(draw: Callable[[Canvas], None], folder: Path) -> Path:
    canvas = Canvas(str(folder / "source.pdf"), pagesize=A4)
    draw(canvas)
    canvas.save()
    prepare(folder / "source.pdf", folder / "prepared.pdf", folder)
    return folder / "prepared.pdf"


def _letter(canvas: Canvas) -> None:
    for page in range(3):
        canvas.setFont("Times-Italic", 12)
        canvas.drawString(70, 700, f"Visit {page}: the café was “closed”, so we met at home.")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(70, 680, "AV Wa To — kerned, and 12½ other things")
        canvas.setDash(3, 2)
        canvas.line(70, 660, 400, 660)
        canvas.setFillColorRGB(0.8, 0.9, 0.2)
        canvas.circle(200, 400, 50, fill=1)
        canvas.showPage()


def _carried(prepared: Path, out: Path) -> int:
    """Writes the file with every page carried over that can be; how many were."""
    document, faces, count = CleanDocument(), Faces(), 0
    with pikepdf.open(prepared) as pdf:
        for page in pdf.pages:
            if carry_over(page, faces, document):
                count += 1
            else:
                document.add(_size(page), read_page(page, faces))
        document.save(out)
    return count


def _written_anew(prepared: Path, out: Path) -> None:
    document, faces = CleanDocument(), Faces()
    with pikepdf.open(prepared) as pdf:
        for page in pdf.pages:
            document.add(_size(page), read_page(page, faces))
        document.save(out)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    return (float(page.mediabox[2]), float(page.mediabox[3]))


def test_a_page_carried_over_is_the_page_that_would_have_been_written_anew(tmp_path: Path) -> None:
    prepared = _prepared(_letter, tmp_path)
    assert _carried(prepared, tmp_path / "carried.pdf") == 3
    _written_anew(prepared, tmp_path / "anew.pdf")
    assert (tmp_path / "carried.pdf").read_bytes() == (tmp_path / "anew.pdf").read_bytes()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_it_is_so_for_every_way_of_drawing(case: Case, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(case.build(SECRETS[0]))
    prepare(source, tmp_path / "prepared.pdf", tmp_path)
    _carried(tmp_path / "prepared.pdf", tmp_path / "carried.pdf")
    _written_anew(tmp_path / "prepared.pdf", tmp_path / "anew.pdf")
    assert (tmp_path / "carried.pdf").read_bytes() == (tmp_path / "anew.pdf").read_bytes()


@pytest.mark.parametrize(
    "stranger",
    [
        b"BT (words) Tj ET",
        b"% words",
        b"/Span << /ActualText (words) >> BDC\nEMC",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI",
        b"0 0 m\n10 10 l\n20 m\nS",
        b"/X0 Do",
        b"q  Q",
        b"3 Tr",
        b"[<0001>] TJ",
    ],
)
def test_a_stream_in_other_words_than_ours_is_read_and_written_anew(
    stranger: bytes, tmp_path: Path
) -> None:
    prepared = _prepared(_letter, tmp_path)
    with pikepdf.open(prepared, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(stranger + b"\n" + page.Contents.read_bytes())
        pdf.save(prepared)
    with pikepdf.open(prepared) as pdf:
        assert not any(carry_over(page, Faces(), CleanDocument()) for page in pdf.pages)


def test_what_other_pages_drew_is_not_told_by_the_fonts_of_those_left(tmp_path: Path) -> None:
    prepared = _prepared(_letter, tmp_path)
    with pikepdf.open(prepared) as pdf:
        document = CleanDocument()
        assert carry_over(pdf.pages[1], Faces(), document)
        document.save(tmp_path / "one.pdf")
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        font = pdf.pages[0].Resources.Font["/F0"]
        texts = font.ToUnicode.read_bytes()
    assert b"<0031>" in texts  # the 1 of "Visit 1"
    assert b"<0030>" not in texts
