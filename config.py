"""Every setting of the desk: named, typed, and checked together before anything starts."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from sar.adapters.keys import kept_secret
from sar.documents.tools import is_isolated
from sar.domain.regulator import Regulator

SOCKET_PATH_BYTES = 100  # the system allows 107
SECRET_BYTES = 32
SAMPLE_SECRETS = frozenset({"secret", "changeme", "change-me", "dev", "development", "password"})


class Environment(StrEnum):
    """Where the desk runs."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"
    TEST = "test"


class ConfigError(Exception):
    """One or more settings cannot be used; `faults` has a sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it is when unset, and what it means."""

    name: str
    unset: str
    meaning: str


SETTINGS = (
    Setting("SAR_ENV", "embedded", "`embedded` (everything on this machine) or `production`"),
    Setting("SAR_DATA_DIR", "./data", "folder of database, files, mail and broker"),
    Setting("SAR_KEYS_DIR", "./keys", "folder of the councils' keys, apart from the data"),
    Setting("DATABASE_URL", "SQLite in the data folder", "PostgreSQL in production"),
    Setting("BROKER_URL", "a Valkey of our own on a socket", "Redis or RabbitMQ in production"),
    Setting("SAR_LIMITS_URL", "the broker, when it is Redis", "where request limits are counted"),
    Setting("SAR_STORE_URL", "the data folder", "`s3://bucket/prefix`, or a folder"),
    Setting("SAR_STORE_ENDPOINT", "the provider's own", "address of an S3 service"),
    Setting("SAR_STORE_REGION", "eu-west-2", "region of the S3 service"),
    Setting("SAR_STORE_KEY_ID", "none", "access key of the S3 service"),
    Setting("SAR_STORE_SECRET", "none", "secret of the S3 service"),
    Setting("SAR_SECRET_KEY", "made at first run", "signs sessions; 32 characters or more"),
    Setting("SAR_BASE_URL", "http://HOST:PORT", "the address people type; https in production"),
    Setting("SAR_MAIL_IN_DIR", "mail/in in the data folder", "folder that incoming mail lands in"),
    Setting("SAR_MAIL_OUT_DIR", "mail/out in the data folder", "folder that mail leaves by"),
    Setting("CLAMAV_URL", "files are not scanned", "`unix:///path` or `tcp://host:3310` of clamd"),
    Setting("SAR_REGULATOR_NAME", "Information Commissioner's Office", "whom to complain to"),
    Setting("SAR_REGULATOR_ADDRESS", "its address in Wilmslow", "lines, each ended by a comma"),
    Setting("SAR_REGULATOR_PHONE", "0303 123 1113", "its telephone"),
    Setting("SAR_REGULATOR_WEBSITE", "ico.org.uk", "its website"),
    Setting("SAR_HOST", "127.0.0.1", "address the web server listens on"),
    Setting("SAR_PORT", "8000", "port the web server listens on"),
    Setting("SAR_SESSION_MINUTES", "30", "idle minutes before staff must sign in again"),
    Setting("SAR_WEB_PROCESSES", "2", "web processes, of 8 threads each"),
    Setting("SAR_WORKER_PROCESSES", "2", "jobs done at the same time"),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings as the program uses them."""

    environment: Environment
    data_dir: Path
    keys_dir: Path
    database_url: str
    broker_url: str
    limits_url: str
    store_url: str
    store_endpoint: str
    store_region: str
    store_key_id: str
    store_secret: str
    secret_key: str
    base_url: str
    mail_in_dir: Path
    mail_out_dir: Path
    clamav_url: str
    regulator: Regulator
    host: str
    port: int
    session_minutes: int
    web_processes: int
    worker_processes: int

    @property
    def is_production(self) -> bool:
        """Whether the strict rules apply."""
        return self.environment is Environment.PRODUCTION

    @property
    def broker_socket(self) -> Path | None:
        """The socket of a broker of our own, or None when one is given."""
        socket = _socket_path(self.data_dir)
        return socket if self.broker_url == _socket_broker(socket) else None

    @classmethod
    def from_env(
        cls,
        env: Mapping[str, str] | None = None,
        isolated: Callable[[], bool] = is_isolated,
    ) -> Config:
        """Reads the environment; raises ConfigError naming everything that is wrong at once.

        Outside production a signing secret is made and kept in the keys folder when none is given.
        """
        return _Reader(os.environ if env is None else env).read(isolated)

    @classmethod
    def for_test(cls, folder: Path, **env: str) -> Config:
        """Settings for tests: everything beneath `folder`; `env` overrides by variable name."""
        given = {
            "SAR_ENV": "test",
            "SAR_DATA_DIR": str(folder / "data"),
            "SAR_KEYS_DIR": str(folder / "keys"),
        }
        return cls.from_env({**given, **env})


class _Reader:
    """Reads variables one by one and remembers what is wrong with them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []

    def read(self, isolated: Callable[[], bool]) -> Config:
        environment = self.environment()
        data_dir = self.folder("SAR_DATA_DIR", Path("data"))
        keys_dir = self.folder("SAR_KEYS_DIR", Path("keys"))
        socket = _socket_path(data_dir)
        host, port = self.text("SAR_HOST", "127.0.0.1"), self.number("SAR_PORT", 8000, 65535)
        broker_url = self.text("BROKER_URL", _socket_broker(socket))
        config = Config(
            environment=environment,
            data_dir=data_dir,
            keys_dir=keys_dir,
            database_url=self.database_url(data_dir),
            broker_url=broker_url,
            limits_url=self.text("SAR_LIMITS_URL", _limits_url(environment, broker_url)),
            store_url=self.text("SAR_STORE_URL", str(data_dir / "files")),
            store_endpoint=self.text("SAR_STORE_ENDPOINT", ""),
            store_region=self.text("SAR_STORE_REGION", "eu-west-2"),
            store_key_id=self.text("SAR_STORE_KEY_ID", ""),
            store_secret=self.text("SAR_STORE_SECRET", ""),
            secret_key=self.text("SAR_SECRET_KEY", ""),
            base_url=self.text("SAR_BASE_URL", f"http://{host}:{port}").rstrip("/"),
            mail_in_dir=self.folder("SAR_MAIL_IN_DIR", data_dir / "mail" / "in"),
            mail_out_dir=self.folder("SAR_MAIL_OUT_DIR", data_dir / "mail" / "out"),
            clamav_url=self.text("CLAMAV_URL", ""),
            regulator=self.regulator(),
            host=host,
            port=port,
            session_minutes=self.number("SAR_SESSION_MINUTES", 30, 720),
            web_processes=self.number("SAR_WEB_PROCESSES", 2, 64),
            worker_processes=self.number("SAR_WORKER_PROCESSES", 2, 64),
        )
        self.faults += _faults_anywhere(config)
        if config.is_production:
            self.faults += _faults_in_production(config, self.env, isolated)
        if self.faults:
            raise ConfigError(self.faults)
        if config.secret_key:
            return config
        kept = kept_secret(keys_dir / "session.key", secrets.token_urlsafe(SECRET_BYTES).encode())
        return replace(config, secret_key=kept.decode())

    def environment(self) -> Environment:
        value = self.text("SAR_ENV", Environment.EMBEDDED)
        try:
            return Environment(value)
        except ValueError:
            self.faults.append(f"SAR_ENV is “{value}”; it must be embedded or production.")
            return Environment.EMBEDDED

    def text(self, name: str, unset: str) -> str:
        return self.env.get(name, "").strip() or unset

    def folder(self, name: str, unset: Path) -> Path:
        return Path(self.text(name, str(unset))).expanduser().absolute()

    def number(self, name: str, unset: int, most: int) -> int:
        value = self.text(name, str(unset))
        if value.isascii() and value.isdigit() and 1 <= int(value) <= most:
            return int(value)
        self.faults.append(f"{name} is “{value}”; it must be a whole number from 1 to {most}.")
        return unset

    def regulator(self) -> Regulator:
        usual = Regulator()
        address = self.text("SAR_REGULATOR_ADDRESS", ",".join(usual.address))
        return Regulator(
            name=self.text("SAR_REGULATOR_NAME", usual.name),
            address=tuple(line.strip() for line in address.split(",") if line.strip()),
            phone=self.text("SAR_REGULATOR_PHONE", usual.phone),
            website=self.text("SAR_REGULATOR_WEBSITE", usual.website),
        )

    def database_url(self, data_dir: Path) -> str:
        url = self.text("DATABASE_URL", f"sqlite:///{data_dir / 'desk.sqlite3'}")
        for plain in ("postgres://", "postgresql://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        return url


def _faults_anywhere(config: Config) -> list[str]:
    faults = []
    if config.keys_dir.is_relative_to(config.data_dir):
        faults.append(
            "SAR_KEYS_DIR lies inside SAR_DATA_DIR; keys kept with the data do not protect it."
        )
    if config.secret_key and len(config.secret_key) < SECRET_BYTES:
        faults.append(f"SAR_SECRET_KEY is too short; it needs {SECRET_BYTES} characters or more.")
    if not config.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append("DATABASE_URL must begin with postgresql:// (or sqlite:/// for one machine).")
    if urlsplit(config.base_url).scheme not in {"http", "https"}:
        faults.append("SAR_BASE_URL must begin with https:// (or http:// on your own machine).")
    if config.clamav_url and urlsplit(config.clamav_url).scheme not in {"unix", "tcp"}:
        faults.append("CLAMAV_URL must begin with unix:// or tcp://.")
    return faults


def _faults_in_production(
    config: Config, env: Mapping[str, str], isolated: Callable[[], bool]
) -> list[str]:
    needed = ("DATABASE_URL", "BROKER_URL", "SAR_SECRET_KEY", "SAR_BASE_URL", "SAR_KEYS_DIR")
    faults = [f"{name} is not set; production needs it." for name in needed if not env.get(name)]
    if _is_guessable(config.secret_key):
        faults.append("SAR_SECRET_KEY is a sample or too regular; make one that is random.")
    if config.database_url.startswith("sqlite"):
        faults.append("DATABASE_URL names SQLite; production needs PostgreSQL.")
    if not config.base_url.startswith("https://"):
        faults.append("SAR_BASE_URL must begin with https:// in production.")
    if not isolated():
        faults.append(
            "Files from outside cannot be opened safely: bubblewrap is missing or may not make "
            "namespaces on this machine. Install it, or allow user namespaces."
        )
    return faults


def _is_guessable(secret: str) -> bool:
    folded = secret.casefold()
    is_sample = any(sample in folded for sample in SAMPLE_SECRETS)
    return bool(secret) and (is_sample or len(set(secret)) < SECRET_BYTES // 3)


def _socket_path(data_dir: Path) -> Path:
    near = data_dir / "broker" / "valkey.sock"
    if len(os.fsencode(near)) <= SOCKET_PATH_BYTES:
        return near
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sar-{os.getuid()}-{mark}" / "valkey.sock"


def _socket_broker(socket: Path) -> str:
    return f"redis+socket://{socket}"


def _limits_url(environment: Environment, broker_url: str) -> str:
    if environment is Environment.TEST:
        return "memory://"
    return broker_url.replace("redis+socket://", "redis+unix://").split("?")[0]
