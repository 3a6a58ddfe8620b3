"""Letters and the parts that stand before the records, set for real."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment

from sar.documents import letters
from sar.documents.errors import DocumentError
from sar.documents.face import faces
from sar.documents.front_matter import Facts, FrontMatter, Record, set_front
from sar.documents.glossary import short_words_in
from sar.documents.letterhead import (
    COUNCILS,
    LetterContext,
    SearchedPlace,
)
from sar.documents.letters import counted, day, render_page, short_day
from sar.documents.list_pages import list_pdf
from sar.documents.ruled_list import Column, Heading, Paragraph, Setting, Table, can_set, wrapped
from sar.domain.disclosure import BundlePart, NotIncluded, PageFate, PageRef, fates_of
from sar.domain.redaction import Area, Plan, Rect, WithheldPage
from tests.reading import BANNED, reading_grade

PLACE = Rect(10, 10, 90, 22)
PLAIN = faces()[0]


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def facts(records: int = 30, **letter: object) -> Facts:
    made = []
    for number in range(records):
        plan = Plan(
            areas=(Area(1, PLACE, "TP16"), Area(1, PLACE, "LPP19")) if number % 3 == 0 else (),
            withheld_pages=(WithheldPage(2, "SW11"),) if number % 5 == 0 else (),
        )
        dated = date(2001 + number // 12, 1 + number % 12, 7) if number % 10 else None
        made.append(
            Record(f"Home visit {number}", dated, fates_of(plan, 3), plan, number=number + 1)
        )
    return Facts(
        reference="RBKC-2026-000123",
        council=COUNCILS["RBKC"],
        letter=LetterContext(**letter),  # type: ignore[arg-type]
        records=tuple(made),
        not_included=(
            NotIncluded(
                PageFate.DUPLICATE, 12, "The same page is here already.", (PageRef("1", 1),) * 12
            ),
        ),
    )


@pytest.fixture(scope="module")
def front() -> FrontMatter:
    return set_front(
        facts(
            requester_name="Ayesha Begum",
            dated_on=date(2026, 11, 20),
            received_on=date(2026, 10, 21),
            searched=(
                SearchedPlace("The case system", "We found 30 records."),
                SearchedPlace("The paper store", "We found nothing. Two boxes were destroyed."),
            ),
        )
    )


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x"]
)
def test_a_letter_cannot_fetch_anything(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    loader = DictLoader({"evil.html": f"<img src='{address}'>"})
    monkeypatch.setattr(letters, "_ENVIRONMENT", Environment(loader=loader, autoescape=True))
    with pytest.raises(DocumentError, match="may not fetch"):
        render_page("evil", {})


def test_a_letter_that_does_not_exist_is_refused_in_a_sentence() -> None:
    with pytest.raises(DocumentError, match="no letter called"):
        render_page("../base", {})


def test_the_letters_of_a_bundle_use_plain_words(front: FrontMatter) -> None:
    for part in (BundlePart.COVER, BundlePart.READING, BundlePart.KEY):
        text = text_of(front.parts[part])
        assert BANNED.search(text) is None, part
        assert reading_grade(text) <= 7, part


def test_the_cover_letter_answers_everything_article_15_asks(front: FrontMatter) -> None:
    text = text_of(front.parts[BundlePart.COVER])
    for words in (
        "We do hold information",
        "The case system",
        "Two boxes were destroyed",
        "Why we use it",
        "What kinds we hold",
        "Who we share it with",
        "How long we keep it",
        "Where it came from",
        "Choices made by computers",
        "put right something that is wrong",
        "delete something",
        "section 164A",
        "section 165",
        "go to court",
        "Kensington Town Hall, Hornton Street, London, W8 7NX",
        "dataprotectionact@rbkc.gov.uk",
        "Dear Ayesha Begum",
        "21 October 2026",
        "12 pages: The same page is here already. See page ",
        "All the pages we found 102",
    ):
        assert words in text


def _after(words: str, text: str) -> str:
    found = re.search(re.escape(words) + r" (\d+)", text)
    assert found is not None
    return found[1]


def test_the_numbers_in_the_letter_add_up_to_the_pages_of_the_bundle(front: FrontMatter) -> None:
    text = text_of(front.parts[BundlePart.COVER])
    assert f"there are {front.total_pages} pages" in text
    inside = (PageFate.DISCLOSED, PageFate.IN_PART, PageFate.WITHHELD)
    shown = [int(_after(fate.plain_words.capitalize(), text)) for fate in inside]
    assert sum(shown) == front.account.in_bundle == 90
    assert _after("All the pages we found", text) == str(90 + 12)


def test_the_contents_page_gives_the_page_each_record_really_starts_on(front: FrontMatter) -> None:
    text = text_of(front.parts[BundlePart.CONTENTS])
    for record in front.records:
        assert f"{short_day(record.dated_on)} {record.title} {record.first_page}" in text
    assert front.records[0].first_page == front.pages + 1


def test_the_key_counts_every_gap_and_every_whole_page(front: FrontMatter) -> None:
    text = text_of(front.parts[BundlePart.KEY])
    assert re.search(r"TP16 This is about another person\. 10 0 DPA 2018 Sch 2 para 16", text)
    assert re.search(r"SW11 .* 0 6 DPA 2018 Sch 3", text)


def test_a_title_in_a_script_that_needs_shaping_is_still_shown() -> None:
    record = Record("আয়েশার চিঠি", None, (PageFate.DISCLOSED,), Plan())
    front = set_front(Facts("WCC-1", COUNCILS["WCC"], LetterContext(), (record,)))
    with pikepdf.open(io.BytesIO(front.parts[BundlePart.CONTENTS])) as pdf:
        names = [str(font.BaseFont) for font in dict(pdf.pages[0].resources.Font).values()]
    assert any("Bengali" in name for name in names)


def test_a_bundle_with_nothing_left_out_says_so() -> None:
    record = Record("Letter", None, (PageFate.DISCLOSED,), Plan())
    front = set_front(Facts("WCC-1", COUNCILS["WCC"], LetterContext(), (record,)))
    for part in (BundlePart.COVER, BundlePart.KEY):
        assert "We did not leave anything out" in text_of(front.parts[part])
    assert "dark box with a short code" not in text_of(front.parts[BundlePart.COVER])


def test_short_words_in_the_records_are_explained() -> None:
    words = short_words_in(["The IRO chaired the LAC review.", "lac and Iro and UNKNOWN"])
    assert [word for word, _ in words] == ["IRO", "LAC"]
    record = Record("Letter", None, (PageFate.DISCLOSED,), Plan())
    front = set_front(Facts("WCC-1", COUNCILS["WCC"], LetterContext(), (record,), glossary=words))
    text = text_of(front.parts[BundlePart.READING])
    assert "IRO Independent reviewing officer" in text


def test_a_long_list_is_one_table_with_a_heading_for_each_row() -> None:
    rows = tuple((str(at), f"Record {at}") for at in range(200))
    table = Table((Column("No.", 1, is_number=True), Column("Record", 5, is_heading=True)), rows)
    setting = Setting([Heading("List"), Paragraph("Words."), table])
    assert len(setting.sheets) > 2
    with pikepdf.open(io.BytesIO(list_pdf(setting))) as pdf:
        document = pdf.Root.StructTreeRoot.K
        assert [str(each.S) for each in document.K] == ["/H1", "/P", "/Table"]
        head, body = document.K[2].K
        assert len(body.K) == 200
        assert [str(cell.S) for cell in body.K[0].K] == ["/TD", "/TH"]
        assert str(body.K[0].K[1].A.Scope) == "/Row"
        assert [str(cell.A.Scope) for cell in head.K[0].K] == ["/Column", "/Column"]


def test_no_row_of_a_long_list_is_lost_or_cut_over_two_pages() -> None:
    rows = tuple((str(at), f"Record {at} " + "with a long name " * (at % 9)) for at in range(150))
    setting = Setting([Table((Column("No.", 1), Column("Record", 5)), rows)])
    text = text_of(list_pdf(setting))
    found = [int(number) for number in re.findall(r"(\d+) Record \1 ", text)]
    assert found == list(range(150))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(st.sampled_from([chr(at) for at in range(32, 0x250) if PLAIN.holds(chr(at))])))
def test_wrapping_loses_no_letter(text: str) -> None:
    lines = wrapped(text, 60, 9, is_bold=False)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_letters_that_need_shaping_are_not_drawn_side_by_side() -> None:
    assert can_set([Paragraph("Zoë Ọlá – “x” Ελένη Ольга")])
    assert not can_set([Paragraph("আয়েশা")])
    assert not can_set([Paragraph("محمد")])


def test_dates_and_counts_read_as_people_write_them() -> None:
    assert day(date(2026, 3, 4)) == "4 March 2026"
    assert short_day(None) == "No date"
    assert counted(1, "page", "pages") == "1 page"
    assert counted(1204, "page", "pages") == "1,204 pages"
