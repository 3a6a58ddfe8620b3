"""One blueprint for each persona."""

from __future__ import annotations

from flask import Flask

from sar.web.admin.views import admin
from sar.web.auth import sign_in
from sar.web.officer.views import officer
from sar.web.requester.views import requester
from sar.web.team.views import team


def register_blueprints(app: Flask) -> None:
    """Gives the application its personas."""
    app.register_blueprint(sign_in.auth)
    app.register_blueprint(officer)
    app.register_blueprint(team)
    app.register_blueprint(requester)
    app.register_blueprint(admin)
