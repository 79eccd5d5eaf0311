"""Who signed, who agreed, who has read: the foot of an act, and captions of annexes."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.verbs import orders

_NAME_AT_END: Final = re.compile(
    r"(?:[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.)[\s_.]*$"
)
_FOOT: Final = re.compile(
    r"(?:председател[ья]|секретарь|министр|глава|начальник|директор|руководитель|заместитель|заведующ(?:ий|ая)|"
    r"и\.\s?о\.|врио|вр\.и\.о\.|губернатор|ректор|президент|оргкомитет|исп\.|исполнитель|с\s(?:приказом|"
    r"распоряжением|постановлением)|ознакомлен|согласовано|м\.\s?п\.|тел(?:ефон)?\b|рассылка|разослать|верно|"
    r"подпис|протокол\sв[её]л|участники\s(?:съезда|конференции|совещания)$|_{3,}|\(?подпись|дата\b|"
    r"\d{1,2}-\d\d-\d\d|\+?[78][\s(-]?\(?\d{3})",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(
    r"приложени[ея](?:\s?№?\s?\d{1,3})?(?:$|\s?(?:\n|к\s|\())|"
    r"(?:утвержд[её]н[аоы]?|принят[аоы]?|одобрен[аоы]?)(?:$|:|\s(?:приказ|постановлени|распоряжени|решени|на\s|"
    r"протокол|резолюци))",
    re.IGNORECASE,
)
_LONGEST: Final = 200


def is_signature(paragraph: Paragraph) -> bool:
    """Tell whether an unmarked paragraph belongs to the foot of an act."""
    if paragraph.marked or len(paragraph.text) > _LONGEST or paragraph.close == ":":
        return False
    foot = _FOOT.match(paragraph.text)
    if foot is None and not _NAME_AT_END.search(paragraph.text):
        return False
    if orders(paragraph.body):
        return False
    return paragraph.close != "." or bool(_NAME_AT_END.search(paragraph.text)) or foot is not None


def is_annex_caption(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph opens an annex: «Приложение № 1 к приказу …», «УТВЕРЖДЕН …»."""
    if paragraph.marked or len(paragraph.text) > _LONGEST or paragraph.close in (":", ";"):
        return False
    return bool(_CAPTION.match(paragraph.body)) and not orders(paragraph.body)
