"""What orders: infinitives («провести»), words of duty («необходимо»), first persons («прошу»).

Works on endings with the exceptions of the official language; no dictionary is loaded, since every
paragraph is looked at.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CANDIDATE: Final = re.compile(r"\b[^\W\d_]+(?:ть|ти|чь)(?:ся|сь)?\b", re.IGNORECASE)
_NOUNS: Final = frozenset(
    [
        "путь",
        "суть",
        "сеть",
        "нефть",
        "печать",
        "мать",
        "память",
        "плоть",
        "нить",
        "треть",
        "четверть",
        "смерть",
        "медь",
        "кровать",
        "пять",
        "шесть",
        "девять",
        "десять",
        "одиннадцать",
        "двенадцать",
        "тринадцать",
        "четырнадцать",
        "пятнадцать",
        "шестнадцать",
        "семнадцать",
        "восемнадцать",
        "девятнадцать",
        "двадцать",
        "тридцать",
        "честь",
        "весть",
        "ртуть",
        "зять",
        "гость",
        "кость",
        "лесть",
        "месть",
        "нечисть",
        "речь",
        "ночь",
        "печь",
        "дочь",
        "желчь",
        "тетрадь",
        "дети",
        "сети",
        "пути",
        "пяти",
        "шести",
        "девяти",
        "десяти",
        "двадцати",
        "тридцати",
        "трети",
        "четверти",
        "памяти",
        "почти",
        "печати",
        "нефти",
        "соцсети",
        "соцсети",
        "нити",
        "почать",
        "опять",
        "есть",
        "пусть",
        "хоть",
        "ведь",
        "чуть",
        "смерти",
        "матери",
        "кости",
        "вести",
        "зачастую",
        "плотности",
        "пятидесяти",
        "шестидесяти",
        "интернет-сети",
        "интернет-сеть",
        "подсеть",
        "подсети",
        "прочь",
        "вплоть",
        "вспять",
    ]
)
_VERBS_IN_ST: Final = re.compile(
    r"(?:учесть|зачесть|прочесть|счесть|перечесть|предпочесть|попасть|пропасть|совпасть|запасть|"
    r"присесть|сесть|класть|укласть)$"
)
_VERBS_IN_STI: Final = re.compile(
    r"(?:в[её]сти|внести|нести|донести|отнести|перенести|вынести|занести|нанести|понести|принести|"
    r"произнести|снести|расти|врасти|возрасти|обрести|приобрести|изобрести|блюсти|спасти|ползти|"
    r"грести|цвести|плести|мести|пасти|трясти)$"
)
_DUTY: Final = re.compile(
    r"\b(?:необходимо|следует|надлежит|должн[аоы]?|целесообразно|обязан[аоы]?|требуется)\b", re.IGNORECASE
)
_FIRST_PERSON: Final = re.compile(
    r"(?:прошу|просим|поручаю|предлагаю|рекомендую|рекомендуем|предлагаем|обязываю|требую|назначаю|"
    r"приказываю|возложить|возлагаю|определяю|считаем? необходимым)\b",
    re.IGNORECASE,
)
_RECOMMENDS: Final = re.compile(
    r"(?:рекоменду(?:ют|ет)(?:ся)?|предлага(?:ют|ет)(?:ся)?|счита(?:ют|ет)\s(?:необходимым|целесообразным|важным)|"
    r"поруча(?:ет|ют)(?:ся)?)\s",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b[^\W\d_]{2,}(?:ают|яют|еют|уют|юют|ует|ает|яет|еет|ляет|оит|дит|тит|сит|жит|чит|вит|мит|нит|рит|"
    r"лит|ешит|дут|гут|жут|нут|рут|лят|рят|тят|дят|чат|сят|али|яли|или|ели|ала|яла|ила|ел[ао]|ало|ило|"
    r"ован[аоы]|ан[аоы]|ен[аоы]|ены|ано|ено|ится|ится|ется|ются|утся|ятся|атся|лись|лась|лось|лся|нута)\b",
    re.IGNORECASE,
)
_NOT_FINITE: Final = re.compile(
    r"(?:лимит|кредит|транзит|аудит|дефицит|визит|реквизит|подали|бывали|школа|страна|сторон[аы]|план[аы]|"
    r"уровен[ьы]|район[аы]|област[ьи]|закон[аы]|дела|сила|силы|числ[ао]|начал[аои]|стран[аы]|материал[аы]|"
    r"филиал[аы]|орган[аы]|цен[аы]|экран[аы]|охран[аы]|замен[аы]|смен[аы]|отмен[аы]|премен[аы]|времен[аи]|"
    r"член[аы]|сцен[аы]|стен[аы]|режим|маршрут|минут|девчат|десят|квартал[аы]|капитал[аы]|интервал[аы]|зал[аы]|"
    r"тел[ияь]|детали|педали|журнал[аы]|персонал[аы]|портал[аы]|зала|бала|канал[аы]|"
    r"потенциал[аы]|гигиен[аы]|мен[аы]|сами|стали|медали|или|если|модели|неделя|недели|цели|"
    r"отдел[аы]|раздел[аы]|предел[аы]|издели|тыла|правил[аоы]?|прибыли|"
    r"автомобили|профили|стил[ьи]|усили)$",
    re.IGNORECASE,
)


def is_infinitive(word: str) -> bool:
    """Tell whether `word` is an infinitive by its ending."""
    word = word.lower()
    if word in _NOUNS or len(word) < 4:
        return word in ("дать", "быть", "идти", "жить", "шить", "пить")
    stem = word[:-2] if word.endswith(("ся", "сь")) else word
    if stem.endswith("сть"):
        return bool(_VERBS_IN_ST.search(stem))
    if stem.endswith("ти"):
        return stem.endswith(("йти", "дти")) or bool(_VERBS_IN_STI.search(stem))
    if stem.endswith("ть"):
        return stem[-3] in "аяеиыоуюё" or stem.endswith(("зть", "бть"))
    return stem.endswith(("ечь", "очь", "ичь", "ячь", "ажать")) and stem != "речь"


def infinitives(text: str) -> list[re.Match[str]]:
    """Return the infinitives of `text` in order."""
    return [found for found in _CANDIDATE.finditer(text) if is_infinitive(found.group())]


def first_infinitive(text: str) -> int | None:
    """Return where the first infinitive of `text` begins."""
    for found in _CANDIDATE.finditer(text):
        if is_infinitive(found.group()):
            return found.start()
    return None


def begins_with_order(text: str) -> bool:
    """Tell whether `text` begins with an infinitive, perhaps behind «не» or an adverb in «-о»."""
    for count, found in enumerate(_WORD.finditer(text)):
        word = found.group().lower()
        if is_infinitive(word):
            return True
        if count > 1 or not (word in ("не", "в") or word.endswith(("но", "ски", "ее", "ко", "во", "го"))):
            return bool(_FIRST_PERSON.match(text))
    return False


def recommends(text: str) -> bool:
    """Tell whether a sentence says what somebody recommends: «участники рекомендуют продолжить …»."""
    found = _RECOMMENDS.search(text)
    return found is not None and first_infinitive(text[found.end() :]) is not None


def orders(text: str) -> bool:
    """Tell whether an unmarked sentence is plainly a measure.

    It has an infinitive, and no finite verb stands before it; or it says who is bound («необходимо»).
    """
    if _FIRST_PERSON.match(text):
        return True
    at = first_infinitive(text)
    if at is None:
        return False
    if recommends(text):
        return True
    before = text[:at]
    if not before.strip() or _DUTY.search(before):
        return True
    return not any(not _NOT_FINITE.search(found.group()) for found in _FINITE.finditer(before))
