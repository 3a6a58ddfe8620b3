"""Measures the screens of a large case: python -m bench.large_case PAGES [DATABASE_URL].

Makes a case of so many pages, 4 a record, without converting a file, and prints the median time of
each screen in milliseconds. Give it an empty PostgreSQL database, or nothing for SQLite.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask

from config import Config
from sar.adapters.doors import doors
from sar.adapters.jobs import NoSender
from sar.app import create_app
from sar.documents.layout import PageLayout, Word
from sar.domain.permissions import Role
from sar.domain.persons import PersonPart
from sar.domain.redaction import Rect
from sar.domain.rights import Right
from sar.domain.searching import RecordStatus
from sar.extensions import db
from sar.models.case import Case
from sar.models.record import Page, Record
from sar.services import cases, councils, page_index, record_order, users
from sar.services.actor import system
from sar.services.keys import open_data_key
from sar.services.users import NewMember, load_staff

PAGES_A_RECORD = 4
WORDS_A_PAGE = 220
ROUNDS = 9
VOCABULARY = [f"word{number}" for number in range(4000)] + ["placement", "school", "review"] * 40
PASSWORD = "a long enough password"


def main() -> None:
    """Builds the case, then measures."""
    page_count = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = application(Path(folder), sys.argv[2] if len(sys.argv) > 2 else "")
        case_id, page_id, session_id = furnish(app, page_count)
        client = app.test_client()
        with client.session_transaction() as held:
            held["_user_id"], held["_fresh"] = session_id, True
        case = f"/officer/cases/{case_id}"
        screens = {
            "records list": f"{case}/records",
            "records list, last page": f"{case}/records?page=99999",
            "triage": f"{case}/records/triage",
            "page view": f"/officer/pages/{page_id}",
            "find a rare phrase": f"{case}/find?find=%22Derek+Pargeter%22",
            "find a name": f"{case}/find?find=Derek+Pargeter&way=name",
            "find a common word": f"{case}/find?find=school",
        }
        result = {
            name: measured(lambda path=path: client.get(path)) for name, path in screens.items()
        }
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    print(json.dumps({"pages": page_count, "milliseconds": result}, indent=2))


def application(folder: Path, database_url: str) -> Flask:
    """The whole application over this folder and database."""
    config = Config.for_test(folder)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(
        replace(config, database_url=database_url) if database_url else config, NoSender()
    )
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def furnish(app: Flask, page_count: int) -> tuple[str, str, str]:
    """The ids of the case, of a page in its middle, and of its officer's session."""
    with app.app_context():
        db.create_all()
        councils.ensure_councils()
        now = datetime.now(UTC)
        member = NewMember("Olu Officer", "o@desk.test", PASSWORD, Role.OFFICER, ("RBKC",))
        user = users.add_staff(member, system(now))
        session_id = f"{user.id}:{user.sign_in_stamp}"
        staff = load_staff(session_id)
        assert staff is not None
        opened = cases.open_case(
            cases.NewCase(
                council_code="RBKC",
                right=Right.ACCESS,
                received_on=now.date() - timedelta(days=9),
                origin="phone",
                summary="Everything.",
                people=(cases.NewPerson(PersonPart.DATA_SUBJECT, "Niamh O'Brien"),),
                service_ids=("SVC-01",),
            ),
            staff.acting_at(now),
        )
        case_id = opened.id
        middle = add_pages(opened, page_count)
        db.session.commit()
        db.session.remove()
    return str(case_id), middle, session_id


def add_pages(case: Case, page_count: int) -> str:
    """Records of the case; the id of the page in the middle."""
    made, chosen = random.Random(7), ""  # the same words each time
    key, put = open_data_key(case.data_key_id), doors().files.put
    picture = put(key, b"RIFF0000WEBP").object_key
    for first in range(0, page_count, PAGES_A_RECORD):
        record = note(case, first, picture)
        record.dated_on = date(2005, 1, 1) + timedelta(days=made.randrange(7000))
        layouts = [layout(made, number, first + number) for number in range(1, PAGES_A_RECORD + 1)]
        record.pages = [
            Page(
                controller_id=case.controller_id,
                number=each.number,
                width=595,
                height=842,
                picture_key=picture,
                layout_key=put(key, json.dumps(each.as_dict()).encode()).object_key,
            )
            for each in layouts
        ]
        db.session.add(record)
        db.session.flush()
        record_order.place(record)
        for page, each in zip(record.pages, layouts, strict=True):
            page_index.add(page, each)
        if first <= page_count // 2:
            chosen = str(record.pages[0].id)
        if first % 400 == 0:
            db.session.commit()
    return chosen


def note(case: Case, first: int, stored: str) -> Record:
    """A record without its pages, by the number of its first; `stored` stands for its files."""
    return Record(
        controller_id=case.controller_id,
        case_id=case.id,
        name=f"Note {first}.pdf",
        media_type="application/pdf",
        byte_count=1,
        sha256=f"{first:064d}",
        original_key=stored,
        prepared_key=stored,
        prepared_sha256="0" * 64,
        status=RecordStatus.CONVERTED,
    )


def layout(made: random.Random, number: int, serial: int) -> PageLayout:
    """A page of words, of which one in a thousand names the neighbour."""
    said = made.choices(VOCABULARY, k=WORDS_A_PAGE)
    if serial % 1000 == 1:
        said[50:52] = ["Derek", "Pargeter"]
    words = tuple(
        Word(
            word,
            Rect(
                60 + 45 * (at % 10),
                60 + 30 * (at // 10),
                100 + 45 * (at % 10),
                80 + 30 * (at // 10),
            ),
            at // 10,
        )
        for at, word in enumerate(said)
    )
    return PageLayout(number, 595, 842, words)


def measured(act: Callable[[], object]) -> float:
    """The median of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = act()
        assert getattr(answer, "status_code", 200) == 200, answer
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    main()
