"""Duties that come back, that never end, that wait for an event or a condition."""

import pytest

RECURRING = [
    ("ежегодно", "recurring every P1Y"),
    ("Ежемесячно", "recurring every P1M"),
    ("раз в квартал", "recurring every P3M"),
    ("1 раз в месяц", "recurring every P1M"),
    ("2 раза в год", "recurring every P6M"),
    ("4 раза в год", "recurring every P3M"),
    ("раз в две недели", "recurring every P14D"),
    ("раз в полгода", "recurring every P6M"),
    ("1 раз в 3 года", "recurring every P3Y"),
    ("2 раза в неделю", "recurring"),
    ("1 раз в четверть", "recurring"),
    ("один раз в пять лет", "recurring every P5Y"),
    ("дважды в год", "recurring every P6M"),
    ("не реже одного раза в полугодие", "recurring every P6M"),
    ("не реже 1 раза в полугодие (декабрь, май)", "recurring every P6M"),
    ("раз в год (август)", "recurring every P1Y on 08-31"),
    ("1 раз в год, август", "recurring every P1Y on 08-31"),
    ("каждый понедельник", "recurring every P7D"),
    ("по пятницам", "recurring every P7D"),
    ("каждые три года", "recurring every P3Y"),
    ("Каждое полугодие", "recurring every P6M"),
    ("по итогам каждого квартала", "recurring every P3M"),
    ("на регулярной основе", "recurring"),
    ("систематически", "recurring"),
    ("регулярно", "recurring"),
    ("ежемесячно до 25 числа", "recurring every P1M on 25"),
    ("ежемесячно (до 5 числа)", "recurring every P1M on 5"),
    ("ежеквартально до 15-го числа", "recurring every P3M on 15"),
    ("1 раз в квартал до 10 числа", "recurring every P3M on 10"),
    ("до 1 июня ежегодно", "recurring every P1Y on 06-01"),
    ("до 1 сентября каждого года", "recurring every P1Y on 09-01"),
    ("до 15 числа каждого месяца", "recurring every P1M on 15"),
    ("К 30 числу каждого месяца", "recurring every P1M on 30"),
    ("ежегодно, август", "recurring every P1Y on 08-31"),
    ("май (ежегодно)", "recurring every P1Y on 05-31"),
    ("ежегодно в мае", "recurring every P1Y on 05-31"),
    ("ежегодно в IV квартале", "recurring every P1Y on 12-31"),
    ("ежегодно к началу учебного года", "recurring every P1Y on 09-01"),
    ("ежегодно в период с 1 по 15 сентября", "recurring every P1Y on 09-15"),
    ("ежегодно к 1 марта и 1 ноября", "recurring every P1Y on 03-01 then recurring every P1Y on 11-01"),
    (
        "два раза в год: до 15 января и до 15 июня",
        "recurring every P6M on 01-15 then recurring every P6M on 06-15",
    ),
    (
        "1 раз в полугодие: до 1 июля, до 1 января",
        "recurring every P6M on 07-01 then recurring every P6M on 01-01",
    ),
    ("ежегодно, начиная с 2021 г.", "recurring 2021-01-01.. every P1Y"),
    ("2021-2024 годы, ежегодно", "recurring 2021-01-01..2024-12-31 every P1Y"),
    ("ежегодно по графику", "recurring every P1Y"),
    ("Ежегодно не позднее 10 февраля года, следующего за отчетным", "recurring every P1Y on 02-10"),
    ("ежеквартально, до 5 числа месяца, следующего за отчетным кварталом", "recurring every P3M on 5"),
    ("ежеквартально до 10 числа месяца, следующего за кварталом", "recurring every P3M on 10"),
]


@pytest.mark.parametrize(("text", "expected"), RECURRING, ids=[text for text, _ in RECURRING])
def test_rhythm_in_a_line(text, expected, read):
    assert read(text, "line") == expected


RECURRING_IN_CLAUSES = [
    ("Ежегодно до 1 октября представлять отчёт", "recurring every P1Y on 10-01"),
    ("Ежегодно представлять отчет о выполнении плана до 1 октября", "recurring every P1Y on 10-01"),
    ("ежегодно, в срок до 20 мая, представлять сведения", "recurring every P1Y on 05-20"),
    (
        "до 1 марта и до 1 сентября ежегодно представлять сведения",
        "recurring every P1Y on 03-01 then recurring every P1Y on 09-01",
    ),
    ("ежегодно, начиная с 2022 года, проводить форум", "recurring 2022-01-01.. every P1Y"),
    ("ежемесячно, не позднее 3-го числа, представлять сведения", "recurring every P1M on 3"),
    (
        "ежемесячно в срок до 5 числа месяца, следующего за отчетным, направлять данные",
        "recurring every P1M on 5",
    ),
    (
        "проводить мониторинг ежеквартально до 10 числа месяца, следующего за отчетным кварталом",
        "recurring every P3M on 10",
    ),
    ("Еженедельно по пятницам до 15.00 представлять сводку", "recurring every P7D"),
    ("Ежедневно проводить утренний фильтр", "recurring every P1D"),
    ("Не реже двух раз в год проводить собрания", "recurring every P6M"),
    ("Не реже 1 раза в 3 года обеспечить повышение квалификации", "recurring every P3Y"),
    ("Проводить не менее 2 раз в год учебные тренировки", "recurring every P6M"),
    ("Обеспечить ежегодное обновление фондов", "recurring every P1Y"),
    ("Обеспечить ежедневный контроль", "recurring every P1D"),
    ("Регулярно информировать родителей", "recurring"),
    ("каждую четверть заслушивать директоров", "recurring"),
]


@pytest.mark.parametrize(
    ("text", "expected"), RECURRING_IN_CLAUSES, ids=[text for text, _ in RECURRING_IN_CLAUSES]
)
def test_rhythm_in_a_clause(text, expected, read):
    assert read(text, "clause") == expected


PERMANENT = [
    ("Постоянно", "permanent"),
    ("на постоянной основе", "permanent"),
    ("постоянный контроль", "permanent"),
    ("весь период", "permanent"),
    ("в течение всего периода", "permanent"),
    ("бессрочно", "permanent"),
    ("круглогодично", "permanent"),
    ("постоянно, до 31.12.2024", "permanent ..2024-12-31"),
    ("Постоянно, по мере необходимости", "permanent"),
    ("весь период реализации программы", "interval"),
]


@pytest.mark.parametrize(("text", "expected"), PERMANENT, ids=[text for text, _ in PERMANENT])
def test_permanent_in_a_line(text, expected, read):
    assert read(text, "line") == expected


PERMANENT_IN_CLAUSES = [
    ("Осуществлять мониторинг на постоянной основе", "permanent"),
    ("Осуществлять постоянный контроль за организацией подвоза", "permanent"),
    ("осуществлять на постоянном контроле вопросы занятости", "permanent"),
    ("взять под постоянный контроль вопросы питания", "permanent"),
    ("постоянно, до 31.12.2024 обеспечивать охрану", "permanent ..2024-12-31"),
]


@pytest.mark.parametrize(
    ("text", "expected"), PERMANENT_IN_CLAUSES, ids=[text for text, _ in PERMANENT_IN_CLAUSES]
)
def test_permanent_in_a_clause(text, expected, read):
    assert read(text, "clause") == expected


RELATIVE = [
    ("в 3-месячный срок", "relative in P3M"),
    ("в 3-х месячный срок", "relative in P3M"),
    ("в трёхдневный срок", "relative in P3D"),
    ("в семидневный срок", "relative in P7D"),
    ("в месячный срок", "relative in P1M"),
    ("в двухнедельный срок", "relative in P14D"),
    ("в полугодовой срок", "relative in P6M"),
    ("не позднее 2 месяцев со дня утверждения порядка", "relative in P2M [со дня утверждения порядка]"),
    ("не позднее 3 рабочих дней после проведения", "relative in P3D of work [после проведения]"),
    ("не позднее 1 месяца после утверждения бюджета", "relative in P1M [после утверждения бюджета]"),
    ("в течение 10 рабочих дней", "relative in P10D of work"),
    ("в течение 10 календарных дней", "relative in P10D"),
    ("в течение 10 (десяти) рабочих дней", "relative in P10D of work"),
    ("в течение трёх банковских дней со дня подписания", "relative in P3D of work [со дня подписания]"),
    ("не позднее чем за 3 рабочих дня до заседания", "relative in -P3D of work [до заседания]"),
    ("в течение месяца", "relative in P1M"),
    ("в течение 1 месяца со дня утверждения", "relative in P1M [со дня утверждения]"),
    ("за месяц до начала экзаменов", "relative in -P1M [до начала экзаменов]"),
    ("не позднее чем за 5 дней до заседания", "relative in -P5D [до заседания]"),
    ("незамедлительно", "relative in P0D"),
    ("незамедлительно после получения", "relative in P0D [после получения]"),
    ("в день поступления обращения", "relative in P0D [поступления обращения]"),
    ("после утверждения", "relative [после утверждения]"),
    ("по итогам учебного года", "relative [по итогам учебного года]"),
    ("до начала отопительного сезона", "relative [до начала отопительного сезона]"),
    ("до окончания I четверти", "relative [до окончания I четверти]"),
    ("в кратчайшие сроки", "relative [в кратчайшие сроки]"),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVE, ids=[text for text, _ in RELATIVE])
def test_term_in_a_line(text, expected, read):
    assert read(text, "line") == expected


RELATIVE_IN_CLAUSES = [
    (
        "в течение трех рабочих дней со дня получения запроса направить сведения",
        "relative in P3D of work [со дня получения запроса]",
    ),
    (
        "в течение 30 календарных дней со дня вступления настоящего приказа в силу внести изменения",
        "relative in P30D [со дня вступления настоящего приказа в силу]",
    ),
    (
        "в течение одного месяца со дня подписания соглашения разработать порядок",
        "relative in P1M [со дня подписания соглашения]",
    ),
    ("Вносить изменения в течение 5 дней", "relative in P5D"),
    ("В трехдневный срок с момента получения направить ответ", "relative in P3D [с момента получения]"),
    ("В 10-дневный срок довести резолюцию до педагогов", "relative in P10D"),
    ("В месячный срок со дня подписания разместить на сайте", "relative in P1M [со дня подписания]"),
    ("в двухнедельный срок утвердить план", "relative in P14D"),
    (
        "Не позднее чем через 10 дней после окончания четверти провести педсовет",
        "relative in P10D [после окончания четверти]",
    ),
    (
        "не позднее чем за 10 дней до начала учебного года утвердить списки",
        "relative in -P10D [до начала учебного года]",
    ),
    ("За две недели до начала каникул согласовать график", "relative in -P14D [до начала каникул]"),
    (
        "Обеспечить к началу отопительного сезона готовность котельных",
        "relative [к началу отопительного сезона]",
    ),
    ("завершить до начала приёмной кампании проверку", "relative [до начала приёмной кампании]"),
    ("Принять меры до наступления морозов", "relative [до наступления морозов]"),
    ("По окончании учебного года подвести итоги", "relative [По окончании учебного года]"),
    (
        "После утверждения бюджета на 2022 год внести изменения",
        "relative [После утверждения бюджета на 2022 год]",
    ),
    ("Незамедлительно сообщать о происшествиях", "relative in P0D"),
    ("В день выявления факта сообщать учредителю", "relative in P0D [выявления факта]"),
]


@pytest.mark.parametrize(
    ("text", "expected"), RELATIVE_IN_CLAUSES, ids=[text for text, _ in RELATIVE_IN_CLAUSES]
)
def test_term_in_a_clause(text, expected, read):
    assert read(text, "clause") == expected


CONDITIONAL = [
    ("по мере необходимости", "conditional [по мере необходимости]"),
    ("по мере поступления заявок", "conditional [по мере поступления заявок]"),
    ("по графику", "conditional [по графику]"),
    ("по отдельному графику", "conditional [по отдельному графику]"),
    ("согласно графику проведения", "conditional [согласно графику проведения]"),
    ("в соответствии с планом-графиком", "conditional [в соответствии с планом-графиком]"),
    ("по отдельному плану", "conditional [по отдельному плану]"),
    ("По плану ГМО", "conditional [По плану ГМО]"),
    ("согласно приказу", "conditional [согласно приказу]"),
    ("при наличии финансирования", "conditional [при наличии финансирования]"),
    ("по согласованию", "conditional [по согласованию]"),
    ("по запросу", "conditional [по запросу]"),
    ("в установленные сроки", "conditional [в установленные сроки]"),
    (
        "в сроки, установленные Минпросвещения России",
        "conditional [в сроки, установленные Минпросвещения России]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONAL, ids=[text for text, _ in CONDITIONAL])
def test_condition_in_a_line(text, expected, read):
    assert read(text, "line") == expected


CONDITIONAL_IN_CLAUSES = [
    ("Обновлять сведения по мере необходимости", "conditional [по мере необходимости]"),
    ("В установленный срок сдать отчет", "conditional [В установленный срок]"),
    (
        "Участвовать в мониторинге в соответствии с региональным графиком",
        "conditional [в соответствии с региональным графиком]",
    ),
    ("Проводить проверки по отдельному графику", "conditional [по отдельному графику]"),
]


@pytest.mark.parametrize(
    ("text", "expected"), CONDITIONAL_IN_CLAUSES, ids=[text for text, _ in CONDITIONAL_IN_CLAUSES]
)
def test_condition_in_a_clause(text, expected, read):
    assert read(text, "clause") == expected
