"""Crafted documents ask for an address and for a file of this machine, and get neither."""

import os
from pathlib import Path

import pytest

from sar.documents.ingest import ingest
from tests.corpus.reaching import reaching
from tests.integration.listening import listener

__all__ = ["listener"]

CANARY = "canary7781"
COUNT = len(list(reaching("http://127.0.0.1:1/x", "/nowhere")))
STEP = 1 if os.environ.get("SAR_ALL_BAD_FILES") else 7


@pytest.mark.parametrize("number", range(0, COUNT, STEP))
def test_nothing_is_fetched_and_no_file_of_ours_is_taken_in(
    tmp_path: Path, number: int, listener: tuple[int, list[object]]
) -> None:
    port, hits = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    name, content = list(reaching(f"http://127.0.0.1:{port}/x", str(secret)))[number]
    source, scratch = tmp_path / "source", tmp_path / "scratch"
    source.write_bytes(content)
    scratch.mkdir()
    record = ingest(source, name, scratch, is_drawn=False)
    assert hits == []
    assert CANARY not in "".join(layout.text for layout in record.layouts)
    assert all(CANARY.encode() not in child.path.read_bytes() for child in record.children)
    assert (record.prepared is None) == (record.fault is not None)
