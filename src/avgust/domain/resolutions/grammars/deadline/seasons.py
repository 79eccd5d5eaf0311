"""Seasons: «осенью 2021 года», «весна 2022», school holidays.

Seasons are of the calendar, by whole months; a winter ends in its year.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Match, Reading, Rule, stretch
from avgust.domain.resolutions.grammars.deadline.context import describes_a_noun, is_reported
from avgust.domain.resolutions.grammars.deadline.words import YEAR, year_of

_FIRST_MONTH: Final = {"зим": 12, "вес": 3, "лет": 6, "осе": 9}
_SEASON: Final = re.compile(
    rf"(?<![а-я-])(?P<name>(?:зим|весн)(?:а|ой)|лето|летом|осень|осенью)(?:,? (?P<year>{YEAR}))?(?![а-я-])"
)
_HOLIDAYS: Final = re.compile(
    r"(?<![а-я-])(?:(?:в период|во время|на|в дни) )?(?:(?:осенн|зимн|весенн|летн"
    r"|школьн)[а-я]+ )?каникул(?:ы|ах)?(?![а-я])"
)


def _season(match: Match, reading: Reading) -> Candidate | None:
    """A season without a year is a deadline only in a line of its own."""
    at = match.start()
    if not reading.in_line and (
        not match["year"] or describes_a_noun(reading, at) or is_reported(reading, at)
    ):
        return None
    month = _FIRST_MONTH[match["name"][:3]]
    if match["year"]:
        year, inferred = year_of(re.sub(r"\D+.*", "", match["year"]))
    elif reading.anchor.current_year is None:
        return stretch(match, (None, None), 0.5, ("year",))
    else:
        year, inferred = reading.anchor.current_year, ("year",)
    season = _three_months(year, month)
    if "year" in inferred:
        season = reading.anchor.next_period((season, _three_months(year + 1, month)))
    return stretch(match, (season.start, season.end), 0.65, inferred)


def _three_months(year: int, month: int) -> Period:
    first = Period.month(year - (month == 12), month)
    return Period(first.start, first.next.next.end)


def _holidays(match: Match, reading: Reading) -> Candidate | None:
    """The dates of school holidays stand in the school's own plan."""
    return stretch(match, (None, None), 0.7) if reading.in_line else None


RULES: Final = (
    Rule("season", ("зим", "весн", "лет", "осень"), _SEASON, _season),
    Rule("season.holidays", ("каникул",), _HOLIDAYS, _holidays),
)
