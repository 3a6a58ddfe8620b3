"""The corpus of bad files: every fortieth of them, or all by `make bad-files`."""

import functools
import os
import re
from pathlib import Path

import pytest

from sar.documents.ingest import ingest
from tests.corpus.bad_files import BadFile, bad_files

COUNT = 627
STEP = 1 if os.environ.get("SAR_ALL_BAD_FILES") else 40
TO_DO = re.compile(r"\b(Ask|ask|Open|open|Split|Unpack|Take|Upload|upload|Listen|Watch|say)\b")


@functools.cache
def made() -> tuple[BadFile, ...]:
    """All of them; made when a test runs, because it takes seconds."""
    return tuple(bad_files())


def test_the_corpus_has_the_number_of_files_it_says() -> None:
    assert len(made()) == COUNT >= 600


@pytest.mark.parametrize("number", range(0, COUNT, STEP))
def test_a_bad_file_ends_as_pages_or_as_a_reason_to_act_on(tmp_path: Path, number: int) -> None:
    name, content = made()[number]
    source, scratch = tmp_path / "source", tmp_path / "scratch"
    source.write_bytes(content)
    scratch.mkdir()

    record = ingest(source, name, scratch, is_drawn=False)

    assert source.read_bytes() == content
    if record.prepared is None:
        assert record.fault is not None
        assert TO_DO.search(record.sentence or ""), record.sentence
    else:
        assert record.fault is None
        assert record.layouts
