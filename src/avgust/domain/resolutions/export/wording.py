"""How people read dates, deadlines, quantities and themes: «до 1 октября 2025 г.», “by 1 October 2025”.

Exports, pages and letters show these words; the printed text of the source stays beside them in
`Deadline.text` and `Target.text`. Where a value says less than its words did, the printed words are shown.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.plurals import counted
from avgust.domain.resolutions.model import Deadline, DeadlineKind, Target, Theme

_DATES: Final = (  # a day of each month; Russian needs the genitive, so each is a sentence of its own
    mark("%(day)d January"),
    mark("%(day)d February"),
    mark("%(day)d March"),
    mark("%(day)d April"),
    mark("%(day)d May"),
    mark("%(day)d June"),
    mark("%(day)d July"),
    mark("%(day)d August"),
    mark("%(day)d September"),
    mark("%(day)d October"),
    mark("%(day)d November"),
    mark("%(day)d December"),
)
_MONTHS: Final = (
    mark("January %(year)d"),
    mark("February %(year)d"),
    mark("March %(year)d"),
    mark("April %(year)d"),
    mark("May %(year)d"),
    mark("June %(year)d"),
    mark("July %(year)d"),
    mark("August %(year)d"),
    mark("September %(year)d"),
    mark("October %(year)d"),
    mark("November %(year)d"),
    mark("December %(year)d"),
)
_ROMAN: Final = ("I", "II", "III", "IV")
_OFTEN: Final = {
    "P1D": mark("every day"),
    "P7D": mark("every week"),
    "P1W": mark("every week"),
    "P14D": mark("every two weeks"),
    "P1M": mark("every month"),
    "P3M": mark("every quarter"),
    "P6M": mark("every half-year"),
    "P1Y": mark("every year"),
    "P12M": mark("every year"),
}
_WEEKDAY: Final = re.compile("понедельник|вторник|сред[уаы]|четверг|пятниц|суббот|воскресен", re.IGNORECASE)
_DURATION: Final = re.compile(r"P(\d+)([DWMY])")
_DAY_OF_MONTH: Final = re.compile(r"\d{1,2}")
_DAY_OF_YEAR: Final = re.compile(r"(\d{2})-(\d{2})")
_THEMES: Final = {
    Theme.QUALITY: mark("Quality of education"),
    Theme.STAFF: mark("Teachers and heads"),
    Theme.TALENT: mark("Gifted children"),
    Theme.GUIDANCE: mark("Career guidance"),
    Theme.INCLUSION: mark("Special needs and inclusion"),
    Theme.PRESCHOOL: mark("Pre-school education"),
    Theme.ADDITIONAL: mark("Additional education"),
    Theme.UPBRINGING: mark("Upbringing"),
    Theme.DIGITAL: mark("Digital environment"),
    Theme.SAFETY: mark("Safety"),
    Theme.MEALS: mark("School meals"),
    Theme.GOVERNANCE: mark("Governance and funding"),
    Theme.COMMUNITY: mark("Parents and partners"),
}
_INDICATORS: Final = {  # the accusative after «увеличить», «довести» → the nominative
    **{"долю": "доля", "доли": "доля", "численность": "численность", "количество": "количество"},
    **{"число": "число", "охват": "охват", "уровень": "уровень", "показатель": "показатель"},
    **{"укомплектованность": "укомплектованность", "удовлетворенность": "удовлетворенность"},
    **{"удовлетворённость": "удовлетворённость", "обеспеченность": "обеспеченность"},
}
_COMPARED: Final = {
    ">=": mark("at least %(quantity)s"),
    "<=": mark("at most %(quantity)s"),
    ">": mark("more than %(quantity)s"),
    "<": mark("less than %(quantity)s"),
    "=": mark("%(quantity)s"),
    "+": mark("up by %(quantity)s"),
    "-": mark("down by %(quantity)s"),
    "x": mark("%(quantity)s more"),
}


def theme_label(theme: Theme, language: str) -> str:
    """Return the name of a theme for people."""
    return translate(_THEMES[theme], language)


def day_of_year_text(month: int, day: int, language: str) -> str:
    """Return a day without its year: «31 декабря»."""
    return Message(_DATES[month - 1], {"day": day}).render(language)


def date_text(day: date, language: str) -> str:
    """Return a day in words: «1 октября 2025 г.»."""
    values = {"day": day_of_year_text(day.month, day.day, language), "year": day.year}
    return Message(mark("%(day)s %(year)d"), values).render(language)


def period_text(period: Period, language: str) -> str:
    """Return a period as an official writes it: a month, quarter, year or school year by its name."""
    first, last = period.start.year, period.end.year
    if period.is_school_year:
        message = Message(mark("school year %(first)d/%(last)d"), {"first": first, "last": last})
    elif period == Period.year(first):
        message = Message(mark("year %(year)d"), {"year": first})
    elif period == Period.years(first, last):
        message = Message(mark("years %(first)d–%(last)d"), {"first": first, "last": last})
    elif period == Period.month(first, period.start.month):
        message = Message(_MONTHS[period.start.month - 1], {"year": first})
    elif period == Period.quarter(first, (period.start.month + 2) // 3):
        roman = _ROMAN[(period.start.month - 1) // 3]
        message = Message(mark("quarter %(quarter)s of %(year)d"), {"quarter": roman, "year": first})
    elif period.days == 1:
        return date_text(period.start, language)
    else:
        message = _between(period.start, period.end, language)
    return message.render(language)


def deadline_text(deadline: Deadline, language: str) -> str:
    """Return a deadline in words for a plan of measures; "" where there is none."""
    first = _deadline(deadline, language)
    if deadline.then is None or deadline.then.kind is DeadlineKind.NONE:
        return first
    values = {"first": first, "then": deadline_text(deadline.then, language)}
    return Message(mark("%(first)s, then %(then)s"), values).render(language)


def target_text(target: Target, language: str) -> str:
    """Return a measurable quantity in words: «не менее 70 % педагогов в возрасте до 35 лет»."""
    value = f"{target.value:.6f}".rstrip("0").rstrip(".")
    if language == "ru":
        value = value.replace(".", ",")
    of = target.of if target.unit in ("%", "") else None
    measured = _measured(of or "")
    quantity = " ".join(word for word in (value, target.unit, None if measured else of) if word)
    msgid = _COMPARED.get(target.comparator)
    demanded = Message(msgid, {"quantity": quantity}).render(language) if msgid else target.text
    return f"{measured}: {demanded}" if measured else demanded


def _measured(of: str) -> str | None:
    """Return a population that is itself a quantity, as the name of an indicator: «долю …» → «доля …»."""
    first, _, rest = of.partition(" ")
    named = _INDICATORS.get(first.lower())
    return f"{named} {rest}" if named and rest else None


def _deadline(deadline: Deadline, language: str) -> str:
    printed = deadline.text or ""
    match deadline.kind:
        case DeadlineKind.NONE:
            return ""
        case DeadlineKind.DATE if deadline.end:
            values = {"date": date_text(deadline.end, language)}
            return Message(mark("by %(date)s"), values).render(language)
        case DeadlineKind.INTERVAL:
            return _interval(deadline.start, deadline.end, language) or printed
        case DeadlineKind.RECURRING:
            return _recurring(deadline, language)
        case DeadlineKind.PERMANENT:
            return _bounded(translate(mark("all the time"), language), deadline, language)
        case DeadlineKind.RELATIVE if deadline.offset:
            return _relative(deadline, language) or printed
        case _:
            return printed or deadline.event or ""


def _between(start: date, end: date, language: str) -> Message:
    values = {"start": date_text(start, language), "end": date_text(end, language)}
    return Message(mark("from %(start)s to %(end)s"), values)


def _interval(start: date | None, end: date | None, language: str) -> str:
    if start and end and start <= end:
        return period_text(Period(start, end), language)
    if start and not end:
        return Message(mark("from %(date)s"), {"date": date_text(start, language)}).render(language)
    if end and not start:
        return Message(mark("until %(date)s"), {"date": date_text(end, language)}).render(language)
    return ""


def _bounded(words: str, deadline: Deadline, language: str) -> str:
    """Return `words` with the stretch of time for which they hold, where one is known."""
    stretch = _interval(deadline.start, deadline.end, language)
    return f"{words} ({stretch})" if stretch else words


def _recurring(deadline: Deadline, language: str) -> str:
    often = _OFTEN.get(deadline.every or "")
    if often is None or _WEEKDAY.search(deadline.text or ""):
        return deadline.text or translate(mark("regularly"), language)
    words = translate(often, language)
    by_day = deadline.day_of_period or ""
    if _DAY_OF_MONTH.fullmatch(by_day):
        values = {"often": words, "day": int(by_day)}
        words = Message(mark("%(often)s by day %(day)d"), values).render(language)
    elif found := _DAY_OF_YEAR.fullmatch(by_day):
        values = {"often": words, "date": day_of_year_text(int(found[1]), int(found[2]), language)}
        words = Message(mark("%(often)s by %(date)s"), values).render(language)
    return _bounded(words, deadline, language)


def _relative(deadline: Deadline, language: str) -> str:
    found = _DURATION.fullmatch(deadline.offset or "")
    if found is None:
        return ""
    length = counted(int(found[1]), "working D" if deadline.working else found[2], language)
    within = Message(mark("within %(length)s"), {"length": length}).render(language)
    return f"{within} {deadline.event}" if deadline.event else within
