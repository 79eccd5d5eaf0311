"""How deep a paragraph of a list stands: its style and the rank of the style."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.structure.labels import Label, LabelKind
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.verbs import begins_with_order

Style = tuple[str, int | str]

_RANKS: Final = {LabelKind.ROMAN: 1.0, LabelKind.PAREN: 10.0, LabelKind.LETTER: 11.0, LabelKind.BULLET: 12.0}
LINE_RANK: Final = 13.0
_SECTION_WORD: Final = re.compile(
    r"(?:раздел|глава|часть|блок|направление|модуль|секция|задача)\s(?:[IVXLІХ]+|\d+|перв|втор|трет)",
    re.IGNORECASE,
)


def style_of(label: Label, level: int | None = None) -> Style:
    """Return the key that siblings share."""
    if label.kind is LabelKind.DECIMAL:
        return (label.kind.value, label.depth)
    if label.kind is LabelKind.BULLET:
        return (label.kind.value, f"{label.mark}{level or 0}")
    return (label.kind.value, 0)


def rank_of(style: Style) -> float:
    """Return how deep a style stands where nothing else is known; less is outer."""
    kind, detail = style
    if kind == LabelKind.DECIMAL.value:
        return 1.0 + float(detail)
    return _RANKS.get(LabelKind(kind), LINE_RANK) if kind in LabelKind._value2member_map_ else LINE_RANK


def is_section_word(text: str) -> bool:
    """Tell whether a line calls itself a section: «Раздел I», «Направление 2»."""
    return bool(_SECTION_WORD.match(text))


def is_strong_heading(paragraph: Paragraph) -> bool:
    """Tell whether an unmarked paragraph heads a whole section: a heading style, capitals, «Раздел 1»."""
    if paragraph.marked or not paragraph.body or len(paragraph.body) > 250:
        return False
    if _SECTION_WORD.match(paragraph.body):
        return True
    if paragraph.close in (".", ";", ",") or begins_with_order(paragraph.body):
        return False
    block = paragraph.block
    if block.kind is BlockKind.HEADING or (block.centered and block.bold):
        return True
    return len(paragraph.body) > 3 and paragraph.body.isupper()
