"""On which day which edition holds."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.assessment.codifiers.standing import holding_on, not_in_force, spans

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


@pytest.mark.parametrize(
    ("name", "days", "instead", "says"),
    [
        ("it held", (A, None), "", None),
        ("on its last day", (A, B), "", None),
        ("later", (C, None), "", "it holds from 01.09.2026."),
        ("another one held", (C, None), "Первая", "“Первая” was in force"),
        ("it had ended", (A, date(2025, 8, 31)), "", "from 01.09.2024 to 31.08.2025"),
    ],
)
def test_an_edition_that_did_not_hold_is_remarked_upon(
    name: str, days: tuple[date, date | None], instead: str, says: str | None
) -> None:
    said = not_in_force("Вторая", days, B, instead)
    assert (said is None) == (says is None), name
    assert said is None or (says or "") in said.render("en")
