from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from config import SETTINGS, Config, ConfigError, Environment

SECRET = "q8Zr1mVx0PfT7sKd3LwYhN5uGjBc9EaR"  # pragma: allowlist secret
PRODUCTION = {
    "SAR_ENV": "production",
    "SAR_DATA_DIR": "/srv/desk/data",
    "SAR_KEYS_DIR": "/srv/keys",
    "DATABASE_URL": "postgresql://desk@db/desk",
    "BROKER_URL": "redis://broker/0",
    "SAR_SECRET_KEY": SECRET,
    "SAR_BASE_URL": "https://rights.example.org",
}


def faults_of(isolated: bool = True, **changes: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        Config.from_env({**PRODUCTION, **changes}, isolated=lambda: isolated)
    return refused.value.faults


def test_nothing_set_gives_an_embedded_desk_beneath_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = Config.from_env({})
    assert config.environment is Environment.EMBEDDED
    assert config.data_dir == tmp_path / "data"
    assert config.keys_dir == tmp_path / "keys"
    assert config.database_url == f"sqlite:///{tmp_path}/data/desk.sqlite3"
    assert config.host == "127.0.0.1"


def test_the_signing_secret_is_made_once_and_is_nobodys_guess(tmp_path: Path) -> None:
    first, second = Config.for_test(tmp_path), Config.for_test(tmp_path)
    other = Config.for_test(tmp_path / "elsewhere")
    assert first.secret_key == second.secret_key != other.secret_key
    assert len(first.secret_key) >= 43
    assert (tmp_path / "keys" / "session.key").stat().st_mode & 0o777 == 0o600


def test_a_production_desk_starts_when_all_is_given() -> None:
    config = Config.from_env(PRODUCTION, isolated=lambda: True)
    assert config.is_production
    assert config.database_url == "postgresql+psycopg://desk@db/desk"
    assert config.broker_socket is None


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_env({"SAR_ENV": "production", "SAR_PORT": "web"}, isolated=lambda: False)
    text = str(refused.value)
    for name in ("DATABASE_URL", "BROKER_URL", "SAR_SECRET_KEY", "SAR_BASE_URL", "SAR_KEYS_DIR"):
        assert f"{name} is not set" in text
    assert "SAR_PORT is “web”" in text
    assert "bubblewrap" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DATABASE_URL": "sqlite:////srv/desk.sqlite3"}, "names SQLite"),
        ({"DATABASE_URL": "mysql://db/desk"}, "must begin with postgresql"),
        ({"SAR_KEYS_DIR": "/srv/desk/data/keys"}, "lies inside SAR_DATA_DIR"),
        ({"SAR_SECRET_KEY": "short"}, "too short"),
        ({"SAR_SECRET_KEY": "a" * 40}, "too regular"),
        ({"SAR_SECRET_KEY": "please-changeme-please-0123456789-xyz"}, "is a sample"),
        ({"SAR_BASE_URL": "http://rights.example.org"}, "https"),
        ({"SAR_BASE_URL": "rights.example.org"}, "https"),
        ({"SAR_SESSION_MINUTES": "0"}, "whole number from 1"),
        ({"SAR_SESSION_MINUTES": "²"}, "whole number from 1"),
    ],
)
def test_production_refuses(changes: dict[str, str], words: str) -> None:
    assert any(words in fault for fault in faults_of(**changes))


def test_production_refuses_to_open_files_without_isolation() -> None:
    assert any("bubblewrap" in fault for fault in faults_of(isolated=False))


def test_an_unknown_environment_is_refused() -> None:
    assert any("SAR_ENV is “live”" in fault for fault in faults_of(SAR_ENV="live"))


def test_settings_cannot_be_changed_after_the_start(tmp_path: Path) -> None:
    config = Config.for_test(tmp_path)
    with pytest.raises(FrozenInstanceError):
        config.port = 1  # type: ignore[misc]


def test_a_deep_data_folder_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    deep, deeper = tmp_path / ("d" * 120), tmp_path / ("d" * 121)
    one, two = Config.for_test(deep).broker_socket, Config.for_test(deeper).broker_socket
    assert one is not None
    assert two is not None
    assert len(str(one)) < 100
    assert one != two


def test_every_setting_is_in_the_operators_table() -> None:
    table = (Path(__file__).parents[2] / "docs" / "operate.md").read_text(encoding="utf-8")
    rows = [f"| `{item.name}` | {item.unset} | {item.meaning} |" for item in SETTINGS]
    assert [row for row in rows if row not in table] == []


def test_every_variable_the_reader_asks_for_is_a_named_setting(tmp_path: Path) -> None:
    class Recorder(dict[str, str]):
        def __init__(self, given: dict[str, str]) -> None:
            super().__init__(given)
            self.asked: set[str] = set()

        def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
            self.asked.add(name)
            return super().get(name, default)

    env = Recorder({"SAR_KEYS_DIR": str(tmp_path / "keys"), "SAR_DATA_DIR": str(tmp_path / "data")})
    Config.from_env(env)
    assert env.asked == {item.name for item in SETTINGS}


def test_a_config_holds_nothing_that_no_setting_or_rule_gives(tmp_path: Path) -> None:
    config = Config.for_test(tmp_path)
    assert all(getattr(config, item.name) is not None for item in fields(config))
