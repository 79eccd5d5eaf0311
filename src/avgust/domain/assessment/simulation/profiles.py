"""Four works whose items behave as those of check works do. The numbers are our own.

For each item: maximum, level, slope, mean difficulty, content element, skill. Slopes and difficulties were
chosen so that mean shares lie between 0.2 and 0.9 and α near 0.8, as published profiles show; the steps of an
item stand 0.8 apart around its difficulty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from avgust.domain.assessment.works import Item, Level, Specification

_BASIC, _ADVANCED = Level.BASIC, Level.ADVANCED
_APART: Final = 0.8


@dataclass(frozen=True)
class Calibrated:
    """An item with its truth: slope and step difficulties of the generalised partial credit model."""

    item: Item
    slope: float
    steps: tuple[float, ...]


@dataclass(frozen=True)
class Profile:
    """A work: items with their truth, cut scores."""

    subject: str
    grade: int
    items: tuple[Calibrated, ...]
    cuts: Mapping[int, int]

    @property
    def specification(self) -> Specification:
        """The work as its officers print it."""
        return Specification(tuple(one.item for one in self.items), self.cuts)


_Row = tuple[str, int, Level, float, float, str, str]

_READ, _RULES, _WRITE = "Работа с текстом", "Правописание", "Построение высказывания"
_SYSTEM, _SENSE = "Языковая система", "Понимание смысла слова"
_COUNT, _SOLVE, _SHAPES = "Вычисления", "Решение текстовых задач", "Геометрические фигуры"
_DATA, _REASON = "Работа с таблицами и схемами", "Рассуждение и обоснование"

_RU4: Final[tuple[_Row, ...]] = (
    ("1", 2, _BASIC, 0.9, -1.0, "Безударные гласные в корне", _RULES),
    ("2", 1, _BASIC, 0.8, -1.7, "Однородные члены предложения", _SYSTEM),
    ("3", 2, _BASIC, 1.0, -0.7, "Части речи", _SYSTEM),
    ("4", 3, _BASIC, 1.1, -0.4, "Запись под диктовку", _RULES),
    ("5", 2, _BASIC, 0.9, 0.1, "Звонкие и глухие согласные", _SYSTEM),
    ("6", 1, _BASIC, 1.2, -1.1, "Основная мысль текста", _READ),
    ("7", 1, _BASIC, 0.8, -0.8, "План текста", _READ),
    ("8", 2, _BASIC, 1.0, -0.6, "Вопрос к тексту", _READ),
    ("9.1", 1, _ADVANCED, 1.3, -0.3, "Значение слова", _SENSE),
    ("9.2", 2, _ADVANCED, 1.4, 0.5, "Подбор синонимов", _SENSE),
    ("10.1", 1, _ADVANCED, 1.4, 0.0, "Толкование ситуации", _WRITE),
    ("10.2", 2, _ADVANCED, 1.5, 0.7, "Развёрнутое высказывание", _WRITE),
    ("11", 1, _BASIC, 0.9, -0.5, "Состав слова", _SYSTEM),
    ("12.1", 2, _BASIC, 1.1, -0.2, "Имя существительное", _SYSTEM),
    ("12.2", 1, _BASIC, 1.1, -0.9, "Имя прилагательное", _SYSTEM),
)
_MA4: Final[tuple[_Row, ...]] = (
    ("1", 1, _BASIC, 0.9, -2.2, "Сложение и вычитание", _COUNT),
    ("2", 1, _BASIC, 1.0, -1.6, "Порядок действий", _COUNT),
    ("3", 2, _BASIC, 1.1, -1.0, "Задачи в одно действие", _SOLVE),
    ("4", 1, _BASIC, 0.9, -0.6, "Величины и единицы", _COUNT),
    ("5.1", 1, _BASIC, 0.9, -0.7, "Периметр и площадь", _SHAPES),
    ("5.2", 1, _BASIC, 0.9, -0.4, "Построение фигуры", _SHAPES),
    ("6.1", 1, _BASIC, 0.8, -2.0, "Чтение таблицы", _DATA),
    ("6.2", 1, _BASIC, 0.9, -1.4, "Сравнение данных таблицы", _DATA),
    ("7", 1, _BASIC, 1.1, -0.5, "Письменное умножение и деление", _COUNT),
    ("8", 2, _BASIC, 1.3, 0.1, "Задачи в два и три действия", _SOLVE),
    ("9.1", 1, _ADVANCED, 1.2, 0.2, "Логическая задача: вывод", _REASON),
    ("9.2", 1, _ADVANCED, 1.2, 0.5, "Логическая задача: проверка", _REASON),
    ("10", 2, _ADVANCED, 1.1, 0.3, "Описание расположения", _DATA),
    ("11", 2, _ADVANCED, 1.2, 0.9, "Пространственные представления", _SHAPES),
    ("12", 2, _ADVANCED, 1.5, 1.4, "Нестандартная задача", _REASON),
)
_RU5: Final[tuple[_Row, ...]] = (
    ("1К1", 4, _BASIC, 1.1, 0.1, "Орфография при списывании", _RULES),
    ("1К2", 3, _BASIC, 1.0, 0.3, "Пунктуация при списывании", _RULES),
    ("2К1", 3, _BASIC, 1.0, -0.2, "Фонетический разбор", _SYSTEM),
    ("2К2", 3, _BASIC, 1.0, -0.3, "Разбор по составу", _SYSTEM),
    ("2К3", 3, _BASIC, 1.1, 0.4, "Морфологический разбор", _SYSTEM),
    ("3", 2, _BASIC, 0.9, -0.8, "Ударение в словах", _SENSE),
    ("4", 2, _BASIC, 1.0, -0.6, "Части речи в предложении", _SYSTEM),
    ("5.1", 2, _BASIC, 1.1, -0.1, "Прямая речь: знаки", _RULES),
    ("5.2", 2, _ADVANCED, 1.2, 0.5, "Прямая речь: схема", _RULES),
    ("6", 2, _BASIC, 1.0, 0.2, "Обращение", _RULES),
    ("7", 2, _ADVANCED, 1.2, 0.5, "Сложное предложение", _RULES),
    ("8", 2, _ADVANCED, 1.4, 0.4, "Основная мысль текста", _READ),
    ("9", 2, _ADVANCED, 1.3, 0.3, "Ответ по содержанию текста", _READ),
    ("10", 1, _BASIC, 0.9, -0.6, "Тип речи", _READ),
    ("11", 1, _BASIC, 1.0, -0.9, "Значение слова в тексте", _SENSE),
)
_MA5: Final[tuple[_Row, ...]] = (
    ("1", 1, _BASIC, 0.9, -1.0, "Обыкновенные дроби", _COUNT),
    ("2", 1, _BASIC, 1.0, -1.1, "Десятичные дроби", _COUNT),
    ("3", 1, _BASIC, 1.0, -0.6, "Часть числа и число по части", _SOLVE),
    ("4", 1, _BASIC, 1.1, -0.4, "Уравнения", _COUNT),
    ("5", 1, _BASIC, 1.0, -0.9, "Округление и прикидка", _COUNT),
    ("6", 2, _BASIC, 1.3, 0.1, "Задачи на движение и работу", _SOLVE),
    ("7", 1, _BASIC, 1.1, -0.5, "Практические задачи", _SOLVE),
    ("8", 1, _BASIC, 1.2, 0.3, "Проценты", _SOLVE),
    ("9", 2, _BASIC, 1.1, -0.1, "Порядок действий", _COUNT),
    ("10", 2, _ADVANCED, 1.3, 0.6, "Задача с выбором и обоснованием", _REASON),
    ("11.1", 1, _BASIC, 0.8, -1.3, "Чтение диаграммы", _DATA),
    ("11.2", 1, _BASIC, 0.9, -0.8, "Вывод по диаграмме", _DATA),
    ("12.1", 1, _BASIC, 0.9, -0.3, "Измерение на плане", _SHAPES),
    ("12.2", 1, _ADVANCED, 1.0, 0.4, "Построение на плане", _SHAPES),
    ("13", 1, _ADVANCED, 1.2, 1.0, "Объёмные фигуры", _SHAPES),
    ("14", 2, _ADVANCED, 1.5, 1.5, "Нестандартная задача", _REASON),
)


def _profile(subject: str, grade: int, rows: tuple[_Row, ...], cuts: dict[int, int]) -> Profile:
    items = []
    for code, maximum, level, slope, difficulty, content, skill in rows:
        steps = tuple(difficulty + _APART * (step - (maximum - 1) / 2) for step in range(maximum))
        items.append(Calibrated(Item(code, maximum, level, content, skill), slope, steps))
    return Profile(subject, grade, tuple(items), cuts)


PROFILES: Final[dict[str, Profile]] = {
    "ru4": _profile("ru", 4, _RU4, {3: 10, 4: 16, 5: 21}),
    "ma4": _profile("ma", 4, _MA4, {3: 6, 4: 11, 5: 16}),
    "ru5": _profile("ru", 5, _RU5, {3: 14, 4: 21, 5: 28}),
    "ma5": _profile("ma", 5, _MA5, {3: 6, 4: 11, 5: 16}),
}
