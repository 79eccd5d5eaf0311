"""Days: «до 1 октября 2021», "01.10.21", «к 15.09», «не позднее 15 мая текущего года», bare dates.

A missing year is the next such date on or after the origin of the anchor, marked as inferred. A two-digit
year is of this century. A day that no calendar has keeps the deadline, without an end and with little
confidence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from avgust.domain.resolutions.grammars.deadline.anchor import Anchor, day_or_none
from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Rank,
    Reading,
    Rule,
    candidate,
    last_day,
)
from avgust.domain.resolutions.grammars.deadline.context import (
    describes_a_noun,
    stands_apart,
    word_before,
)
from avgust.domain.resolutions.grammars.deadline.words import (
    ANY_MONTH,
    BY,
    CLOCK,
    DATE_KEYS,
    DEICTIC,
    YEAR,
    year_of,
)
from avgust.domain.resolutions.grammars.numerals import number_of
from avgust.domain.resolutions.model import DeadlineKind
from avgust.domain.resolutions.months import month_of

_DAY_WORD: Final = (
    r"(?:(?:двадцать |тридцать )?(?:перв|втор|треть|четверт|пят|шест|седьм|восьм|девят|десят|[а-я]+надцат"
    r"|двадцат|тридцат)(?:ого|ому|его|ему))"
)
DAY: Final = rf"[\"«“„]?(?:\d{{1,2}}|{_DAY_WORD})(?:-?(?:го|ого|е|ое|му))?[\"»”]?"


def date_pattern(tag: str = "") -> str:
    """Return the pattern of a date, its groups named with `tag`: words, figures or ISO."""
    return (
        rf"(?:(?P<day{tag}>{DAY}) (?P<month{tag}>{ANY_MONTH})(?:,? (?P<year{tag}>{YEAR}|{DEICTIC}))?"
        rf"|(?<![\d./])(?P<iso{tag}>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
        rf"|(?<![\d.,/№])(?P<d{tag}>\d{{1,2}})(?P<sep{tag}>\. ?|/)(?P<m{tag}>\d{{1,2}})"
        rf"(?:(?:\. ?|/)(?P<y{tag}>(?:19|20)\d\d|\d\d)(?!\d|[./]\d)(?: ?(?:года|г\.?)(?![а-я]))?"
        rf"| (?P<dy{tag}>{DEICTIC})|\.(?!\d)|(?![\d./])))"
    )


class PrintedDay(NamedTuple):
    """A date as printed, before its year is known."""

    month: int
    day: int
    year: int | None
    deictic: str | None  # «текущего года»
    inferred: tuple[str, ...]
    full: bool  # printed with a year

    def resolved(self, anchor: Anchor) -> date | None:
        """Return the date; None where no anchor helps or the calendar has no such day."""
        if self.year is not None:
            return day_or_none(self.year, self.month, self.day)
        if self.deictic and anchor.current_year is not None:
            later = any(
                self.deictic.startswith(word) for word in ("следующ", "будущ", "наступающ", "предсто")
            )
            return day_or_none(anchor.current_year + later, self.month, self.day)
        return anchor.next_day(self.month, self.day)

    @property
    def possible(self) -> bool:
        """Whether some year has such a day."""
        return day_or_none(self.year or 2000, self.month, self.day) is not None

    @property
    def month_day(self) -> str:
        """The day within a year: "12-31"."""
        return f"{self.month:02}-{self.day:02}"


def printed_day(match: Match, tag: str = "") -> PrintedDay | None:
    """Return the date of the groups named with `tag`; None for figures that are no date."""
    if iso := match[f"iso{tag}"]:
        return PrintedDay(int(iso[5:7]), int(iso[8:]), int(iso[:4]), None, (), full=True)
    if month := match[f"month{tag}"]:
        day = number_of(match[f"day{tag}"].strip('"«»“”„').rstrip())
        if day is None or not 1 <= day <= 31:
            return None
        return _with_year(month_of(month), day, match[f"year{tag}"])
    day, month_number = int(match[f"d{tag}"]), int(match[f"m{tag}"])
    if not (1 <= day <= 31 and 1 <= month_number <= 12):
        return None
    return _with_year(month_number, day, match[f"y{tag}"] or match[f"dy{tag}"])


def _with_year(month: int, day: int, year: str | None) -> PrintedDay:
    digits = re.match(r"\d+", year) if year else None
    if digits:
        value, inferred = year_of(digits[0])
        return PrintedDay(month, day, value, None, inferred, full=True)
    return PrintedDay(month, day, None, year, ("year",), full=False)


# «до 12.30 часов», «до 2.05 процента» are no dates.
_NO_UNIT: Final = (
    r"(?! ?(?:%|процент|час|ч\.|тыс|млн|млрд|руб|балл|раза?\b|ставк|оклад|кв\.? ?м|га\b|км\b|кг\b|градус"
    r"|класс))"
)
_YEAR: Final = 366  # days: «до 25.08.2022, ежегодно» names the first day of a rhythm, a later one its end
_ENDING: Final = r"(?: включительно| \(включительно\))?"

_BY_DATE: Final = re.compile(rf"(?<![а-я-]){BY} {CLOCK}{date_pattern()}{_NO_UNIT}{_ENDING}")
_UNTIL_DATE: Final = re.compile(rf"(?<![а-я-])по {date_pattern()} ?включительно")
_BARE_DATE: Final = re.compile(rf"(?<![а-яa-z\d-]){date_pattern()}{_NO_UNIT}")
_DAY_OF_MONTH: Final = re.compile(
    rf"(?<![а-яa-z\d.-])(?:(?P<by>{BY}) |(?:со? )?\d{{1,2}}(?: по | и |-))?"
    r"(?P<day>\d{1,2})(?:-?(?:го|ого|е))? (?:числ[аоу]|чис\.)"
    r"(?P<of> (?:текущего|этого|следующего) месяца| каждого месяца)?(?! ?(?:месяца|первого|второго|третьего"
    r"|последнего))"
)

# A bare date after these words is a holiday, or a part of a phrase that its own rule has refused.
_NO_DEADLINE_BEFORE: Final = frozenset(
    [
        "от",
        "на",
        "за",
        "с",
        "со",
        "по",
        "до",
        "к",
        "ко",
        "позднее",
        "позже",
        "ранее",
        "раньше",
        "дата",
        "редакции",
        "состоянию",
        "после",
        "день",
        "дня",
        "дню",
        "праздник",
        "праздника",
        "празднику",
        "победы",
        "акции",
        "акцию",
        "честь",
    ]
)


def _by_date(match: Match, reading: Reading) -> Candidate | None:
    printed = printed_day(match)
    if printed is None or describes_a_noun(reading, match.start()):
        return None
    if match["sep"] and not printed.full and len(match["m"]) < 2:
        return None
    return _control(match, printed, reading.anchor)


def _control(match: Match, printed: PrintedDay, anchor: Anchor) -> Candidate:
    day = printed.resolved(anchor)
    if not printed.possible:
        return last_day(match, None, 0.2, printed.inferred)
    found = last_day(match, day, 0.98 if printed.full else 0.85, printed.inferred)
    near = anchor.origin is not None and day is not None and 0 <= (day - anchor.origin).days <= _YEAR
    return replace(found, month_day=printed.month_day) if near or not printed.full else found


def _bare_date(match: Match, reading: Reading) -> Candidate | None:
    """In a clause a bare date is the day of an event; without a year it must stand apart."""
    printed = printed_day(match)
    if printed is None:
        return None
    if reading.in_line:
        if match["sep"] and not printed.full and len(match["m"]) < 2:
            return None
        return _control(match, printed, reading.anchor)
    before = word_before(reading, match.start())
    if before in _NO_DEADLINE_BEFORE or describes_a_noun(reading, match.start()):
        return None
    apart = stands_apart(reading, match.start(), match.end())
    if not printed.possible or not (printed.full or (apart and match["month"])):
        return None
    day = printed.resolved(reading.anchor)
    confidence = (0.8 if printed.full else 0.6) + (0.1 if apart else 0)
    return candidate(match, Rank.PERIOD, DeadlineKind.DATE, confidence, end=day, inferred=printed.inferred)


def _day_of_month(match: Match, reading: Reading) -> Candidate | None:
    """«до 25 числа текущего месяца» is one day; without a month it comes every month."""
    day = int(match["day"])
    adopted = reading.anchor.adopted
    which = match["of"]
    if not 1 <= day <= 31 or not (which or match["by"]):
        return None
    if which and "кажд" not in which:
        year, month = (adopted.year, adopted.month) if adopted else (0, 0)
        if "следующ" in which and adopted:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found = day_or_none(year, month, day) if adopted else None
        return last_day(match, found, 0.8, ("month", "year"))
    return candidate(
        match,
        Rank.CONTROL,
        DeadlineKind.RECURRING,
        0.95 if which else 0.6,
        every="P1M",
        day_of_period=str(day),
    )


RULES: Final = (
    Rule("date.by", DATE_KEYS, _BY_DATE, _by_date),
    Rule("date.until", ("включительно",), _UNTIL_DATE, _by_date),
    Rule("date.bare", DATE_KEYS, _BARE_DATE, _bare_date),
    Rule("date.day_of_month", ("числ", "чис."), _DAY_OF_MONTH, _day_of_month),
)
