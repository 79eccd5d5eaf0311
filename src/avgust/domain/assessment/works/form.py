"""The words of the workbook of a specification: Russian in every language, as forms of the office are."""

from __future__ import annotations

from typing import Final

SHEET: Final = "Спецификация"
ITEM: Final = "Задание"
MAXIMUM: Final = "Максимум"
LEVEL: Final = "Уровень"
CONTENT: Final = "Элемент содержания"
SKILL: Final = "Умение"
CRITERIA: Final = "Критерии"
HEADS: Final = (ITEM, MAXIMUM, LEVEL, CONTENT, SKILL, CRITERIA)
CUT: Final = "Отметка {mark} с балла"
VARIANTS: Final = "Варианты"
BASIS: Final = "Основание"
SINCE: Final = "Действует с"
SCHOOL: Final = "ОО"
