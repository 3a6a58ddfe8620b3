"""Segments and their linking, on PDFs made here."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from sar.documents import link as linking
from sar.documents.bookmarks import Bookmark, by_year
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.link import Volume, link, size_of
from sar.documents.segment import Segment, read_segment
from sar.documents.tagging import make_segment
from sar.documents.verify import Expected, FileKind, verify
from sar.domain.redaction import Plan, Rect

REFERENCE = "RBKC-2026-000123"


def pdf(path: Path, texts: list[str], size: tuple[float, float] = (595, 842)) -> Path:
    page = canvas.Canvas(str(path), pagesize=size, invariant=1)
    for text in texts:
        page.drawString(size[0] * 0.1, size[1] * 0.9, text)
        page.showPage()
    page.save()
    return path


def segment(source: Path, gaps: dict[int, list[tuple[Rect, str]]] | None = None) -> Segment:
    out = source.with_suffix(".segment")
    make_segment(source, out, gaps)
    return read_segment(out)


def volume(segments: list[Segment], first: int = 1, total: int | None = None) -> Volume:
    pages = sum(len(each.plan.pages) for each in segments)
    marks, page = [], first
    for number, each in enumerate(segments, 1):
        marks.append(Bookmark(f"Record {number} (ä)", page))
        page += len(each.plan.pages)
    return Volume(
        title="Records & <letters>",
        reference=REFERENCE,
        segments=tuple(segments),
        first_page=first,
        total_pages=total or pages,
        bookmarks=by_year([(None, each) for each in marks]),
    )


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def outline(path: Path) -> list[tuple[int, str, int]]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [
            (each.level, each.get_title(), each.get_dest().get_index() + 1)
            for each in document.get_toc()
        ]
    finally:
        document.close()


def test_a_linked_file_holds_every_page_in_order_with_its_number(tmp_path: Path) -> None:
    first = segment(pdf(tmp_path / "a.pdf", ["alpha", "beta"]))
    second = segment(pdf(tmp_path / "b.pdf", ["gamma"]))
    written = link(volume([first, second, first]), tmp_path / "out.pdf")
    found = texts(tmp_path / "out.pdf")
    assert written.pages == len(found) == 5
    for number, (text, word) in enumerate(
        zip(found, ["alpha", "beta", "gamma", "alpha", "beta"], strict=True), 1
    ):
        assert word in text
        assert f"{REFERENCE} page {number} of 5" in text


def test_a_later_volume_goes_on_numbering_where_the_one_before_stopped(tmp_path: Path) -> None:
    part = segment(pdf(tmp_path / "a.pdf", ["alpha", "beta"]))
    link(volume([part], first=41, total=60), tmp_path / "out.pdf")
    assert f"{REFERENCE} page 41 of 60" in texts(tmp_path / "out.pdf")[0]
    assert outline(tmp_path / "out.pdf") == [
        (0, "Records with no date", 1),
        (1, "Record 1 (ä)", 1),
    ]


def test_bookmarks_open_the_first_page_of_each_record(tmp_path: Path) -> None:
    parts = [segment(pdf(tmp_path / f"{at}.pdf", ["x"] * at)) for at in (3, 1, 2)]
    link(volume(parts), tmp_path / "out.pdf")
    assert [page for level, _, page in outline(tmp_path / "out.pdf") if level] == [1, 4, 5]


def test_the_stamp_stands_below_the_page_and_over_nothing_of_it(tmp_path: Path) -> None:
    part = segment(pdf(tmp_path / "a.pdf", ["alpha"]))
    link(volume([part]), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        box = [float(edge) for edge in opened.pages[0].mediabox]
    assert box == [0, -24, 595, 842]
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    page = document[0].get_textpage()
    start = page.get_text_range().index(REFERENCE)
    _, bottom, _, top = page.get_charbox(start)
    assert -24 < bottom < top < 0
    document.close()


def test_what_lay_below_the_page_does_not_come_into_view_with_the_strip(tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842), invariant=1)
    page.rect(0, -24, 595, 23, fill=1)
    page.showPage()
    page.save()
    link(volume([segment(tmp_path / "a.pdf")]), tmp_path / "out.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    picture = document[0].render(scale=1, grayscale=True).to_pil()
    document.close()
    assert picture.getpixel((20, 860)) == 255


def test_a_note_stands_between_the_page_and_its_number_and_can_be_read(tmp_path: Path) -> None:
    source = pdf(tmp_path / "a.pdf", ["alpha", "beta"])
    out = tmp_path / "a.segment"
    make_segment(source, out, notes={2: "Small boxes on this page, from the top: TP16, SW11"})
    link(volume([read_segment(out)]), tmp_path / "out.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    first, second = (page.get_textpage() for page in document)
    assert "Small boxes" not in first.get_text_range()
    text = second.get_text_range()
    _, stamp_bottom, _, stamp_top = second.get_charbox(text.index(REFERENCE))
    _, bottom, _, top = second.get_charbox(text.index("Small"))
    document.close()
    assert -24 < stamp_bottom < stamp_top < bottom < top < 0
    assert top - bottom > 6 * 0.6


@pytest.mark.parametrize("size", [(90, 90), (595, 842), (2384, 3370), (14000, 200)])
def test_the_stamp_fits_pages_of_any_size(tmp_path: Path, size: tuple[float, float]) -> None:
    part = segment(pdf(tmp_path / "a.pdf", ["x"], size))
    link(volume([part], first=12000, total=20000), tmp_path / "out.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    page = document[0].get_textpage()
    text = page.get_text_range()
    start = text.index("RBKC")
    left, *_ = page.get_charbox(start)
    _, _, right, _ = page.get_charbox(start + len(f"{REFERENCE} page 12000 of 20000") - 1)
    assert 0 <= left < right <= size[0]
    document.close()


def test_every_page_is_tagged_and_each_gap_is_a_figure_that_says_why(tmp_path: Path) -> None:
    gap = (Rect(60, 70, 200, 90), "Left out. This is about another person.")
    part = segment(pdf(tmp_path / "a.pdf", ["alpha", "beta"]), {2: [gap]})
    link(volume([part, part]), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        document = opened.Root.StructTreeRoot.K
        kinds = [[str(kid.S) for kid in section.K] for section in document.K]
        assert kinds == [["/P", "/P", "/Figure"]] * 2
        figure = document.K[1].K[2]
        assert str(figure.Alt) == gap[1]
        assert [float(edge) for edge in figure.A.BBox] == [60, 752, 200, 772]
        assert figure.Pg.objgen == opened.pages[3].obj.objgen
        leaves = opened.Root.StructTreeRoot.ParentTree.Kids
        keys = [int(leaf.Nums[at]) for leaf in leaves for at in range(0, len(leaf.Nums), 2)]
        assert keys == [int(page.obj.StructParents) for page in opened.pages] == [0, 1, 2, 3]
        assert str(opened.Root.Lang) == "en-GB"


def test_the_file_says_nothing_of_its_making_but_title_and_language(tmp_path: Path) -> None:
    link(volume([segment(pdf(tmp_path / "a.pdf", ["alpha"]))]), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        assert "/Info" not in opened.trailer
        packet = opened.Root.Metadata.read_bytes().decode()
    assert "Records &amp; &lt;letters&gt;" in packet
    assert "en-GB" in packet
    assert "Date" not in packet
    assert "Producer" not in packet


def test_an_independent_reader_finds_nothing_in_the_file_that_is_not_on_its_list(
    tmp_path: Path,
) -> None:
    gap = Rect(60, 70, 200, 90)
    part = segment(pdf(tmp_path / "a.pdf", ["alpha", "beta"]), {1: [(gap, "Left out.")]})
    link(volume([part] * 3), tmp_path / "out.pdf")
    expected = Expected(Plan(), (), kind=FileKind.BUNDLE)
    answer = verify(tmp_path / "out.pdf", expected, tmp_path)
    assert answer.findings == ()


def test_the_same_segments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        parts = [segment(pdf(folder / f"{at}.pdf", ["x"] * 3)) for at in range(3)]
        link(volume(parts), folder / "out.pdf")
    assert (tmp_path / "a/out.pdf").read_bytes() == (tmp_path / "b/out.pdf").read_bytes()


def picture(path: Path, text: str) -> Path:
    """A page with a text and the same noisy picture every time."""
    noise = random.Random(3).randbytes(120 * 120 * 3)
    image = ImageReader(_image(noise))
    page = canvas.Canvas(str(path), pagesize=(595, 842), invariant=1)
    page.drawImage(image, 100, 100, 300, 300)
    page.drawString(60, 760, text)
    page.showPage()
    page.save()
    return path


def _image(noise: bytes) -> io.BytesIO:
    out = io.BytesIO()
    Image.frombytes("RGB", (120, 120), noise).save(out, "PNG")
    out.seek(0)
    return out


def test_a_picture_that_many_records_share_is_written_once(tmp_path: Path) -> None:
    parts = [segment(picture(tmp_path / f"{at}.pdf", f"record {at}")) for at in range(6)]
    alone = link(volume(parts[:1]), tmp_path / "one.pdf")
    together = link(volume(parts), tmp_path / "six.pdf")
    assert together.size < alone.size * 1.5
    with pikepdf.open(tmp_path / "six.pdf") as opened:
        assert opened.check_pdf_syntax() == []
        for page in opened.pages:
            assert len(page.get_images()) == 1
    assert ["record" in text for text in texts(tmp_path / "six.pdf")] == [True] * 6


def test_numbers_are_right_when_a_segment_is_copied_in_small_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [segment(pdf(tmp_path / f"{at}.pdf", ["x"] * 4)) for at in range(3)]
    link(volume(parts), tmp_path / "whole.pdf")
    monkeypatch.setattr(linking, "_WINDOW", 64)
    link(volume(parts), tmp_path / "windows.pdf")
    assert (tmp_path / "whole.pdf").read_bytes() == (tmp_path / "windows.pdf").read_bytes()


def test_the_size_foretold_for_a_segment_is_never_too_small(tmp_path: Path) -> None:
    parts = [segment(pdf(tmp_path / f"{at}.pdf", ["x"] * 9)) for at in range(5)]
    one = link(volume(parts[:1]), tmp_path / "one.pdf").size
    five = link(volume(parts), tmp_path / "five.pdf").size
    assert five - one <= sum(size_of(each) for each in parts[1:])


def test_strings_that_look_like_references_are_left_as_they_are(tmp_path: Path) -> None:
    part = segment(
        pdf(tmp_path / "a.pdf", ["x"]), {1: [(Rect(0, 0, 9, 9), "see (12 0 R) endobj \\ 3 0 R")]}
    )
    link(volume([part] * 4), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        for section in opened.Root.StructTreeRoot.K.K:
            assert str(section.K[1].Alt) == "see (12 0 R) endobj \\ 3 0 R"


def test_a_turned_page_is_refused(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", ["x"])
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as opened:
        opened.pages[0].obj.Rotate = 90
        opened.save()
    with pytest.raises(DocumentError, match="turned"):
        make_segment(tmp_path / "a.pdf", tmp_path / "a.segment")


@pytest.mark.parametrize("damage", [b"", b"nonsense", b'{"format":1}\n', b'{"tables":[9]}\nxx'])
def test_a_damaged_segment_is_refused_in_a_sentence(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.segment").write_bytes(damage)
    with pytest.raises(DocumentError) as caught:
        read_segment(tmp_path / "a.segment")
    assert caught.value.fault is DocumentFault.CORRUPT


def test_a_cut_off_segment_is_refused(tmp_path: Path) -> None:
    part = segment(pdf(tmp_path / "a.pdf", ["x"]))
    part.path.write_bytes(part.path.read_bytes()[:-7])
    with pytest.raises(DocumentError):
        read_segment(part.path)


def test_bookmarks_are_grouped_by_year_with_the_undated_last() -> None:
    grouped = by_year(
        [
            (date(1999, 1, 2), Bookmark("a", 8)),
            (date(1999, 9, 9), Bookmark("b", 9)),
            (date(2004, 1, 1), Bookmark("c", 12)),
            (None, Bookmark("d", 14)),
        ]
    )
    assert [(each.title, each.page, len(each.below)) for each in grouped] == [
        ("Records from 1999", 8, 2),
        ("Records from 2004", 12, 1),
        ("Records with no date", 14, 1),
    ]
