"""What a station above follows of a station below."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from avgust.web.ui import stations


def test_a_follower_gets_the_facts_and_other_events_pass_it_by(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(
        stations, "import_string", {"a.path": lambda **facts: heard.append(facts)}.__getitem__
    )
    config = apps.get_app_config("ui")
    monkeypatch.setattr(config, "follows", {"test.changed": "a.path"}, raising=False)
    stations.tell("test.changed", programme=1, measures=None)
    stations.tell("test.told", unit=2)
    assert heard == [{"programme": 1, "measures": None}]
