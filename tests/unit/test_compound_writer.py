import io

import olefile
import pytest

from sar.documents.compound_writer import Tree, compound_file
from sar.documents.outlook_store import Store, read_tree
from tests.corpus import outlook

TREES: list[Tree] = [
    {"a": b"x"},
    {"empty": b"", "small": b"s" * 63, "edge": b"e" * 4096, "large": b"l" * 100_001},
    {"folder": {"inner": {"deep": b"d" * 5000}, "b": b"b"}, "z": b"z"},
    {f"stream{number}": bytes([number % 256]) * number for number in range(300)},
]


@pytest.mark.parametrize("tree", TREES)
def test_another_library_reads_back_what_was_written(tree: Tree) -> None:
    with olefile.OleFileIO(io.BytesIO(compound_file(tree))) as ole:
        assert read_tree(ole) == tree


def test_a_message_inside_a_message_stands_alone() -> None:
    inner = outlook.message("Inner", "Inside words", header=24)
    whole = outlook.message("Outer", "x", [outlook.attached_message("Inner", inner)])
    with olefile.OleFileIO(io.BytesIO(outlook.msg(whole))) as ole:
        (part,) = Store(read_tree(ole)).attachments()
    embedded = part.embedded()
    assert embedded is not None
    with olefile.OleFileIO(io.BytesIO(compound_file(embedded))) as ole:
        store = Store(read_tree(ole))
    assert store.text(0x37) == "Inner"
    moment = store.moment(0x39)
    assert moment is not None
    assert moment.isoformat() == "2024-06-04T23:30:00+00:00"
