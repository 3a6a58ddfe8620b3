"""Reading raw mails: whatever comes, facts and problems, never an error."""

from __future__ import annotations

import random
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sar.documents.errors import DocumentError
from sar.documents.mail_facts import MAX_BYTES, mail_facts, read_mail
from sar.domain.mail import MailFacts, duplicates, facts_from, fingerprint

PLAIN = (
    b"Received: from a by b; Mon, 12 Oct 2026 09:15:00 +0100\r\n"
    b"Received: from c by a; Sun, 11 Oct 2026 23:58:00 +0100\r\n"
    b"Date: Sun, 11 Oct 2026 23:57:00 +0100\r\nFrom: Sam <sam@example.org>\r\n"
    b"To: DPO@westminster.gov.uk, x@example.org\r\nCc: <y@example.org>\r\n"
    b"Subject: My file\r\nMessage-ID: <one@example.org>\r\n\r\nPlease send me my file.\r\n"
)


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name.rstrip("_").replace("_", "-")] = value
    return made


def dated(line: bytes) -> MailFacts:
    return mail_facts(b"From: a@example.org\n" + line + b"\n\nHello")


def test_a_plain_mail_is_read_whole() -> None:
    facts = mail_facts(PLAIN)
    assert facts.from_ == "Sam <sam@example.org>"
    assert facts.to == ("DPO@westminster.gov.uk", "x@example.org")
    assert facts.cc == ("y@example.org",)
    assert facts.subject == "My file"
    assert facts.message_id == "<one@example.org>"
    assert facts.body.strip() == "Please send me my file."
    assert facts.problems == ()


def test_the_day_received_is_when_it_arrived_not_when_it_was_written() -> None:
    facts = mail_facts(PLAIN)
    assert facts.received_on == date(2026, 10, 12)
    assert facts.received == datetime.fromisoformat("2026-10-12T09:15:00+01:00")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (b"Date: Mon, 12 Oct 2026 23:30:00 +0000", date(2026, 10, 13)),
        (b"Date: Mon, 12 Oct 2026 23:30:00 -0000", date(2026, 10, 13)),
        (b"Date: Mon, 12 Oct 2026 23:30:00", date(2026, 10, 12)),
        (b"Date: Sat, 12 Dec 2026 23:30:00 +0000", date(2026, 12, 12)),
        (b"Date: 12 Oct 2026 03:00 +0800", date(2026, 10, 11)),
        (b"Date: 2026-10-12T10:00:00Z", date(2026, 10, 12)),
    ],
)
def test_days_are_londons(line: bytes, day: date) -> None:
    facts = dated(line)
    assert facts.received_on == day
    assert any("sender's own date" in each for each in facts.problems)


@pytest.mark.parametrize("line", [b"X: y", b"Date: yesterday", b"Date: 99 Foo 2026", b"Date:"])
def test_a_missing_date_is_a_sentence(line: bytes) -> None:
    facts = dated(line)
    assert facts.received_on is None
    assert facts.received is None
    assert any("no date" in each for each in facts.problems)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"   "])
def test_an_empty_mail_says_so(raw: bytes) -> None:
    assert mail_facts(raw).problems == ("The mail is empty.",)


def test_a_mail_without_sender_or_words_says_so() -> None:
    facts = mail_facts(b"Subject: hello\n\n")
    assert any("who sent it" in each for each in facts.problems)
    assert any("no text" in each for each in facts.problems)


def test_encoded_headers_and_odd_charsets_are_decoded() -> None:
    facts = mail_facts(
        b"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\nSubject: =?iso-8859-1?q?caf=E9?=\n"
        b"Content-Type: text/plain; charset=windows-1252\n\nIt\x92s my file"
    )
    assert facts.from_ == "Zoë <zoe@example.org>"
    assert facts.subject == "café"
    assert facts.body == "It’s my file"


@pytest.mark.parametrize("charset", [b"no-such", b"ascii", b"utf-8"])
def test_a_wrong_charset_loses_no_mail(charset: bytes) -> None:
    raw = b"From: a@example.org\nContent-Type: text/plain; charset=" + charset + b"\n\nfile \xe9"
    facts = mail_facts(raw)
    assert facts.body == "file é"
    assert any("Some letters" in each for each in facts.problems)


def test_a_web_page_mail_is_read_without_its_tricks() -> None:
    made = message(From="a@example.org", To="b@rbkc.gov.uk")
    made.set_content(
        "<html><head><style>p{}</style><title>t</title></head><body><p>Please send<br>my file</p>"
        "<div style='display:none'>delete <b>everything</b></div><script>x()</script></body>",
        subtype="html",
    )
    assert mail_facts(made.as_bytes()).body == "Please send\nmy file"


def test_plain_text_wins_over_its_web_page_twin() -> None:
    made = message(From="a@example.org")
    made.set_content("plain words")
    made.add_alternative("<p>page words</p>", subtype="html")
    assert mail_facts(made.as_bytes()).body == "plain words"


def test_a_stub_of_plain_text_gives_way_to_the_page() -> None:
    made = message(From="a@example.org")
    made.set_content("View in a browser.")
    made.add_alternative("<p>" + "Please send me my file. " * 30 + "</p>", subtype="html")
    assert "my file" in mail_facts(made.as_bytes()).body


def test_attachments_are_named_and_an_attached_mail_is_read() -> None:
    inner = message(From="mum@example.org", Subject="My son")
    inner.set_content("Please send me my son's file.")
    made = message(From="worker@rbkc.gov.uk", Subject="Fwd")
    made.set_content("See attached.")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="ID café.pdf")
    made.add_attachment(inner)
    facts = mail_facts(made.as_bytes())
    assert facts.attachments == ("ID café.pdf", "My son.eml")
    assert "See attached." in facts.body
    assert "Forwarded message" in facts.body
    assert "Please send me my son's file." in facts.body


def test_an_attached_text_file_is_not_the_mails_own_words() -> None:
    made = message(From="a@example.org")
    made.set_content("Hello")
    made.add_attachment("secret words", filename="note.txt")
    facts = mail_facts(made.as_bytes())
    assert facts.body.strip() == "Hello"
    assert facts.attachments == ("note.txt",)


def test_a_header_cannot_smuggle_a_line_break() -> None:
    facts = mail_facts(
        b"From: a@example.org\nSubject: =?utf-8?q?hi=0D=0ABcc:_victim@example.org?=\n\nHello"
    )
    assert "\n" not in facts.subject
    assert "\r" not in facts.subject
    assert facts.cc == ()


def test_repeated_headers_are_pointed_out_and_the_first_is_used() -> None:
    facts = mail_facts(b"From: a@example.org\nFrom: b@example.org\nSubject: x\n\nHello")
    assert facts.from_ == "a@example.org"
    assert any("more than one from" in each for each in facts.problems)


@pytest.mark.parametrize(
    "raw",
    [b"\n\n" + PLAIN, b"\xef\xbb\xbf" + PLAIN, PLAIN.decode().encode("utf-16")],
)
def test_what_stands_before_the_first_header_does_not_hide_the_rest(raw: bytes) -> None:
    assert mail_facts(raw).subject == "My file"


@pytest.mark.parametrize(
    "header",
    [b"Auto-Submitted: auto-replied", b"X-Autoreply: yes", b"Precedence: auto_reply"],
)
def test_an_automatic_reply_is_known_by_its_headers(header: bytes) -> None:
    assert mail_facts(header + b"\n" + PLAIN).is_auto_reply


def test_a_persons_mail_is_not_automatic() -> None:
    facts = mail_facts(b"Auto-Submitted: no\n" + PLAIN)
    assert [facts.is_auto_reply, facts.is_bounce, facts.is_bulk] == [False, False, False]


@pytest.mark.parametrize(
    "header", [b"Return-Path: <>", b"Content-Type: multipart/report; boundary=x"]
)
def test_a_bounce_is_known_by_its_headers(header: bytes) -> None:
    assert mail_facts(header + b"\n" + PLAIN).is_bounce


def test_a_mailing_is_known_by_its_headers() -> None:
    assert mail_facts(b"List-Unsubscribe: <mailto:x@example.org>\n" + PLAIN).is_bulk


def test_an_encrypted_mail_says_so() -> None:
    facts = mail_facts(b"From: a@example.org\nContent-Type: application/pkcs7-mime\n\nMIAG")
    assert any("encrypted" in each for each in facts.problems)


def test_envelope_recipients_are_kept_apart() -> None:
    assert mail_facts(b"Delivered-To: dpo@westminster.gov.uk\n" + PLAIN).delivered_to == (
        "dpo@westminster.gov.uk",
    )


def test_damaged_mails_never_raise() -> None:
    inner = message(From="a@example.org", Subject="inner")
    inner.set_content("words")
    made = message(From="Zoë <z@example.org>", To="x@rbkc.gov.uk", Subject="Überschrift")
    made.set_content("plain")
    made.add_alternative("<p>page</p>", subtype="html")
    made.add_attachment(inner)
    whole = made.as_bytes()
    dice = random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            place = dice.randrange(len(damaged))
            damaged[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        facts = mail_facts(bytes(damaged))
        assert facts_from(facts.as_dict()) == facts


def test_a_mail_nested_very_deep_is_still_read() -> None:
    raw = b"From: deepest@example.org\n\nwords"
    for _ in range(40):
        raw = b"From: a@example.org\nContent-Type: message/rfc822\n\n" + raw
    assert isinstance(mail_facts(raw), MailFacts)


def test_a_very_long_header_is_cut() -> None:
    facts = mail_facts(b"From: a@example.org\nTo: " + b"b@example.org, " * 20_000 + b"\n\nHello")
    assert facts.to == ("b@example.org",)


def test_the_sandbox_step_gives_facts_json_can_carry(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(PLAIN)
    given: dict[str, Any] = read_mail(tmp_path, {"mail": "mail.eml"})
    assert facts_from(given) == mail_facts(PLAIN)


def test_a_file_too_big_to_be_a_mail_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "mail.eml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(DocumentError, match="too big"):
        read_mail(tmp_path, {"mail": "mail.eml"})


def test_the_same_message_id_is_a_repeat() -> None:
    first = MailFacts(message_id="<1@x>", body="one")
    assert duplicates([first, MailFacts(message_id="<1@x>", body="two")]) == (None, 0)


def test_the_same_words_from_the_same_person_are_a_repeat() -> None:
    first = MailFacts(from_="A <a@x.org>", subject="My file", body="Please send me my file.")
    again = MailFacts(from_="a@X.org", subject="Fwd: my file", body="please send  me my file")
    other = MailFacts(from_="b@x.org", subject="My file", body="Please send me my file.")
    assert duplicates([first, other, again]) == (None, None, 0)


def test_mails_without_words_are_not_alike() -> None:
    assert fingerprint(MailFacts()) == ""
    assert duplicates([MailFacts(), MailFacts()]) == (None, None)
