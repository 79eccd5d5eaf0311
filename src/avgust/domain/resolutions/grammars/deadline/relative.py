"""Terms counted from an event: «в 3-месячный срок», «в течение 10 рабочих дней со дня …», «за месяц до …».

`offset` is an ISO 8601 duration, with a minus for a term before the event ("-P1M"); ISO knows no working
days, so `working` says that these are (a bank's days are working days too). Immediate duties have the
offset "P0D".
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Place,
    Rank,
    Reading,
    Rule,
    candidate,
)
from avgust.domain.resolutions.grammars.deadline.context import before_participle, describes_a_noun, opens
from avgust.domain.resolutions.grammars.numerals import NUMBER_WORDS, number_of, prefix_number_of
from avgust.domain.resolutions.model import DeadlineKind

_UNITS: Final = {
    **{"дн": ("D", 1), "ден": ("D", 1), "сут": ("D", 1), "недел": ("D", 7), "декад": ("D", 10)},
    **{
        "месяц": ("M", 1),
        "месяч": ("M", 1),
        "квартал": ("M", 3),
        "полугод": ("M", 6),
        "год": ("Y", 1),
        "лет": ("Y", 1),
    },
}
_UNIT: Final = (
    r"(?:дн(?:ей|я)|день|сут(?:ок|ки)|недел[ьиюя]|декад[ауы]?|месяц(?:ев|а)?|квартала|полугод(?:ия|а)"
    r"|год(?:а|ов)?|лет|час(?:ов|а)?)"
)
_NUMBER: Final = rf"(?:\d{{1,3}}(?:-?(?:х|ти|и|го))?(?: ?\([а-я ]+\))?|{NUMBER_WORDS})"
_KIND: Final = r"(?:(?:(?P<working>рабоч|банковск)|календарн|учебн|ближайш|полн)[а-я]+ )?"
_WORD: Final = r"(?![а-я]*(?:[аеиоуыя]ть(?:ся)?|йти|вести|нести)(?![а-я]))[а-яa-z\d№▒/-]+"
# «отопительного сезона», «приёмной кампании»: adjectives and their noun.
_PHRASE: Final = r"(?:[а-я-]+(?:ого|его|ой|ей|ых|их) ){0,3}[а-я▒]+"
_EVENT: Final = (
    rf"(?: (?P<event>(?:со дня|с даты|с момента|с начала|после|по окончании|по завершении|от даты"
    rf"|до) {_WORD}(?: {_WORD}){{0,6}}))?"
)
_TERM: Final = rf"(?:(?:ближайш|следующ)[а-я]+ )?(?:(?P<n>{_NUMBER}) )?{_KIND}(?P<unit>{_UNIT})(?![а-я])"

_ADJECTIVE: Final = re.compile(
    r"(?<![а-я])в (?:(?P<digits>\d{1,3})(?:-?(?:х|ти|и))?[ -]{0,3}(?:\([а-я]+\)[ -]?)?"
    r"|(?P<prefix>[а-я]{3,}?)-?)?"
    rf"(?P<unit>дневн|суточн|недельн|декадн|месячн|годичн|годов|квартальн)(?:ый|ой"
    rf"|ого) срок(?![а-я]){_EVENT}"
)
_WITHIN: Final = re.compile(
    rf"(?<![а-я])(?:в течение|в срок (?:не более|до|не позднее)|не позднее(?: чем)? через"
    rf"|не позднее(?: чем в)?|через|по истечении|в срок, не превышающий) {_TERM}{_EVENT}"
)
_AHEAD: Final = re.compile(
    rf"(?<![а-я])(?:не позднее(?:,)? чем за|не менее(?:,)? чем за|не позднее за"
    rf"|за) {_TERM} (?P<event>до {_WORD}(?: {_WORD}){{0,6}})"
)
_AT_ONCE: Final = re.compile(
    rf"(?<![а-я])(?:незамедлительно|немедленно|безотлагательно)(?![а-я-])(?: (?P<event>после {_PHRASE}))?"
    r"|(?<![а-я])в (?:день|момент) (?P<moment>(?:поступления|обращения|получения|подписания|выявления)"
    r"(?: [а-я]+)?)"
)
_SHORTEST: Final = re.compile(
    r"(?<![а-я])в (?:кратчайш|возможно коротк|максимально коротк|сжат)[а-я]+ сроки?(?![а-я])"
)
_ACTS: Final = (
    r"(?:утвержден|подписан|приняти|согласован|получен|опубликован|издан|вступлен|окончан|завершен|проведен"
    r"|регистраци"
    r"|поступлен|выход|доведен|ввод|внесен|заключен|открыти|формирован|создан|обработк|рассмотрен|итог)"
)
_AFTER: Final = re.compile(
    rf"(?<![а-я])(?P<event>(?:после|со дня|с момента|с даты|по мере) {_ACTS}[а-я]*(?: {_WORD}){{0,6}}"
    rf"|(?:по окончании|по завершении|по итогам|по результатам) {_WORD}(?: {_WORD}){{0,6}})"
)
_BEFORE: Final = re.compile(
    rf"(?<![а-я])(?P<event>(?:в срок до|до|к|не позднее) (?:начала|началу|наступления|открытия|открытию"
    rf"|проведения"
    rf"|завершения|окончания)"
    rf" (?!(?:[а-я]+ )?(?:учебного )?(?:года|месяца|недели|квартала|полугодия)(?![а-я])|\d){_PHRASE})"
)


def _duration(unit: str, count: int) -> str | None:
    if unit.startswith("час"):
        return f"PT{count}H"
    for stem, (letter, size) in _UNITS.items():
        if unit.startswith(stem):
            return f"P{count * size}{letter}"
    return None


def _counted(match: Match, confidence: float, offset: str | None, event: tuple[int, int] | None) -> Candidate:
    working = bool(match.groupdict().get("working"))
    return candidate(
        match, Rank.RHYTHM, DeadlineKind.RELATIVE, confidence, event, offset=offset, working=working
    )


def _event(match: Match) -> tuple[int, int] | None:
    """Return where the event stands, None where the text names none."""
    return match.span("event") if match["event"] else None


def _adjective(match: Match, reading: Reading) -> Candidate | None:
    if match["digits"]:
        count = int(match["digits"])
    elif match["prefix"]:
        found = prefix_number_of(match["prefix"])
        if found is None and match["prefix"] != "полу":
            return None
        count = found or 1
    else:
        count = 1
    unit = "полугод" if match["prefix"] == "полу" else match["unit"]
    return _counted(match, 0.95, _duration(unit, count), _event(match))


def _number(match: Match) -> int | None:
    printed = match["n"]
    return number_of(re.sub(r" ?\(.*", "", printed).strip()) if printed else 1


def _within(match: Match, reading: Reading) -> Candidate | None:
    """A bare «в течение года» is a year without ends and «не позднее месяца» nothing: both need an event."""
    count = _number(match)
    at = match.start()
    if count is None or describes_a_noun(reading, at):
        return None
    bare = not match["n"] and not match["event"]
    if bare and match["unit"].startswith(("год", "полугод", "квартал")):
        return None
    if match["event"] is None and match.group().startswith(("не позднее", "через")) and match["n"] is None:
        return None
    long = match["unit"].startswith(("год", "лет")) and not match["event"]
    return _counted(match, 0.6 if long else 0.9, _duration(match["unit"], count), _event(match))


def _ahead(match: Match, reading: Reading) -> Candidate | None:
    count = _number(match)
    if count is None or describes_a_noun(reading, match.start()):
        return None
    duration = _duration(match["unit"], count)
    return _counted(match, 0.9, f"-{duration}" if duration else None, _event(match))


def _at_once(match: Match, reading: Reading) -> Candidate | None:
    if before_participle(reading, match.end()):
        return None
    event = match.span("moment") if match["moment"] else _event(match)
    return _counted(match, 0.9, "P0D", event)


def _shortest(match: Match, reading: Reading) -> Candidate | None:
    return _counted(match, 0.7, None, match.span())


def _after(match: Match, reading: Reading) -> Candidate | None:
    """In a clause only the opening words say when; «отчёт по итогам года» says what."""
    if not reading.in_line and not (reading.place is Place.CLAUSE and opens(reading, match.start())):
        return None
    if not reading.in_line and match.group().startswith(("по итогам", "по результатам")):
        return None
    return _counted(match, 0.8 if reading.in_line else 0.6, None, _event(match))


def _before(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    return _counted(match, 0.75, None, _event(match))


RULES: Final = (
    Rule("relative.term", (" срок",), _ADJECTIVE, _adjective),
    Rule("relative.within", ("в течение", "в срок", "не позднее", "через", "истечении"), _WITHIN, _within),
    Rule("relative.ahead", ("за ",), _AHEAD, _ahead),
    Rule("relative.at_once", ("замедл", "емедленно", "отлагат", "в день", "в момент"), _AT_ONCE, _at_once),
    Rule("relative.shortest", ("сжат", "коротк", "кратчайш"), _SHORTEST, _shortest),
    Rule(
        "relative.after",
        ("после", "со дня", "с момента", "с даты", "по окон", "по завер", "по итог", "по рез"),
        _AFTER,
        _after,
    ),
    Rule(
        "relative.before",
        ("начал", "наступления", "откры", "проведения", "завершения", "окончания"),
        _BEFORE,
        _before,
    ),
)
