"""On which day which edition holds."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.assessment.codifiers.standing import holding_on, spans

A, B, C = date(2024, 9, 1), date(2025, 9, 1), date(2026, 9, 1)


def test_a_later_edition_ends_an_earlier_one() -> None:
    assert spans([(B, None), (A, None), (C, date(2027, 8, 31))]) == [
        (B, date(2026, 8, 31)), (A, date(2025, 8, 31)), (C, date(2027, 8, 31)),
    ]  # fmt: skip


def test_an_edition_may_end_before_the_next_begins() -> None:
    assert spans([(A, date(2025, 6, 1)), (B, None)]) == [(A, date(2025, 6, 1)), (B, None)]


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2024, 8, 31), None), (A, 0), (date(2025, 6, 1), 0), (date(2025, 6, 2), None), (B, 1), (C, 1)],
)
def test_holding(day: date, place: int | None) -> None:
    assert holding_on([(A, date(2025, 6, 1)), (B, None)], day) == place
