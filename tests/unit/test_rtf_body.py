import struct

import pytest

from sar.documents.rtf_body import decompressed, html_or_text

# The first worked example of MS-OXRTFCP, section 3.1.
EXAMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a80"
    "0fa0"
)


def test_the_example_of_the_standard_unpacks() -> None:
    assert decompressed(EXAMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_stored_rich_text_is_given_back() -> None:
    head = struct.pack("<IIII", 17, 5, 0x414C454D, 0)
    assert decompressed(head + b"{\\rt}") == b"{\\rt}"


@pytest.mark.parametrize(
    "content",
    [b"", b"short", bytes(16), struct.pack("<IIII", 9, 1 << 31, 0x75465A4C, 0) + b"xxxx"],
)
def test_what_is_no_rich_text_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="rich text"):
        decompressed(content)


def test_words_come_out_without_tables_of_fonts() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}\pard Zo\'eb said "
        rb"\ldblquote no\rdblquote\par Caf\u233? \{1\}}"
    )
    assert html_or_text(rtf) == ("text", "Zoë said “no”\nCafé {1}")


def test_a_page_wrapped_in_rich_text_is_unwrapped() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello"
        rb"{\*\htmltag84 &nbsp;}\htmlrtf\par\htmlrtf0{\*\htmltag72 </p>}}"
    )
    assert html_or_text(rtf) == ("html", "<p>Hello&nbsp;</p>")


def test_signs_beyond_the_first_plane_are_joined() -> None:
    assert html_or_text(rb"{\rtf1\uc0\u-10179 \u-8704 }") == ("text", "😀")
