"""The repository holds the desk and nothing of where it was made, nor of anybody who lives."""

from __future__ import annotations

import re

import pytest

from tests.guards.source import texts

HERE = "tests/guards/test_no_workplace.py"
PLACES = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.{}])/(?:home|Users|root|work|mnt|media)/[\w.-]+|[A-Z]:\\Users\\|~/[A-Z]"
    ),
    "a file outside the repository": re.compile(r"(?<![\w/])(?:\.\./)+shared/|/shared/\w"),
    "a temporary path": re.compile(r"(?<![\w.])/tmp/\w"),
    "a package registry": re.compile(
        r"(?:pypi|pypi-mirror|npmjs|registry|artifactory|nexus|proxy)\.[\w.-]+\.(?:org|com|io|net|local)"
        r"|--(?:extra-)?index-url|index-url\s*=",
        re.IGNORECASE,
    ),
    "a secret": re.compile(
        r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
        r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[\w-]{10,}|\bsk-[A-Za-z0-9]{20,}"
    ),
    "a name on another network": re.compile(r"\b[\w-]+\.(?:internal|corp|lan|intranet)\b"),
}
ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b")
INVENTED = re.compile(
    r"(?:^|\.)(?:example\.(?:org|net|com)|example|test|invalid|localhost)$"  # RFC 2606 and 6761
    r"|(?:^|\.)example[\w-]*\.(?:co\.uk|com|sch\.uk|police\.uk|gov\.uk|[\w-]+\.sch\.uk)$"
    r"|(?:^|\.)exampleprimary\.camden\.sch\.uk$"
    r"|^[a-z]\.org$",
    re.IGNORECASE,
)
# Published addresses of public bodies; of the people there, none.
PUBLIC_BODIES = re.compile(
    r"(?:^|\.)(?:gov\.uk|police\.uk|parliament\.uk|nhs\.net|nhs\.uk|hmcts\.net)$", re.IGNORECASE
)
FREE_MAIL = {"x@gmail.com"}  # an address that is nobody's, where a test asks for one outside
PHONE = re.compile(r"(?<![\w.])(?:\+44\s?\(?0?\)?|0)7\d{3}\s?\d{3}\s?\d{3}\b")
INVENTED_PHONE = re.compile(r"7700\s?900")  # numbers kept for drama by Ofcom


@pytest.mark.parametrize("place", PLACES)
def test_no_file_names(place: str) -> None:
    found = {
        f"{name}: {hit[0]}"
        for name, text in texts().items()
        if name != HERE and (hit := PLACES[place].search(text))
    }
    assert found == set()


def test_every_email_address_is_invented_or_a_public_bodys() -> None:
    found = {
        f"{name}: {hit[0]}"
        for name, text in texts().items()
        for hit in ADDRESS.finditer(text)
        if not INVENTED.search(hit[1])
        and not PUBLIC_BODIES.search(hit[1])
        and hit[0] not in FREE_MAIL
    }
    assert found == set()


def test_every_mobile_number_is_one_kept_for_drama() -> None:
    found = {
        f"{name}: {hit[0]}"
        for name, text in texts().items()
        for hit in PHONE.finditer(text)
        if not INVENTED_PHONE.search(hit[0])
    }
    assert found == set()
