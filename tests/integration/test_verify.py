from __future__ import annotations

import io
import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from sar.cli.verify import command
from sar.documents import sandbox, tools
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.prepare import prepare
from sar.documents.redact import compile_plan
from sar.documents.verify import (
    Channel,
    Expected,
    OcrPolicy,
    Verification,
    parse_verification,
    run,
    verify,
)
from sar.documents.verify.findings import Report
from sar.documents.verify.subject import Subject
from sar.domain.redaction import Area, Mark, Plan, Rect, WithheldPage, plan_as_dict
from tests.corpus.leaks.paper import Names, Paper
from tests.corpus.leaks.pictures import drawn, placed_jpeg
from tests.corpus.leaks.planted import PLANTED, planted, source


@dataclass(frozen=True)
class Good:
    """An output of the engine that is as it should be, and what it was made from."""

    pdf: bytes
    plan: Plan
    marks: tuple[Mark, ...]
    secret: str
    folder: Path

    def check(self, pdf: bytes | None = None, **given: object) -> Verification:
        path = self.folder / "checked.pdf"
        path.write_bytes(pdf or self.pdf)
        plan = given.get("plan", self.plan)
        marks = given.get("marks", self.marks)
        assert isinstance(plan, Plan)
        assert marks is None or isinstance(marks, tuple)
        ocr = OcrPolicy(str(given.get("ocr", OcrPolicy.NEVER)))
        return verify(path, Expected(plan, marks, (self.secret,), ocr), self.folder)


def _compiled(paper: Paper, plan: Plan, folder: Path) -> tuple[bytes, tuple[Mark, ...]]:
    original, prepared, out = (folder / name for name in ("s.pdf", "p.pdf", "o.pdf"))
    original.write_bytes(paper.finish())
    prepare(original, prepared, folder)
    compiled = compile_plan(prepared, plan, out, folder)
    return out.read_bytes(), compiled.marks


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    folder = tmp_path_factory.mktemp("good")
    paper = source(Names(random.SystemRandom().randrange(1 << 30)))
    plan = Plan(tuple(paper.areas), (), tuple(paper.secrets))
    pdf, marks = _compiled(paper, plan, folder)
    return Good(pdf, plan, marks, paper.secrets[0], folder)


def test_a_good_output_passes_and_every_check_has_run(good: Good) -> None:
    found = good.check()
    assert found.findings == ()
    counts = {check.name: check.count for check in found.checks}
    assert counts["marks"] == 2
    assert counts["text"] == counts["second-text"] == counts["hidden"] == 1
    assert counts["shape"] > 5
    assert counts["letters"] > 0


@pytest.mark.parametrize("kind", PLANTED)
def test_a_leak_planted_in_a_good_output_is_found(kind: str, good: Good) -> None:
    pdf = planted(good.pdf, PLANTED[kind], good.marks[0].rect, good.secret)
    assert not good.check(pdf).passed


@pytest.mark.parametrize("kind", [kind for kind in PLANTED if not kind.startswith("a title")])
def test_it_is_found_without_knowing_the_marks_or_the_words(kind: str, good: Good) -> None:
    pdf = planted(good.pdf, PLANTED[kind], good.marks[0].rect, good.secret)
    assert not good.check(pdf, plan=Plan(good.plan.areas), marks=None).passed


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pdf: pdf + b"\n% more\n",
        lambda pdf: pdf + b"\0" * 40,
        lambda pdf: b"\n" + pdf,
        lambda pdf: pdf + pdf,
    ],
    ids=["words after the end", "zeros after the end", "a byte before", "the file twice"],
)
def test_bytes_that_belong_to_no_object_are_found(spoil: object, good: Good) -> None:
    assert callable(spoil)
    assert Channel.FILE in {each.channel for each in good.check(spoil(good.pdf)).findings}


def test_a_file_locked_with_an_owners_password_is_refused(good: Good) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert not good.check(out.getvalue()).passed


def test_findings_name_the_page_but_never_repeat_the_words(good: Good) -> None:
    plant = PLANTED["a comment in the drawing"]
    pdf = planted(good.pdf, plant, good.marks[0].rect, good.secret)
    text = json.dumps(good.check(pdf).as_dict())
    assert all(word not in text for word in good.secret.split())


def test_an_answer_survives_the_border_and_passing_is_worked_out_again(good: Good) -> None:
    found = good.check(good.pdf + b"%")
    data = found.as_dict()
    assert parse_verification({**data, "passed": True}) == found
    assert not parse_verification({**data, "passed": True}).passed


# The safety net: a check that cannot run refuses.


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder for a PATH, but for what the sandbox itself needs."""
    limiter = shutil.which("prlimit")
    assert limiter is not None
    (tmp_path / "prlimit").symlink_to(limiter)
    monkeypatch.setattr(sandbox, "PATH", str(tmp_path))


@pytest.mark.usefixtures("no_programs")
def test_without_the_second_reader_everything_is_refused(good: Good) -> None:
    found = good.check()
    assert [each.channel for each in found.findings] == [Channel.CHECKER]
    assert "pdftotext is missing" in found.findings[0].sentence


@pytest.mark.usefixtures("no_programs")
def test_without_recognition_a_page_that_needs_it_is_refused(good: Good) -> None:
    found = good.check(ocr=OcrPolicy.PICTURES)
    assert any("tesseract is missing" in each.sentence for each in found.findings)


def _crashing_check(_: Subject) -> Report:
    raise ZeroDivisionError


def test_a_check_that_crashes_refuses(good: Good, monkeypatch: pytest.MonkeyPatch) -> None:
    crashing = ("crashing", "nothing", _crashing_check)
    monkeypatch.setattr(run, "FILE_CHECKS", (*run.FILE_CHECKS, crashing))
    found = good.check()
    assert [each.channel for each in found.findings] == [Channel.CHECKER]
    assert "crashing" in found.findings[0].sentence


@pytest.mark.parametrize("place", range(len(run.PAGE_CHECKS)))
def test_a_check_of_a_page_that_crashes_refuses(
    place: int, good: Good, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise MemoryError

    checks = list(run.PAGE_CHECKS)
    checks[place] = (checks[place][0], "nothing", crash)
    monkeypatch.setattr(run, "PAGE_CHECKS", tuple(checks))
    found = good.check()
    assert [(each.page, each.channel) for each in found.findings] == [(1, Channel.CHECKER)]


def test_a_file_that_is_no_pdf_cannot_be_judged(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"hello")
    with pytest.raises(DocumentError) as caught:
        verify(path, Expected(Plan()), tmp_path)
    assert caught.value.fault is DocumentFault.CORRUPT


# Marks and pages against the plan.


def test_a_mark_on_a_page_that_is_not_there_is_found(good: Good) -> None:
    mark = Mark(7, Rect(0, 0, 9, 9), "s40(2)", False)
    found = good.check(marks=(*good.marks, mark))
    assert Channel.MARKS in {each.channel for each in found.findings}


def test_a_withheld_page_that_still_shows_itself_is_found(good: Good) -> None:
    plan = Plan(good.plan.areas, (WithheldPage(1, "s40(2)"), WithheldPage(4, "s40(2)")))
    found = good.check(plan=plan)
    assert {each.channel for each in found.findings} >= {
        Channel.MARKS,
        Channel.TEXT,
        Channel.PICTURE,
    }


def test_a_page_withheld_by_the_engine_passes(tmp_path: Path) -> None:
    paper = source(Names(3))
    plan = Plan((), (WithheldPage(1, "s40(2)"),), tuple(paper.secrets))
    pdf, marks = _compiled(paper, plan, tmp_path)
    (tmp_path / "checked.pdf").write_bytes(pdf)
    found = verify(tmp_path / "checked.pdf", Expected(plan, marks), tmp_path)
    assert found.findings == ()


def test_words_laid_anew_behind_a_mark_are_no_leak_when_the_marks_are_not_known(
    tmp_path: Path,
) -> None:
    """A long name becomes a short mark, and what followed it moves into its place."""
    original, prepared, out = (tmp_path / name for name in ("s.pdf", "p.pdf", "o.pdf"))
    canvas = Canvas(str(original), pagesize=(420, 320))
    canvas.setFont("Helvetica", 11)
    start = 40 + canvas.stringWidth("She met ", "Helvetica", 11)
    name = "Wilhelmina Featherstonehaugh"
    canvas.drawString(40, 200, f"She met {name} at the gate of the school")
    canvas.drawString(40, 180, "and they went home.")
    canvas.save()
    prepare(original, prepared, tmp_path)
    end = start + canvas.stringWidth(name, "Helvetica", 11)
    plan = Plan((Area(1, Rect(start - 0.5, 110, end + 0.5, 123), "s40(2)"),), (), (name,))
    compiled = compile_plan(prepared, plan, out, tmp_path)
    assert compiled.marks[0].rect.width < plan.areas[0].rect.width
    assert verify(out, Expected(plan), tmp_path).findings == ()
    assert verify(out, Expected(plan, compiled.marks, compiled.removed), tmp_path).findings == ()


# Words in pictures.


@pytest.fixture(scope="module")
def photographed(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A good output whose picture shows a name that no text repeats."""
    folder = tmp_path_factory.mktemp("picture")
    paper = Paper(Names(5))
    placed_jpeg(paper, drawn(paper.kept[0], "Gideon Farrow"), 60)
    pdf, marks = _compiled(paper, Plan(), folder)
    return Good(pdf, Plan(never=("Gideon Farrow",)), marks, "Gideon Farrow", folder)


@pytest.mark.parametrize("policy", [OcrPolicy.AUTO, OcrPolicy.PICTURES, OcrPolicy.ALWAYS])
def test_a_name_in_a_picture_is_recognised(policy: OcrPolicy, photographed: Good) -> None:
    found = photographed.check(ocr=policy)
    assert [(each.page, each.channel) for each in found.findings] == [(1, Channel.RECOGNISED)]


def test_a_picture_under_a_text_layer_is_recognised_only_when_asked(tmp_path: Path) -> None:
    paper = Paper(Names(6))
    placed_jpeg(paper, drawn(paper.kept[0], "Gideon Farrow"), 60)
    paper.draw("BT 3 Tr /F1 12 Tf 44 66 Td (some words that were recognised long ago) Tj ET")
    path = tmp_path / "scan.pdf"
    path.write_bytes(paper.finish())
    plan = Plan(never=("Gideon Farrow",))
    channels = {
        policy: {
            each.channel for each in verify(path, Expected(plan, ocr=policy), tmp_path).findings
        }
        for policy in OcrPolicy
    }
    assert Channel.RECOGNISED not in channels[OcrPolicy.AUTO] | channels[OcrPolicy.NEVER]
    assert Channel.RECOGNISED in channels[OcrPolicy.PICTURES] & channels[OcrPolicy.ALWAYS]


# The command.


def _command(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(folder / "file.pdf"), *options])


@pytest.fixture
def folder(good: Good, tmp_path: Path) -> Path:
    (tmp_path / "file.pdf").write_bytes(good.pdf)
    (tmp_path / "plan.json").write_text(json.dumps(plan_as_dict(good.plan)))
    return tmp_path


def test_the_command_passes_a_good_file_and_says_what_it_checked(folder: Path) -> None:
    result = _command(folder, "--plan", str(folder / "plan.json"))
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["findings"]) == (0, [])
    assert {check["name"] for check in answer["checks"]} >= {"marks", "second-text"}


def test_the_command_refuses_a_word_that_must_not_be_there(folder: Path) -> None:
    result = _command(folder, "--never", "s40(2)")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["passed"] is False


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n"])
def test_the_command_says_when_a_file_cannot_be_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(content)
    assert _command(tmp_path).exit_code == 4


def test_the_command_says_when_there_is_no_file(tmp_path: Path) -> None:
    assert _command(tmp_path).exit_code == 4


@pytest.mark.parametrize("content", ["", "[]", '{"areas": 3}', '{"marks": 3}'])
def test_the_command_says_when_a_plan_is_bad(content: str, folder: Path) -> None:
    (folder / "bad.json").write_text(content)
    assert _command(folder, "--plan", str(folder / "bad.json")).exit_code == 5


def test_the_check_runs_in_the_sandbox(folder: Path, good: Good) -> None:
    marks = [mark.as_dict() for mark in good.marks]
    answer = tools.call(
        "verify",
        folder,
        {
            "pdf": "file.pdf",
            "plan": plan_as_dict(good.plan),
            "marks": marks,
            "secrets": [good.secret],
        },
    )
    assert parse_verification(answer).passed
