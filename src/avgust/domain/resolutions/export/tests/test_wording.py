"""Deadlines, targets and periods in words, in both languages."""

from datetime import date

import pytest

from avgust.domain.messages import catalogue
from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.model import Deadline, DeadlineKind, Span, Target, Theme

DATE, INTERVAL, RECURRING = DeadlineKind.DATE, DeadlineKind.INTERVAL, DeadlineKind.RECURRING
D = date
DEADLINES = [
    (Deadline(), "", ""),
    (Deadline(DATE, end=D(2025, 10, 1)), "до 1 октября 2025 г.", "by 1 October 2025"),
    (Deadline(DATE, end=D(2026, 2, 28)), "до 28 февраля 2026 г.", "by 28 February 2026"),
    (Deadline(INTERVAL, D(2025, 9, 1), D(2025, 9, 30)), "сентябрь 2025 г.", "September 2025"),
    (Deadline(INTERVAL, D(2025, 7, 1), D(2025, 9, 30)), "III квартал 2025 г.", "quarter III of 2025"),
    (Deadline(INTERVAL, D(2025, 1, 1), D(2025, 12, 31)), "2025 год", "year 2025"),
    (Deadline(INTERVAL, D(2025, 9, 1), D(2026, 8, 31)), "2025/2026 учебный год", "school year 2025/2026"),
    (Deadline(INTERVAL, D(2021, 1, 1), D(2024, 12, 31)), "2021–2024 годы", "years 2021–2024"),
    (Deadline(INTERVAL, D(2018, 10, 1), D(2018, 10, 30)), "с 1 октября 2018 г. по 30 октября 2018 г.", "from 1 October 2018 to 30 October 2018"),
    (Deadline(INTERVAL, D(2025, 9, 1)), "с 1 сентября 2025 г.", "from 1 September 2025"),
    (Deadline(INTERVAL, text="в течение года"), "в течение года", "в течение года"),
    (Deadline(RECURRING, every="P1M", day_of_period="25"), "ежемесячно до 25 числа", "every month by day 25"),
    (Deadline(RECURRING, every="P1Y", day_of_period="12-31"), "ежегодно до 31 декабря", "every year by 31 December"),
    (Deadline(RECURRING, every="P3M"), "ежеквартально", "every quarter"),
    (Deadline(RECURRING, every="P7D", text="еженедельно по пятницам"), "еженедельно по пятницам", "еженедельно по пятницам"),
    (Deadline(RECURRING, text="на регулярной основе"), "на регулярной основе", "на регулярной основе"),
    (Deadline(RECURRING, every="P6M", start=D(2025, 9, 1), end=D(2026, 8, 31)), "раз в полугодие (2025/2026 учебный год)", "every half-year (school year 2025/2026)"),
    (Deadline(DeadlineKind.PERMANENT), "постоянно", "all the time"),
    (Deadline(DeadlineKind.PERMANENT, end=D(2026, 6, 1)), "постоянно (по 1 июня 2026 г.)", "all the time (until 1 June 2026)"),
    (Deadline(DeadlineKind.RELATIVE, offset="P3M", event="со дня подписания"), "в течение 3 месяцев со дня подписания", "within 3 months со дня подписания"),
    (Deadline(DeadlineKind.RELATIVE, offset="P1M"), "в течение 1 месяца", "within 1 month"),
    (Deadline(DeadlineKind.RELATIVE, offset="P21D"), "в течение 21 дня", "within 21 days"),
    (Deadline(DeadlineKind.RELATIVE, offset="P11D"), "в течение 11 дней", "within 11 days"),
    (Deadline(DeadlineKind.CONDITIONAL, text="по мере необходимости"), "по мере необходимости", "по мере необходимости"),
    (Deadline(DATE, end=D(2016, 10, 15), then=Deadline(RECURRING, every="P1Y", day_of_period="12-31")), "до 15 октября 2016 г., далее ежегодно до 31 декабря", "by 15 October 2016, then every year by 31 December"),
]  # fmt: skip
RUSSIAN = [row[1] or "none" for row in DEADLINES]

pytestmark = pytest.mark.skipif(
    catalogue("ru").gettext("Deadline") == "Deadline", reason="make messages first"
)


@pytest.mark.parametrize(("deadline", "russian", "english"), DEADLINES, ids=RUSSIAN)
def test_deadline(deadline, russian, english):
    assert deadline_text(deadline, "ru") == russian
    assert deadline_text(deadline, "en") == english


@pytest.mark.parametrize(
    ("comparator", "value", "unit", "of", "russian", "english"),
    [
        (">=", 70, "%", "педагогов", "не менее 70 % педагогов", "at least 70 % педагогов"),
        (
            ">=",
            80,
            "%",
            "долю школ с музеями",
            "доля школ с музеями: не менее 80 %",
            "доля школ с музеями: at least 80 %",
        ),
        ("<=", 2.5, "%", None, "не более 2,5 %", "at most 2.5 %"),
        ("=", 12, "школ", "школ области", "12 школ", "12 школ"),
        ("+", 5, "%", None, "рост на 5 %", "up by 5 %"),
        ("x", 2, "раза", None, "рост в 2 раза", "2 раза more"),
        ("≈", 2, "раза", None, "около двух раз", "около двух раз"),
    ],
)
def test_target(comparator, value, unit, of, russian, english):
    target = Target("около двух раз", comparator, value, unit, of, Span(0, 1), "", 1.0)
    assert (target_text(target, "ru"), target_text(target, "en")) == (russian, english)


def test_every_theme_has_a_name_in_both_languages():
    for language in ("ru", "en"):
        assert len({theme_label(theme, language) for theme in Theme}) == len(Theme)
