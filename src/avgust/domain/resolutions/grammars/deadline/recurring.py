"""Duties that come back: «ежегодно», «раз в квартал», «каждый понедельник», «на регулярной основе».

`every` is an ISO 8601 duration where the text states a measure of time, None for «регулярно». An adjective
in the name of an event («ежегодный конкурс») is no deadline; beside a noun of action it is one («ежегодное
обновление»).
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Rank,
    Reading,
    Rule,
    candidate,
)
from avgust.domain.resolutions.grammars.deadline.context import before_participle, describes_a_noun
from avgust.domain.resolutions.grammars.deadline.dates import date_pattern, printed_day
from avgust.domain.resolutions.grammars.deadline.words import BY
from avgust.domain.resolutions.grammars.numerals import NUMBER_WORDS, number_of
from avgust.domain.resolutions.model import DeadlineKind

_EVERY: Final = {
    **{"ежегод": "P1Y", "каждогод": "P1Y", "ежемесяч": "P1M", "ежекварт": "P3M"},
    **{"еженед": "P7D", "ежеднев": "P1D", "ежесуточ": "P1D", "ежечасн": "PT1H"},
}
_ADVERB: Final = re.compile(
    r"(?<![а-я-])(?:ежегодно|каждогодно|ежемесячно|ежеквартально|еженедельно|ежедневно|ежесуточно)(?![а-я-])"
    r"|(?<![а-я])(?:на ежегодной|на ежемесячной|на еженедельной|на ежеквартальной|на ежедневной) основе"
    r"|(?<![а-я])в (?:ежедневном|еженедельном|ежемесячном|ежегодном) режиме"
)
_ACTION: Final = re.compile(
    r"(?<![а-я])(?P<adverb>ежегодн|ежемесячн|ежеквартальн|еженедельн|ежедневн)(?:ое|ого|ый|ому|ым|ую"
    r"|ой) (?:[а-я-]+ое |[а-я-]+ого |[а-я-]+ый )?"
    r"(?:обновлени|повышени|проведени|прохождени|обучени|представлени|предоставлени|формировани|обследовани"
    r"|выделени"
    r"|увеличени|тестировани|планировани|размещени|информировани|рассмотрени|мониторинг|контрол|анализ|аудит"
    r"|отчет|самообследовани)[а-я]*"
)
_UNITS: Final = {
    **{"год": "Y", "лет": "Y", "полгод": "6M", "полугоди": "6M", "квартал": "3M", "месяц": "M"},
    **{"недел": "W", "день": "D", "дня": "D", "дней": "D", "сутки": "D", "декад": "10D"},
}
_UNIT: Final = (
    r"(?:год[а-я]*|лет|полгода|полугоди[ея]|квартал[а-я]*|месяц[а-я]*|недел[яьиюе]|день|дня|дней|сутки"
    r"|декаду|четверт[ьи]|триместр)"
)
_NUMBER: Final = rf"(?:\d{{1,2}}(?:-?(?:х|ти|и|го))?|{NUMBER_WORDS})"
_TIMES: Final = re.compile(
    rf"(?<![а-я])(?:(?:но |и )?не (?:реже|менее|чаще)(?: чем)? )?(?:по )?(?:(?P<times>{_NUMBER}(?:"
    rf" ?\([а-я ]+\))?) ?(?:раза?|р\.?)(?![а-я])|раз|дважды|трижды)"
    rf"(?: ?/ ?| в течение | за | во? (?:течение )?)(?:(?P<count>{_NUMBER}) |(?:учебн|календарн"
    rf"|отчетн)[а-я]+ )?(?P<unit>{_UNIT})(?![а-я])"
)
_EACH: Final = re.compile(
    rf"(?<![а-я])(?:(?:по итогам|по окончании|в начале|в конце|в течение|в) )?кажд(?:ый|ого|ому|ую|ой|ое|ые"
    rf"|ых|ом)"
    rf" (?:(?P<count>{_NUMBER}) |(?:последн|перв|втор|трет|четверт|учебн|календарн|отчетн)[а-я]+ )?"
    rf"(?P<unit>{_UNIT}|понедельник[а]?|вторник[а]?|сред[уы]|четверг[а]?|пятниц[уы]|суббот[уы]"
    rf"|воскресень[ея])(?![а-я])"
    r"|(?<![а-я])по (?:понедельникам|вторникам|средам|четвергам|пятницам|субботам)(?![а-я])"
)
_REGULAR: Final = re.compile(
    r"(?<![а-я-])(?:на (?:регулярной|систематической|системной|периодической) основе|систематически"
    r"|регулярно|периодически"
    r"|в (?:регулярном|систематическом) режиме|с установленной периодичностью)(?![а-я-])"
)
_FOLLOWING_YEAR: Final = re.compile(
    rf"(?<![а-я-]){BY} {date_pattern()},? (?:года,? следующего за|следующего за) (?:отчетным|истекшим"
    rf"|прошедшим)(?: годом| года| периодом)?"
)
_FOLLOWING_MONTH: Final = re.compile(
    rf"(?<![а-я-]){BY} (?P<day>\d{{1,2}})(?:-?(?:го|ого))? ?(?:числа |рабочего дня "
    rf"|дня )?(?:каждого )?месяца,? следующего за"
    r"(?: (?P<unit>кварталом|полугодием)| (?:отчетным|истекшим|прошедшим)(?: (?P<ended>[а-я]+))?)"
)


def _rhythm(match: Match, confidence: float, every: str | None, day: str | None = None) -> Candidate:
    rank = Rank.CONTROL if day else Rank.RHYTHM
    return candidate(match, rank, DeadlineKind.RECURRING, confidence, every=every, day_of_period=day)


def _unless_described(match: Match, reading: Reading) -> bool:
    return not (describes_a_noun(reading, match.start()) or before_participle(reading, match.end()))


def _adverb(match: Match, reading: Reading) -> Candidate | None:
    if not _unless_described(match, reading):
        return None
    word = match.group()
    return _rhythm(match, 0.95, next((every for stem, every in _EVERY.items() if stem in word), None))


def _action(match: Match, reading: Reading) -> Candidate | None:
    every = next((every for stem, every in _EVERY.items() if match["adverb"].startswith(stem)), None)
    return _rhythm(match, 0.65, every)


def _every(unit: str, count: int, times: int) -> str | None:
    """Return the duration between two of `times` in `count` units; None where it is no whole number."""
    stem = next((s for s in sorted(_UNITS, key=len, reverse=True) if unit.startswith(s)), None)
    if stem is None or not count or not times:
        return None
    printed = _UNITS[stem]
    size, letter = int(printed[:-1] or 1) * count, printed[-1]
    if letter == "W":
        size, letter = size * 7, "D"
    if size % times == 0:
        return f"P{size // times}{letter}"
    if letter == "Y" and size * 12 % times == 0:
        return f"P{size * 12 // times}M"
    if letter == "M" and size * 30 % times == 0:
        return f"P{size * 30 // times}D"
    return None


def _number(printed: str | None) -> int | None:
    return number_of(re.sub(r" ?\(.*", "", printed).strip()) if printed else 1


def _times(match: Match, reading: Reading) -> Candidate | None:
    if not _unless_described(match, reading):
        return None
    times = 2 if "дважды" in match.group() else 3 if "трижды" in match.group() else _number(match["times"])
    count = _number(match["count"])
    if times is None or count is None:
        return None
    return _rhythm(match, 0.95, _every(match["unit"], count, times))


def _each(match: Match, reading: Reading) -> Candidate | None:
    if not _unless_described(match, reading):
        return None
    unit = match["unit"] or "недели"
    count = _number(match["count"])
    if count is None:
        return None
    weekday = unit.startswith(("понед", "вторн", "сред", "четверг", "пятн", "субб", "воскр"))
    return _rhythm(match, 0.9, "P7D" if weekday else _every(unit, count, 1))


def _regular(match: Match, reading: Reading) -> Candidate | None:
    return _rhythm(match, 0.9, None) if _unless_described(match, reading) else None


def _following_year(match: Match, reading: Reading) -> Candidate | None:
    printed = printed_day(match)
    return _rhythm(match, 0.95, "P1Y", printed.month_day) if printed and printed.possible else None


def _following_month(match: Match, reading: Reading) -> Candidate | None:
    unit = match["unit"] or match["ended"] or ""
    every = "P3M" if unit.startswith("кв") else "P6M" if unit.startswith("пол") else "P1M"
    return _rhythm(match, 0.95, every, match["day"]) if 1 <= int(match["day"]) <= 31 else None


RULES: Final = (
    Rule("recurring.adverb", ("еже", "каждогодно"), _ADVERB, _adverb),
    Rule("recurring.action", ("еже",), _ACTION, _action),
    Rule("recurring.times", ("раз", "дважды", "трижды", "р. в", "р в", "р./", "р/"), _TIMES, _times),
    Rule("recurring.each", ("кажд", "ам"), _EACH, _each),
    Rule("recurring.regular", ("регуляр", "систем", "период"), _REGULAR, _regular),
    Rule("recurring.following_year", ("следующего за",), _FOLLOWING_YEAR, _following_year),
    Rule("recurring.following_month", ("следующего за",), _FOLLOWING_MONTH, _following_month),
)
