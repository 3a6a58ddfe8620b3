"""`sar assemble` from end to end: sandbox, engine, verification and the files it leaves."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from sar.cli.verify import command as verify
from sar.documents import bundle as bundling
from sar.documents import compilation
from sar.documents.bundle import build
from sar.documents.bundle_case import BundleCase, BundleDocument
from sar.documents.case_file import read_case
from sar.documents.errors import DocumentError, LeakFoundError
from sar.documents.segment import digest_of
from sar.domain.redaction import Area, Plan
from tests.integration.assembled import SECRET, case_in, line, report, run, text_of
from tests.integration.structure import faults, words_in_order


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One bundle, made once, with its cache beside it."""
    folder = tmp_path_factory.mktemp("assemble")
    result = run(case_in(folder / "case"), folder / "out", "--cache", folder / "cache", "--json")
    assert result.exit_code == 0, result.output
    return folder


def test_a_bundle_comes_with_its_schedule_certificate_and_summary(built: Path) -> None:
    names = {path.name for path in (built / "out").iterdir()}
    assert names == {"bundle.pdf", "schedule.csv", "certificate.json", "summary.json"}
    summary = json.loads((built / "out/summary.json").read_text())
    assert summary["pages"] == len(text_of(built / "out/bundle.pdf"))
    assert summary["bytes"] == (built / "out/bundle.pdf").stat().st_size
    assert summary["cached_documents"] == 0
    assert {"compile", "front", "link", "verify", "total"} <= set(summary["seconds"])


@pytest.mark.parametrize("has_certificate", [True, False])
def test_the_check_alone_passes_a_bundle_with_its_language_tags_and_bookmarks(
    has_certificate: bool, built: Path
) -> None:
    with pikepdf.open(built / "out/bundle.pdf") as pdf:
        assert {"/Lang", "/StructTreeRoot", "/Outlines"} <= set(pdf.Root.keys())
    certificate = ["--certificate", str(built / "out/certificate.json")]
    arguments = [str(built / "out/bundle.pdf"), "--never", SECRET]
    result = CliRunner().invoke(verify, arguments + certificate * has_certificate)
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


def test_records_stand_oldest_first_with_the_undated_last(built: Path) -> None:
    pages = text_of(built / "out/bundle.pdf")
    order = [
        word
        for page in pages[-5:]
        for word in ("School report.", "A visit", "A letter")
        if word in page
    ]
    assert order == ["School report.", "A visit", "A letter"]


def test_every_page_says_which_it_is_of_how_many(built: Path) -> None:
    pages = text_of(built / "out/bundle.pdf")
    for number, page in enumerate(pages, 1):
        assert f"WCC-2026-000004 page {number} of {len(pages)}" in page


def test_what_was_left_out_is_nowhere_and_the_rest_is_kept(built: Path) -> None:
    text = " ".join(text_of(built / "out/bundle.pdf"))
    for kept in ("A visit to the flat.", "More words.", "School report.", "A letter without"):
        assert kept in text
    for gone in (SECRET, "Marigold", "Private page", "Private working title"):
        assert gone not in text
    assert b"Marigold" not in (built / "out/bundle.pdf").read_bytes()


def test_the_certificate_says_what_was_disclosed_to_the_byte(built: Path) -> None:
    told = json.loads((built / "out/certificate.json").read_text())
    assert told["output"][0]["sha256"] == digest_of(built / "out/bundle.pdf")
    assert [each["file"] for each in told["sources"]] == [
        "files/b.pdf",
        "files/a.pdf",
        "files/c.pdf",
    ]
    assert told["sources"][1]["sha256"] == digest_of(built / "case/files/a.pdf")
    pages = told["pages"]
    assert (pages["found"], pages["disclosed"], pages["disclosed_in_part"], pages["withheld"]) == (
        5,
        3,
        1,
        1,
    )
    assert told["output"][0]["pages"] == pages["front"] + 5
    [mark] = told["marks"]
    assert mark["page"] == pages["front"] + 3
    assert {"shape", "text", "marks"} <= {check["name"] for check in told["checks"]}


def test_the_files_hold_no_secret_in_any_of_their_bytes(built: Path) -> None:
    for path in (built / "out").iterdir():
        assert b"Marigold" not in path.read_bytes()


def test_nothing_but_the_results_and_the_cache_is_left_behind(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {"case", "out", "cache"}


def test_the_bookmarks_lead_to_each_part_and_each_record(built: Path) -> None:
    document = pypdfium2.PdfDocument(built / "out/bundle.pdf")
    found = [(each.level, each.get_title()) for each in document.get_toc()]
    document.close()
    assert [title for level, title in found if level] == ["School report", "Home visit", "Letter"]
    assert (0, "How to read this") in found
    assert (0, "Records from 2009") in found


def test_each_gap_is_a_figure_that_says_in_plain_words_why(built: Path) -> None:
    with pikepdf.open(built / "out/bundle.pdf") as pdf:
        sections = pdf.Root.StructTreeRoot.K.K
        kids = [kid for section in sections for block in section.K for kid in _kids(block)]
        figures = [kid for kid in kids if kid.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Left out: about another person"]


def test_the_structure_of_the_whole_bundle_has_no_fault(built: Path) -> None:
    assert faults(built / "out/bundle.pdf") == []


def test_a_screen_reader_meets_the_gap_where_the_words_were(built: Path) -> None:
    said = [words.strip() for words in words_in_order(built / "out/bundle.pdf")]
    at = said.index("A visit to the flat.")
    assert said[at + 1 : at + 3] == ["Left out: about another person", "More words."]
    assert said.index("Our letter to you") < said.index("Page left out") < at
    assert "TP16" not in said[at:]


def _kids(element: Any) -> list[Any]:
    """An element and all below it."""
    below = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    found = [_kids(each) for each in below if isinstance(each, pikepdf.Dictionary)]
    return [element, *(kid for each in found for kid in each)]


def test_the_same_case_gives_the_same_bytes_with_and_without_the_cache(
    built: Path, tmp_path: Path
) -> None:
    cached = run(built / "case", tmp_path / "warm", "--cache", built / "cache", "--json")
    assert json.loads(cached.output)["cached_documents"] == 3
    cold = run(built / "case", tmp_path / "cold", "--workers", 2)
    assert cold.exit_code == 0, cold.output
    for name in ("bundle.pdf", "schedule.csv", "certificate.json"):
        bytes_ = (built / "out" / name).read_bytes()
        assert (tmp_path / "warm" / name).read_bytes() == bytes_
        assert (tmp_path / "cold" / name).read_bytes() == bytes_


def test_one_changed_area_compiles_one_document(built: Path, tmp_path: Path) -> None:
    case = read_case(built / "case")
    first, visit, third = case.documents
    wider = replace(visit.plan, areas=(Area(1, line(1, 60, 420), "TP16"),))
    changed = replace(case, documents=(first, replace(visit, plan=wider), third))
    again = build(changed, tmp_path / "out", cache=built / "cache")
    assert again.summary["cached_documents"] == 2


def test_a_changed_program_trusts_no_older_pass(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compilation, "program_digest", lambda: "another program")
    again = build(read_case(built / "case"), tmp_path / "out", cache=built / "cache")
    assert again.summary["cached_documents"] == 0


def test_a_damaged_cache_is_made_anew(built: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for path in (built / "cache").iterdir():
        data = path.read_bytes()
        (cache / path.name).write_bytes(data[:-9] + b"xxxxxxxxx")
    result = run(built / "case", tmp_path / "out", "--cache", cache, "--json")
    assert json.loads(result.output)["cached_documents"] == 0
    assert (tmp_path / "out/bundle.pdf").read_bytes() == (built / "out/bundle.pdf").read_bytes()


def test_a_case_too_big_for_one_file_goes_into_several_numbered_on(
    built: Path, tmp_path: Path
) -> None:
    case = replace(read_case(built / "case"), volume_mb=0.001)
    parts = build(case, tmp_path / "out", cache=built / "cache").volumes
    assert [part.name for part in parts] == ["bundle-1.pdf", "bundle-2.pdf", "bundle-3.pdf"]
    pages = [page for part in parts for page in text_of(part)]
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
    told = json.loads((tmp_path / "out/certificate.json").read_text())
    assert [each["sha256"] for each in told["output"]] == [digest_of(part) for part in parts]
    with pikepdf.open(parts[1]) as second:
        assert b"Your records, file 2 of 3" in second.Root.Metadata.read_bytes()


def test_a_secret_left_in_another_record_stops_the_bundle_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    folder = case_in(tmp_path / "case")
    report(folder / "files/c.pdf", [["A letter", "", f"signed {SECRET.upper()}"]])
    out = tmp_path / "out"
    out.mkdir()
    (out / "bundle.pdf").write_bytes(b"an older bundle")
    result = run(folder, out)
    assert result.exit_code == 3
    assert "Letter" in result.output
    assert SECRET.casefold() not in result.output.casefold()
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("change", ["title", "document"])
def test_a_title_that_holds_a_secret_stops_the_bundle(tmp_path: Path, change: str) -> None:
    folder = case_in(tmp_path / "case")
    data = json.loads((folder / "case.json").read_text())
    if change == "title":
        data["title"] = f"Records of {SECRET}"
    else:
        data["documents"][0]["title"] = f"Letter from {SECRET}"
    (folder / "case.json").write_text(json.dumps(data))
    result = run(folder, tmp_path / "out")
    assert result.exit_code == 3
    assert "title" in result.output
    assert list((tmp_path / "out").iterdir()) == []


def test_a_title_that_repeats_what_is_left_out_stops_the_bundle_without_a_never_list(
    built: Path, tmp_path: Path
) -> None:
    case = read_case(built / "case")
    letter, *others = case.documents
    told = replace(letter, title=f"Letter from {SECRET}")
    with pytest.raises(LeakFoundError, match="title of document 1 repeats words"):
        build(replace(case, documents=(told, *others), never=()), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_left_out_of_one_record_and_seen_in_another_is_told_in_the_certificate(
    built: Path, tmp_path: Path
) -> None:
    case = read_case(built / "case")
    source = report(tmp_path / "d.pdf", [["A call.", f"We met {SECRET}."]])
    more = BundleDocument("Call", date(2013, 1, 1), source, False, Plan())
    build(replace(case, documents=(*case.documents, more), never=()), tmp_path / "out")
    warnings = json.loads((tmp_path / "out/certificate.json").read_text())["warnings"]
    assert any("also stand" in warning["sentence"] for warning in warnings)
    assert SECRET not in str(warnings)


def test_a_bundle_that_changes_while_it_is_checked_is_refused(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check runs where it could write: what it saw must be what leaves."""
    honest = bundling.link

    def tampering(volume: Any, out: Path) -> Any:
        written = honest(volume, out)
        return replace(written, sha256="0" * 64)

    monkeypatch.setattr(bundling, "link", tampering)
    with pytest.raises(LeakFoundError, match="changed while"):
        build(read_case(built / "case"), tmp_path / "out", cache=built / "cache")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_stamp_over_a_secret_free_page_is_not_enough_to_pass_a_leak(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong between compiling and linking, the final bytes are judged."""
    honest = bundling.set_front

    def leaking(facts: Any) -> Any:
        name = replace(facts.letter, requester_name=SECRET)
        return honest(replace(facts, letter=name))

    monkeypatch.setattr(bundling, "set_front", leaking)
    with pytest.raises(LeakFoundError, match="Page 1, text"):
        build(read_case(built / "case"), tmp_path / "out", cache=built / "cache")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"not a pdf at all", "not a PDF"),
        (b"%PDF-1.7 cut off", "damaged"),
        (None, "no such"),
    ],
)
def test_a_document_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    folder = case_in(tmp_path / "case")
    path = folder / "files/b.pdf"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    result = run(folder, tmp_path / "out", "--json")
    assert result.exit_code == 4, result.output
    told = json.loads(result.output)
    assert words in told["sentence"]
    assert "School report" in told["sentence"] or "files/b.pdf" in told["sentence"]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_locked_document_is_named(tmp_path: Path) -> None:
    folder = case_in(tmp_path / "case")
    with pikepdf.open(folder / "files/b.pdf", allow_overwriting_input=True) as pdf:
        pdf.save(encryption=pikepdf.Encryption(owner="x", user="y"))
    result = run(folder, tmp_path / "out")
    assert result.exit_code == 4
    assert "password" in result.output


def test_a_prepared_document_is_not_prepared_again(tmp_path: Path, built: Path) -> None:
    case = read_case(built / "case")
    claims = tuple(replace(each, is_prepared=True) for each in case.documents)
    untouched = BundleCase(case.reference, case.council, case.title, claims)
    bytes_before = [each.source.read_bytes() for each in claims]
    # A PDF that was never prepared may be refused, but never changed.
    with contextlib.suppress(DocumentError):
        build(untouched, tmp_path / "out")
    assert [each.source.read_bytes() for each in claims] == bytes_before
