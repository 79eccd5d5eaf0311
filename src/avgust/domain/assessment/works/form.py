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
# What codes mean in the codifiers, for people: it is not read back.
MEANINGS: Final = ("Содержание по кодификатору", "Умение по кодификатору")
CUT: Final = "Отметка {mark} с балла"
VARIANTS: Final = "Варианты"
BASIS: Final = "Основание"
CONTENT_CODIFIER: Final = "Кодификатор содержания"
SKILL_CODIFIER: Final = "Кодификатор умений"
SINCE: Final = "Действует с"
SCHOOL: Final = "ОО"
