import io
import random
from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from sar.documents.errors import DocumentFault
from sar.documents.expected import squeezed
from sar.documents.ingest import Ingested, ingest, read_pages
from sar.domain.redaction import Rect
from tests.corpus import records
from tests.corpus.bad_files import page_of, pdf_of

_numbers = count()
LINES = (
    "Record of a visit to the family home",
    "The children were well and playing outside",
    "Telephone 07700 900123 for the school",
    "Signed by the social worker on duty",
)


def taken_in(folder: Path, name: str, content: bytes, *, is_drawn: bool = False) -> Ingested:
    number = next(_numbers)
    source, scratch = folder / f"given-{number}", folder / f"taken-{number}"
    source.write_bytes(content)
    scratch.mkdir()
    return ingest(source, name, scratch, is_drawn=is_drawn)


def words_of(record: Ingested) -> str:
    return squeezed(" ".join(layout.text for layout in record.layouts))


def place_of(record: Ingested, word: str) -> Rect:
    return next(each.rect for each in record.layouts[0].words if each.text == word)


def scanned_pdf(picture: Image.Image, own_text: str = "") -> bytes:
    out = io.BytesIO()
    size = (picture.width * 0.36, picture.height * 0.36)
    drawing = canvas.Canvas(out, pagesize=size)
    drawing.drawImage(ImageReader(picture), 0, 0, *size)
    if own_text:
        drawing.drawString(60, size[1] - 30, own_text)
    drawing.save()
    return out.getvalue()


def test_a_record_is_prepared_read_and_pictured(tmp_path: Path) -> None:
    record = taken_in(
        tmp_path, "note.docx", records.saved(records.word("First words", "x")), is_drawn=True
    )
    assert record.prepared is not None
    assert record.layouts[0].text.startswith("First words")
    assert (record.layouts[0].is_ocr, record.layouts[0].confidence) == (False, None)
    (picture,) = record.pictures
    with Image.open(picture) as drawn:
        assert (drawn.format, drawn.width) == ("WEBP", pytest.approx(850, abs=30))


def test_words_lie_where_they_are_drawn(tmp_path: Path) -> None:
    rect = place_of(taken_in(tmp_path, "a.pdf", records.pdf("Somewhere else")), "Somewhere")
    assert rect.x0 == pytest.approx(72, abs=2)
    assert rect.y0 < 842 - 720 < rect.y1 + 1
    assert rect.width == pytest.approx(stringWidth("Somewhere", "Helvetica", 12), abs=2)


def test_a_scan_is_read_and_its_words_lie_where_they_are_seen(tmp_path: Path) -> None:
    record = taken_in(tmp_path, "scan.pdf", scanned_pdf(records.scan(*LINES)))
    assert record.layouts[0].is_ocr
    assert (record.layouts[0].confidence or 0) > 80
    assert squeezed("07700 900123") in words_of(record)
    assert [squeezed(line.text) for line in record.layouts[0].lines] == list(map(squeezed, LINES))
    rect = place_of(record, "Record")
    assert rect.x0 == pytest.approx(150 * 0.36, abs=4)
    assert rect.y0 == pytest.approx(208 * 0.36, abs=6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_is_read(tmp_path: Path, turn: int) -> None:
    picture = records.scan(*LINES * 4, turn=turn)
    record = taken_in(tmp_path, "scan.pdf", scanned_pdf(picture))
    assert squeezed("07700 900123") in words_of(record)
    page, rect = record.layouts[0], place_of(record, "Record")
    upright = {
        90: (rect.y0, page.width - rect.x1),
        180: (page.width - rect.x1, page.height - rect.y1),
        270: (page.height - rect.y1, rect.x0),
    }[turn]
    assert upright == (pytest.approx(150 * 0.36, abs=4), pytest.approx(208 * 0.36, abs=6))


def test_a_page_of_text_with_a_picture_gets_the_words_in_the_picture_too(tmp_path: Path) -> None:
    record = taken_in(tmp_path, "mixed.pdf", scanned_pdf(records.scan(*LINES), "Typed on top"))
    assert squeezed("Typed on top") in words_of(record)
    assert squeezed("07700 900123") in words_of(record)
    assert not record.layouts[0].is_ocr
    assert record.layouts[0].confidence is not None


def test_an_empty_page_is_not_read(tmp_path: Path) -> None:
    record = taken_in(tmp_path, "blank.pdf", records.pdf(" "))
    assert (record.layouts[0].words, record.layouts[0].is_ocr) == ((), False)


def test_words_that_nobody_can_see_are_told_on_a_page_of_their_own(tmp_path: Path) -> None:
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=records.A4)
    drawing.drawString(72, 700, "Plain to see")
    drawing.setFillColorRGB(1, 1, 1)
    drawing.drawString(72, 600, "whitewashed remark")
    drawing.setFillColorRGB(0, 0, 0)
    drawing.drawString(72, 900, "beyond the edge")
    drawing.drawString(72, 500, "beneath a bar")
    drawing.rect(60, 490, 200, 30, fill=1)
    drawing.save()
    record = taken_in(tmp_path, "a.pdf", out.getvalue())
    assert any("cannot be seen" in each for each in record.hidden)
    shown = squeezed(record.layouts[-1].text)
    for text in ("whitewashed remark", "beyond the edge", "beneath a bar"):
        assert squeezed(text) in shown
    assert squeezed("Plain to see") not in shown


def test_a_page_that_says_the_same_many_times_keeps_its_words(tmp_path: Path) -> None:
    """The library gives up such a dictionary, and with it the fonts of the page."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    page = page_of(b"/Resources<<" + b"/Again 1" * 12 + font + b">>")
    content = pdf_of(page, b"<<>>", b"BT /F 12 Tf 50 100 Td (Nora Ash) Tj ET")
    record = taken_in(tmp_path, "again.pdf", content)
    assert "noraash" in words_of(record)
    assert not record.layouts[0].is_ocr


def test_pages_of_hidden_content_are_known_as_such(tmp_path: Path) -> None:
    record = taken_in(tmp_path, "book.xlsx", records.workbook_with_hidden_things())
    hidden = [each for each in record.layouts if each.is_hidden]
    assert hidden
    assert all(each.number > 1 for each in hidden)
    assert "Hidden content" in hidden[0].text
    assert not record.layouts[0].is_hidden


def scribbled() -> Image.Image:
    """A page somebody wrote by hand, as far as a machine can tell."""
    picture, chance = Image.new("L", (1654, 2339), 255), random.Random(3)
    pen = ImageDraw.Draw(picture)
    for line in range(12):
        x, y = 150.0, 200.0 + 150 * line
        for _ in range(90):
            to = (x + chance.uniform(2, 26), y + chance.uniform(-38, 38))
            pen.line((x, y, *to), fill=20, width=5)
            x, y = to[0], 200.0 + 150 * line + chance.uniform(-20, 20)
    return picture


def test_handwriting_is_for_a_person_to_read_and_print_is_not(tmp_path: Path) -> None:
    by_hand = taken_in(tmp_path, "hand.pdf", scanned_pdf(scribbled()))
    assert [each.needs_reading for each in by_hand.layouts] == [True]
    printed = taken_in(tmp_path, "text.pdf", records.pdf("Plain words"))
    assert not printed.layouts[0].needs_reading


def test_an_ordinary_record_has_no_page_of_hidden_content(tmp_path: Path) -> None:
    lines = ("Café “quotes” – ﬁve oﬃces", "Hyphen-ated words, £5.00 (50%)", "O'Brien & Mc-Ard")
    for name, content in (
        ("a.docx", records.saved(records.word(*lines))),
        ("a.eml", bytes(records.mail(body="\n".join(lines)))),
        ("a.pdf", records.pdf(*lines)),
    ):
        record = taken_in(tmp_path, name, content)
        assert not any("cannot be seen" in each for each in record.hidden), name
        assert "Hidden content" not in " ".join(layout.text for layout in record.layouts), name


def test_a_file_that_cannot_be_opened_has_no_pages(tmp_path: Path) -> None:
    record = taken_in(tmp_path, "a.pdf", b"%PDF-1.7")
    assert record.fault is DocumentFault.CORRUPT
    assert (record.prepared, record.layouts, record.pictures) == (None, (), ())


def test_the_pages_of_a_pdf_can_be_read_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(records.pdf("one", "two"))
    scratch = tmp_path / "reading"
    scratch.mkdir()
    read = read_pages(tmp_path / "a.pdf", scratch)
    assert [layout.text for layout in read.layouts] == ["one", "two"]
