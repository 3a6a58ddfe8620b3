"""The texts of letters on screen: changed safely, looked at, kept, and put back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from sar.documents.letter_texts import shipped_text
from sar.domain.letter import LetterKind
from sar.extensions import db
from sar.models.letter import Letter, LetterText
from tests.integration.conftest import ClientOf, Desk

OpenCase = Callable[..., uuid.UUID]
PATH = "/admin/letters/RBKC/acknowledgement"
OURS = (
    "# Thank you\nWe have it.\n\nWe answer you by {{due_on}}.\n\n{{own_words}}\n\n"
    "{{complaint_routes}}\n"
)


@pytest.fixture
def admin(client_of: ClientOf) -> FlaskClient:
    return client_of("admin")


def change(
    admin: FlaskClient, text: str, over: int = 0, path: str = PATH, **more: str
) -> tuple[int, str]:
    data = {"text": text, "reason": "Shorter.", "over": str(over), "step": "use", **more}
    answer = admin.post(path, data=data)
    return answer.status_code, answer.text


def written(client: FlaskClient, desk: Desk, case_id: uuid.UUID) -> str:
    answer = client.post(f"/officer/cases/{case_id}/letters/acknowledgement/new", data={})
    with desk():
        return db.session.get_one(Letter, uuid.UUID(answer.location.rpartition("/")[2])).text


def test_a_council_changes_a_text_and_its_next_letters_use_it_and_the_others_do_not(
    admin: FlaskClient, officer: FlaskClient, open_case: OpenCase, desk: Desk
) -> None:
    assert change(admin, OURS)[0] == 302
    assert "We have it." in written(officer, desk, open_case())
    assert "We have it." not in written(officer, desk, open_case(council_code="WCC"))
    page = admin.get("/admin/letters").text
    assert page.count("Changed") == 1
    assert page.count("As shipped") == 2 * len(LetterKind) - 1


def test_the_shipped_text_stands_beside_and_the_page_shows_how_it_looks(admin: FlaskClient) -> None:
    page = admin.get(PATH).text
    assert "We received your request on {{received_on}}" in page
    assert "data:image/png;base64," in page
    assert "UK GDPR Arts 12(2), 12A(1)" in page
    assert "The three ways to complain" in page or "the three ways to complain" in page
    assert "style=" not in page.replace("stylesheet", "")


def test_looking_changes_nothing(admin: FlaskClient, desk: Desk) -> None:
    status, page = change(admin, OURS, step="look")
    assert status == 422
    assert "data:image/png;base64," in page
    assert "We have it." in page
    assert "There is a problem" not in page
    with desk():
        assert db.session.scalars(db.select(LetterText)).all() == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# T\nHello {{nobody}}.\n{{due_on}}", "Line 2: This letter has no gap called {{nobody}}."),
        ("# T\nHello.", "The law asks for {{due_on}} in this letter"),
        ("# T\n{{ 7*7 }} {{due_on}}", "is no name of a gap"),
        ("# T\n{% include 'x' %} {{due_on}\n", "one of these is not closed"),
        ("No title {{due_on}}", "Line 1: A letter begins with its title"),
        ("# T\nturn \u202e {{due_on}}", "Line 2: It holds a character that cannot be seen."),
    ],
)
@pytest.mark.parametrize("step", ["look", "use"])
def test_a_text_that_cannot_be_used_is_refused_with_its_line_and_kept_on_the_page(
    admin: FlaskClient, desk: Desk, text: str, fault: str, step: str
) -> None:
    status, page = change(admin, text, step=step)
    assert status == 422
    shown = page.replace("&#39;", "'").replace("&quot;", '"')
    assert fault in shown
    assert text.splitlines()[0] in shown
    with desk():
        assert db.session.scalars(db.select(LetterText)).all() == []


def test_a_refusal_cannot_lose_its_complaint_routes(admin: FlaskClient) -> None:
    text = shipped_text(LetterKind.REFUSAL).replace("{{complaint_routes}}", "Do not complain.")
    status, page = change(admin, text, path="/admin/letters/RBKC/refusal")
    assert status == 422
    assert "The law asks for {{complaint_routes}} in this letter" in page


def test_a_change_needs_its_reason_and_must_change_something(admin: FlaskClient) -> None:
    assert "Say why the text changes." in change(admin, OURS, reason="")[1]
    assert "Nothing would change." in change(admin, shipped_text(LetterKind.ACKNOWLEDGEMENT))[1]


def test_two_people_at_once_lose_nothing(admin: FlaskClient, desk: Desk) -> None:
    assert change(admin, OURS)[0] == 302
    status, page = change(admin, OURS.replace("We have it.", "Another."))
    assert status in {409, 422}
    assert "Somebody else changed this text" in page
    with desk():
        assert [each.text for each in db.session.scalars(db.select(LetterText))] == [OURS]


def test_the_history_is_kept_and_the_shipped_text_comes_back(
    admin: FlaskClient, officer: FlaskClient, open_case: OpenCase, desk: Desk
) -> None:
    change(admin, OURS)
    change(admin, OURS.replace("We have it.", "We got it."), over=1)
    form = admin.get(f"{PATH}/restore").text
    over = re.search(r'name="over"[^>]*value="(\d+)"', form)
    assert over
    back = admin.post(f"{PATH}/restore", data={"reason": "Plainer.", "over": over[1]})
    assert back.status_code == 302
    page = admin.get(PATH).text
    for words in ("We have it.", "We got it.", "Plainer.", "Back to the shipped text"):
        assert words in page
    assert "Thank you for getting in touch" in written(officer, desk, open_case())


def test_a_text_of_markup_is_words_on_page_and_paper(
    admin: FlaskClient, officer: FlaskClient, open_case: OpenCase, desk: Desk
) -> None:
    nasty = OURS.replace("We have it.", "<script>alert(1)</script> <b>x</b> &amp;")
    assert change(admin, nasty)[0] == 302
    assert "<script>alert(1)</script>" not in admin.get(PATH).text
    assert "<script>alert(1)</script> <b>x</b> &amp;" in written(officer, desk, open_case())


def test_an_administrator_of_one_council_cannot_touch_the_other(client_of: ClientOf) -> None:
    officer = client_of("officer")
    assert officer.get("/admin/letters").status_code == 403
    assert officer.post(PATH, data={"text": OURS}).status_code == 403


def test_a_letter_or_council_there_is_not_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/admin/letters/RBKC/no-such").status_code >= 400
    assert admin.get("/admin/letters/NOWHERE/refusal").status_code == 404
