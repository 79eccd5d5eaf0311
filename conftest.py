"""The cast: a small territory and the people every page is tested with, in any folder of tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

SINCE = date(2020, 9, 1)


@dataclass(frozen=True)
class Units:
    """Two municipalities of one region, so that there is always a neighbour."""

    region: Unit
    ministry: Unit
    municipality: Unit
    authority: Unit
    school: Unit
    kindergarten: Unit
    neighbour: Unit
    neighbour_school: Unit


@dataclass(frozen=True)
class Cast:
    """One person a role; the foreign officer and the head's colleague next door must see nothing of ours."""

    units: Units
    regional_officer: User
    municipal_officer: User
    head: User
    methodologist: User
    analyst: User
    observer: User
    admin: User
    foreign_officer: User
    foreign_head: User
    outsider: User  # has an account and no post

    def people(self) -> dict[str, User]:
        """Return the people by the names of this class."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "units"}


def _units() -> Units:
    from avgust.web.territory.models import Membership, Unit

    def made(kind: str, name: str, parent: Unit | None, short: str = "", founder: str = "municipal") -> Unit:
        unit = Unit.objects.create(kind=kind, name=name, short_name=short, founder=founder, opened=SINCE)
        if parent:
            Membership.objects.create(unit=unit, parent=parent, since=SINCE)
        return unit

    region = made("region", "Приреченская область", None, founder="regional")
    ours = made("municipality", "Заозёрный муниципальный округ", region, "Заозёрный округ")
    theirs = made("municipality", "Луговской муниципальный округ", region, "Луговской округ")
    return Units(
        region=region,
        ministry=made(
            "authority", "Министерство образования Приреченской области", region, founder="regional"
        ),
        municipality=ours,
        authority=made("authority", "Управление образования Заозёрного округа", ours),
        school=made("school", "МБОУ «Средняя общеобразовательная школа № 3»", ours, "Школа № 3"),
        kindergarten=made("kindergarten", "МБДОУ «Детский сад № 7 „Ёлочка“»", ours, "Детский сад «Ёлочка»"),
        neighbour=theirs,
        neighbour_school=made("school", "МБОУ «Луговская средняя школа»", theirs, "Луговская школа"),
    )


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """Forget what an earlier test kept: its ids are those of other rows now."""
    from django.core.cache import cache

    from avgust.web.ui.printing import forget

    cache.clear()
    forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast, in the database."""
    from avgust.web.accounts.models import Post, User

    units = _units()

    def person(name: str, full_name: str, *, role: str = "", unit: Unit | None = None) -> User:
        user = User.objects.create_user(f"{name}@avgust.test", "a long password", full_name=full_name)
        if role:
            Post.objects.create(user=user, role=role, unit=unit, since=SINCE)
        return user

    return Cast(
        units=units,
        regional_officer=person(
            "region", "Ларина Елена Андреевна", role="regional_officer", unit=units.region
        ),
        municipal_officer=person(
            "municipality", "Ветрова Нина Павловна", role="municipal_officer", unit=units.municipality
        ),
        head=person("head", "Боровой Илья Сергеевич", role="head", unit=units.school),
        methodologist=person("method", "Ключевская Ольга", role="methodologist", unit=units.municipality),
        analyst=person("analyst", "Счётова Анна Львовна", role="analyst", unit=units.region),
        observer=person("observer", "Тихонов Пётр Юрьевич", role="observer", unit=units.municipality),
        admin=person("admin", "Серверов Денис Олегович", role="admin", unit=units.region),
        foreign_officer=person("foreign", "Чужова Мария", role="municipal_officer", unit=units.neighbour),
        foreign_head=person("foreign-head", "Соседов Пётр", role="head", unit=units.neighbour_school),
        outsider=person("outsider", "Гостев Олег"),
    )


@pytest.fixture
def signed_in() -> Callable[[User | None], Client]:
    """Return a function that gives a client signed in as a person; None is nobody."""
    from django.test import Client

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Read uploads in this process, and keep them in a folder of this test."""
    from avgust.domain.resolutions.readers.read import read
    from avgust.domain.resolutions.stages import parse
    from avgust.web.documents import actions

    def parsed(data: bytes, name: str, earlier: Any = ()) -> Any:
        return parse(read(data, name), earlier)

    monkeypatch.setattr(actions, "parse_isolated", parsed)
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def other_process(tmp_path: Path) -> Callable[[], dict[str, str]]:
    """Return a function that gives the environment of a process on this test's database.

    An SQLite of tests lives in memory: the other process gets a copy in a file, made when it is asked for.
    """
    import os
    import sqlite3

    from django.db import connection

    def environment() -> dict[str, str]:
        values = connection.settings_dict
        if connection.vendor == "sqlite":
            file = tmp_path / "avgust.sqlite3"
            connection.ensure_connection()
            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
            copy.close()
            address = f"sqlite:///{file}"
        else:
            address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(values)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return inherited | {
            "DATABASE_URL": address,
            "AVGUST_VAR": str(tmp_path / "var"),
            "AVGUST_DEBUG": "1",
            "AVGUST_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "avgust.web.config.settings",
        }

    return environment
