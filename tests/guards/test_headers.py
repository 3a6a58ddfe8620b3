"""Every answer, whatever it is, keeps itself out of caches, frames and other sites' hands."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config import Config
from sar.adapters.doors import doors, open_doors
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.extensions import db
from tests.guards.house import NOBODY, Desk

OFFICER = "officer of RBKC"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TELLING = re.compile(
    rb"Traceback|File \"|\.py\b|sqlalchemy|sqlite|werkzeug|jinja|OperationalError|SELECT ", re.I
)


def answers(house: Desk) -> Iterator[tuple[int, str, TestResponse]]:
    """(the status it must have, what it is, the answer), for each kind of answer there is."""
    ids = house.ids("RBKC")
    case, ask = f"/officer/cases/{ids['case_id']}", house.ask
    yield 200, "a page", ask(OFFICER, "GET", case)
    yield 200, "a public page", ask(NOBODY, "GET", f"/collect/{ids['token']}")
    yield 200, "a file", ask(OFFICER, "GET", _file(ids))
    yield 206, "part of a file", _range(house, "bytes=0-3")
    yield 416, "no part", _range(house, "bytes=900-901")
    yield 200, "a picture", ask(OFFICER, "GET", f"/officer/pages/{ids['page_id']}/picture")
    yield 200, "health", ask(NOBODY, "GET", "/health")
    yield 302, "sent to sign in", ask(NOBODY, "GET", case)
    yield 302, "sent on", ask(OFFICER, "POST", f"{case}/notes/new", {"text": "She rang."})
    yield 400, "no token", house.client(OFFICER).post(f"{case}/close")
    yield 403, "not for this role", ask("team member of RBKC", "GET", case)
    yield 404, "no such page", ask(NOBODY, "GET", "/nowhere")
    yield 404, "no such row", ask(OFFICER, "GET", f"/officer/cases/{uuid.uuid4()}")
    yield 404, "no such file of ours", ask(NOBODY, "GET", "/static/../config.py")
    yield 405, "not that way", ask(OFFICER, "DELETE", case)
    yield 409, "not now", ask(OFFICER, "POST", f"{case}/reopen")
    yield 413, "too large", ask(OFFICER, "POST", f"{case}/close", {"outcome": "x" * 3_000_000})
    yield 422, "not accepted", ask(OFFICER, "POST", f"{case}/close", {"outcome": ""})
    yield 429, "too often", _too_often(house)
    house.execute("ALTER TABLE case_person RENAME TO gone")
    yield 500, "a fault", ask(OFFICER, "GET", case)
    house.restore()
    house.execute("UPDATE disclosure SET revoked_at = '2026-01-01 00:00:00.000000'")
    yield 410, "a link that has ended", ask(NOBODY, "GET", f"/collect/{ids['token']}")
    house.restore()


def _file(ids: dict[str, str]) -> str:
    return f"/officer/bundles/{ids['bundle_id']}/files/{ids['file_id']}"


def _range(house: Desk, wanted: str) -> TestResponse:
    path = _file(house.ids("RBKC"))
    return house.client(OFFICER).get(path, headers={"Range": wanted}, buffered=True)


def _too_often(house: Desk) -> TestResponse:
    client = house.app.test_client()
    for _ in range(31):
        answer = client.get("/collect/nobody-ever-made-this")
    return answer


@pytest.fixture(scope="module")
def given(house: Desk) -> dict[str, tuple[int, TestResponse]]:
    """Every kind of answer by what it is, with the status it must have."""
    return {what: (status, answer) for status, what, answer in answers(house)}


def test_each_kind_of_answer_is_the_one_meant(given: dict[str, tuple[int, TestResponse]]) -> None:
    assert {what: answer.status_code for what, (_, answer) in given.items()} == {
        what: status for what, (status, _) in given.items()
    }


def test_every_answer_has_the_headers_that_protect_it(
    given: dict[str, tuple[int, TestResponse]],
) -> None:
    for what, (_, answer) in given.items():
        for name, value in FIXED.items():
            assert answer.headers.getlist(name) == [value], (what, name)
        assert answer.headers["Cache-Control"] == "no-store", what
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, what
        assert "unsafe" not in policy, what


def test_a_page_may_not_be_framed_sent_elsewhere_or_rebased(
    given: dict[str, tuple[int, TestResponse]],
) -> None:
    policy = given["a page"][1].headers["Content-Security-Policy"]
    for part in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "*" not in policy
    assert "http" not in policy


def test_each_page_has_a_nonce_of_its_own_and_its_scripts_carry_it(house: Desk) -> None:
    seen = set()
    for _ in range(3):
        answer = house.ask(OFFICER, "GET", "/officer/work")
        nonce = re.search(r"'nonce-([\w-]{16,})'", answer.headers["Content-Security-Policy"])
        assert nonce
        seen.add(nonce[1])
        carried = re.findall(r"<script\b[^>]*nonce=\"([^\"]+)\"", answer.text)
        assert carried
        assert set(carried) == {nonce[1]}
        assert len(carried) == len(re.findall(r"<script\b", answer.text))
    assert len(seen) == 3


def test_no_answer_tells_how_the_program_is_made(
    given: dict[str, tuple[int, TestResponse]],
) -> None:
    for what, (status, answer) in given.items():
        assert not {"Server", "X-Powered-By"} & set(answer.headers.keys()), what
        if status >= 400:
            told = TELLING.search(answer.data.replace(b"govuk", b""))
            assert not told, (what, told and told[0])


def test_a_fault_is_told_by_a_number_and_a_sentence(
    given: dict[str, tuple[int, TestResponse]],
) -> None:
    shown = given["a fault"][1].text
    assert re.search(r"noted under number [0-9a-f]{12}", shown)
    assert "Nothing was changed" in shown


def test_every_error_is_a_page_of_ours(given: dict[str, tuple[int, TestResponse]]) -> None:
    for what, (status, answer) in given.items():
        if status >= 400 and status != 416:
            assert "Data rights desk" in answer.text, what


def test_a_file_is_given_to_keep_and_never_to_show(
    given: dict[str, tuple[int, TestResponse]],
) -> None:
    answer = given["a file"][1]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_our_own_styles_may_be_kept_by_a_browser_and_by_nothing_else(house: Desk) -> None:
    answer = house.ask(NOBODY, "GET", "/static/css/desk.css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_session_is_out_of_reach_of_scripts_and_other_sites(house: Desk) -> None:
    answer = house.app.test_client().get("/sign-in")
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("desk=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
    assert answer.headers.getlist("Set-Cookie")


@pytest.fixture
def served_over_https(tmp_path: Path) -> Iterator[Flask]:
    """Another desk, whose address is https; the doors of the first are opened again after it."""
    before = doors()
    config = Config.for_test(tmp_path, SAR_BASE_URL="https://desk.example.org")
    config.data_dir.mkdir(parents=True)
    app = create_app(config, NoSender())
    yield app
    with app.app_context():
        db.engine.dispose()
    open_doors(before)


def test_over_https_the_session_stays_on_https(served_over_https: Flask) -> None:
    answer = served_over_https.test_client().get(
        "/sign-in", base_url="https://desk.example.org", buffered=True
    )
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-desk=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert int(re.findall(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])[0]) > 3e7


@pytest.mark.parametrize(
    "target", ["https://example.net/", "//example.net/", "/\\example.net", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(target: str, restored: Desk) -> None:
    answer = restored.app.test_client().get("/sign-in", query_string={"next": target})
    assert "example.net" not in (answer.headers.get("Location") or "")
    assert answer.status_code == 200


LARGE = 3 * 1024**2


@pytest.mark.parametrize("value", ["x" * LARGE, b"x" * LARGE], ids=["words", "file"])
@pytest.mark.parametrize("path", ["/sign-in", "/collect/nobody-ever-made-this", "{case}/close"])
def test_only_a_view_that_takes_files_is_sent_much(
    path: str, value: str | bytes, house: Desk
) -> None:
    case = f"/officer/cases/{house.ids('RBKC')['case_id']}"
    answer = house.ask(OFFICER, "POST", path.format(case=case), {"outcome": value})
    assert answer.status_code == 413


def test_a_large_file_is_taken_where_files_are_and_large_words_are_not(restored: Desk) -> None:
    path = f"/officer/cases/{restored.ids('RBKC')['case_id']}/records"
    assert restored.ask(OFFICER, "POST", path, {"files": b"x" * LARGE}).status_code == 302
    words = {"other": "x" * LARGE, "files": b"x"}
    assert restored.ask(OFFICER, "POST", path, words).status_code == 413


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        """It could be, were it not for this."""
        return True

    def readinto(self, _: object) -> int:
        """Fails the test."""
        raise AssertionError("the body of a stranger was read")


def test_what_a_stranger_sends_to_a_view_that_takes_files_is_not_read(house: Desk) -> None:
    answer = house.app.test_client().post(
        f"/officer/cases/{house.ids('RBKC')['case_id']}/records",
        environ_overrides={
            "wsgi.input": Unread(),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(LARGE),
        },
    )
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")
