"""What only introduces: leads, sub-headings, enumerations; and unmarked lines that are measures."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.structure.labels import LabelKind
from avgust.domain.resolutions.structure.levels import style_of
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.own_lines import is_own_line
from avgust.domain.resolutions.structure.verbs import begins_with_order, orders

_ENUMERATION: Final = re.compile(
    r"(?:следующ[а-яё]+\s(?:[а-яё]+\s)?(?:направлени|вопрос|показател|критери|тем|номинаци|документ|материал|форм|"
    r"требовани|услови|раздел|предмет|категори|этап|срок|дат|аспект|позици|параметр|дисциплин|област|пункт)[а-яё]*|"
    r"включающ[а-яё]+|включая|предусматривающ[а-яё]+|в\sтом\sчисле(?:\s[а-яё]+)?|а\sименно|в\sчастности|"
    r"таких?\sкак|по\s(?:направлениям|вопросам|предметам|темам|номинациям|показателям|критериям|программам)|"
    r"содержащ[а-яё]+|состоящ[а-яё]+\sиз|как)$",
    re.IGNORECASE,
)
_SUBHEADING: Final = re.compile(r"в\s(?:части|сфере|области)\s|по\s(?:направлени|вопрос)", re.IGNORECASE)
_DATIVE: Final = re.compile(r"[А-ЯЁа-яё-]+(?:ам|ям|ому|ему|у|ю|ым|им|ой)\b")
_LONGEST_SUBHEADING: Final = 200


def introduces_enumeration(lead: Paragraph) -> bool:
    """Tell whether a measure goes on with a list of its objects: «провести мониторинг по направлениям:»."""
    return bool(_ENUMERATION.search(lead.body)) and orders(lead.body)


def is_enumerated(paragraph: Paragraph, lead: Paragraph) -> bool:
    """Tell whether a paragraph is an object that the measure `lead` enumerates, not a measure itself."""
    label = paragraph.label
    if label is None or label.kind in (LabelKind.DECIMAL, LabelKind.ROMAN) or is_own_line(paragraph.text):
        return False
    if lead.label is not None and style_of(label) == style_of(lead.label):
        return False
    return not orders(paragraph.body)


def is_unmarked_item(paragraph: Paragraph, *, in_list: bool) -> bool:
    """Tell whether an unmarked line is a measure: it orders, or it stands in a list of its like."""
    if begins_with_order(paragraph.body):
        return True
    if in_list and paragraph.close in (";", ",", ".", ""):
        return True
    return paragraph.close in (".", ";", "") and orders(paragraph.body)


def _is_closed(paragraph: Paragraph) -> bool:
    """Whether a mark closes a line, not a mere abbreviation: «Ивановой А.А.»."""
    return paragraph.close in (".", ";", ",") and not paragraph.body.endswith(".")


def begins_subsection(paragraph: Paragraph) -> bool:
    """Tell whether a line begins as sub-headings do: «в части …», «в сфере …»."""
    return bool(_SUBHEADING.match(paragraph.body))


def names_addressee(paragraph: Paragraph) -> bool:
    """Tell whether a line begins with a dative: «Руководителям школ»."""
    return bool(_DATIVE.match(paragraph.body))


def is_subheading(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether an unmarked line without a colon heads what follows."""
    if following is None or _is_closed(paragraph) or len(paragraph.body) > _LONGEST_SUBHEADING:
        return False
    if orders(paragraph.body):
        return False
    return following.marked or is_unmarked_item(following, in_list=False) or following.close == ":"
