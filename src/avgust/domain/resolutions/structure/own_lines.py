"""Lines of their own below a point: a bare deadline, «Срок: …», «Ответственный: …», «Доклад – до …»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.months import MONTH

_SEASON: Final = r"весн[аыу]|осен[ьи]ю?|зим[аыу]|лет[оа]|весной|осенью|зимой|летом"
_STRONG: Final = (
    rf"{MONTH}|{_SEASON}|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|(?:19|20)\d\d(?:[-–—/]\d{{2,4}})?|постоянно|"
    r"ежегодн\w*|ежемесячн\w*|ежекварталь\w*|еженедельн\w*|ежедневн\w*|регулярн\w*|систематическ\w*|"
    r"незамедлительно|немедленно|бессрочно|\d+-(?:дневн|месячн|недельн)\w*|семидневн\w*|десятидневн\w*|"
    r"месячн\w*|недельн\w*|двухнедельн\w*"
)
_MEASURE: Final = (  # a deadline only behind a preposition or a number: «в течение года», «3 квартал»
    r"период\w*|год\w*|месяц\w*|недел\w*|дн(?:я|ей)|день|сут(?:ки|ок)|квартал\w*|полугоди\w*|четверт\w*|"
    r"каникул\w*|срок\w*|график\w*|план\w*|необходимост\w*|мер[еу]|поступлени\w*|запрос\w*|"
    r"согласовани\w*|декад\w*|раз|раза"
)
_OPENING: Final = re.compile(
    r"(?:до|к|ко|не|по|с|со|в|во|на|за|при|весь|всего|раз|\d{1,3}|I{1,3}|IV)\b", re.IGNORECASE
)
_WEAK: Final = (
    r"до|к|ко|не|позднее|позже|ранее|с|со|по|в|во|на|за|от|и|или|далее|начиная|течение|течении|весь|всего|всей|"
    r"всё|все|конц[ае]|конца|начал[ае]|середин[ае]|учебн\w*|календарн\w*|текущ\w*|следующ\w*|отч[её]тн\w*|г|гг|"
    r"г\.|гг\.|год\w*|числа|число|каждого|каждый|каждое|кажд\w+|основе|режиме|постоянн\w*|регулярной|"
    r"систематической|реализации|действия|проекта|отдельн\w*|утвержд[её]нн\w*|установленн\w*|указанн\w*|"
    r"согласно|соответствии|мере|январ\w*|перв\w+|втор\w+|треть\w+|четв[её]рт\w+|последн\w+|рабоч\w+|"
    r"I{1,3}|IV|при|дня|дней|со|после|момента|дат[аы]|подписани\w*|принятия|вступления|силу|утверждения|получения|\d{1,3}|"
    r"\d-[егойм]+|включительно|ежегодно|раз|одного|двух|тр[её]х|четыр[её]х|пяти|шести|месячный|трехмесячный|"
    r"август\w*|осенн\w+|весенн\w+|зимн\w+|летн\w+|[-–—]"
)
_TOKEN: Final = re.compile(r"[^\s,;()]+")
_STRONG_TOKEN: Final = re.compile(rf"(?:{_STRONG})(?:[-–—/](?:{_STRONG}|\d+))*\.?", re.IGNORECASE)
_MEASURE_TOKEN: Final = re.compile(rf"(?:{_MEASURE})(?:[-–—/](?:{_MEASURE}))*\.?", re.IGNORECASE)
_WEAK_TOKEN: Final = re.compile(rf"(?:{_WEAK})(?:[-–—](?:{_WEAK}))*\.?", re.IGNORECASE)
_LONGEST: Final = 120

_CAPTIONS: Final = {
    "deadline": r"срок(?:и|ом)?(?:\s(?:исполнения|реализации|выполнения|проведения|представления))?|"
    r"дат[аы](?:\s(?:исполнения|проведения|выполнения))?|период(?:\s(?:исполнения|проведения|реализации))?|"
    r"доклад(?:\s(?:об|о)\s(?:исполнении|выполнении))?|время\sпроведения|"
    r"(?:отч[её]т|информаци[яю])(?:\s(?:об|о)\s(?:исполнении|выполнении))?",
    "executor": r"ответственн(?:ый|ые|ая|ое)(?:\s(?:исполнител[ьи]|лиц[оа]|"
    r"за\s(?:исполнение|выполнение|реализацию)))?|отв\.?|исполнител[ьи]|исп\.|соисполнител[ьи]",
    "result": r"(?:ожидаем(?:ый|ые)\s)?результат(?:ы)?|показател[ьи](?:\sрезультата)?|вид\sдокумента|"
    r"форма\s(?:отч[её]тности|завершения|реализации|представления)|итогов(?:ый|ые)\sдокумент(?:ы)?|индикатор(?:ы)?",
    "controller": r"контроль|контрол[её]р",
    "note": r"примечани[ея]|источник(?:и)?\sфинансирования|финансирование|место(?:\sпроведения)?|участники|"
    r"отметка\sоб\sисполнении",
}
_CAPTION: Final = re.compile(
    "|".join(rf"(?P<{role}>(?:{words}))" for role, words in _CAPTIONS.items()), re.IGNORECASE
)
_AFTER: Final = re.compile(r"\s?(?::|[-–—](?=\s)|[-–—](?=\d))\s*")
_BARE: Final = re.compile(r"\s(?=(?:до|не позднее|в течение|с)\s)", re.IGNORECASE)
_INITIAL: Final = re.compile(r"(?:^|[\s.])[А-ЯЁ]\.$")
_SPACE: Final = re.compile(r"\s*(?=\S)")
_LEAD_LETTERS: Final = frozenset("сдпоифвкирм")
_PERSON: Final = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
    r"(?:,?\s(?:и\s)?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)*\.?"
)


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field found in a line: `start` and `end` bound its words in the line, without the caption."""

    role: str
    start: int
    end: int
    caption: str | None


def is_own_line(text: str) -> bool:
    """Tell whether the whole of `text` states fields of the point above."""
    return bool(read_own_line(text))


def read_own_line(text: str) -> list[OwnField]:
    """Return the fields that `text` consists of, [] when it is something else."""
    if not text or len(text) > 400:
        return []
    start, end = 0, len(text)
    while start < end and text[start] in "(*_ [-–—•":
        start += 1
    while (
        end > start and text[end - 1] in ".;,)*_ ]" and not _INITIAL.search(text[max(start, end - 4) : end])
    ):
        end -= 1
    if start == end:
        return []
    if text[start].lower() in _LEAD_LETTERS:
        captioned = captioned_fields(text, start, end)
        if captioned:
            return captioned
    if is_deadline(text[start:end]):
        return [OwnField("deadline", start, end, None)]
    if text[0] == "(" and _PERSON.fullmatch(text, start, end):
        return [OwnField("executor", start, end, None)]
    return []


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption whose words stand on the next line: «Ответственные:»."""
    if not text.endswith(":") or len(text) > 60 or text[0].lower() not in _LEAD_LETTERS:
        return False
    return _CAPTION.fullmatch(text, 0, len(text) - 1) is not None


def is_deadline(text: str) -> bool:
    """Tell whether `text` is nothing but a deadline: every word is of the language of dates."""
    if not text or len(text) > _LONGEST:
        return False
    strong = False
    for found in _TOKEN.finditer(text):
        word = found.group()
        if _STRONG_TOKEN.fullmatch(word):
            strong = True
        elif _MEASURE_TOKEN.fullmatch(word):
            strong = strong or bool(_OPENING.match(text))
        elif not _WEAK_TOKEN.fullmatch(word):
            return False
    return strong


def captioned_fields(text: str, start: int, end: int) -> list[OwnField]:
    """Return the fields of a line that begins with a caption; more captions may follow in it."""
    if _CAPTION.match(text, start, end) is None:
        return []
    marks: list[tuple[str, int, int]] = []
    at = start
    for found in _CAPTION.finditer(text, start, end):
        if found.start() != start and not _begins_field(text, found.start()):
            continue
        role = found.lastgroup or "note"
        after = _AFTER.match(text, found.end(), end) or _unmarked_caption(text, found, end)
        if after is None or found.start() < at or after.end() >= end:
            if found.start() == start:
                return []
            continue
        marks.append((role, found.start(), after.end()))
        at = after.end()
    if not marks or marks[0][1] != start:
        return []
    return [
        _own_field(text, mark, marks[i + 1][1] if i + 1 < len(marks) else end) for i, mark in enumerate(marks)
    ]


def _unmarked_caption(text: str, found: re.Match[str], end: int) -> re.Match[str] | None:
    """Accept captions that need no colon: «Срок до …», «отв. …»."""
    if found.lastgroup == "deadline":
        return _BARE.match(text, found.end(), end)
    return _SPACE.match(text, found.end(), end) if found.group().endswith(".") else None


def _begins_field(text: str, at: int) -> bool:
    return text[:at].rstrip(" (")[-1:] in (".", ";", ",", ")", "\n") and (at == 0 or text[at - 1] in " (.\n")


def _own_field(text: str, mark: tuple[str, int, int], end: int) -> OwnField:
    role, caption_start, start = mark
    while end > start and text[end - 1] in " .;,(" and not _INITIAL.search(text[max(start, end - 4) : end]):
        end -= 1
    caption = text[caption_start:start].strip(" :-–—")
    if role == "controller" and is_deadline(text[start:end]):
        role = "deadline"
    return OwnField(role, start, end, caption)
