"""What intake makes of mails: invented ones, judged by the kinds of right they use."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from sar.domain.mail import MailFacts
from sar.domain.service_entry import Council
from sar.domain.triage import NOT_A_REQUEST, Triage, triage
from sar.domain.triage_needs import Need

CORPUS = Path(__file__).parents[1] / "corpus" / "triage-mails.jsonl"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()
]
SAR_INBOX = "dataprotection@westminster.gov.uk"


def mail(body: str = "", subject: str = "", **facts: Any) -> MailFacts:
    """A mail from a member of the public to Westminster, unless told otherwise."""
    values = {"from_": "someone@example.org", "to": (SAR_INBOX,), **facts}
    return MailFacts(subject=subject, body=body, **values)


def from_row(row: dict[str, Any], **facts: Any) -> MailFacts:
    extra = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    extra.pop("kinds")
    return mail(**{**facts, **extra})


def asks(body: str, **facts: Any) -> Triage:
    return triage(mail(body, **facts))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['subject']}"[:40])
def test_a_mail_is_read_as_the_rights_it_uses(row: dict[str, Any]) -> None:
    result = triage(from_row(row))
    assert set(result.kinds) == set(row["kinds"])
    assert result.kind == (row["kinds"][0] if row["kinds"] else NOT_A_REQUEST)
    assert result.why


def test_a_request_counts_just_as_much_at_any_other_council_address() -> None:
    asking = [row for row in ROWS if row["kinds"] and "to" not in row]
    missed = [
        row["subject"]
        for row in asking
        if not triage(from_row(row, to=("some.worker@rbkc.gov.uk",))).is_rights_request
    ]
    assert not missed


def test_every_reason_quotes_the_words_that_gave_it() -> None:
    result = asks("Hello. I would like to see my file. Thank you.")
    assert 'Asks for records about a person: "i would like to see my file."' in result.why


def test_the_council_is_the_one_the_mail_was_sent_to() -> None:
    ask = "I lived in Westminster. Please send me my file."
    result = asks(ask, to=("dataprotectionact@rbkc.gov.uk",))
    assert result.council is Council.RBKC
    assert Need.WHICH_BOROUGH in result.needs
    assert result.inbox_slug == "rbkc-dataprotectionact"


def test_a_misprinted_address_still_means_westminster() -> None:
    result = asks("Please send me my file.", to=("DataProtection@Westminter.gov.uk",))
    assert result.council is Council.WCC
    assert result.inbox_slug == "wcc-dataprotection"


def test_without_a_council_address_the_words_decide() -> None:
    result = asks("Please send me the file Kensington and Chelsea has on me.", to=())
    assert result.council is Council.RBKC
    assert asks("Please send me my file.", to=()).council is None


def test_an_unplaced_request_asks_which_borough() -> None:
    assert Need.WHICH_BOROUGH in asks("Please send me my file.", to=()).needs


def test_a_request_to_both_councils_is_two() -> None:
    both = (SAR_INBOX, "dataprotectionact@rbkc.gov.uk")
    result = asks("Please send me my file.", to=both)
    assert result.councils == (Council.WCC, Council.RBKC)
    assert Need.TWO_COUNCILS in result.needs


def test_an_islington_request_is_sent_on() -> None:
    result = asks("Please send me my file.", to=("FOIA@islington.gov.uk",))
    assert result.council is Council.ISLINGTON
    assert result.service_ids == ("SVC-90",)
    assert Need.OTHER_AUTHORITY in result.needs


def test_another_borough_named_in_the_words_is_pointed_out() -> None:
    result = asks("I was in care in Islington. I want the file Islington Council has on me.")
    assert result.council is Council.WCC
    assert Need.OTHER_AUTHORITY in result.needs
    assert result.service_ids == ("SVC-90",)


def test_living_in_another_borough_is_not_being_its_case() -> None:
    assert Need.OTHER_AUTHORITY not in asks("I live in Camden. Please send me my file.").needs


@pytest.mark.parametrize(
    ("body", "service"),
    [
        ("Please send me what the YOT has about me.", "SVC-06"),
        ("Please send me my son's EHCP file.", "SVC-08"),
        ("I want my file from the Bessborough family hub.", "SVC-04"),
        ("I want everything MASH recorded about me.", "SVC-07"),
        ("When I was in care you kept a file on me. I want a copy of it.", "SVC-01"),
        ("Please send me my file.", "SVC-01"),
        ("Prospects had a file on me as I was NEET. I want to see it.", "SVC-03"),
    ],
)
def test_the_service_is_found_by_any_of_its_names(body: str, service: str) -> None:
    assert asks(body).service_ids[0] == service


def test_send_the_verb_is_not_send_the_service() -> None:
    assert "SVC-08" not in asks("Please send me my file from the family hub.").service_ids


def test_youth_offending_records_raise_the_question_of_regime() -> None:
    assert Need.REGIME in asks("Please send me my file from the youth offending team.").needs


@pytest.mark.parametrize(
    ("body", "need"),
    [
        ("We act for Ms A. Please send us the records about our client.", Need.AUTHORITY),
        ("Please send me my daughter's file.", Need.CHILD),
        ("I am 14 and I want to see my file.", Need.CHILD_WRITES),
        ("My late mother was in care. I would like her file.", Need.DECEASED),
        ("I was adopted in 1990 and want my adoption file.", Need.ADOPTION),
        ("I want my file. Please don't phone, my ex must not find out.", Need.SAFE_CONTACT),
        ("I want my file in large print please.", Need.ADJUSTMENT),
        ("I grew up in care and I want my file.", Need.CARE_EXPERIENCED),
        ("I told my social worker last week that I want my file.", Need.EARLIER_RECEIPT),
        ("I want a copy of my records and my GCSE results.", Need.EXAM_MARKS),
        ("Please take me off the mailing list for the newsletter.", Need.DIRECT_MARKETING),
        (
            "Send me my file. I also complain about my worker. She is rude.",
            Need.SERVICE_COMPLAINT,
        ),
    ],
)
def test_what_a_mail_leaves_open_is_named(body: str, need: Need) -> None:
    assert need in asks(body).needs
    assert need.sentence.endswith(".")


@pytest.mark.parametrize("ask", ["", " Please also send me my own file."])
def test_a_child_at_risk_is_passed_on_whatever_else_is_asked(ask: str) -> None:
    assert Need.CHILD_AT_RISK in asks(f"My neighbour hits her kids every night.{ask}").needs
    assert Need.CHILD_AT_RISK not in asks(f"My kids start school on Monday.{ask}").needs


def test_a_mail_on_an_earlier_request_is_matched_to_its_case() -> None:
    result = asks("I sent my subject access request on 3 September. Is there any news?")
    assert not result.is_rights_request
    assert Need.EXISTING_CASE in result.needs
    assert not result.is_certain


def test_own_data_asked_for_as_freedom_of_information_is_access() -> None:
    assert asks("FOI request: please send me my own social services file.").kind == "access"


def test_public_figures_go_to_freedom_of_information() -> None:
    result = asks("Under the Freedom of Information Act, how many children are in care?")
    assert result.needs == (Need.FREEDOM_OF_INFORMATION,)


def test_quoted_mail_is_not_the_writers_request() -> None:
    body = (
        "Thanks, that is all clear.\n\nOn Mon, 5 Oct 2026 at 10:00, Sam <s@example.org> wrote:\n"
        "> Please send me a copy of my file under Article 15."
    )
    assert not triage(mail(body, "Re: My file")).is_rights_request


def test_a_disclaimer_about_data_is_not_a_request() -> None:
    body = (
        "See you on Tuesday.\n\nThis email is confidential. Under UK GDPR you have the right to "
        "a copy of the information we hold about you and to have it deleted."
    )
    assert not asks(body).is_rights_request


def test_a_police_officer_asking_for_their_own_file_is_a_requester() -> None:
    result = asks("I was in care as a child. Please send me my file.", from_="pc@met.police.uk")
    assert result.kind == "access"


def test_an_attachment_that_may_hold_the_request_is_to_be_read() -> None:
    result = asks("Please see the attached.", attachments=("letter.pdf",))
    assert Need.READ_ATTACHMENT in result.needs


def test_a_huge_mail_is_judged_in_good_time() -> None:
    started = time.perf_counter()
    asks("I want to tell you about my day and my file and my notes. " * 20_000)
    asks("----------\n" * 20_000)
    assert time.perf_counter() - started < 30


def test_an_empty_mail_is_left_to_a_person() -> None:
    result = triage(MailFacts())
    assert result.kind == NOT_A_REQUEST
    assert result.needs == (Need.PERSON_TO_READ,)
