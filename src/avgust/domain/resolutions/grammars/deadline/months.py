"""Months and parts of them: «сентябрь 2018», «август–сентябрь», «до конца октября», «в первой декаде мая».

«до ноября» ends with October, «к ноябрю» on 1 November, «не позднее ноября» with November. Months that
cross the new year («октябрь–апрель») end in the later year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline.anchor import Anchor
from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Rank,
    Reading,
    Rule,
    last_day,
    stretch,
)
from avgust.domain.resolutions.grammars.deadline.context import (
    describes_a_noun,
    fills,
    is_reported,
    stands_apart,
)
from avgust.domain.resolutions.grammars.deadline.words import (
    ANY_MONTH,
    BY,
    DEICTIC,
    MONTH_KEYS,
    ORDER,
    YEAR,
    order_of,
    year_of,
)
from avgust.domain.resolutions.months import MONTH, month_of

_WITHIN: Final = r"(?:в течение|на протяжении|в период|во?)"
_PART: Final = (
    rf"(?P<part>начал[аеоу]|конц[аеу]|конец|середин[аеуы]|(?:(?P<order>{ORDER})|последн[а-я]+)"
    r" (?:половин|декад|недел)[аеуыяюи]) "
)
_OF_YEAR: Final = rf"(?:,? (?P<year>{YEAR}|{DEICTIC})| ?(?P<tight>20\d\d)(?!\d))"

_MONTH: Final = re.compile(
    rf"(?<![а-яa-z\d»\"-])(?<!\d )(?:(?P<within>{_WITHIN}) )?(?:{_PART})?(?P<month>{ANY_MONTH}){_OF_YEAR}?"
)
_MONTHS: Final = re.compile(
    rf"(?<![а-яa-z\d-])(?<!\d )(?P<within>(?:{_WITHIN} )?(?:со? )?)(?P<a>{ANY_MONTH})(?:,? (?P<ya>{YEAR}))?"
    rf"(?P<join> ?- ?| по | до |,? и | ?, | ?/ ?)(?:во? )?(?P<b>{ANY_MONTH})(?:,? (?P<yb>{YEAR}|{DEICTIC}))?"
)
_BY_MONTH: Final = re.compile(rf"(?<![а-я-])(?P<by>{BY}) (?:{_PART})?(?P<month>{MONTH}){_OF_YEAR}?")
_SINCE_MONTH: Final = re.compile(
    rf"(?<![а-я-])(?:начиная )?со? (?P<month>{MONTH}){_OF_YEAR}?(?! ?(?:-|по|до) ?[а-я\d])"
)

# «март, май и ноябрь 2022 года»: the year stands behind the last month only.
_SHARED_YEAR: Final = re.compile(
    rf"(?:(?: ?, ?| и )(?:во? )?(?P<last>{ANY_MONTH})){{1,11}},? (?P<year>{YEAR})"
)


def _shared_year(match: Match, reading: Reading) -> str | None:
    """Return the year printed behind the list that the month opens."""
    shared = _SHARED_YEAR.match(reading.text, match.end())
    if shared is None:
        return None
    year, _ = year_of(re.sub(r"\D+.*", "", shared["year"]))
    return str(year - (month_of(match["month"]) > month_of(shared["last"])))


def _year(anchor: Anchor, month: int, printed: str | None) -> tuple[int | None, tuple[str, ...]]:
    """Return the year of `month` and what was inferred."""
    digits = re.match(r"\d+", printed) if printed else None
    if digits:
        return year_of(digits[0])
    if printed and anchor.current_year is not None:
        later = printed.startswith(("следующ", "будущ", "наступающ", "предсто"))
        return anchor.current_year + later, ("year",)
    if anchor.origin is None:
        return None, ("year",)
    this = Period.month(anchor.origin.year, month)
    return (this.start.year + (this.end < anchor.origin)), ("year",)


def _part_of(month: Period, part: str | None, order: str | None) -> Period:
    """Return the part of `month`: a third for «начало», «середина», «конец» and decades, half, week."""
    if not part:
        return month
    first, last = month.start, month.end
    number = order_of(order) if order else None
    if "половин" in part:
        return Period(first, first.replace(day=15)) if number == 1 else Period(first.replace(day=16), last)
    if "недел" in part:
        if number is None or number > 4:
            return Period(last - timedelta(days=6), last)
        return Period(first.replace(day=7 * number - 6), first.replace(day=7 * number))
    third = {"нач": 1, "сер": 2, "кон": 3, "пос": 3}.get(part[:3], number)
    if third not in (1, 2, 3):
        return month
    return Period(first.replace(day=10 * third - 9), last if third == 3 else first.replace(day=10 * third))


def _month(match: Match, reading: Reading) -> Candidate | None:
    """In a clause a month needs «в» or «в течение», or a year and a place of its own."""
    if not reading.in_line:
        printed = match["year"] or match["tight"]
        alone = stands_apart(reading, match.start(), match.end()) and (
            printed or match["part"] or fills(reading, match.start(), match.end())
        )
        if not (match["within"] or alone) or describes_a_noun(reading, match.start()):
            return None
        if is_reported(reading, match.start(), within=bool(match["within"])):
            return None
    month = month_of(match["month"])
    printed = match["year"] or match["tight"] or _shared_year(match, reading)
    year, inferred = _year(reading.anchor, month, printed)
    confidence = 0.95 if "year" not in inferred else 0.8
    if year is None:
        return replace(stretch(match, (None, None), 0.5, inferred), rank=Rank.PERIOD)
    span = _part_of(Period.month(year, month), match["part"], match["order"])
    return stretch(match, (span.start, span.end), confidence - (0.1 if match["part"] else 0), inferred)


def _months(match: Match, reading: Reading) -> Candidate | None:
    a, b = month_of(match["a"]), month_of(match["b"])
    if not reading.in_line:
        apart = stands_apart(reading, match.start(), match.end())
        if not (match["within"] or apart) or describes_a_noun(reading, match.start()):
            return None
        if is_reported(reading, match.start(), within=bool(match["within"])):
            return None
    if match["join"].strip() in ("и", ",", ", и", "/") and (b - a) % 12 > 1:
        return None  # separate months, each on its own
    if match["ya"] and not match["yb"]:
        first, inferred = _year(reading.anchor, a, match["ya"])
        last = None if first is None else first + (b < a)
    else:
        last, inferred = _year(reading.anchor, b, match["yb"])
        first = _year(reading.anchor, a, match["ya"])[0] if match["ya"] else None
        first = first if first is not None or last is None else last - (b < a)
    if first is None or last is None:
        return replace(stretch(match, (None, None), 0.5, inferred), rank=Rank.PERIOD)
    ends = Period.month(first, a).start, Period.month(last, b).end
    return (
        stretch(match, ends, 0.95 if "year" not in inferred else 0.8, inferred)
        if ends[0] <= ends[1]
        else None
    )


def _by_month(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    month = month_of(match["month"])
    year, inferred = _year(reading.anchor, month, match["year"] or match["tight"])
    if year is None:
        return last_day(match, None, 0.5, inferred)
    whole = Period.month(year, month)
    part = match["part"]
    if part:
        span = _part_of(whole, part, match["order"])
        day = span.start if part.startswith("нач") else span.end
        if part.startswith("сер"):
            day = span.start.replace(day=15)
    else:
        day = _edge(match["by"], whole)
    confidence = 0.95 if part and "year" not in inferred else 0.75
    return last_day(match, day, confidence, (*inferred, "day") if not part else inferred)


def _edge(by: str, period: Period) -> date:
    """Return the last day that «до», «к» or «не позднее» leaves before, at or within `period`."""
    if "поз" in by or by.endswith("по"):
        return period.end
    if by.endswith(("к", "ко")):
        return period.start
    return period.start - timedelta(days=1)


def _since_month(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    month = month_of(match["month"])
    year, inferred = _year(reading.anchor, month, match["year"] or match["tight"])
    start = None if year is None else date(year, month, 1)
    return stretch(match, (start, None), 0.85 if "year" not in inferred else 0.7, inferred)


RULES: Final = (
    Rule("month", MONTH_KEYS, _MONTH, _month),
    Rule("month.range", MONTH_KEYS, _MONTHS, _months),
    Rule("month.by", MONTH_KEYS, _BY_MONTH, _by_month),
    Rule("month.since", MONTH_KEYS, _SINCE_MONTH, _since_month),
)
