"""Edges of periods: «до конца 2021 года», «к началу учебного года», «до конца месяца».

The end of a school year is 31 August, as `Period.school_year` has it; its beginning is 1 September.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline.anchor import Anchor
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Match, Reading, Rule, last_day
from avgust.domain.resolutions.grammars.deadline.context import before, describes_a_noun
from avgust.domain.resolutions.grammars.deadline.words import YEAR4, YEAR_WORD

_EDGE: Final = (
    r"(?:(?:в срок |не позднее |не позже )?(?:до|к) |не позднее |не позже )"
    r"(?:(?P<end>концу|конца|окончани[яю]|завершени[яю]|исход[ау])|(?P<begin>начал[ауо]))"
)
_WHICH: Final = (
    r"(?:(?P<which>текущ|эт|календарн|нынешн|сего|следующ|будущ|нов|предстоящ|наступающ|отчетн"
    r"|очередн)[а-я]* )?(?:календарн[а-я]+ )?"
)
_YEAR_EDGE: Final = re.compile(
    rf"(?<![а-я-]){_EDGE} (?:(?P<year>{YEAR4})(?![-/]\d){YEAR_WORD}?(?! ?(?:учебн|уч\.))|{_WHICH}(?:года"
    rf"|г\.)(?![а-я]))"
)
_SCHOOL_EDGE: Final = re.compile(
    rf"(?<![а-я-]){_EDGE} (?:(?P<first>20\d\d) ?[-/] ?(?:20)?\d\d(?!\d) ?|{_WHICH})(?:учебного"
    rf"|уч\.) ?(?:года|г\.?)(?![а-я])"
)
# «к новому учебному году»; «подготовка к новому учебному году» is a name of a work, no day.
_TO_SCHOOL_YEAR: Final = re.compile(
    r"(?<![а-я-])к (?:новому |предстоящему |следующему "
    r"|наступающему )?(?:(?P<first>20\d\d) ?[-/] ?(?:20)?\d\d(?!\d) ?)?"
    r"учебному году(?![а-я])"
)
_PREPARED: Final = re.compile(r"(?:подготов|готовност|приемк|готов)[а-я]*(?: [а-я-]+){0,6} ?$")
_TERM_EDGE: Final = re.compile(
    rf"(?<![а-я-]){_EDGE} {_WHICH}(?P<unit>месяца|недели|квартала|полугодия)(?![а-я])"
)
_KEYS: Final = ("кон", "окончан", "завершен", "начал", "исход")


def _later(match: Match) -> bool:
    return (match["which"] or "") in ("следующ", "будущ", "предстоящ", "наступающ", "очередн")


def _year_edge(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    year: int | None
    inferred: tuple[str, ...]
    if match["year"]:
        year, inferred, confidence = int(match["year"]), (), 0.97
    else:
        this = reading.anchor.current_year
        year = None if this is None else this + _later(match)
        inferred, confidence = ("year",), 0.85
    if year is None:
        return last_day(match, None, 0.5, ("year",))
    return last_day(match, date(year, 12, 31) if match["end"] else date(year, 1, 1), confidence, inferred)


def _school_edge(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    if match["first"]:
        year = Period.school_year(int(match["first"]))
        return last_day(match, year.end if match["end"] else year.start, 0.95)
    return last_day(match, _school_day(match, reading.anchor), 0.8, ("year",))


def _to_school_year(match: Match, reading: Reading) -> Candidate | None:
    if not reading.in_line and _PREPARED.search(before(reading, match.start())):
        return None
    if match["first"]:
        return last_day(match, Period.school_year(int(match["first"])).start, 0.85)
    year = reading.anchor.current_school_year
    return last_day(match, year.start if year else None, 0.75, ("year",))


def _school_day(match: Match, anchor: Anchor) -> date | None:
    """Return the edge of the school year meant: a beginning is the next one on or after adoption."""
    year = anchor.current_school_year
    if year is None:
        return None
    if match["end"]:
        return Period.school_year(year.start.year + 1).end if _later(match) else year.end
    if anchor.adopted and anchor.adopted > year.start:
        return year.end + timedelta(days=1)
    return year.start


def _term_edge(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    adopted = reading.anchor.adopted
    if adopted is None:
        return last_day(match, None, 0.5, ("year", "month"))
    span = _around(adopted, match["unit"])
    if _later(match):
        span = span.next
    if match["begin"]:
        return last_day(match, span.start if _later(match) else span.next.start, 0.6, ("year", "month"))
    return last_day(match, span.end, 0.75, ("year", "month"))


def _around(day: date, unit: str) -> Period:
    """Return the month, week (Monday to Sunday), quarter or half-year around `day`."""
    if unit == "месяца":
        return Period.month(day.year, day.month)
    if unit == "квартала":
        return Period.quarter(day.year, (day.month + 2) // 3)
    if unit == "полугодия":
        return Period.half_year(day.year, (day.month + 5) // 6)
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


RULES: Final = (
    Rule("end.year", _KEYS, _YEAR_EDGE, _year_edge),
    Rule("end.school_year", _KEYS, _SCHOOL_EDGE, _school_edge),
    Rule("end.to_school_year", ("учебному году",), _TO_SCHOOL_YEAR, _to_school_year),
    Rule("end.term", _KEYS, _TERM_EDGE, _term_edge),
)
