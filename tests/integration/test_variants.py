"""The bundle as a web page and in large print, made from the proved pages and proved themselves."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from sar.documents import variants
from sar.documents.bundle import build
from sar.documents.case_file import read_case
from sar.documents.certificate import Issue
from sar.documents.errors import LeakFoundError
from sar.documents.segment import digest_of
from sar.documents.variants import Variant
from tests.integration.assembled import SECRET, case_in, run, text_of
from tests.integration.structure import faults

BOTH = ("--also", "html", "--also", "large-print")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("variants")
    result = run(case_in(folder / "case"), folder / "out", "--cache", folder / "cache", *BOTH)
    assert result.exit_code == 0, result.output
    return folder


def test_both_forms_say_what_the_pages_say_and_no_more(built: Path) -> None:
    page = (built / "out/bundle.html").read_text("utf-8")
    large = " ".join(" ".join(text_of(built / "out/bundle-large-print.pdf")).split())
    for told in (page, large):
        for words in (
            *("School report.", "A visit to the flat.", "More words.", "A letter without a date."),
            *("Left out: about another person", "Dear Sir or Madam"),
            "The whole page is left out: sharing this could harm someone badly",
        ):
            assert words in told
        for gone in (SECRET, "Marigold", "Private page", "Private working title"):
            assert gone not in told


def test_pages_are_told_by_their_numbers_in_the_bundle(built: Path) -> None:
    page = (built / "out/bundle.html").read_text("utf-8")
    total = len(text_of(built / "out/bundle.pdf"))
    found = re.findall(rf"Page (\d+) of {total}<", page)
    assert found == [str(number) for number in range(1, total + 1)]


def test_every_letter_of_the_large_print_is_at_least_eighteen_points_high(built: Path) -> None:
    document = pypdfium2.PdfDocument(built / "out/bundle-large-print.pdf")
    sizes = set()
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            drawn = pdfium.FPDFText_GetTextObject(text, at)
            if drawn:
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
                size = pdfium.FPDFText_GetFontSize(text, at)
                sizes.add(round(abs(size * matrix.d), 1))
    document.close()
    assert min(sizes) >= 18


def test_the_large_print_is_tagged_numbered_and_has_bookmarks(built: Path) -> None:
    path = built / "out/bundle-large-print.pdf"
    assert faults(path) == []
    pages = text_of(path)
    assert f"large print page 1 of {len(pages)}" in pages[0]
    document = pypdfium2.PdfDocument(path)
    titles = [each.get_title() for each in document.get_toc()]
    document.close()
    assert titles[0] == "Our letter to you"
    assert titles[-1] == "Letter (no date)"


def test_the_certificate_holds_the_fingerprint_of_both(built: Path) -> None:
    told = json.loads((built / "out/certificate.json").read_text())
    for each in told["variants"]:
        assert each["sha256"] == digest_of(built / "out" / each["file"])
    assert [each["file"] for each in told["variants"]] == list(Variant)


def test_the_same_case_gives_the_same_bytes_of_both(built: Path, tmp_path: Path) -> None:
    again = run(built / "case", tmp_path / "out", "--workers", 2, *BOTH)
    assert again.exit_code == 0, again.output
    for name in Variant:
        assert (tmp_path / "out" / name).read_bytes() == (built / "out" / name).read_bytes()


def test_a_later_run_without_them_leaves_none_behind(built: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/bundle.html").write_text("an older one")
    case = read_case(built / "case")
    assert build(case, tmp_path / "out", cache=built / "cache").variants == ()
    assert not (tmp_path / "out/bundle.html").exists()


@pytest.mark.parametrize("never", [(SECRET,), ()])
def test_a_form_that_says_more_than_the_proved_pages_is_refused(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, never: tuple[str, ...]
) -> None:
    honest = variants.web_page

    def leaking(title: str, chapters: Any, total: int) -> str:
        return honest(title, chapters, total).replace("A visit", f"A visit by {SECRET}")

    monkeypatch.setattr(variants, "web_page", leaking)
    case = replace(read_case(built / "case"), never=never)
    issue = Issue(variants=(Variant.WEB_PAGE,))
    with pytest.raises(LeakFoundError, match="web page"):
        build(case, tmp_path / "out", issue=issue)
    assert list((tmp_path / "out").iterdir()) == []
