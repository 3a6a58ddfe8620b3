from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.page_audit import Taken, judge
from sar.documents.prepare import prepare
from sar.documents.redact import Compiled, compile_plan
from sar.domain.redaction import Area, Plan, Rect, WithheldPage
from tests.corpus.redaction_pages import AREA, CASES, SECRETS, Case, Sheet

_PACKED = ("/DCTDecode", "/CCITTFaxDecode")
_PICTURED = {"in-a-tile"}


def _redacted(data: bytes, plan: Plan, folder: Path, name: str = "out") -> tuple[Path, Compiled]:
    source, prepared, out = (folder / f"{name}-{part}.pdf" for part in ("source", "ready", "clean"))
    source.write_bytes(data)
    prepare(source, prepared, folder)
    return out, compile_plan(prepared, plan, out, folder)


def _text(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def _everything(pdf: Path) -> bytes:
    """Every byte of the file and of every decoded stream."""
    parts = [pdf.read_bytes()]
    with pikepdf.open(pdf) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") not in _PACKED:
                parts.append(each.read_bytes())
            parts.append(repr(each).encode())
    return b"\n".join(parts)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_planted_secret_leaves_no_trace_and_kept_words_stay(case: Case, tmp_path: Path) -> None:
    outputs = []
    for number, secret in enumerate(SECRETS):
        out, compiled = _redacted(case.build(secret), case.plan(), tmp_path, str(number))
        text, raw = _text(out), _everything(out)
        assert [word for word in case.kept if word not in text] == []
        for word in secret.split():
            assert word not in text
            assert word.encode() not in raw
            assert word.encode("utf-16-be").hex().encode() not in raw.lower()
        if case.name not in _PICTURED:
            assert compiled.picture_pages == ()
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1], "what was removed can be told from what is left"


def test_the_same_file_and_plan_give_the_same_bytes(tmp_path: Path) -> None:
    case = CASES["kerned"]
    first, _ = _redacted(case.build(SECRETS[0]), case.plan(), tmp_path, "first")
    second, _ = _redacted(case.build(SECRETS[0]), case.plan(), tmp_path, "second")
    assert first.read_bytes() == second.read_bytes()


def _sentence(name: str) -> tuple[bytes, Plan]:
    """A line with a name inside, set by its own width; the plan names where it stands."""
    face = 12 / 1000
    width = sum({"i": 222, "l": 222, "m": 833, "W": 944}.get(char, 556) for char in name) * face
    sheet = Sheet().draw(
        f"BT /F1 12 Tf 40 170 Td (The aunt) Tj 60 0 Td ({name}) Tj "
        f"{width + 4} 0 Td (said that all was well.) Tj ET",
        has_line=False,
    )
    rect = Rect(99, 118, 101 + width, 134)
    return sheet.bytes(), Plan((Area(1, rect, "TP16"),))


def test_a_mark_inside_a_line_does_not_tell_how_long_the_name_was(tmp_path: Path) -> None:
    names = ("llill", "nnnnn", "Wmmmm")
    outputs = []
    for name in names:
        out, compiled = _redacted(*_sentence(name), tmp_path, name)
        assert [mark.width_visible for mark in compiled.marks] == [False]
        assert "said that all was well." in " ".join(_text(out).split())
        outputs.append(out.read_bytes())
    assert len(set(outputs)) == 1


def test_the_removed_text_is_told_to_the_verifier_in_the_order_of_the_plan(tmp_path: Path) -> None:
    sheet = Sheet().draw("BT /F1 12 Tf 100 170 Td (Alpha) Tj 0 -80 Td (Omega) Tj ET")
    plan = Plan((Area(1, Rect(96, 196, 252, 216), "LPP"), Area(1, AREA, "TP16")))
    _, compiled = _redacted(sheet.bytes(), plan, tmp_path)
    assert compiled.removed == ("Omega", "Alpha")
    assert [mark.code for mark in compiled.marks] == ["LPP", "TP16"]


def test_the_code_of_a_mark_can_be_read_in_the_text(tmp_path: Path) -> None:
    case = CASES["shown-at-once"]
    out, _ = _redacted(case.build(SECRETS[0]), case.plan(), tmp_path)
    assert "TP16" in _text(out).split()


def test_areas_that_overlap_share_one_mark(tmp_path: Path) -> None:
    case = CASES["shown-at-once"]
    plan = Plan((Area(1, AREA, "TP16"), Area(1, Rect(120, 114, 260, 134), "LPP")))
    out, compiled = _redacted(case.build(SECRETS[0]), plan, tmp_path)
    assert compiled.marks[0].rect == compiled.marks[1].rect
    assert "TP16 LPP" in _text(out)


def test_a_withheld_page_says_so_and_holds_nothing_of_the_source(tmp_path: Path) -> None:
    case = CASES["in-a-form-of-two-pages"]
    plan = Plan(withheld_pages=(WithheldPage(2, "LPP"),))
    out, compiled = _redacted(case.build(SECRETS[0]), plan, tmp_path)
    assert compiled.fates == ("disclosed", "withheld")
    second = _text(out).split("\f")[1]
    assert "Page left out" in second
    assert "LPP" in second
    assert "Report" not in second
    with pikepdf.open(out) as pdf:
        assert [float(edge) for edge in pdf.pages[1].mediabox] == [0, 0, 400, 300]


def test_an_empty_plan_still_takes_out_what_is_not_on_a_page(tmp_path: Path) -> None:
    case = CASES["everywhere-beside-the-page"]
    out, _ = _redacted(case.build(SECRETS[0]), Plan(), tmp_path)
    with pikepdf.open(out) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.trailer.keys()) <= {"/ID", "/Root", "/Size", "/Type", "/W", "/Index",
                                           "/Length", "/Filter", "/DecodeParms"}  # fmt: skip
        assert set(pdf.pages[0].obj.keys()) == {
            "/Type", "/Parent", "/MediaBox", "/Resources", "/Contents",
        }  # fmt: skip


def test_the_audit_refuses_a_page_from_which_nothing_was_removed(tmp_path: Path) -> None:
    case = CASES["shown-at-once"]
    out, _ = _redacted(case.build(SECRETS[0]), Plan(), tmp_path)
    document = pypdfium2.PdfDocument(out)
    try:
        page = document[0]
        assert judge(page, page, [AREA], Taken(SECRETS[0], SECRETS[0]), "") == (
            "text that should be gone is still there"
        )
        assert judge(page, page, [], Taken(), "") is None
    finally:
        document.close()


def test_a_picture_page_reads_its_words_from_the_blackened_picture(tmp_path: Path) -> None:
    case = CASES["in-a-tile"]
    out, compiled = _redacted(case.build(SECRETS[0]), case.plan(), tmp_path)
    assert compiled.picture_pages == (1,)
    assert "Report" in _text(out)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", DocumentFault.EMPTY),
        (b"no PDF at all", DocumentFault.CORRUPT),
        (b"%PDF-1.7\n" + b"\x00" * 4000, DocumentFault.CORRUPT),
    ],
)
def test_a_file_that_is_no_pdf_is_refused_in_a_sentence(
    data: bytes, fault: DocumentFault, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError) as refusal:
        _redacted(data, Plan(), tmp_path)
    assert refusal.value.fault is fault


def test_a_file_locked_for_readers_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(source, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(DocumentError) as refusal:
        prepare(source, tmp_path / "out.pdf", tmp_path)
    assert refusal.value.fault is DocumentFault.ENCRYPTED


def test_a_file_whose_end_is_missing_is_refused_rather_than_cut(tmp_path: Path) -> None:
    data = CASES["photograph-rgb"].build(SECRETS[0])
    with pytest.raises(DocumentError) as refusal:
        _redacted(data[: len(data) * 2 // 3], Plan(), tmp_path)
    assert refusal.value.fault is DocumentFault.CORRUPT
