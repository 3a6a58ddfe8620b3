from datetime import date
from email.message import EmailMessage
from pathlib import Path

from tests.corpus import outlook, records
from tests.integration.conversions import children_of, converted, shows


def test_a_mail_shows_its_head_and_body_and_gives_up_its_files(tmp_path: Path) -> None:
    message = records.mail("Home visit", "The kettle was on.\n" + "long" * 80, cc="c@example.org")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="report.pdf")
    result = converted(tmp_path, "mail.eml", bytes(message))
    assert shows(result, "Ada Obi <ada.obi@example.org>", "c@example.org", "Home visit")
    assert shows(result, "The kettle was on.", "long" * 80, "report.pdf (1 KB)")
    assert children_of(result) == {"report.pdf": b"%PDF-1.4"}
    assert result.title == "Home visit"
    assert result.dated_on == date(2024, 6, 5), "23:30 UTC is the next day in London's summer"


def test_a_mail_in_html_keeps_its_pictures_and_fetches_nothing(tmp_path: Path) -> None:
    message = records.mail(body="Plain words")
    markup = '<p>Rich words <img src="cid:a"><img src="http://127.0.0.1/p.png"></p>'
    message.add_alternative(markup, subtype="html")
    part = message.get_payload()[1]
    assert isinstance(part, EmailMessage)
    part.add_related(records.picture("x"), "image", "png", cid="<a>", filename="crest.png")
    result = converted(tmp_path, "mail.eml", bytes(message))
    assert shows(result, "Rich words")
    assert list(children_of(result)) == ["crest.png"]
    assert result.pdf is not None
    assert b"/Image" in result.pdf.read_bytes()


def test_a_plain_version_that_says_other_things_is_told(tmp_path: Path) -> None:
    message = records.mail(body="The aunt telephoned about the placement yesterday")
    message.add_alternative("<p>Nothing to report</p>", subtype="html")
    result = converted(tmp_path, "mail.eml", bytes(message))
    assert any("Plain-text version" in each for each in result.hidden)
    assert shows(result, "Hidden content", "The aunt telephoned")


def test_a_mail_inside_a_mail_is_a_record_of_its_own(tmp_path: Path) -> None:
    outer = records.mail("Outer")
    outer.add_attachment(records.mail("Inner", "the inner words"))
    result = converted(tmp_path, "mail.eml", bytes(outer))
    (name, content), *_ = children_of(result).items()
    assert name == "Inner.eml"
    assert shows(converted(tmp_path, name, content), "the inner words", "Inner")


def test_a_mailbox_of_many_becomes_many(tmp_path: Path) -> None:
    box = b"".join(
        b"From ada Mon Jun 01 10:00:00 2009\n" + bytes(records.mail(f"Subject {n}")) + b"\n"
        for n in range(3)
    )
    result = converted(tmp_path, "box.mbox", box)
    assert len(result.children) == 3
    assert shows(result, "Mailbox of 3 mails", "Subject 0", "Subject 2")


def test_a_mailbox_of_one_is_that_mail(tmp_path: Path) -> None:
    box = b"From ada Mon Jun 01 10:00:00 2009\n" + bytes(records.mail("Only", "the only words"))
    result = converted(tmp_path, "box.mbox", box)
    assert result.children == ()
    assert shows(result, "the only words")


def test_an_outlook_item_shows_its_head_and_gives_up_its_files(tmp_path: Path) -> None:
    inner = outlook.message("Inner item", "inner words", header=24)
    tree = outlook.message(
        "Outer item",
        "outer words",
        [
            outlook.attached_file("notes.txt", b"note"),
            outlook.attached_message("Inner item", inner),
        ],
    )
    result = converted(tmp_path, "item.msg", outlook.msg(tree))
    assert shows(result, "Ada Obi <ada@example.org>", "Ben Marsh <ben@example.org>", "outer words")
    assert result.dated_on == date(2024, 6, 5)
    children = children_of(result)
    assert children["notes.txt"] == b"note"
    again = converted(tmp_path, "Inner item.msg", children["Inner item.msg"])
    assert shows(again, "inner words", "Inner item")


def test_a_calendar_entry_shows_its_facts(tmp_path: Path) -> None:
    entry = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Strategy meeting\r\n"
        b"DTSTART;TZID=Europe/London:20240605T100000\r\n"
        b'ATTENDEE;CN="Cara Lunt";PARTSTAT=DECLINED:mailto:cara@example.org\r\n'
        b"ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=plan.txt:cGxhbg==\r\n"
        b"DESCRIPTION:Bring the plan\\, please\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    result = converted(tmp_path, "invite.ics", entry)
    assert shows(result, "Strategy meeting", "5 June 2024, 10:00 (Europe/London)")
    assert shows(result, "Cara Lunt <cara@example.org> (declined)", "Bring the plan, please")
    assert children_of(result) == {"plan.txt": b"plan"}
    assert result.dated_on == date(2024, 6, 5)


def test_a_contact_card_shows_every_field(tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:4.0\nFN:Dan Pike\nTEL;TYPE=cell:07700 900789\n"
        "ADR;TYPE=home:;;4 Elm Road;London;;W8 7NX;UK\nX-SPOUSE:Eve Pike\nEND:VCARD\n"
    )
    result = converted(tmp_path, "card.vcf", card.encode())
    assert shows(result, "Dan Pike", "07700 900789", "4 Elm Road, London, W8 7NX, UK", "Eve Pike")
