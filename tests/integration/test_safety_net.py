"""The engine broken on purpose: a page then ends as a picture, or the file is held."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sar.cli.redact import command
from sar.documents import picture_page, redact, sandbox, tools
from sar.documents.content_filter import ContentFilter
from sar.documents.drawing import Item
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.inside import STEPS
from sar.documents.prepare import prepare
from sar.documents.redact import compile_plan
from sar.documents.verify import Expected, OcrPolicy, verify
from tests.corpus.leaks import FAMILIES, Leak, leaks
from tests.corpus.redaction_pages import AREA, CASES, SECRETS

SEED = random.SystemRandom().randrange(1 << 30)
_SAMPLE = 6


def _prepared(leak: Leak, folder: Path) -> Path:
    source, prepared = folder / "s.pdf", folder / "p.pdf"
    source.write_bytes(leak.pdf)
    prepare(source, prepared, folder)
    return prepared


def _unfiltered(_: ContentFilter, items: list[Item]) -> list[Item]:
    return items


@pytest.mark.parametrize("family", FAMILIES)
def test_with_a_filter_that_lets_everything_through_nothing_gets_out(
    family: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ContentFilter, "filtered", _unfiltered)
    kinds = [leak for leak in leaks(SEED) if leak.family == family and leak.is_inside]
    let_go = []
    for leak in kinds[:: max(1, len(kinds) // _SAMPLE)]:
        plan, out = leak.plan(with_never=False), tmp_path / "o.pdf"
        compiled = compile_plan(_prepared(leak, tmp_path), plan, out, tmp_path)
        expected = Expected(plan, compiled.marks, compiled.removed)
        is_passed = verify(out, expected, tmp_path).passed
        truth = Expected(leak.plan(), compiled.marks, leak.secrets, OcrPolicy.PICTURES)
        if is_passed and not verify(out, truth, tmp_path).passed:
            let_go.append(leak.kind)
    assert not let_go, f"seed {SEED}: {let_go}"


def test_a_page_the_audit_always_refuses_becomes_a_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(redact, "judge", lambda *_: "it says no")
    leak = next(leaks(SEED))
    plan, out = leak.plan(), tmp_path / "o.pdf"
    compiled = compile_plan(_prepared(leak, tmp_path), plan, out, tmp_path)
    assert compiled.picture_pages == (1,)
    expected = Expected(plan, compiled.marks, leak.secrets, OcrPolicy.PICTURES)
    assert verify(out, expected, tmp_path).findings == ()


def test_a_picture_that_is_not_right_either_holds_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(redact, "judge", lambda *_: "it says no")
    monkeypatch.setattr(redact, "changed_pixels", lambda *_: 1 << 30)
    leak = next(leaks(SEED))
    out = tmp_path / "o.pdf"
    with pytest.raises(DocumentError) as refusal:
        compile_plan(_prepared(leak, tmp_path), leak.plan(), out, tmp_path)
    assert refusal.value.fault is DocumentFault.LEAK_FOUND
    assert not out.exists()


def test_a_picture_page_without_recognition_is_held(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(redact, "judge", lambda *_: "it says no")
    leak = next(leaks(SEED))
    prepared = _prepared(leak, tmp_path)
    monkeypatch.setattr(sandbox, "PATH", str(tmp_path))
    with pytest.raises(DocumentError) as refusal:
        compile_plan(prepared, leak.plan(), tmp_path / "o.pdf", tmp_path)
    assert refusal.value.fault is DocumentFault.TOOL_MISSING


def _raising(*_: object, **__: object) -> None:
    raise RuntimeError("rendering failed")


def test_a_page_that_cannot_be_rendered_is_not_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(redact, "judge", lambda *_: "it says no")
    monkeypatch.setattr(picture_page, "rendered", _raising)
    with pytest.raises(RuntimeError):
        compile_plan(
            _prepared(next(leaks(SEED)), tmp_path),
            next(leaks(SEED)).plan(),
            tmp_path / "o.pdf",
            tmp_path,
        )


# The command, with one step of three failing.


@pytest.mark.parametrize(
    ("step", "fault", "code"),
    [
        ("prepare", DocumentFault.TOOL_MISSING, 4),
        ("prepare", DocumentFault.TIMED_OUT, 4),
        ("compile", DocumentFault.CORRUPT, 3),
        ("compile", DocumentFault.TOO_BIG, 3),
        ("compile", DocumentFault.LEAK_FOUND, 3),
        ("verify", DocumentFault.CORRUPT, 3),
        ("verify", DocumentFault.TOOL_MISSING, 3),
        ("verify", DocumentFault.TIMED_OUT, 3),
    ],
)
def test_a_step_that_fails_leaves_no_file(
    step: str, fault: DocumentFault, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert step in STEPS
    really = tools.call

    def failing(name: str, *given: Any) -> dict[str, Any]:
        if name == step:
            raise DocumentError(fault, "A sentence for people.")
        return really(name, *given)

    monkeypatch.setattr(tools, "call", failing)
    given, out, plan = (tmp_path / name for name in ("in.pdf", "out.pdf", "plan.json"))
    given.write_bytes(CASES["shown-at-once"].build(SECRETS[0]))
    plan.write_text(json.dumps({"areas": [{"page": 1, "rect": AREA.as_list(), "code": "TP16"}]}))
    result = CliRunner().invoke(command, [str(given), str(out), "--plan", str(plan)])
    assert result.exit_code == code
    assert "A sentence for people." in result.output
    assert not out.exists()
