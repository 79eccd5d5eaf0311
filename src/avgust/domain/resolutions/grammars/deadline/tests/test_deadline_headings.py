"""Headings that give their section a deadline."""

import pytest

HEADINGS = [
    ("2. Руководителям школ до 1 октября 2021 года:", "date ..2021-10-01"),
    ("1. Отделу образования (срок – до 01.12.2021):", "date ..2021-12-01"),
    ("Рекомендовать муниципальным органам в 2021-2022 учебном году:", "interval 2021-09-01..2022-08-31"),
    ("Сентябрь 2021", "interval 2021-09-01..2021-09-30"),
    ("Октябрь", "interval 2021-10-01..2021-10-31~"),
    ("IV квартал 2021 года", "interval 2021-10-01..2021-12-31"),
    ("2. Ежегодно:", "recurring every P1Y"),
    ("Постоянно:", "permanent"),
    ("До 2025 года:", "date ..2025-12-31"),
    ("3. В срок до 15 ноября 2021 г. руководителям организаций:", "date ..2021-11-15"),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS, ids=[text for text, _ in HEADINGS])
def test_heading_gives_a_deadline(text, expected, read):
    assert read(text, "heading") == expected
