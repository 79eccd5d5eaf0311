"""Quarters, half-years and school terms: «в III квартале 2022 г.», «I–II кварталы», «в первом полугодии».

A half-year is of the calendar unless the text says «учебного года», or names no year in a document that is
for a school year: then it is 1 September – 31 December or 1 January – 31 August. A term («четверть») has
dates that only a school's own plan knows: no ends.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Rank,
    Reading,
    Rule,
    candidate,
    last_day,
    stretch,
)
from avgust.domain.resolutions.grammars.deadline.context import describes_a_noun, is_reported, stands_apart
from avgust.domain.resolutions.grammars.deadline.words import BY, DEICTIC, ORDER, YEAR, order_of, year_of
from avgust.domain.resolutions.model import DeadlineKind

_UNIT: Final = r"(?:квартал[а-я]*|кв\.|полугоди[а-я]*|п/г|четверт[а-я]*|триместр[а-я]*)"
_SCHOOL: Final = (
    r"(?:(?P<sy>20\d\d) ?[-/] ?(?:20)?\d\d |(?:нов|текущ|эт|наступающ"
    r"|предстоящ)[а-я]+ )?(?:учебн[а-я]+ (?:года|г\.)|уч\. ?г(?:ода|\.))"
)
_OF_YEAR: Final = rf"(?:,? ?(?:(?P<school>{_SCHOOL})|(?P<year>{YEAR}|{DEICTIC})))"
_PREFIX: Final = (
    rf"(?:(?P<end>(?:до|к|ко|не позднее|в срок до) (?:конца|концу|окончания)) |(?P<by>{BY}) "
    rf"|(?P<since>начиная со?|со?) "
    r"|(?P<within>в течение|на протяжении|в период|во?) |(?P<other>за|на|по итогам|от) )?"
)
_TERM: Final = re.compile(
    rf"(?<![а-яa-z\d-]){_PREFIX}(?P<a>{ORDER}) ?(?:{_UNIT})?(?: ?(?P<join>-|и|,|по|/|, ?и|-й"
    rf"|до) ?(?P<b>{ORDER}))? ?"
    rf"(?P<unit>{_UNIT})(?![а-я]){_OF_YEAR}?"
)
_ACROSS: Final = re.compile(
    rf"(?<![а-яa-z\d-])(?:с |со |в период с |в )?(?P<a>{ORDER}) ?(?P<ua>квартал[а-я]*|кв\."
    rf"|полугоди[а-я]*) (?P<ya>20\d\d)(?: ?(?:года|г\.?))?"
    rf" ?(?:-|по|до) ?(?P<b>{ORDER}) ?(?P<ub>квартал[а-я]*|кв\.|полугоди[а-я]*) (?P<yb>20\d\d)(?: ?(?:года"
    rf"|г\.?))?"
)
_KEYS: Final = ("квартал", "кв.", "полугоди", "п/г", "четверт", "триместр")


def _of_calendar(unit: str, year: int, order: int) -> Period | None:
    """Return the quarter or half-year; None for an order that it does not have."""
    if unit.startswith("кв"):
        return Period.quarter(year, order) if 1 <= order <= 4 else None
    return Period.half_year(year, order) if 1 <= order <= 2 else None


def _of_school(year: Period, order: int) -> Period | None:
    """Return a half of a school year, parted by the new year."""
    first = date(year.start.year, 12, 31)
    if order == 1:
        return Period(year.start, first)
    return Period(first + timedelta(days=1), year.end) if order == 2 else None


def _is_half(unit: str) -> bool:
    return unit.startswith(("п/г", "полугоди"))


def _period(match: Match, reading: Reading, order: int) -> tuple[Period | None, tuple[str, ...]]:
    """Return the period that `order` names with the printed or inferred year."""
    anchor = reading.anchor
    if match["school"]:
        year = Period.school_year(int(match["sy"])) if match["sy"] else anchor.current_school_year
        inferred: tuple[str, ...] = () if match["sy"] else ("year",)
        return (_of_school(year, order) if year and _is_half(match["unit"]) else None), inferred
    digits = re.match(r"\d+", match["year"]) if match["year"] else None
    if digits:
        number, inferred = year_of(digits[0])
        return _of_calendar(match["unit"], number, order), inferred
    if not match["year"] and anchor.school_year and not anchor.year and _is_half(match["unit"]):
        return _of_school(anchor.school_year, order), ("year",)
    this = anchor.current_year
    if this is None:
        return None, ("year",)
    if match["year"]:
        later = match["year"].startswith(("следующ", "будущ", "предсто", "наступающ"))
        return _of_calendar(match["unit"], this + later, order), ("year",)
    here, there = (_of_calendar(match["unit"], this + more, order) for more in (0, 1))
    return (anchor.next_period((here, there)) if here and there else None), ("year",)


def _term(match: Match, reading: Reading) -> Candidate | None:
    a = order_of(match["a"])
    b = order_of(match["b"]) if match["b"] else a
    if a is None or b is None or (match["other"] and not (reading.in_line and match["other"] == "на")):
        return None
    if not reading.in_line:
        prefixed = match["within"] or match["end"] or match["by"] or match["since"]
        alone = stands_apart(reading, match.start(), match.end())
        if not (prefixed or alone) or describes_a_noun(reading, match.start()):
            return None
        if is_reported(reading, match.start(), within=bool(match["within"])):
            return None
    if match["unit"].startswith(("четверт", "триместр")):
        if match["end"] or match["by"]:
            return candidate(match, Rank.RHYTHM, DeadlineKind.RELATIVE, 0.7, match.span())
        return stretch(match, (None, None), 0.7)
    (first, inferred), (last, _) = _period(match, reading, a), _period(match, reading, b)
    if first is None or last is None:
        orders = 4 if match["unit"].startswith("кв") else 2
        return _unresolved(match, inferred) if inferred and max(a, b) <= orders else None
    return _read(match, first, last, inferred)


def _unresolved(match: Match, inferred: tuple[str, ...]) -> Candidate:
    if match["end"] or match["by"]:
        return last_day(match, None, 0.5, inferred)
    return replace(stretch(match, (None, None), 0.5, inferred), rank=Rank.PERIOD)


def _read(match: Match, first: Period, last: Period, inferred: tuple[str, ...]) -> Candidate | None:
    confidence = 0.75 if "year" in inferred else 0.95
    if match["end"]:
        return last_day(match, last.end, confidence, inferred)
    if by := match["by"]:
        late = "поз" in by
        day = last.end if late else first.start - timedelta(days=not by.endswith(("к", "ко")))
        return last_day(match, day, confidence - 0.1, (*inferred, "day"))
    if match["since"] and not match["b"]:
        return stretch(match, (first.start, None), confidence - 0.1, inferred)
    if last.end < first.start and not match["year"]:
        first = first if first.start.year < last.start.year else _moved_before(first, last)
    if last.end < first.start:
        return None
    return stretch(match, (min(first.start, last.start), last.end), confidence, inferred)


def _moved_before(first: Period, last: Period) -> Period:
    """Return `first` in the latest year that puts it before `last`."""
    while first.start > last.start:
        first = Period(
            first.start.replace(year=first.start.year - 1), first.end.replace(year=first.end.year - 1)
        )
    return first


def _across(match: Match, reading: Reading) -> Candidate | None:
    if not reading.in_line and (
        describes_a_noun(reading, match.start()) or is_reported(reading, match.start())
    ):
        return None
    a, b = order_of(match["a"]), order_of(match["b"])
    first = _of_calendar(match["ua"], int(match["ya"]), a) if a else None
    last = _of_calendar(match["ub"], int(match["yb"]), b) if b else None
    if first is None or last is None or last.end < first.start:
        return None
    return stretch(match, (first.start, last.end), 0.95)


RULES: Final = (
    Rule("quarter", _KEYS, _TERM, _term),
    Rule("quarter.across", _KEYS, _ACROSS, _across),
)
