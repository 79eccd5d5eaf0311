"""One small resolution with everything that exports must carry."""

from __future__ import annotations

import pytest

from avgust.domain.resolutions.model import Resolution
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

TEXT = """РЕЗОЛЮЦИЯ
августовской конференции педагогических работников Приреченской области

26 августа 2025 г.

Участники конференции РЕШИЛИ:

1. Министерству образования Приреченской области:

1.1. Обучить не менее 70 % педагогов в возрасте до 35 лет & принять <меры> до 1 октября 2025 года.

1.2. Совместно с Советом ректоров Приреченской области провести проверку в соответствии с приказом министерства от 12.05.2024 № 318.

2. Главам муниципальных округов:

2.1. =СУММ(A1:A9) обновить банк вакансий, ежемесячно до 25 числа.

2.2. Активизировать работу кружков.

3. Контроль за исполнением резолюции возложить на Лугового А.А.
"""


@pytest.fixture(scope="module")
def resolution() -> Resolution:
    return parse(read(TEXT.encode(), "sample.txt"))
