"""The proof that a joined file is its verified documents, attacked."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from sar.documents.bookmarks import Bookmark
from sar.documents.link import Volume, link, stamp_font_of, stamps_of
from sar.documents.relocation import GLOBAL_COUNT
from sar.documents.segment import Segment, read_segment
from sar.documents.tagging import make_segment
from sar.documents.verify import Joined, check_joined


def _segment(folder: Path, name: str, pages: Sequence[str], *, picture: bool = False) -> Segment:
    sheet = canvas.Canvas(str(folder / f"{name}.pdf"), invariant=1)
    for words in pages:
        sheet.drawString(72, 700, words)
        if picture:
            noise = random.Random(5).randbytes(120 * 120)
            sheet.drawImage(ImageReader(Image.frombytes("L", (120, 120), noise)), 72, 300)
        sheet.showPage()
    sheet.save()
    make_segment(folder / f"{name}.pdf", folder / f"{name}.segment")
    return read_segment(folder / f"{name}.segment")


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    segments = (
        _segment(tmp_path, "letter", ["Dear Sam", "Yours"]),
        _segment(tmp_path, "photo", ["The first picture"], picture=True),
        _segment(tmp_path, "again", ["The same picture"], picture=True),
    )
    marks = (Bookmark("Letter", 1), Bookmark("Photographs", 3, (Bookmark("First", 3),)))
    return Volume("Your records", "RBKC-2026-000001", segments, 1, 4, marks)


def _joined(volume: Volume) -> Joined:
    return Joined(volume.segments, GLOBAL_COUNT, tuple(stamps_of(volume)), stamp_font_of(volume))


def _findings(volume: Volume, path: Path, never: Sequence[str] = ()) -> list[str]:
    return [each.sentence for each in check_joined(path, _joined(volume), never).findings]


def _linked(volume: Volume, folder: Path) -> Path:
    return link(volume, folder / "out.pdf").path


def test_a_file_as_it_was_joined_is_accounted_for(volume: Volume, tmp_path: Path) -> None:
    assert any(segment.plan.shared for segment in volume.segments[1:])
    assert _findings(volume, _linked(volume, tmp_path), ["Marigold"]) == []


def test_a_later_volume_is_accounted_for_too(volume: Volume, tmp_path: Path) -> None:
    later = replace(volume, first_page=41, total_pages=60, bookmarks=(Bookmark("Letter", 41),))
    assert _findings(later, _linked(later, tmp_path)) == []


def test_no_byte_can_change_unseen(volume: Volume, tmp_path: Path) -> None:
    path = _linked(volume, tmp_path)
    whole = path.read_bytes()
    chance = random.Random(20260722)
    identity = range(whole.rindex(b"/ID"), whole.rindex(b"startxref"))
    places = set(chance.sample(range(len(whole)), 300)) - set(identity)
    joined, unseen = _joined(volume), []
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        if not check_joined(path, joined, ()).findings:
            unseen.append((place, whole[place - 20 : place + 20]))
    assert unseen == []


def _appended(data: bytes) -> bytes:
    return data + b"\n99 0 obj\n(Marigold)\nendobj\n"


def _put_between(data: bytes) -> bytes:
    at = data.index(b"endobj\n") + 7
    return data[:at] + b"% Marigold\n" + data[at:]


def _earlier_revision(data: bytes) -> bytes:
    return data + data


def _page_dropped(data: bytes) -> bytes:
    return data.replace(b"/Count 4", b"/Count 3")


def _script_for_a_title(data: bytes) -> bytes:
    return data.replace(b"/DisplayDocTitle", b"/JavaScript12345")


def _stamp_changed(data: bytes) -> bytes:
    at = data.index(b" Tm <", data.index(b"/StampFont")) + 5
    return data[:at] + (b"0001" if data[at : at + 4] != b"0001" else b"0002") + data[at + 4 :]


@pytest.mark.parametrize(
    "attack",
    [
        _appended,
        _put_between,
        _earlier_revision,
        _page_dropped,
        _script_for_a_title,
        _stamp_changed,
    ],
)
def test_an_attack_is_found(
    attack: Callable[[bytes], bytes], volume: Volume, tmp_path: Path
) -> None:
    path = _linked(volume, tmp_path)
    changed = attack(path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    assert _findings(volume, path)


def test_documents_in_another_order_or_of_another_case_are_found(
    volume: Volume, tmp_path: Path
) -> None:
    path = _linked(volume, tmp_path)
    first, second, third = volume.segments
    for others in ((second, first, third), (first, second), (first, second, second)):
        other = replace(volume, segments=others, total_pages=4)
        stamps = tuple(stamps_of(volume))
        joined = Joined(other.segments, GLOBAL_COUNT, stamps, stamp_font_of(volume))
        assert check_joined(path, joined, ()).findings


def test_a_document_that_changed_after_it_was_verified_is_found(
    volume: Volume, tmp_path: Path
) -> None:
    path = _linked(volume, tmp_path)
    source = volume.segments[0]
    body = bytearray(source.path.read_bytes())
    body[-30] ^= 1
    source.path.write_bytes(body)
    assert _findings(volume, path)


def test_words_that_may_never_appear_are_found_in_a_bookmark_and_in_the_title(
    volume: Volume, tmp_path: Path
) -> None:
    named = replace(volume, bookmarks=(Bookmark("Letter from Marigold Fenwick", 1),))
    assert _findings(named, _linked(named, tmp_path), ["Marigold Fenwick"])
    titled = replace(volume, title="Records & MARIGOLD-FENWICK")
    assert _findings(titled, _linked(titled, tmp_path), ["Marigold Fenwick"])


def test_a_number_that_stands_for_anothers_object_is_found(volume: Volume, tmp_path: Path) -> None:
    path = _linked(volume, tmp_path)
    data = bytearray(path.read_bytes())
    table = data.index(b"xref\n0 ")
    rows = np.frombuffer(bytes(data[data.index(b"\n", table + 5) + 1 :]), dtype=np.uint8)
    start = data.index(b"\n", table + 5) + 1
    assert len(rows)
    first, second = start + 20 * 13, start + 20 * 14
    data[first : first + 10] = data[second : second + 10]
    path.write_bytes(data)
    assert _findings(volume, path)
