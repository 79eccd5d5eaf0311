"""Programmes, concepts and strategies named without quotation marks.

«Концепции развития … в Российской Федерации до 2030 года»: from the capital letter through the
genitives of the title, up to a stop, a verb or the words of another part of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.infinitive import INFINITIVE
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind

_GATE: Final = re.compile(
    r"онцепци|тратеги|октрин|рограмм|дорожн|Год|есятилети|модел|Основ|роста|Комплекс|План|нацпроект"
    r"|национальн|ГТО|План"
)
_HEAD: Final = re.compile(
    r"(?<![\w«\"-])(?:(?P<named>Концепци(?:я|и|ю|ей)|Стратеги(?:я|и|ю|ей)|Доктрин(?:а|ы|у|ой|е)"
    r"|Основ(?:ы|ам|ами|ах)? (?=государственной|законодательства)|Государственн(?:ая|ой"
    r"|ую) программ(?:а|ы|у|ой|е)"
    r"|Программ(?:а|ы|у|ой|е)(?= (?:развития|модернизации|повышения|поддержки|воспитания|патриотического))"
    r"|Комплексн(?:ый|ого|ому|ым|ом) план(?:а|у|ом|е)?|План(?:а|у|ом|е)? мероприятий)"
    r"|(?P<plain>концепци(?:я|и|ю|ей)|стратеги(?:я|и|ю|ей))(?= (?:развития|преподавания"
    r"|информационной|духовно|подготовки|воспитания|математического)))"
    r"(?= [а-яё])"
)
_STOP: Final = re.compile(
    r"[;:.()«»\",]|[–—](?!\d)|(?<!\w)(?:в рамках|в части|в целях|в соответствии|в срок|в течение"
    r"|в том|в 20\d\d|с уч[её]том|с целью|с привлечением"
    r"|совместно|посредством|пут[её]м|через|на базе|на основе|на территории|на уровне"
    r"|на муниципальном|на региональном|на практике|для|при"
    r"|а также|не позднее|к \d|до \d{1,2} [а-я]|до \d{1,2}\.|до конца|с \d|ежегодно|утвержд[её]нн\w+"
    r"|в образовательн\w+ организаци\w+"
    r"|в общеобразовательн\w+|в школ\w+|в муниципальн\w+|в деятельност\w+|и план\w* |и Концепци"
    r"|и Стратеги|и Программ|и национальн|и государственн"
    r"|и приказ|и федеральн|и проект|и обеспеч)|" + INFINITIVE
)
_NATIONWIDE: Final = re.compile(r"Российской Федерации|РФ\b|20\d\d|области|края\b|республики", re.IGNORECASE)
_CREATES: Final = re.compile(
    r"(?:разработ|утверд|подготов|созда|принят|принять|проект)[а-яё]*(?: [а-яё]+){0,4} $", re.IGNORECASE
)
_FIXED: Final = re.compile(
    r"(?<![\w-])(?:национальн[а-яё]+ систем[а-яё]+ (?:учительского"
    r"|профессионального) роста(?: педагогических работников)?"
    r"|Десятилети(?:е|я|ю|ем|и) (?:науки и технологий|детства)"
    r"|Год(?:а|у|ом|е)? (?:[а-яё]+ и [а-яё]+|семьи|единства|культурного наследия"
    r"|науки(?: и технологий)?|учителя|театра|экологии|памяти и славы|защитника Отечества)"
    r"|[Цц]елев(?:ая|ой|ую) модел(?:ь|и|ью) (?:наставничества"
    r"|развития региональных систем дополнительного образования(?: детей)?)"
    r"|национальн[а-яё]+ проект[а-яё]{0,3} [А-ЯЁ](?!оссийск)[а-яё]+|нацпроект[а-яё]{0,3} [А-ЯЁ][а-яё]+"
    r"|(?:ВФСК|комплекс[а-яё]*) [«\"]?(?:ГТО|Готов к труду и обороне)[»\"]?)(?![\w-])"
)
_LONGEST: Final = 260


def find_programmes(text: str) -> Iterator[Found]:
    """Yield the programmes that `text` names without quotation marks."""
    if not _GATE.search(text):
        return
    for match in _FIXED.finditer(text):
        project = "проект" in match.group().lower()
        kind = ReferenceKind.PROJECT if project else ReferenceKind.PROGRAMME
        yield Found(match.start(), match.end(), kind, "programme.fixed", 0.8)
    for head in _HEAD.finditer(text):
        stop = _STOP.search(text, head.end(), head.end() + _LONGEST)
        end = stop.start() if stop else min(len(text), head.end() + _LONGEST)
        name = re.sub(r"(?: (?:и|а|в|на|с|до|по|об?))+$", "", text[head.start() : end].rstrip())
        if _is_name(text, head, name):
            yield Found(
                head.start(), head.start() + len(name), ReferenceKind.PROGRAMME, "programme.unquoted", 0.8
            )


def _is_name(text: str, head: re.Match[str], name: str) -> bool:
    """Return whether the words are the name of one document, no genre: «концепция развития школы» is none."""
    words = name.split()
    if len(words) < 2 or (head.start() == 0 and not _NATIONWIDE.search(name)):
        return False
    if head["named"] and head["named"].startswith(("Программ", "План", "Комплексн")):
        return len(words) >= 4
    if head["named"]:
        return True
    created = _CREATES.search(text, max(0, head.start() - 60), head.start())
    return bool(_NATIONWIDE.search(name)) and not created
