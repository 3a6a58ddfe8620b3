"""An administrator keeps the service register, and what it says is what the desk works by."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sar.domain.register import service
from sar.services import register
from tests.integration.conftest import ClientOf, Desk

SEND = "/register/WCC/SVC-08"


def change(
    client: FlaskClient, path: str, text: str, reason: str = "The notice changed."
) -> TestResponse:
    return client.post(path, data={"text": text, "reason": reason})


def test_every_service_is_listed_with_its_page(client_of: ClientOf) -> None:
    admin = client_of("admin")
    shown = admin.get("/register").text
    for number in (*range(1, 16), 90):
        assert f"/register/WCC/SVC-{number:02}" in shown
        assert admin.get(f"/register/WCC/SVC-{number:02}").status_code == 200


def test_a_change_shows_at_once_with_its_history_and_can_be_taken_back(
    client_of: ClientOf, desk: Desk
) -> None:
    admin = client_of("admin")
    before = admin.get(SEND).text
    assert "Changed</strong>" not in before
    assert change(admin, f"{SEND}/fields/retention", "Until they are 30.").status_code == 302
    assert "Until they are 30." in admin.get(SEND).text
    assert "Changed</strong>" in admin.get(SEND).text
    history = admin.get(f"{SEND}/history").text
    assert "The notice changed." in history
    assert "Ada Admin" in history
    assert "Until they are 30." not in admin.get("/register/RBKC/SVC-08").text, "each its own"
    restored = admin.post(f"{SEND}/fields/retention/restore", data={"reason": "It was right."})
    assert restored.status_code == 302
    assert "As shipped" in admin.get(f"{SEND}/history").text
    with desk():
        assert service("SVC-08") in register.register_of("WCC")


def test_what_cannot_stand_is_refused_and_what_was_typed_is_kept(client_of: ClientOf) -> None:
    admin = client_of("admin")
    for field, text, words in (
        ("requests-address", "[email protected]", "where a web page hid an address"),
        ("bases", "whatever", "write the basis"),
        ("name", "", "Enter the name of the service"),
    ):
        answer = change(admin, f"{SEND}/fields/{field}", text)
        assert answer.status_code == 422
        assert words in answer.text
        assert "There is a problem" in answer.text
    assert change(admin, f"{SEND}/fields/retention", "x", reason="").status_code == 422
    assert (
        "Nothing was changed" in change(admin, f"{SEND}/fields/name", service("SVC-08").name).text
    )
    assert admin.get(f"{SEND}/fields/colour").status_code == 404


def test_the_misprinted_domain_is_put_right_and_told(client_of: ClientOf) -> None:
    admin = client_of("admin")
    path = "/register/WCC/SVC-01"
    assert "westminter.gov.uk. The desk never writes to it" in admin.get(path).text
    change(admin, f"{path}/fields/complaints-address", "DPO@westminter.gov.uk")
    assert "dpo@westminster.gov.uk" in admin.get(path).text


def test_a_basis_that_changes_opens_and_closes_rights(client_of: ClientOf) -> None:
    admin = client_of("admin")
    path = "/register/WCC/SVC-01"
    shown = admin.get(path).text
    assert "You can object to how we use" in shown
    change(admin, f"{path}/fields/bases", "legal-obligation: A new law")
    assert "You cannot object here, because a law makes us use this." in admin.get(path).text
    change(admin, f"{path}/fields/bases", "legitimate-interests: A mistake")
    assert "cannot use legitimate interests" in admin.get(path).text


def test_an_added_service_can_be_chosen_on_a_case_of_its_council_only(
    client_of: ClientOf, officer: FlaskClient, desk: Desk
) -> None:
    admin = client_of("admin")
    added = admin.post(
        "/register/services/new",
        data={"council": "WCC", "name": "Your Choice", "reason": "It has a notice."},
    )
    assert added.location.endswith("/register/WCC/SVC-16")
    assert "names no lawful basis" in admin.get(added.location).text
    assert "Your Choice" in officer.get("/officer/cases/new").text
    with desk():
        assert "SVC-16" in {each.id for each in register.services_of("WCC")}
        assert "SVC-16" not in {each.id for each in register.register_of("RBKC")}


def test_an_officer_reads_the_register_and_changes_nothing(officer: FlaskClient) -> None:
    shown = officer.get(SEND)
    assert shown.status_code == 200
    assert "/fields/" not in shown.text
    assert officer.get(f"{SEND}/fields/name").status_code == 403
