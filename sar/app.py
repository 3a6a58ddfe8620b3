"""`create_app`: the one place where the parts are joined."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from sar import models
from sar.adapters.doors import Doors, open_doors
from sar.adapters.files import FileStore
from sar.adapters.inbox import DropFolders
from sar.adapters.jobs import BrokerSender, JobSender
from sar.adapters.keys import KeyRing
from sar.adapters.outbox import FolderOutbox
from sar.adapters.scanner import Clamd
from sar.domain.inboxes import MAILBOXES
from sar.extensions import csrf, db, limiter, login_manager, migrate
from sar.models.engine import prepare_engine
from sar.services.users import load_staff
from sar.web.access import check_access
from sar.web.blueprints import register_blueprints
from sar.web.errors import register_errors
from sar.web.filters import register_filters
from sar.web.headers import register_headers
from sar.web.page import register_page
from sar.web.undefined import PageUndefined
from sar.web.uploads import FORM_BYTES, allow_size

if TYPE_CHECKING:
    from config import Config

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Config, jobs: JobSender | None = None) -> Flask:
    """The application, joined; `jobs` replaces the broker in tests and on the command line."""
    assert models
    app = Flask(__name__, static_url_path="/static")
    app.config.update(_flask_settings(config))
    open_doors(_doors(config, jobs))
    _join_templates(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    # Before anything reads a form: who it is from, and how much of it may be read.
    app.before_request(check_access)
    app.before_request(allow_size)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    login_manager.user_loader(load_staff)
    WTFormsHelpers(app)
    with app.app_context():
        prepare_engine(db.engine, _is_reading)
    register_blueprints(app)
    register_errors(app)
    register_filters(app)
    register_headers(app, is_https=config.base_url.startswith("https://"))
    register_page(app)
    return app


def _is_reading() -> bool:
    """A page that is only looked at must not make whoever writes wait, nor wait for them."""
    return has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}


def _flask_settings(config: Config) -> dict[str, object]:
    is_https = config.base_url.startswith("https://")
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        # A browser refuses a `__Host-` cookie without TLS, and the embedded server has none.
        "SESSION_COOKIE_NAME": "__Host-desk" if is_https else "desk",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=config.session_minutes),
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": config.limits_url,
        "RATELIMIT_HEADERS_ENABLED": False,
        "RATELIMIT_SWALLOW_ERRORS": False,
    }


def _doors(config: Config, jobs: JobSender | None) -> Doors:
    store = FileStore.at(
        config.store_url,
        endpoint=config.store_endpoint,
        region=config.store_region,
        access=f"{config.store_key_id}:{config.store_secret}" if config.store_key_id else "",
    )
    return Doors(
        keys=KeyRing(config.keys_dir),
        files=store,
        jobs=jobs or BrokerSender(config.broker_url),
        inbox=DropFolders(config.mail_in_dir, (each.slug for each in MAILBOXES if each.is_ours)),
        outbox=FolderOutbox(config.mail_out_dir),
        base_url=config.base_url,
        scanner=Clamd(config.clamav_url) if config.clamav_url else None,
        regulator=config.regulator,
    )


def _join_templates(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.undefined = PageUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
