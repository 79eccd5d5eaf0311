"""The start fails loudly and says what to set."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).parents[1] / "settings.py"
RIGHT = {"AVGUST_SECRET_KEY": "k" * 50, "AVGUST_HOSTS": "avgust.example.org"}


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Return a function that reads the settings in an environment of its own."""
    import os

    for name in [*os.environ]:
        if name.startswith("AVGUST_") or name in {"DATABASE_URL", "PYTEST_VERSION"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("AVGUST_VAR", str(tmp_path / "var"))

    def start(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return start


FAULTS = {
    "no key": ({"AVGUST_HOSTS": "a.example"}, "AVGUST_SECRET_KEY"),
    "no hosts": ({"AVGUST_SECRET_KEY": "k" * 50}, "AVGUST_HOSTS"),
    "another database": ({**RIGHT, "DATABASE_URL": "mysql://u@h/d"}, "DATABASE_URL"),
    "unknown factor": ({**RIGHT, "AVGUST_MFA": "totp,sms"}, "AVGUST_MFA"),
    "half of OpenID Connect": ({**RIGHT, "AVGUST_OIDC_URL": "https://id.example"}, "AVGUST_OIDC_ID"),
    "a folder that cannot be": ({**RIGHT, "AVGUST_VAR": "/dev/null/var"}, "AVGUST_VAR"),
}


@pytest.mark.parametrize(("environment", "named"), FAULTS.values(), ids=FAULTS.keys())
def test_fails_loudly(started, environment, named) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        started(**environment)


def test_production_is_closed(started) -> None:
    read = started(**RIGHT)
    assert read["SECURE_SSL_REDIRECT"] is read["SESSION_COOKIE_SECURE"] is read["CSRF_COOKIE_SECURE"] is True
    assert read["SECURE_HSTS_SECONDS"] > 0
    assert read["SIGN_UP_OPEN"] is read["DEBUG"] is read["DEMO"] is False
    assert read["ALLOWED_HOSTS"] == ["avgust.example.org"]
    assert read["CSRF_TRUSTED_ORIGINS"] == ["https://avgust.example.org"]
    assert "MD5" not in str(read.get("PASSWORD_HASHERS", ""))
    assert read["DEMO_PASSWORD"] == ""


def test_sqlite_waits_and_writes_ahead(started) -> None:
    options = started(**RIGHT)["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_is_pooled(started) -> None:
    database = started(**RIGHT, DATABASE_URL="postgres://u:p@db.example/avgust")["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["OPTIONS"]["pool"]["max_size"] == 10


def test_demo_keeps_its_key_between_starts(started) -> None:
    first, second = started(AVGUST_DEMO="1"), started(AVGUST_DEMO="1")
    assert len(first["SECRET_KEY"]) > 40
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (first["VAR"] / "secret.key").stat().st_mode & 0o077 == 0


def test_open_id_may_receive_the_form(started) -> None:
    read = started(
        **RIGHT, AVGUST_OIDC_URL="https://id.example/realms/x", AVGUST_OIDC_ID="a", AVGUST_OIDC_SECRET="b"
    )
    assert read["CONTENT_SECURITY_FORM_HOSTS"] == ["https://id.example"]
    assert read["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["settings"]["server_url"].endswith(
        "/x"
    )


def test_every_variable_is_documented() -> None:
    import re

    text = SETTINGS.read_text(encoding="utf-8")
    document, code = text.split('"""', 2)[1:]
    used = set(re.findall(r'"(AVGUST_[A-Z_]+|DATABASE_URL)"', code)) - {"AVGUST_DEMO_PASSWORD"}
    short = {name.replace("AVGUST_OIDC", "") for name in used if name.startswith("AVGUST_OIDC_")}
    named = set(re.findall(r"AVGUST_[A-Z_]+|DATABASE_URL|_[A-Z]+", document))
    assert {name for name in used if not name.startswith("AVGUST_OIDC_")} <= named
    assert short <= {*named, "_URL"}
