import os
from datetime import date
from pathlib import Path

import pytest

from sar.documents.converted import Child, Converted, Made, parse_converted, within
from sar.documents.errors import DocumentFault


def test_a_conversion_crosses_the_border_unchanged(tmp_path: Path) -> None:
    for name in ("a.pdf", "child-0"):
        (tmp_path / name).write_bytes(b"x")
    converted = Converted(
        "message/rfc822",
        pdf=tmp_path / "a.pdf",
        children=(Child("note.txt", tmp_path / "child-0"),),
        hidden=("1 comment",),
        dated_on=date(2024, 6, 4),
        title="Visit",
    )
    assert parse_converted(converted.as_dict(tmp_path), tmp_path) == converted


def test_a_fault_crosses_the_border(tmp_path: Path) -> None:
    converted = Converted("application/pdf", fault=DocumentFault.ENCRYPTED, sentence="Locked.")
    assert parse_converted(converted.as_dict(tmp_path), tmp_path) == converted


def test_a_path_that_leads_out_of_the_sandbox_is_refused(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "secret").write_text("x")
    (scratch / "link").symlink_to(tmp_path / "secret")
    (scratch / "near").write_text("x")
    (scratch / "second").symlink_to(scratch / "near")
    os.mkfifo(scratch / "pipe")
    names = ("../secret", str(tmp_path / "secret"), "link", "second", "pipe", ".", "absent")
    for name in names:
        with pytest.raises(ValueError, match="scratch"):
            within(scratch, name)


def test_children_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    made = Made(tmp_path / "a.pdf")
    made.add_child(tmp_path, "image.png", b"one")
    made.add_child(tmp_path, "image.png", b"two")
    assert [child.name for child in made.children] == ["image.png", "image (2).png"]
    assert [child.path.read_bytes() for child in made.children] == [b"one", b"two"]
