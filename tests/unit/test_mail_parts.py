from email.message import EmailMessage

import pytest

from sar.documents.mail_parts import read_letter
from tests.corpus import records


def test_the_head_is_decoded_and_on_one_line() -> None:
    letter = read_letter(
        b"From: =?utf-8?b?Wm/Dqw==?= <zoe@example.org>\nSubject: =?iso-8859-1?q?caf=E9?=\n"
        b" =?utf-8?q?_two?=\nDate: Tue, 04 Jun 2024 23:30:00 +0100\n\nHi"
    )
    head = dict(letter.facts)
    assert head["From"] == "Zoë <zoe@example.org>"
    assert head["Subject"] == "café two"
    assert head["Date"] == "4 June 2024, 23:30 (+01:00)"


def test_raw_bytes_in_a_head_are_read() -> None:
    letter = read_letter("Subject: Zoë\nFrom: a@example.org\n\nHi".encode())
    assert letter.subject == "Zoë"


def test_the_richest_body_is_shown_and_the_plain_one_kept() -> None:
    message = records.mail(body="plain words")
    message.add_alternative("<p>rich words</p>", subtype="html")
    letter = read_letter(bytes(message))
    assert [kind for kind, _ in letter.bodies] == ["html"]
    assert "plain words" in letter.plain


def test_a_message_inside_becomes_a_file_named_after_its_subject() -> None:
    outer = records.mail()
    outer.add_attachment(records.mail("Inner talk", "inner words"))
    ((name, content),) = read_letter(bytes(outer)).attachments
    assert name == "Inner talk.eml"
    assert read_letter(content).subject == "Inner talk"


def test_inline_pictures_are_known_by_their_id_and_kept_as_files() -> None:
    message = records.mail()
    message.add_alternative('<img src="cid:logo">', subtype="html")
    part = message.get_payload()[1]
    assert isinstance(part, EmailMessage)
    part.add_related(b"png", "image", "png", cid="<logo>", filename="logo.png")
    letter = read_letter(bytes(message))
    assert letter.pictures["cid:logo"] == b"png"
    assert letter.attachments == [("logo.png", b"png")]


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain; charset=no-such-thing",
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=x",
        "Content-Type: ;;;===",
        "Content-Disposition: attachment; filename*=utf-9''%E2%82",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: nonsense",
        "Date: the day before yesterday",
        "Subject: =?utf-8?b?!!!?=",
        "Content-Type: message/rfc822",
    ],
)
def test_a_broken_head_never_fails_and_loses_no_words(head: str) -> None:
    letter = read_letter(f"From: a@example.org\n{head}\n\nwords that matter".encode())
    kept = "".join(body for _, body in letter.bodies)
    kept += "".join(content.decode() for _, content in letter.attachments)
    assert "matter" in kept or "base64" in head
