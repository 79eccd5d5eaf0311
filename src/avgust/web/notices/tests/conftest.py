"""Deadlines that tests put into the place of what the stations owe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from avgust.web.notices import gathering
from avgust.web.notices.providers import Deadline


@pytest.fixture
def owed(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Deadline]]:
    """Return a function that lets units owe something by a day, by the region's programme."""
    listed: list[Deadline] = []
    monkeypatch.setattr(
        gathering, "deadlines", lambda days: iter([one for one in listed if one.due in set(days)])
    )

    def owe(due: date, *units: Any, adopter: Any = None, measure: int = 1) -> list[Deadline]:
        made = [
            Deadline(
                subject=f"tests.duty:{measure}-{unit.pk}",
                unit=unit.pk,
                due=due,
                title="Принять положение о наставничестве",
                address=f"/duties/{unit.pk}/",
                adopter=(adopter or cast.units.region).pk,
                group=f"tests.measure:{measure}",
                group_address=f"/measures/{measure}/",
                heading="Программа 2025/2026",
            )
            for unit in units
        ]
        listed.extend(made)
        return made

    return owe


@pytest.fixture
def told() -> Callable[[], set[tuple[str, str]]]:
    """Return a function that lists what was told: who, and the step."""
    from avgust.web.notices.models import Notice

    def rows() -> set[tuple[str, str]]:
        found: Iterable[tuple[str, str]] = Notice.objects.values_list("person__email", "step")
        return {(email.split("@")[0], step) for email, step in found}

    return rows
