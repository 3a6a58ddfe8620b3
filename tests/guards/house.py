"""A copy of the seeded desk, asked by real requests and put back after each change."""

from __future__ import annotations

import io
import itertools
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from sar.extensions import db
from tests.guards.seeding import Seeded, application

CSRF_SECRET = "0" * 40
NOBODY = "nobody"  # not signed in


class Desk:
    """A copy of the seeded desk, asked by real requests."""

    def __init__(self, folder: Path, seeded: Seeded) -> None:
        self.folder, self.seeded = folder, seeded
        self.app = application(folder)
        with self.app.test_request_context():
            session["csrf_token"] = CSRF_SECRET
            self.csrf_token = generate_csrf()
        self.database = folder / "data" / "desk.sqlite3"
        self.before = sqlite3.connect(":memory:")
        self._addresses = itertools.count(1)
        with sqlite3.connect(self.database) as now:
            now.backup(self.before)
        now.close()

    def ids(self, council: str) -> dict[str, str]:
        """The names and ids of one council's rows."""
        return self.seeded.ids[council]

    def client(self, who: str) -> FlaskClient:
        """A fresh browser in which that person has signed in."""
        client = self.app.test_client()
        with client.session_transaction() as held:
            held["csrf_token"] = CSRF_SECRET
            if who != NOBODY:
                held["_user_id"] = self.seeded.sessions[who]
                held["_fresh"] = True
        return client

    def requester(self, council: str) -> FlaskClient:
        """The browser of the person the council's release was sent to, its code given."""
        client = self.app.test_client()
        client.set_cookie("desk", self.seeded.collecting[council])
        with client.session_transaction() as held:
            held["csrf_token"] = CSRF_SECRET
            # A slow run may ask later than the 15 minutes a code holds good.
            held["collecting"] = {**held["collecting"], "at": datetime.now(UTC).isoformat()}
        return client

    def ask(
        self,
        who: str | FlaskClient,
        method: str,
        path: str,
        data: Mapping[str, object] | None = None,
    ) -> TestResponse:
        """One request, as our own page would send it, with `data` in its form.

        It comes from an address of its own, so that no limit is met by accident.
        """
        client = self.client(who) if isinstance(who, str) else who
        if method == "POST":
            data = {"csrf_token": self.csrf_token, **(data or {})}
        number = next(self._addresses)
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        sent, content_type = _with_files(data)
        return client.open(
            path,
            method=method,
            data=sent,
            content_type=content_type,
            buffered=True,
            environ_overrides={"REMOTE_ADDR": address},
        )

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with sqlite3.connect(self.database) as now:
            found = _contents(now)
        now.close()
        return found

    def seeded_contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table as it was seeded."""
        return _contents(self.before)

    def execute(self, statement: str, *values: object) -> None:
        """Changes rows behind the application's back."""
        with sqlite3.connect(self.database) as now:
            now.execute(statement, values)
        now.close()

    def restore(self) -> None:
        """Puts every table back."""
        with sqlite3.connect(self.database) as now:
            self.before.backup(now)
        now.close()

    def close(self) -> None:
        """Lets go of the database."""
        self.before.close()
        with self.app.app_context():
            db.engine.dispose()


def _contents(database: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    return {
        name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
        for name in names
    }


def _with_files(data: Mapping[str, object] | None) -> tuple[object, str | None]:
    """The form to send and its type; bytes in it become a file of that content.

    The test client would spool a large form to a file it never closes, so it is given bytes.
    """
    if data is None or not any(isinstance(value, bytes) for value in data.values()):
        return data, None
    form = {
        name: FileStorage(io.BytesIO(value), "note.txt") if isinstance(value, bytes) else value
        for name, value in data.items()
    }
    boundary, body = encode_multipart(form)
    return body, f"multipart/form-data; boundary={boundary}"
