from __future__ import annotations

import os
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sar.documents.prepare import prepare
from sar.documents.redact import compile_plan
from sar.documents.verify import Expected, OcrPolicy, Verification, verify
from sar.domain.redaction import Mark, Plan
from tests.corpus.leaks import FAMILIES, Leak, leaks
from tests.corpus.leaks.redactors import REDACTORS

# Fresh names at every run; a failure prints the number that brings the same ones back.
SEED = int(os.environ.get("SAR_LEAK_SEED") or random.SystemRandom().randrange(1 << 30))
# The name is left in another place on purpose: removing the area cannot remove it there.
LEFT_ELSEWHERE = frozenset({"same name elsewhere", "name in a quoted mail"})
# Boxes and a clean save do remove these: they are in no page.
GONE_WHEN_TIDY = frozenset({"thumbnail of the page"})


@cache
def _corpus() -> tuple[Leak, ...]:
    return tuple(leaks(SEED))


def _family(name: str) -> list[Leak]:
    return [leak for leak in _corpus() if leak.family == name]


def _marks(leak: Leak) -> tuple[Mark, ...]:
    return tuple(Mark(area.page, area.rect, area.code, True) for area in leak.areas)


def _checked(
    pdf: bytes, leak: Leak, scratch: Path, *, has_never: bool, has_marks: bool
) -> Verification:
    path = scratch / "bad.pdf"
    path.write_bytes(pdf)
    return verify(
        path,
        Expected(
            leak.plan(with_never=has_never),
            _marks(leak) if has_marks else None,
            ocr=OcrPolicy.PICTURES if has_never else OcrPolicy.AUTO,
        ),
        scratch,
    )


def _describe(missed: list[str]) -> str:
    return f"seed {SEED}: " + "; ".join(missed)


def test_the_corpus_holds_every_family_and_no_kind_twice() -> None:
    kinds = [leak.kind for leak in _corpus()]
    assert len(kinds) >= 170
    assert len(kinds) == len(set(kinds))
    assert {leak.family for leak in _corpus()} == set(FAMILIES)


def test_names_are_fresh_at_every_seed() -> None:
    first, second = ({leak.secrets for leak in leaks(seed)} for seed in (1, 2))
    assert len(first & second) < 5  # one kind has no words of its own


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("redactor", ["nothing at all", "black rectangles"])
def test_what_must_never_appear_is_caught_wherever_it_was_left(
    family: str, redactor: str, tmp_path: Path
) -> None:
    missed = [
        leak.kind
        for leak in _family(family)
        if leak.secrets != ("a signature",)
        and (leak.is_inside or redactor == "nothing at all")  # others a new save leaves behind
        and _checked(
            REDACTORS[redactor](leak), leak, tmp_path, has_never=True, has_marks=False
        ).passed
    ]
    assert not missed, _describe(missed)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("redactor", list(REDACTORS))
@pytest.mark.parametrize("has_marks", [True, False])
def test_what_is_left_inside_an_area_is_caught_without_knowing_the_words(
    family: str, redactor: str, has_marks: bool, tmp_path: Path
) -> None:
    is_tidy = redactor.startswith("tidy")
    missed = [
        leak.kind
        for leak in _family(family)
        if leak.is_inside
        and not (is_tidy and (leak.kind in GONE_WHEN_TIDY or leak.family == "annotations"))
        and _checked(
            REDACTORS[redactor](leak), leak, tmp_path, has_never=False, has_marks=has_marks
        ).passed
    ]
    assert not missed, _describe(missed)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_engine_leaves_nothing_and_raises_no_false_alarm(family: str, tmp_path: Path) -> None:
    refused = []
    for leak in _family(family):
        source, prepared, out = (tmp_path / name for name in ("s.pdf", "p.pdf", "o.pdf"))
        source.write_bytes(leak.pdf)
        prepare(source, prepared, tmp_path)
        plan = leak.plan(with_never=leak.kind not in LEFT_ELSEWHERE)
        compiled = compile_plan(prepared, leak.plan(with_never=False), out, tmp_path)
        for marks, secrets in ((compiled.marks, compiled.removed), (None, ())):
            expected = Expected(plan, marks, secrets, OcrPolicy.PICTURES)
            found = verify(out, expected, tmp_path)
            refused += [f"{leak.kind}: {each.sentence}" for each in found.findings]
    assert not refused, _describe(refused)


def test_a_name_left_elsewhere_is_named_but_left_to_the_officer(tmp_path: Path) -> None:
    leak = next(each for each in _corpus() if each.kind == "same name elsewhere")
    source, prepared, out = (tmp_path / name for name in ("s.pdf", "p.pdf", "o.pdf"))
    source.write_bytes(leak.pdf)
    prepare(source, prepared, tmp_path)
    compiled = compile_plan(prepared, Plan(leak.areas), out, tmp_path)
    expected = Expected(Plan(leak.areas), compiled.marks, leak.secrets)
    found = verify(out, expected, tmp_path)
    assert found.passed
    assert [each.page for each in found.warnings] == [1]
    assert not verify(out, replace(expected, plan=leak.plan()), tmp_path).passed
