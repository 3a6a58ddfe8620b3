from __future__ import annotations

import pytest

from sar.documents.drawing import NotUnderstoodError
from sar.documents.operations import Name, operations


def _all(data: bytes) -> list[tuple[str, list[object]]]:
    return list(operations(data))


def test_numbers_names_and_strings_come_before_their_operator() -> None:
    assert _all(b"/f-0-0 1 Tf [(A\\(b)-3<43>]TJ .5 -2. +3 rg") == [
        ("Tf", [Name("f-0-0"), 1.0]),
        ("TJ", [[b"A(b", -3.0, b"C"]]),
        ("rg", [0.5, -2.0, 3.0]),
    ]


def test_escapes_are_undone() -> None:
    assert _all(b"(\\101\\n\\\nB\\)) Tj") == [("Tj", [b"A\nB)"])]


def test_a_dictionary_is_read_with_its_names() -> None:
    assert _all(b"/Span << /ActualText <feff0041> >> BDC") == [
        ("BDC", [Name("Span"), {"ActualText": b"\xfe\xff\x00A"}])
    ]


@pytest.mark.parametrize(
    "data",
    [b"[1 2", b"1 2", b"BI /W 1 ID \x00\xff EI", b"(open", b"<< /A >> gs", b"] x", b"% note"],
)
def test_what_distilling_never_writes_is_not_guessed_at(data: bytes) -> None:
    with pytest.raises(NotUnderstoodError):
        _all(data)
