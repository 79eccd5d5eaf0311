"""Stretches of days: «с 1 по 30 октября 2018», "01.09.2021–31.05.2022", «с 1 сентября 2021 года».

A year printed once serves both ends; a stretch that crosses the new year begins in the year before.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from avgust.domain.resolutions.grammars.deadline.anchor import Anchor, day_or_none
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Match, Reading, Rule, stretch
from avgust.domain.resolutions.grammars.deadline.context import describes_a_noun, is_reported
from avgust.domain.resolutions.grammars.deadline.dates import DAY, PrintedDay, date_pattern, printed_day
from avgust.domain.resolutions.grammars.deadline.words import (
    ANY_MONTH,
    DATE_KEYS,
    DEICTIC,
    MONTH_KEYS,
    YEAR,
)
from avgust.domain.resolutions.grammars.numerals import number_of

_FROM: Final = r"(?:(?:в период|в сроки?|в течение периода) )?(?P<since>со? )?"
_TO: Final = r"(?: ?- ?| (?:и )?(?:по|до) ?)"

_DATES: Final = re.compile(rf"(?<![а-яa-z\d]){_FROM}{date_pattern('a')}(?P<to>{_TO}){date_pattern('b')}")
_DAYS: Final = re.compile(
    rf"(?<![а-яa-z\d.]){_FROM}(?P<from>{DAY})(?P<more>(?:, ?{DAY})*)(?:(?P<to>{_TO})|(?P<list>,? и "
    rf"| ?, ?))(?P<day>{DAY})"
    rf" (?P<month>{ANY_MONTH})(?:,? (?P<year>{YEAR}|{DEICTIC}))?(?P<iso>)(?P<d>)(?P<m>)(?P<y>)(?P<dy>)"
)
_DAYS_IN_FIGURES: Final = re.compile(
    rf"(?<![а-яa-z\d.]){_FROM}(?P<from>\d{{1,2}})(?P<to>{_TO}){date_pattern()}(?P<list>)(?P<more>)"
)
_SINCE: Final = re.compile(rf"(?<![а-я])(?:начиная )?(?:со?|не ранее|не раньше) {date_pattern()}(?!{_TO}\d)")


def pair(first: PrintedDay, last: PrintedDay, anchor: Anchor) -> tuple[date, date] | None:
    """Return both days with their years; None where a day does not exist or the order is wrong."""
    if last.year is None and first.year is not None:
        later = (last.month, last.day) < (first.month, first.day)
        end = day_or_none(first.year + later, last.month, last.day)
    else:
        end = last.resolved(anchor)
    if end is None:
        return None
    if first.year is not None:
        start = day_or_none(first.year, first.month, first.day)
    else:
        crosses = (first.month, first.day) > (end.month, end.day)
        start = day_or_none(end.year - crosses, first.month, first.day)
    return (start, end) if start and start <= end else None


def _interval(
    match: Match, reading: Reading, first: PrintedDay | None, last: PrintedDay | None
) -> Candidate | None:
    if first is None or last is None or describes_a_noun(reading, match.start()):
        return None
    if not reading.in_line and is_reported(reading, match.start(), within=True):
        return None
    if "до" in (match["to"] or "") and not match["since"]:
        return None  # «до 1 марта и до 1 сентября» are two days
    full = first.full or last.full
    ends = pair(first, last, reading.anchor)
    if ends is None:
        known = full or reading.anchor.origin is not None
        return None if known else stretch(match, (None, None), 0.5, ("year",))
    inferred = tuple(
        dict.fromkeys(mark for mark in last.inferred + first.inferred if not (full and mark == "year"))
    )
    return stretch(match, ends, 0.97 if full else 0.85, inferred)


def _dates(match: Match, reading: Reading) -> Candidate | None:
    return _interval(match, reading, printed_day(match, "a"), printed_day(match, "b"))


def _days(match: Match, reading: Reading) -> Candidate | None:
    """Two days of one month; a list of two days is a stretch only when they are neighbours."""
    last = printed_day(match)
    day = number_of(match["from"].strip('"«»“”„'))
    if (
        last is None
        or day is None
        or not 1 <= day < last.day
        or (match["list"] and last.day - day - 1 != match["more"].count(","))
    ):
        return None
    return _interval(match, reading, last._replace(day=day), last)


def _since(match: Match, reading: Reading) -> Candidate | None:
    """An open stretch: the start of a duty."""
    printed = printed_day(match)
    if printed is None or not printed.possible or describes_a_noun(reading, match.start()):
        return None
    if match["sep"] and not printed.full and len(match["m"]) < 2:
        return None
    start = printed.resolved(reading.anchor)
    return stretch(match, (start, None), 0.9 if printed.full else 0.75, printed.inferred)


RULES: Final = (
    Rule("interval.dates", DATE_KEYS, _DATES, _dates),
    Rule("interval.days", MONTH_KEYS, _DAYS, _days),
    Rule("interval.figures", DATE_KEYS, _DAYS_IN_FIGURES, _days),
    Rule("interval.since", ("с ", "со ", "не ран"), _SINCE, _since),
)
