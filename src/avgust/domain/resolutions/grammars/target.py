"""Targets: measurable quantities that a clause demands («не менее 70 % педагогов»).

What the words mean, where the language leaves a choice:
- «увеличить до 80 %», «довести до 80 %», «достичь 80 %» are reached by more as well: ">="; «снизить до
  5 %» is "<="; «охват 80 %» and «в 100 % школ» name the level itself: "=".
- «на 10 %» with a verb of change is a difference: "+", with a negative value for a decrease; «в 2 раза»
  is a factor: "x", below 1 for a decrease.
- «в число десяти лучших регионов» is a place: "<=" 10.
- How often (two times a year), how long (days, months, years) and ages are deadlines, periods and
  populations, no targets; hours of training, money and numbers of events are targets.
- A bare number is a target only as the object of an action («провести 3 семинара») or in a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.comparison import (
    CHANGE_WORD,
    COMPARATOR,
    SIDE,
    Demand,
    comparator_of,
    factor,
    falls,
    signed,
)
from avgust.domain.resolutions.grammars.infinitive import INFINITIVE
from avgust.domain.resolutions.grammars.no_demand import is_no_demand, names_population
from avgust.domain.resolutions.grammars.population import population
from avgust.domain.resolutions.grammars.quantity import (
    QUANTITY,
    Unit,
    decimal,
    unit_at,
    value_of,
)
from avgust.domain.resolutions.grammars.quotes import masked
from avgust.domain.resolutions.grammars.share import read_words
from avgust.domain.resolutions.model import Target
from avgust.domain.resolutions.morphology import fold_in_place

_GATE: Final = re.compile(  # of text in lower case
    r"\d|процент|[≥≤‰]|(?<![а-яё])(?:менее|более|меньше|больше|ниже|выше|минимум|максимум|превыша|свыше|кажд"
    r"|половин|трет[ьие]|четверт[ьи]|вдвое|втрое|вчетверо|впятеро|полтор|полутор|раза?(?![а-яё])"
    r"|в (?:тройк|пят[её]рк|десятк|двадцатк|тридцатк|сотн|перв)|дв[ауе]|тр(?:и|[её]х|[её]м)"
    r"|четыр|пят|шест|сем[ьи](?!н)"
    r"|вос[еь]м|девят|десят|[а-яё]{2,}надцат|двадцат|сорок|сто(?![а-яё])|стопроцент)"
)

_TIMES: Final = ("раз", "раза")
_SHARES: Final = ("%", "п.п.", "‰")
_AFTER: Final = re.compile(r",? (?:и|или) (?:(?P<more>более|выше|больше)|(?P<less>менее|ниже|меньше))(?!\w)")
_PREPOSITION: Final = re.compile(r"(?<!\w)(?P<word>на|до|по|от|с|со|в|во)(?: уровн[а-я]+)? ?$")
_SIZE: Final = re.compile(r"(?:численност|количеств|размер|объем|наполняемост)[а-я]*(?: до| в)? ?$")
_FROM: Final = re.compile(
    r"(?<!\w)(?:с|со) (?P<base>\d[\d ]*(?:[.,]\d+)?) ?(?:%|процент[а-я]*)?(?: [^,;]{1,25})? до ?$"
)
# Action whose object a bare number counts: «провести 3 семинара», «обучено 120 педагогов».
_ACTION: Final = re.compile(
    rf"(?:{INFINITIVE}|(?<![а-я-])[а-я]{{2,}}(?:ено|ано|яно|ены|аны|ято|яты|ыто|ыты)"
    r"|^[а-я-]{3,}(?:ние|тие|ция|ка)"
    r"|(?<![а-я-])(?:ввод|ремонт|строительств|создани|открыти|проведени|приобретени|обучени)[а-я]{0,2})"
    r"(?: (?:на обучение|на курсы|к участию|в 20\d\d(?:[-–/]\d+)? (?:учебном )?год[а-я]*|дополнительно))*"
    r"(?: (?!(?:в|на|по|для|с|со|до|от|к|при|за|из|о|об|у|через|и|не)\b)[а-я-]+){0,3} ?$"
)
_OPENING: Final = re.compile(
    r"(?<![а-я])(?:откры|созда|вве[сд]|внедр|организ|постро|отремонт|установ|оборудов|оснаст)"
    r"[а-я]* [^.;:\d]{0,60}$"
)
_PLACES: Final = re.compile(
    r"(?:школ|организац|учрежден|сад|район|округ|муниципал|гимнази|лице|поселен)[а-я]*[ая]х$"
)
_NOT_ABOVE: Final = re.compile(r"не допус[кт][а-я]+ превышени[а-я]+ [^.;:]*$")
_AMOUNT: Final = re.compile(r"(?:в количестве|в объеме|в размере|числом|общим объемом)(?: до)? ?$")
_TOP: Final = re.compile(
    r"(?<!\w)в (?:число|числе|список|перечень|группу) (?:первых )?$|(?<!\w)в топ[- ]?$"
    r"|(?<!\w)в перв(?:ые|ую) $"
)


def find_targets(fragment: Fragment) -> tuple[Target, ...]:
    """Return the quantities that `fragment` demands, in the order of the text."""
    if not _GATE.search(fragment.text.lower()):
        return ()
    text = fold_in_place(masked(fragment.text))
    found = sorted([*_counted(text), *read_words(text)], key=lambda one: one.start)
    return _located(fragment, found)


def find_results(fragment: Fragment) -> tuple[Target, ...]:
    """Return the quantities that a cell of results states, where a bare «20 учителей» is a demand too."""
    found = find_targets(fragment)
    if found or not fragment.text[:1].isdigit():
        return found
    text = fold_in_place(masked(fragment.text))
    match = QUANTITY.match(text)
    value = value_of(match) if match else None
    unit = unit_at(text, match.end()) if match else None
    if match is None or value is None or unit is None or match["low"] or is_no_demand(text, match, "", unit):
        return ()
    if unit.name in _TIMES or unit.name.startswith("класс"):
        return ()
    return _located(fragment, [Demand(0, unit.end, "=", value, unit.name, "result", 0.7)])


def _located(fragment: Fragment, found: Iterable[Demand]) -> tuple[Target, ...]:
    return tuple(
        Target(
            text=fragment.text[one.start : one.end],
            comparator=one.comparator,
            value=one.value,
            unit=one.unit,
            of=population(fragment.text, one.start, one.end, share=one.unit == "%"),
            span=fragment.span(one.start, one.end),
            rule=f"target.{one.rule}",
            confidence=one.confidence,
        )
        for one in found
    )


def _counted(text: str) -> Iterator[Demand]:
    """Yield the targets that are printed as a number with a unit."""
    last: Demand | None = None
    for match in QUANTITY.finditer(text):
        value = value_of(match)
        if value is None:
            continue
        for one in _read_number(text, match, value, last):
            yield one
            last = one


def _read_number(text: str, match: re.Match[str], value: float, last: Demand | None) -> Iterator[Demand]:
    left = text[max(0, match.start() - SIDE) : match.start()]
    unit = unit_at(text, match.end())
    if place := _place(text, match, value, left):
        yield place
        return
    if is_no_demand(text, match, left, unit):
        return
    if match["low"] and unit:
        yield from _range(match, value, left, unit)
        return
    one = _with_comparator(text, match, value, left, unit)
    if one is None and unit is not None:
        one = _with_preposition(match, value, left, unit) or _bare(text, match, value, left, unit, last)
    if one is not None:
        yield _with_postfix(text, one)


def _place(text: str, match: re.Match[str], value: float, left: str) -> Demand | None:
    """Read a place among others: «в число десяти лучших регионов», «в топ-20»."""
    opening = _TOP.search(left)
    if not opening:
        return None
    best = re.compile(r"(?: (?:лучших|ведущих|первых|сильнейших))?").match(text, match.end())
    at = best.end() if best else match.end()
    unit = unit_at(text, at) or Unit("мест", at)
    start = match.start() - len(left) + opening.start()
    return Demand(start, unit.end, "<=", value, unit.name, "place", 0.8)


def _range(match: re.Match[str], value: float, left: str, unit: Unit) -> Iterator[Demand]:
    """Read «от 5 до 10 %» and «5–10 %» as two bounds; a range of other things needs an action before it."""
    of_share = unit.name in _SHARES
    from_base = re.search(r"(?<!\w)(?:с|со) $", left)
    opening = re.search(r"(?<!\w)(?:от|в пределах|в диапазоне(?: от)?) $", left)
    start = match.start() - (len(left) - opening.start() if opening else 0)
    low = decimal(match["low"])
    if from_base:
        is_fall = value < low
        yield Demand(
            match.start("digits"), unit.end, "<=" if is_fall else ">=", value, unit.name, "growth", 0.85
        )
    elif (
        of_share
        or (opening is None and _ACTION.search(left))
        or _AMOUNT.search(left[: opening.start()] if opening else left)
    ):
        yield Demand(start, unit.end, ">=", low, unit.name, "range", 0.8)
        yield Demand(start, unit.end, "<=", value, unit.name, "range", 0.8)


def _with_comparator(
    text: str, match: re.Match[str], value: float, left: str, unit: Unit | None
) -> Demand | None:
    """Read «не менее 70 %», «более чем на 10 %», «не ниже 4,2»."""
    words = COMPARATOR.search(left)
    if not words or re.search(r"(?<!\w)не реже", words.group()):
        return None
    comparator = comparator_of(words)
    start = match.start() - len(left) + words.start()
    name, end = unit or Unit("", match.end())
    if not unit and re.search(r"балл", left):
        name = "балл"
    if name in _TIMES:
        return (
            Demand(start, end, "x", factor(value, left), name, "factor", 0.85) if words["by"] == "в" else None
        )
    if words["by"] == "на" and (name in _SHARES or CHANGE_WORD.search(left)):
        return Demand(start, end, "+", signed(value, text[: match.start()]), name, "difference", 0.85)
    if names_population(left[: words.start()]):
        return None
    if not unit and 1900 <= value <= 2100:
        return None
    return Demand(start, end, comparator, value, name, "bound", 0.95 if unit else 0.7)


def _with_preposition(match: re.Match[str], value: float, left: str, unit: Unit) -> Demand | None:
    """Read «увеличить до 80 %», «с 45 до 60 %», «на 10 %», «в 2 раза»."""
    preposition = _PREPOSITION.search(left)
    if not preposition:
        return None
    word, start = preposition["word"], match.start() - len(left) + preposition.start()
    if unit.name in _TIMES:
        return (
            Demand(start, unit.end, "x", factor(value, left), unit.name, "factor", 0.9)
            if word == "в"
            else None
        )
    changes = CHANGE_WORD.search(left)
    if word == "на" and changes:
        return Demand(start, unit.end, "+", signed(value, left), unit.name, "difference", 0.9)
    if word == "в" and _PLACES.match(unit.name) and _OPENING.search(left[: preposition.start()]):
        return Demand(match.start(), unit.end, "=", value, unit.name, "places", 0.7)
    if word != "до":
        return None
    share = unit.name in _SHARES
    if share or changes:
        base = _FROM.search(left)
        is_fall = decimal(base["base"].strip()) > value if base else falls(left)
        return Demand(start, unit.end, "<=" if is_fall else ">=", value, unit.name, "growth", 0.9)
    if _SIZE.search(left) or (
        _ACTION.search(left[: preposition.start()]) and not unit.name.startswith("час")
    ):
        return Demand(start, unit.end, "<=", value, unit.name, "size", 0.75)
    return None


def _bare(
    text: str, match: re.Match[str], value: float, left: str, unit: Unit, last: Demand | None
) -> Demand | None:
    """Read a number with no word of comparison: a share, or the object of an action."""
    start = match.start()
    if _NOT_ABOVE.search(left):
        return Demand(start, unit.end, "<=", value, unit.name, "limit", 0.8)
    if unit.name in _SHARES:
        near = last is not None and start - last.end <= 60 and last.unit == unit.name
        follows = near and last is not None and re.match(r"[^.;]*?(?:,| и )", text[last.end : start])
        if follows and last is not None and last.comparator in (">=", "<=") and not _ACTION.search(left):
            return Demand(start, unit.end, last.comparator, value, unit.name, "listed", 0.75)
        reach = re.search(r"(?:достич[ьи]|достижени[ея]|достигнуть)[а-я0-9 ]{0,45}$", left)
        return Demand(start, unit.end, ">=" if reach else "=", value, unit.name, "share", 0.85)
    if last is not None and last.comparator in (">=", "<=") and text[last.end : start] in (" и ", ", "):
        return Demand(start, unit.end, last.comparator, value, unit.name, "listed", 0.7)
    if unit.name in _TIMES or (match["words"] and value < 2) or unit.name.startswith("этап"):
        return None
    if value % 10 not in (1, 2, 3, 4) and unit.name.endswith(("ы", "и")):
        return None  # «9 классы» are the ninth forms
    amount = _AMOUNT.search(left)
    each = re.search(r"(?<!\w)по $", left)
    if each and not re.match(r" (?:от|на)\b", text[unit.end :]) and not unit.name.endswith(("ам", "ям", "у")):
        return Demand(start - 3, unit.end, "=", value, unit.name, "each", 0.7)
    if amount or (_ACTION.search(left) and not each):
        return Demand(start, unit.end, "=", value, unit.name, "object", 0.8)
    return None


def _with_postfix(text: str, one: Demand) -> Demand:
    """Read «95 % и более»."""
    after = _AFTER.match(text, one.end)
    if not after or one.comparator != "=":
        return one
    return one._replace(end=after.end(), comparator=">=" if after["more"] else "<=", rule="postfix")
