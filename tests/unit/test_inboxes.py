"""Receipt points: every address that counts, misprints and all."""

from __future__ import annotations

import re

import pytest

from sar.domain import inboxes
from sar.domain.errors import DomainError
from sar.domain.inboxes import INBOXES, MAILBOXES, Channel, Purpose
from sar.domain.service_entry import Council


def test_slugs_are_folder_names_and_unique() -> None:
    slugs = [each.slug for each in INBOXES]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", each) for each in slugs)


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("dataprotectionact@rbkc.gov.uk", "rbkc-dataprotectionact"),
        ("DataProtection@RBKC.gov.uk", "rbkc-dataprotection"),
        ("dataprotection@westminster.gov.uk", "wcc-dataprotection"),
        ("dataprotectionact@westminster.gov.uk", "wcc-dataprotectionact"),
        ("accesstochildrensservices@westminster.gov.uk", "wcc-accesstochildrensservices"),
        ("DPO@westminster.gov.uk", "wcc-dpo"),
        ("dpo@westminster.gov.uk", "wcc-dpo"),
        ("dataprotection@westminter.gov.uk", "wcc-dataprotection"),
        ("FOIA@islington.gov.uk", "islington-foia"),
        ('"Data Protection" <DPO@Westminster.gov.uk>', "wcc-dpo"),
        ("mailto:dpo@westminster.gov.uk", "wcc-dpo"),
        (" <dpo@westminster.gov.uk>. ", "wcc-dpo"),
    ],
)
def test_every_published_address_finds_its_inbox(address: str, slug: str) -> None:
    found = inboxes.inbox_for(address)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("text", ["", "jane@westminster.gov.uk", "nonsense", "[email protected]"])
def test_other_text_finds_no_inbox(text: str) -> None:
    assert inboxes.inbox_for(text) is None


@pytest.mark.parametrize(
    "text",
    ["[email protected]", "[email\u00a0protected]", "Email: [Email Protected]", "e-mail protected"],
)
def test_a_hidden_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(DomainError, match="hid an address"):
        inboxes.canonical_address(text)


@pytest.mark.parametrize("text", ["", "no address", "a@b", "@rbkc.gov.uk", "a b@rbkc.gov.uk c"])
def test_text_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="not an e-mail address"):
        inboxes.canonical_address(text)


def test_the_misprinted_domain_is_put_right_but_never_written_to() -> None:
    misprint = "dataprotection@westminter.gov.uk"
    assert inboxes.canonical_address(misprint) == "dataprotection@westminster.gov.uk"
    assert not inboxes.can_send_to(misprint)
    assert misprint in inboxes.inbox("wcc-dataprotection").never_send_to


def test_every_correct_mailbox_can_be_written_to() -> None:
    assert all(inboxes.can_send_to(each.address) for each in MAILBOXES)


@pytest.mark.parametrize("text", ["[email protected]", "", "someone"])
def test_nothing_is_sent_to_what_is_no_address(text: str) -> None:
    assert not inboxes.can_send_to(text)


@pytest.mark.parametrize(
    ("address", "council"),
    [
        ("some.worker@rbkc.gov.uk", Council.RBKC),
        ("Some.Worker@Westminster.gov.uk", Council.WCC),
        ("team@childrens.westminster.gov.uk", Council.WCC),
        ("x@islington.gov.uk", Council.ISLINGTON),
        ("x@notwestminster.gov.uk", None),
        ("x@westminster.gov.uk.example.org", None),
        ("x@gmail.com", None),
        ("", None),
    ],
)
def test_the_domain_tells_the_council(address: str, council: Council | None) -> None:
    assert inboxes.council_of(address) is council


def test_spoken_and_written_requests_have_receipt_points_too() -> None:
    channels = {each.channel for each in INBOXES}
    assert channels == set(Channel)
    assert inboxes.inbox("wcc-phone-bessborough").address == "020 7641 5676"


def test_complaints_on_mash_go_to_the_data_protection_officer() -> None:
    officer = inboxes.inbox("wcc-dpo")
    assert officer.purpose is Purpose.DPO
    assert "SVC-07" in officer.service_ids


def test_islington_is_known_as_another_authority() -> None:
    assert not inboxes.inbox("islington-foia").is_ours
    assert inboxes.inbox("rbkc-dataprotection").is_ours


def test_an_unknown_receipt_point_is_refused() -> None:
    with pytest.raises(DomainError, match="no receipt point"):
        inboxes.inbox("rbkc-nowhere")
