"""Dates as an office reads them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from avgust.web.ui import dates

TODAY = date(2026, 3, 12)
DISTANCES = {
    "today": (date(2026, 3, 12), "сегодня", "today"),
    "tomorrow": (date(2026, 3, 13), "завтра", "tomorrow"),
    "yesterday": (date(2026, 3, 11), "вчера", "yesterday"),
    "few": (date(2026, 3, 15), "через 3 дня", "in 3 days"),
    "many": (date(2026, 3, 17), "через 5 дней", "in 5 days"),
    "twenty one": (date(2026, 4, 2), "через 21 день", "in 21 days"),
    "past": (date(2025, 10, 1), "162 дня назад", "162 days ago"),
}


@pytest.mark.parametrize(("day", "russian", "english"), DISTANCES.values(), ids=DISTANCES.keys())
def test_distance(day: date, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert dates.distance(day, TODAY) == russian
    with translation.override("en"):
        assert dates.distance(day, TODAY) == english


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("ru", "1\u00a0октября 2025\u00a0г.", "1\u00a0окт\u00a02025"),
        ("en", "1\u00a0October 2025", "1\u00a0Oct\u00a02025"),
    ],
)
def test_written(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert dates.long(date(2025, 10, 1)) == long
        assert dates.short(date(2025, 10, 1)) == short


def test_may_is_not_cut() -> None:
    with translation.override("ru"):
        assert dates.short(date(2025, 5, 9)) == "9\u00a0май\u00a02025"


def test_a_moment_is_the_local_day() -> None:
    assert dates.as_day(datetime(2025, 9, 30, 22, 30, tzinfo=UTC)) == date(2025, 10, 1)
