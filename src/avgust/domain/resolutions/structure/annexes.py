"""What an annex is: a plan, whose points are measures, a list of people, or the text of a norm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.model import PartKind
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.verbs import begins_with_order

_PLAN: Final = re.compile(
    r"\bплан\b|\bплана\b|мероприяти|дорожн[а-яё]+ карт|комплекс мер|п л а н|перечень (?:мер|поручени)|график",
    re.IGNORECASE,
)
_PERSONS: Final = re.compile(
    r"^состав\b|\bсостав (?:[а-яё]+ ){0,4}(?:комисси|групп|совет|оргкомитет|комитет|штаб)", re.IGNORECASE
)
_NORM: Final = re.compile(
    r"положени[ея]|порядок|порядка|регламент|правила|критери|форма\b|\bустав|методик|инструкци|требования|"
    r"перечень|список|реестр|образец|типов|договор|заявк|показател|концепци|программа\b",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 300


def annex_title_length(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many of `paragraphs`, which stand below a caption, are its rest and the title."""
    for at, paragraph in enumerate(paragraphs):
        if paragraph.marked or len(paragraph.text) > _LONGEST_TITLE or paragraph.close in (":", ";"):
            return at
        if paragraph.close == "." and len(paragraph.text) > 80 and not paragraph.text.endswith("г."):
            return at
        if begins_with_order(paragraph.body):
            return at
    return len(paragraphs)


def annex_kind(title: Sequence[Paragraph], below: Sequence[Paragraph]) -> PartKind:
    """Return CLAUSE for a plan, PERSONS for a list of members, ANNEX_NORM for anything else."""
    words = " ".join(paragraph.body for paragraph in title if not is_caption_rest(paragraph.body))
    if _PERSONS.search(words):
        return PartKind.PERSONS
    if _PLAN.search(words) and not re.match(r"\s*(?:положение|порядок|форма|критерии)", words, re.IGNORECASE):
        return PartKind.CLAUSE
    if _NORM.search(words):
        return PartKind.ANNEX_NORM
    ordered = [paragraph for paragraph in below if paragraph.marked]
    if ordered and 2 * sum(begins_with_order(paragraph.body) for paragraph in ordered) > len(ordered):
        return PartKind.CLAUSE
    return PartKind.ANNEX_NORM


def is_caption_rest(text: str) -> bool:
    """Tell whether a line goes on with the caption of an annex: «к приказу …», «от … № …», «УТВЕРЖДЁН …»."""
    return bool(re.match(r"(?:к\s|от\s|утвержд|приказ|постановлени|распоряжени|№|\d)", text, re.IGNORECASE))
