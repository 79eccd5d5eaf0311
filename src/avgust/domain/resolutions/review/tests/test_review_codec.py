"""A stored reading comes back whole."""

from __future__ import annotations

import json
from datetime import date

import pytest

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import Mend, Resolution
from avgust.domain.resolutions.review.codec import plain, restored


def test_a_resolution_comes_back_as_it_went(resolution: Resolution) -> None:
    assert restored(Resolution, json.loads(json.dumps(plain(resolution)))) == resolution


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param("до 1 мая", id="text"),
        pytest.param(7, id="number"),
        pytest.param((12, 40), id="places"),
        pytest.param(date(2025, 5, 1), id="date"),
        pytest.param(Message("a %(b)s", {"b": Message("c"), "d": date(2025, 1, 1)}), id="sentence"),
        pytest.param({"key": ("a", 1)}, id="named values"),
    ],
)
def test_free_values_keep_their_type(value: object) -> None:
    mend = Mend(Message("Do"), "deadline", value)
    assert restored(Mend, json.loads(json.dumps(plain(mend)))) == mend


def test_a_value_json_cannot_hold_is_kept_as_its_text() -> None:
    mend = Mend(Message("Do"), "deadline", complex(1, 2))
    assert restored(Mend, plain(mend)).value == "(1+2j)"


def test_what_a_later_version_added_is_passed_over(resolution: Resolution) -> None:
    data = plain(resolution) | {"of_tomorrow": 1}
    assert restored(Resolution, data) == resolution
