from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdfium2 import PdfDocument, PdfiumError

from sar.adapters.demonstration import demonstration_folder
from tests.corpus import demonstration

SHIPPED = Path(str(demonstration_folder()))
LOCKED = "2012-04-02 Medical report.pdf"
EMPTY = "2016-03-15 Contact note.docx"
SCANS = {"2014-01-17 Letter from Mr Warsame.png", "2015-10-06 Placement agreement.pdf"}


def words(name: str, data: bytes) -> str:
    """The words of one file, without its attachments; nothing for pictures."""
    if name.endswith(".pdf"):
        return _plain(
            " ".join(page.get_textpage().get_text_bounded() for page in PdfDocument(data))
        )
    if name.endswith(".docx"):
        document = docx.Document(BytesIO(data))
        parts = [paragraph.text for paragraph in document.paragraphs]
        parts += [
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        ]
        return _plain(" ".join(parts))
    if name.endswith(".eml"):
        message = message_from_bytes(data, policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        return _plain(f"{message['From']} {message['Subject']} {body.get_content()}")
    return ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("> ", "").split())


def with_attachments(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, then whatever is attached to it at any depth."""
    yield name, data
    if not name.endswith(".eml"):
        return
    message = message_from_bytes(data, policy=default)
    for part in message.iter_attachments():
        inner = part.get_content()
        raw = inner.as_bytes() if isinstance(inner, EmailMessage) else inner
        yield from with_attachments(part.get_filename() or "", raw)


def records(folder: Path) -> dict[str, bytes]:
    """Every record and attachment by name."""
    return {
        name: data
        for path in sorted((folder / "records").iterdir())
        for name, data in with_attachments(path.name, path.read_bytes())
    }


@pytest.fixture(scope="module")
def shipped() -> dict[str, bytes]:
    return records(SHIPPED)


@pytest.fixture(scope="module")
def plan() -> dict[str, list[dict[str, Any]]]:
    return json.loads((SHIPPED / "plan.json").read_text(encoding="utf-8"))


def test_writing_the_family_again_gives_files_that_say_the_same_words(
    shipped: dict[str, bytes], tmp_path: Path
) -> None:
    demonstration.write(tmp_path)
    again = records(tmp_path)
    assert again.keys() == shipped.keys()
    readable = shipped.keys() - {LOCKED, EMPTY}
    assert {
        name for name in readable if words(name, shipped[name]) != words(name, again[name])
    } == set()
    for name in ("register.json", "plan.json"):
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes()


def test_the_request_asks_westminster_for_everything_and_proves_who_asks() -> None:
    raw = (SHIPPED / "request.eml").read_bytes()
    message = message_from_bytes(raw, policy=default)
    assert message["To"] == "accesstochildrensservices@westminster.gov.uk"
    assert "a copy of my social care file" in words("request.eml", raw)
    assert [name for name, _ in with_attachments("request.eml", raw)] == [
        "request.eml",
        "identity-letter.pdf",
    ]


def test_a_mail_holds_a_mail_that_holds_a_log(shipped: dict[str, bytes]) -> None:
    assert "Contact schedule Easter 2017.docx" in shipped
    assert "2017-02-07 FW Carer's log.eml" in shipped
    assert "one lamp broken" in words("x.pdf", shipped["Carer's log January 2017.pdf"])


def test_two_records_have_to_be_set_aside(shipped: dict[str, bytes]) -> None:
    assert shipped[EMPTY] == b""
    with pytest.raises(PdfiumError):
        PdfDocument(shipped[LOCKED])


def test_exactly_one_record_is_there_twice(shipped: dict[str, bytes]) -> None:
    by_hash: dict[str, list[str]] = {}
    for name, data in shipped.items():
        by_hash.setdefault(hashlib.sha256(data).hexdigest(), []).append(name)
    assert [names for names in by_hash.values() if len(names) > 1] == [
        ["2010-02-12 Initial assessment.pdf", "Initial assessment copy from school file.pdf"]
    ]


def test_one_page_is_stored_turned_and_others_are_wide(shipped: dict[str, bytes]) -> None:
    pages = [
        (page.get_rotation(), page.get_width() > page.get_height())
        for name, data in shipped.items()
        if name.endswith(".pdf") and name != LOCKED
        for page in PdfDocument(data)
    ]
    assert (90, False) in pages
    assert (0, True) in pages


def test_the_scan_has_no_text_layer(shipped: dict[str, bytes]) -> None:
    assert words("x.pdf", shipped["2015-10-06 Placement agreement.pdf"]) == ""


def test_the_plan_finds_its_words_in_the_records_it_names(
    shipped: dict[str, bytes], plan: dict[str, list[dict[str, Any]]]
) -> None:
    readable = [each for each in plan["redactions"] if each["record"] not in SCANS]
    missing = [
        each
        for each in readable
        if _plain(each["text"]) not in words(each["record"], shipped[each["record"]])
    ]
    assert missing == []
    assert len(plan["redactions"]) > 40


def test_the_plan_withholds_a_page_that_exists(
    shipped: dict[str, bytes], plan: dict[str, list[dict[str, Any]]]
) -> None:
    (each,) = plan["withheld_pages"]
    text = PdfDocument(shipped[each["record"]])[each["page"] - 1].get_textpage().get_text_bounded()
    assert "Victim's statement" in text


def test_telephone_numbers_are_from_the_ranges_kept_for_drama(shipped: dict[str, bytes]) -> None:
    text = " ".join(
        words(name, data) for name, data in shipped.items() if name not in {LOCKED, EMPTY}
    )
    numbers = re.findall(r"\b0\d{2,4} ?\d{3,4} ?\d{3,4}\b", text)
    assert len(numbers) > 15
    # An NHS number or a bank account is not a telephone number, and begins otherwise.
    drama = re.compile(r"020 7946 0\d{3}|01632 960\d{3}|07700 900\d{3}|00012345")
    assert [number for number in numbers if not drama.fullmatch(number)] == []


def test_the_family_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 2_000_000
