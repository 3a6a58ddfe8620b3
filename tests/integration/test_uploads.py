from __future__ import annotations

import io
import tracemalloc
import uuid

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from sar.adapters.doors import doors
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Record
from sar.models.upload import Upload
from sar.services import searches
from sar.services.keys import open_data_key
from tests.integration.conftest import ActorOf, ClientOf, Desk

BYTES = bytes(range(256)) * 4000


def chosen(*files: tuple[str, bytes]) -> dict[str, list[tuple[io.BytesIO, str]]]:
    return {"files": [(io.BytesIO(content), name) for name, content in files]}


def begin(client: FlaskClient, case_id: uuid.UUID, size: int, name: str = "large.zip") -> dict:  # type: ignore[type-arg]
    data = {"name": name, "size": size, "mark": "folder 1"}
    answer = client.post(f"/officer/cases/{case_id}/uploads", data=data)
    return {"status": answer.status_code, **answer.get_json()}


def part(client: FlaskClient, upload_id: str, start: int, content: bytes) -> dict:  # type: ignore[type-arg]
    # The test client would spool a large form to a file that it never closes.
    file = FileStorage(io.BytesIO(content), "part")
    boundary, body = encode_multipart({"start": str(start), "part": file})
    answer = client.post(
        f"/officer/uploads/{upload_id}",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    return {"status": answer.status_code, **(answer.get_json(silent=True) or {})}


def names(desk: Desk) -> list[tuple[str, str]]:
    with desk():
        rows = db.session.scalars(select(Record).order_by(Record.created_at, Record.name))
        return [(row.name, row.scope.value) for row in rows]


def test_the_same_upload_again_adds_nothing_and_says_so(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID
) -> None:
    path = f"/officer/cases/{case_id}/records"
    files = (("note.txt", b"One"), ("note.txt", b"Two"), ("other.txt", b"One"))
    first = officer.post(path, data=chosen(*files), follow_redirects=True)
    assert "3 files added and being converted." in first.text
    again = officer.post(path, data=chosen(*files, ("new.txt", b"New")), follow_redirects=True)
    assert "1 file added and being converted. 3 files were here already" in again.text
    once_more = officer.post(path, data=chosen(files[0]), follow_redirects=True)
    assert "Nothing was added: 1 file was here already." in once_more.text
    found = names(desk)
    assert [name for name, _ in found].count("note.txt") == 2, "one never overwrites another"
    assert sorted(scope for _, scope in found) == ["duplicate", "in", "in", "in"]


def test_a_file_in_parts_goes_on_where_it_broke_off(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID
) -> None:
    begun = begin(officer, case_id, len(BYTES))
    assert begun["received"] == 0
    assert part(officer, begun["id"], 0, BYTES[:300_000])["received"] == 300_000
    again = begin(officer, case_id, len(BYTES))
    assert (again["id"], again["received"]) == (begun["id"], 300_000)
    assert part(officer, begun["id"], 0, BYTES[:300_000])["received"] == 300_000, "sent twice"
    assert part(officer, begun["id"], 700_000, BYTES[700_000:])["received"] == 300_000, "too far"
    done = part(officer, begun["id"], 300_000, BYTES[300_000:])
    assert (done["whole"], done["known"]) == (True, False)
    with desk():
        record = db.session.scalars(select(Record)).one()
        case = db.session.get_one(Case, case_id)
        kept = doors().files.read(open_data_key(case.data_key_id), record.original_key)
        assert kept == BYTES
        assert db.session.scalars(select(Upload)).all() == []
        keys = list(doors().files.names("RBKC"))
        assert keys.count(record.original_key) == 1
        assert len(keys) == 1, "the parts are gone"


def test_a_file_that_is_here_already_is_said_to_be(
    desk: Desk, officer: FlaskClient, case_id: uuid.UUID
) -> None:
    for expected in (False, True):
        begun = begin(officer, case_id, 3)
        assert part(officer, begun["id"], 0, b"abc")["known"] is expected
    empty = begin(officer, case_id, 0, "empty.txt")
    assert part(officer, empty["id"], 0, b"")["whole"]
    assert names(desk) == [("large.zip", "in"), ("empty.txt", "in")]


def test_what_cannot_be_is_refused_in_a_sentence(officer: FlaskClient, case_id: uuid.UUID) -> None:
    assert "2 GB" in begin(officer, case_id, 2**31)["sentence"]
    assert begin(officer, case_id, -1)["status"] == 422
    begun = begin(officer, case_id, 3)
    more = part(officer, begun["id"], 0, b"abcd")
    assert more["status"] == 422
    assert "than was announced" in more["sentence"]
    assert part(officer, begun["id"], 0, b"x" * (8 * 1024**2 + 1))["status"] == 413


def test_a_part_is_taken_only_from_whoever_began(
    client_of: ClientOf, officer: FlaskClient, case_id: uuid.UUID
) -> None:
    begun = begin(officer, case_id, 3)
    assert part(client_of("rbkc_officer"), begun["id"], 0, b"abc")["status"] == 404
    assert part(client_of("team_member"), begun["id"], 0, b"abc")["status"] == 403


def test_a_team_sends_in_parts_until_it_has_answered(
    desk: Desk, client_of: ClientOf, case_id: uuid.UUID, actor_of: ActorOf
) -> None:
    by, member = actor_of("officer"), actor_of("team_member")
    with desk():
        sent = searches.send(
            case_id, ["children-social-care"], "Everything.", searches.usual_due_on(by), by
        )
        search_id = sent[0].id
    team = client_of("team_member")
    offered = {"name": "a.txt", "size": 3, "mark": "1"}
    begun = team.post(f"/team/searches/{search_id}/uploads", data=offered).get_json()
    with desk():
        searches.answer(
            search_id, searches.Answer(searches.SearchResult.NOTHING_HELD, "Nothing."), member
        )
    late = team.post(
        f"/team/uploads/{begun['id']}", data={"start": 0, "part": (io.BytesIO(b"abc"), "part")}
    )
    assert late.status_code == 422
    assert "has been answered" in late.get_json()["sentence"]


def test_a_large_file_is_never_held_in_memory(officer: FlaskClient, case_id: uuid.UUID) -> None:
    megabyte = 1024**2
    begun = begin(officer, case_id, 48 * megabyte)
    for number in range(11):
        part(officer, begun["id"], 4 * megabyte * number, b"x" * 4 * megabyte)
    tracemalloc.start()
    assert part(officer, begun["id"], 44 * megabyte, b"x" * 4 * megabyte)["whole"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * megabyte, "one part, and pieces of the whole"
