from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sar.documents.verify.needles import NeedleIndex, haystack, needles
from sar.documents.verify.pattern_index import PatternIndex

_FEW = st.binary(min_size=1, max_size=7).map(lambda each: bytes(byte % 3 + 97 for byte in each))


@given(st.lists(_FEW, max_size=8), st.lists(_FEW, max_size=60).map(b"".join))
def test_a_pattern_is_found_exactly_when_the_bytes_hold_it(
    patterns: list[bytes], blob: bytes
) -> None:
    found = {pattern for pattern, _ in PatternIndex(patterns).found(blob)}
    assert found == {pattern for pattern in patterns if pattern in blob}


def test_every_place_of_a_pattern_is_told_also_across_chunks() -> None:
    blob = b"\0" * ((1 << 20) - 3) + b"Quarrington" + b"\0" * 40 + b"Quarrington"
    places = [place for _, place in PatternIndex([b"Quarrington", b"Quar!"]).found(blob)]
    assert places == [(1 << 20) - 3, (1 << 20) + 48]


@given(st.lists(st.text("abAB 1-é", min_size=1, max_size=9), max_size=6), st.text("abAB 1-é"))
def test_the_index_finds_the_same_needles_as_one_look_for_each(never: list[str], text: str) -> None:
    wanted = needles(never, ())
    found = NeedleIndex(wanted).in_text(haystack(text))
    assert found == [needle for needle in wanted if haystack(text).holds(needle)]


def test_a_short_word_needs_edges_in_bytes_and_any_of_its_places_will_do() -> None:
    index = NeedleIndex(needles(["Farrow"], ()))
    assert not index.in_bytes(b"xFarrowing Farrows")
    assert index.in_bytes(b"xFarrowing (Farrow)")
    assert index.in_bytes("(Farrow)".encode("utf-16-be"))
