"""What the top of a document says about it: title, genre, territory, date, number, school year."""

from __future__ import annotations

import pytest

from avgust.domain.resolutions.model import Fact, Header
from avgust.domain.resolutions.readers.text import read
from avgust.domain.resolutions.structure import read_structure

BODY = "\nУчастники решили:\n1. Школам провести сборы.\n"


def header(top: str) -> Header:
    return read_structure(read((top + BODY).encode())).header


def value(fact: Fact | None) -> str | None:
    return fact.value if fact is not None else None


CASES = [
    (
        "Проект\n\nР Е З О Л Ю Ц И Я\nсобрания педагогов Лесного района\n26 августа 2016 г.\nСобрание постановляет:",
        "Р Е З О Л Ю Ц И Я собрания педагогов Лесного района",
        "resolution",
        "Лесной район",
        "2016-08-26",
        None,
        None,
    ),
    (
        "Управление образования\nЛесного района\n12.09.2022 № 18-04\n\nДиректорам школ\n\nО подвозе детей\n\n"
        "Уважаемые коллеги!",
        "О подвозе детей",
        "letter",
        "Лесной район",
        "2022-09-12",
        "18-04",
        None,
    ),
    (
        "РЕЗОЛЮЦИЯ\nавгустовской конференции\nпедагогов Заозёрного района Приреченской области\nот 28.08.2018 года\n\n"
        "«Школа будущего: задачи\nи решения»",
        "РЕЗОЛЮЦИЯ августовской конференции педагогов Заозёрного района Приреченской области «Школа будущего: "
        "задачи и решения»",
        "resolution",
        "Заозёрный район Приреченской области",
        "2018-08-28",
        None,
        None,
    ),
    (
        "РЕЗОЛЮЦИЯ\nавгустовского совещания Приреченской области\n«Школа роста»\nп. Заозёрный\t29 августа 2025 г.\n"
        "Участники совещания подвели итоги года.",
        "РЕЗОЛЮЦИЯ августовского совещания Приреченской области «Школа роста»",
        "resolution",
        "Приреченская область",
        "2025-08-29",
        None,
        None,
    ),
    (
        "МИНИСТЕРСТВО ОБРАЗОВАНИЯ ПРИРЕЧЕНСКОЙ ОБЛАСТИ\nПРИКАЗ\n«14» сентября 2021 г. № 345-п\nг. Приреченск\n"
        "О плане на 2021/2022 учебный год",
        "ПРИКАЗ О плане на 2021/2022 учебный год",
        "order",
        "Приреченская область",
        "2021-09-14",
        "345-п",
        "2021/2022",
    ),
    (
        "Резолюция съезда\n\n5 марта 2019 года в г. Приреченске состоялся съезд директоров школ Приреченской области.",
        "Резолюция съезда",
        "resolution",
        "Приреченская область",
        "2019-03-05",
        None,
        None,
    ),
    (
        "АДМИНИСТРАЦИЯ ЛУГОВСКОГО МУНИЦИПАЛЬНОГО ОКРУГА\nП О С Т А Н О В Л Е Н И Е\n01.02.2023 № 12\nО питании",
        "П О С Т А Н О В Л Е Н И Е О питании",
        "decree",
        "Луговский муниципальный округ",
        "2023-02-01",
        "12",
        None,
    ),
    (
        "ПРОТОКОЛ № 3\nзаседания совета\nот 17 ноября 2022 года\nПредседатель – Орлова Н.Е.",
        "ПРОТОКОЛ № 3 заседания совета",
        "minutes",
        None,
        "2022-11-17",
        "3",
        None,
    ),
    (
        "Приложение № 2\nк приказу от 01.09.2020 № 77\nПЛАН\nмероприятий Степного края",
        "ПЛАН мероприятий Степного края",
        "plan",
        "Степной край",
        "2020-09-01",
        "77",
        None,
    ),
    (
        "ПРОЕКТ\nРезолюция форума Республики Заречье\nПодведены итоги 2018-2019 учебного года.",
        "Резолюция форума Республики Заречье",
        "resolution",
        "Республика Заречье",
        None,
        None,
        None,
    ),
    (
        "РЕЗОЛЮЦИЯ\nфорума Лесного района\n26.08.2025\nВ 2024-2025 учебном году открыты две школы.\n"
        "В целях развития образования в 2025-2026 учебном году форум РЕКОМЕНДУЕТ:",
        "РЕЗОЛЮЦИЯ форума Лесного района",
        "resolution",
        "Лесной район",
        "2025-08-26",
        None,
        "2025/2026",
    ),
]


@pytest.mark.parametrize(
    ("top", "title", "genre", "territory", "adopted", "number", "school_year"),
    CASES,
    ids=[
        "spaced letters",
        "letter",
        "resolution",
        "place and date on a line",
        "order",
        "date in the body",
        "decree",
        "minutes",
        "annexed plan",
        "republic",
        "year in the formula",
    ],
)
def test_header(
    top: str, title: str, genre: str, territory: str, adopted: str, number: str, school_year: str
) -> None:
    found = header(top)
    assert value(found.title) == title
    assert found.genre == genre
    assert value(found.territory) == territory
    assert value(found.adopted) == adopted
    assert value(found.number) == number
    assert value(found.school_year) == school_year


def test_a_day_that_no_calendar_has_is_no_day_of_adoption() -> None:
    assert header("РЕЗОЛЮЦИЯ совещания\n31 июня 2025 года").adopted is None


def test_facts_point_at_their_words() -> None:
    top = next(case[0] for case in CASES if case[0].startswith("РЕЗОЛЮЦИЯ"))
    source = read((top + BODY).encode())
    found = read_structure(source).header
    assert found.adopted is not None
    assert found.adopted.span.of(source.text) == "от 28.08.2018 года"
    assert found.territory is not None
    assert found.territory.span.of(source.text) == "Заозёрного района Приреченской области"


LETTER = """Комитет по образованию
Лесного района
03.10.2023 № 44

Руководителям дошкольных
образовательных организаций

О безопасности прогулок

Уважаемые коллеги!

Направляем выводы проверки. Просим:
1. Проверить ограждения площадок до 20 октября 2023 года.
2. Обновить графики дежурств.

Председатель комитета                    Р.Р. Седов
"""


def test_the_address_of_a_letter_governs_what_it_asks() -> None:
    structure = read_structure(read(LETTER.encode()))
    assert [clause.text for clause in structure.clauses] == [
        "Проверить ограждения площадок до 20 октября 2023 года",
        "Обновить графики дежурств",
    ]
    sections = {tuple(heading.text for heading in clause.headings) for clause in structure.clauses}
    assert sections == {("Руководителям дошкольных образовательных организаций",)}
