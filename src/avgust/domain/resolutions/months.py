"""Names of the months as documents print them: one list for every rule that meets a date.

Patterns are for Russian text in lower case, or with `re.IGNORECASE`; none of them holds a space or a group.
"""

from __future__ import annotations

from datetime import date
from typing import Final

_GENITIVES: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_STEMS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")

OF_MONTH: Final = f"(?:{'|'.join(_GENITIVES)})"  # as a date has it: «1 сентября»
MONTH: Final = (  # in any case
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|ю|е|ем)|(?:март|август)(?:а|у|е"
    r"|ом)?"
    r"|ма(?:й|я|ю|е|ем))(?![а-я])"
)
MONTH_STEM: Final = (  # how the name of a month begins, in any case
    r"(?:январ|феврал|март|апрел|ма[йяе]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)"
)


def month_of(word: str) -> int:
    """Return 1…12 for a month in any case or its abbreviation («сен.»). Raises ValueError for other words."""
    low = word.lower()
    for number, stem in enumerate(_STEMS, 1):
        if low.startswith(stem) and (number != 5 or not low.startswith("мар")):
            return number
    raise ValueError(f"no month {word!r}")


def printed_date(day: str, month: str, year: str) -> date | None:
    """Return the day that is printed; None where no calendar has it. Two digits from 70 on are of 19….

    `month` is a number or a name in any case. Acts of before 1970 are cited with four digits.
    """
    number = int(month) if month.isdigit() else month_of(month)
    value = int(year)
    if value < 100:
        value += 2000 if value < 70 else 1900
    try:
        return date(value, number, int(day))
    except ValueError:
        return None


def day_in_words(day: date) -> str:
    """Return a day as documents print it: «1 сентября 2025 года»."""
    return f"{day.day} {_GENITIVES[day.month - 1]} {day.year} года"
