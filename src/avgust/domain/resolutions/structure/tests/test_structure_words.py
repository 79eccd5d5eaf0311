"""Small rules one by one: labels, own lines, formulas, orders, kinds of clauses."""

from __future__ import annotations

import pytest

from avgust.domain.resolutions.model import PartKind
from avgust.domain.resolutions.structure.kinds import classify, is_person, lists_persons
from avgust.domain.resolutions.structure.labels import read_label, roman_value
from avgust.domain.resolutions.structure.own_lines import read_own_line
from avgust.domain.resolutions.structure.resolving import find_formula
from avgust.domain.resolutions.structure.verbs import begins_with_order, is_infinitive, orders

LABELS = [
    ("1. Школам", "1", "Школам"),
    ("1.1. Провести", "1.1", "Провести"),
    ("1. 1. Провести", "1.1", "Провести"),
    ("1.1 Провести", "1.1", "Провести"),
    ("1.1.2) провести", "1.1.2", "провести"),
    ("1.Провести", "1", "Провести"),
    ("1) провести", "1", "провести"),
    ("(2) провести", "2", "провести"),
    ("а) провести", "а", "провести"),
    ("a) провести", "a", "провести"),
    ("б. провести", "б", "провести"),
    ("IV. Кадры", "IV", "Кадры"),
    ("ІІ. Кадры", "ІІ", "Кадры"),
    ("З.2. Провести", "3.2", "Провести"),
    ("№ 5. Провести", "5", "Провести"),
    ("- провести", None, "провести"),
    ("–провести", None, "провести"),
    ("• провести", None, "провести"),
    ("* провести", None, "провести"),
    ("\uf0b7 провести", None, "провести"),
    ("o провести", None, "провести"),
    ("- 1.2. провести", "1.2", "провести"),
]
NO_LABELS = [
    "01.12.2018",
    "28.08.18 г.",
    "15.09 сбор",
    "2018 год",
    "1.5 млн рублей",
    "10.00 – начало",
    "о проведении",
    "В. Орлов",
    "г. Приреченск",
    "I Всероссийский съезд",
    "5 марта 2019 года",
    "№ 5",
    "1.2",
    "-",
    "",
]


@pytest.mark.parametrize(("text", "printed", "words"), LABELS, ids=[case[0] for case in LABELS])
def test_a_label(text: str, printed: str | None, words: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.printed, text[label.end :]) == (printed, words)


@pytest.mark.parametrize("text", NO_LABELS)
def test_no_label(text: str) -> None:
    assert read_label(text) is None


def test_roman_values() -> None:
    assert [roman_value(digits) for digits in ("I", "IV", "ХІ", "Ⅻ", "Й")] == [1, 4, 11, 12, None]


OWN_LINES = [
    ("01.12.2018", [("deadline", "01.12.2018")]),
    ("до 01.06.2019.", [("deadline", "до 01.06.2019")]),
    ("в течение года", [("deadline", "в течение года")]),
    ("сентябрь 2018", [("deadline", "сентябрь 2018")]),
    ("август-сентябрь 2020 г.", [("deadline", "август-сентябрь 2020 г")]),
    ("с 1 по 30 октября 2018", [("deadline", "с 1 по 30 октября 2018")]),
    ("постоянно", [("deadline", "постоянно")]),
    ("ежемесячно, до 25 числа", [("deadline", "ежемесячно, до 25 числа")]),
    ("по мере необходимости", [("deadline", "по мере необходимости")]),
    ("III квартал 2022 г.", [("deadline", "III квартал 2022 г")]),
    ("в семидневный срок", [("deadline", "в семидневный срок")]),
    ("Срок: до 1 мая 2020 года", [("deadline", "до 1 мая 2020 года")]),
    ("Срок до 01.06.2019", [("deadline", "до 01.06.2019")]),
    ("Срок исполнения – 4 квартал 2020 года.", [("deadline", "4 квартал 2020 года")]),
    ("Доклад – до 15 декабря 2016 г.", [("deadline", "до 15 декабря 2016 г")]),
    ("Ответственный: Зорина В.В.", [("executor", "Зорина В.В.")]),
    ("Исполнители: школы, центры", [("executor", "школы, центры")]),
    ("Ожидаемый результат: рост на 5 %", [("result", "рост на 5 %")]),
    ("Контроль: Лугова А.А.", [("controller", "Лугова А.А.")]),
    (
        "Срок: до 1 мая. Ответственный: Зорина В.В.",
        [("deadline", "до 1 мая"), ("executor", "Зорина В.В.")],
    ),
    ("(отв. Зорина В.В., срок – до 1 мая)", [("executor", "Зорина В.В."), ("deadline", "до 1 мая")]),
    ("(Зорина В.В.)", [("executor", "Зорина В.В.")]),
    ("Планы", []),
    ("год", []),
    ("Контроль за исполнением возложить на отдел", []),
    ("Информацию направить до 1 мая", []),
    ("Результаты мониторинга обсудить на совете", []),
    ("провести в мае 2020 года", []),
    ("Срок службы увеличить", []),
]


@pytest.mark.parametrize(("text", "fields"), OWN_LINES, ids=[case[0] for case in OWN_LINES])
def test_an_own_line(text: str, fields: list[tuple[str, str]]) -> None:
    assert [(found.role, text[found.start : found.end]) for found in read_own_line(text)] == fields


FORMULAS = [
    ("Участники съезда РЕШИЛИ:", True, ""),
    ("Коллегия решила:", True, ""),
    ("Конференция **рекомендует**:", True, ""),
    ("Участники считают необходимым:", True, ""),
    ("Участники считают целесообразным для развития школ:", True, ""),
    ("В целях развития п о с т а н о в л я ю:", True, ""),
    ("Администрация района ПОСТАНОВЛЯЕТ:", True, ""),
    ("ПРИКАЗЫВАЮ", True, ""),
    ("обязываю:", True, ""),
    ("Съезд принял следующее решение:", True, ""),
    ("РЕШИЛИ: 1. Провести", True, "1. Провести"),
    ("ПОСТАНОВИЛИ: провести сбор", True, "провести сбор"),
    ("Участники рекомендуют Министерству образования:", True, ""),
    ("Проект решения:", True, ""),
    ("СЛУШАЛИ: Орлову Н.Н. о питании", False, ""),
    ("Участники отмечают, что:", False, ""),
    ("Повестка дня:", False, ""),
    ("На съезде обсуждались следующие вопросы:", False, ""),
]
NO_FORMULAS = [
    "Участники, которые решили проблему, выступили с докладом о работе школ.",
    "Рекомендуют к печати сборник.",
    "1. Рекомендовать школам:",
    "Решение проблемы требует времени.",
    "Отмечая рост качества, участники благодарят коллег.",
]


@pytest.mark.parametrize(("text", "resolves", "rest"), FORMULAS, ids=[case[0] for case in FORMULAS])
def test_a_formula(text: str, resolves: bool, rest: str) -> None:
    formula = find_formula(text)
    assert formula is not None
    assert (formula.resolves, text[formula.end :].strip(" *")) == (resolves, rest)


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_no_formula(text: str) -> None:
    assert find_formula(text) is None


@pytest.mark.parametrize(
    "word",
    [
        "провести",
        "учесть",
        "внести",
        "обеспечить",
        "пройти",
        "привлечь",
        "помочь",
        "создавать",
        "ввести",
        "участвовать",
        "добиться",
    ],
)
def test_an_infinitive(word: str) -> None:
    assert is_infinitive(word)


@pytest.mark.parametrize(
    "word",
    [
        "область",
        "сети",
        "части",
        "деятельность",
        "память",
        "путь",
        "речь",
        "помощь",
        "новости",
        "дети",
        "шесть",
        "почти",
        "честь",
    ],
)
def test_no_infinitive(word: str) -> None:
    assert not is_infinitive(word)


def test_what_begins_with_an_order() -> None:
    assert begins_with_order("максимально использовать возможности")
    assert begins_with_order("не допускать нарушений")
    assert begins_with_order("Прошу направить сведения")
    assert not begins_with_order("в части работы с детьми")
    assert not begins_with_order("школам провести")


def test_what_orders() -> None:
    assert orders("на муниципальном уровне создать клубы")
    assert orders("совместно с советом ректоров расширить круг олимпиад")
    assert orders("Руководителям школ необходимо обеспечить явку")
    assert not orders("Участники выражают готовность продолжить работу")
    assert not orders("Создание условий для развития")
    assert not orders("Это позволит достичь успехов")


KINDS = [
    ("Принять к сведению доклад директора", PartKind.NOTING),
    ("Информацию Зорина К.К. принять к сведению", PartKind.NOTING),
    ("Одобрить опыт работы гимназии", PartKind.NOTING),
    ("Признать работу совета удовлетворительной", PartKind.NOTING),
    ("Выразить благодарность педагогам", PartKind.NOTING),
    ("Контроль за исполнением приказа возложить на отдел кадров", PartKind.CONTROL),
    ("Контроль за исполнением постановления оставляю за собой", PartKind.CONTROL),
    ("Общий контроль за выполнением плана возложить на Орлову Е.Е.", PartKind.CONTROL),
    ("Контроль исполнения решения", PartKind.CONTROL),
    ("Возложить контроль за исполнением приказа на отдел", PartKind.CONTROL),
    ("Снять с контроля приказ № 5", PartKind.CONTROL),
    ("Настоящий приказ вступает в силу со дня подписания", PartKind.IN_FORCE),
    ("Постановление вступает в силу после опубликования и действует до 1 мая", PartKind.IN_FORCE),
    ("Признать утратившим силу приказ № 7", PartKind.REPEAL),
    ("Признать утратившей силу резолюцию совещания от 28 августа 2024 года", PartKind.REPEAL),
    ("Признать утратившими силу приказы № 7 и № 8", PartKind.REPEAL),
    ("Считать недействующей инструкцию № 3", PartKind.REPEAL),
    ("Отменить приказ от 01.02.2020 № 5", PartKind.REPEAL),
    ("Утвердить прилагаемый план мероприятий", PartKind.APPROVAL),
    ("Утвердить состав комиссии согласно приложению", PartKind.APPROVAL),
    ("Утвердить порядок (приложение № 2)", PartKind.APPROVAL),
    ("Внести в приказ от 01.02.2020 № 15 следующие изменения", PartKind.REPEAL),
    ("Внести изменения в постановление от 1 мая 2020 года № 7", PartKind.REPEAL),
    ("Внести изменения в положения о школьных советах", PartKind.CLAUSE),
    ("Внести в планы работы раздел о наставничестве", PartKind.CLAUSE),
    ("Опубликовать настоящее постановление в газете", PartKind.EDITORIAL),
    ("Решение опубликовать в газете", PartKind.EDITORIAL),
    ("Разработать и утвердить порядок", PartKind.CLAUSE),
    ("Утвердить порядок и обеспечить его исполнение", PartKind.CLAUSE),
    ("Утвердить показатели до 1 мая 2021 года", PartKind.CLAUSE),
    ("Принять участие в мониторинге", PartKind.CLAUSE),
    ("Принять меры по закреплению кадров", PartKind.CLAUSE),
    ("Обеспечить контроль за качеством питания", PartKind.CLAUSE),
    ("Усилить контроль за посещаемостью", PartKind.CLAUSE),
    ("Признать развитие наставничества приоритетом и создать центр", PartKind.CLAUSE),
    ("Разместить план на сайте", PartKind.CLAUSE),
    ("Отделу связи разместить настоящий приказ на сайте", PartKind.CLAUSE),
    ("Отменить занятия в третью смену", PartKind.CLAUSE),
    ("Довести настоящий приказ до сведения школ", PartKind.CLAUSE),
]


@pytest.mark.parametrize(("body", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_a_kind(body: str, kind: PartKind) -> None:
    assert classify(body, addressed=False, official=True)[0] is kind


@pytest.mark.parametrize(
    "body", ["внести изменения в приказ от 11.01.2021 № 5", "опубликовать настоящее решение в газете"]
)
def test_what_a_named_body_must_amend_or_publish_is_a_measure(body: str) -> None:
    assert classify(body, addressed=True, official=True)[0] is PartKind.CLAUSE


def test_a_named_body_approves_as_a_measure() -> None:
    """What an act approves by itself is done; what a body is told to approve is to be done."""
    body = "Утвердить план работы"
    assert classify(body, addressed=False, official=True)[0] is PartKind.APPROVAL
    assert classify(body, addressed=True, official=True)[0] is PartKind.CLAUSE
    assert classify(body, addressed=False, official=False)[0] is PartKind.CLAUSE


def test_persons() -> None:
    assert lists_persons("Создать комиссию в составе")
    assert is_person("Зорина В.В. – председатель комиссии")
    assert is_person("Зорина Вера Викторовна, директор школы")
    assert not is_person("Заместителю директора Зориной В.В. провести сбор")
