"""One point of a resolution, one kind of finding: it is there, or it is not.

The resolution is adopted on 26 August 2025 and addressed to one ministry, so that nothing else is wrong.
"""

import pytest

DATE = " до 1 марта 2026 года."
CASES = [
    # kind, point, the words that the finding points at; None where there must be no finding
    ("deadline.missing", "Разработать порядок учёта кружков.", "Разработать порядок учёта кружков"),
    ("deadline.missing", "Разработать порядок учёта кружков до 1 марта 2026 года.", None),
    ("deadline.missing", "Ежемесячно публиковать сводку о вакансиях.", None),
    ("deadline.missing", "Постоянно обновлять банк вакансий.", None),
    ("deadline.missing", "Подготовить сводку в 2025/2026 учебном году.", None),
    ("deadline.past", "Провести сверку учебных фондов до 1 марта 2025 года.", "до 1 марта 2025 года"),
    ("deadline.past", "Провести сверку учебных фондов до 20.08.2025.", "до 20.08.2025"),
    ("deadline.past", "Провести сверку учебных фондов до 26 августа 2025 года.", None),
    ("deadline.past", "Провести сверку учебных фондов до 1 марта.", None),
    ("deadline.past", "Провести сверку учебных фондов до 1 марта 2026 года.", None),
    ("deadline.past", "Исполнить программу, принятую 1 марта 2021 года, до 1 июня 2026 года.", None),
    ("deadline.past", "Реализовать программу «Сельский учитель на 2020–2024 годы» до 1 июня 2026 года.", None),
    ("deadline.too_soon", "Собрать заявки школ до 29 августа 2025 года.", "до 29 августа 2025 года"),
    ("deadline.too_soon", "Собрать заявки школ до 26.08.2025.", "до 26.08.2025"),
    ("deadline.too_soon", "Собрать заявки школ до 2 сентября 2025 года.", None),
    ("deadline.too_soon", "Собрать заявки школ до 1 октября 2025 года.", None),
    ("deadline.too_soon", "Ежегодно до 29 августа собирать заявки школ.", None),
    ("deadline.ambiguous", "Провести обучение тьюторов в течение года.", "в течение года"),
    ("deadline.ambiguous", "Провести обучение тьюторов на протяжении года.", "на протяжении года"),
    ("deadline.ambiguous", "Провести обучение тьюторов в течение 2026 года.", None),
    ("deadline.ambiguous", "Провести обучение тьюторов в течение 2025/2026 учебного года.", None),
    ("deadline.ambiguous", "Провести обучение тьюторов до конца 2025 года.", None),
    ("deadline.vague", "В кратчайшие сроки заменить вышедшие из строя котлы.", "В кратчайшие сроки"),
    ("deadline.vague", "Заменить вышедшие из строя котлы в ближайшее время.", "в ближайшее время"),
    ("deadline.vague", "Заменить котлы в сжатые сроки до 1 октября 2025 года.", None),
    ("deadline.vague", "Заменить котлы в сроки, установленные контрактом.", None),
    ("deadline.year_missing", "Провести день открытых дверей до 15 октября.", "до 15 октября"),
    ("deadline.year_missing", "Провести день открытых дверей до 15 октября 2025 года.", None),
    ("deadline.year_missing", "Провести день открытых дверей до 15.10.25.", None),
    ("deadline.year_missing", "Ежегодно до 15 октября проводить день открытых дверей.", None),
    ("deadline.permanent_with_end", "Обеспечить соблюдение температурного режима" + DATE, "до 1 марта 2026 года"),
    ("deadline.permanent_with_end", "Не допускать задержек подвоза" + DATE, "до 1 марта 2026 года"),
    ("deadline.permanent_with_end", "Осуществлять контроль качества воды" + DATE, "до 1 марта 2026 года"),
    ("deadline.permanent_with_end", "Провести мониторинг качества воды" + DATE, None),
    ("deadline.permanent_with_end", "Подготовить доклад о контроле качества воды" + DATE, None),
    ("deadline.permanent_with_end", "Обеспечить школы учебниками" + DATE, None),
    ("deadline.permanent_with_end", "Обеспечить соблюдение температурного режима постоянно.", None),
    ("deadline.without_control_points", "Постоянно обновлять банк вакансий.", "Постоянно"),
    ("deadline.without_control_points", "На регулярной основе обновлять банк вакансий.", "На регулярной основе"),
    ("deadline.without_control_points", "Ежемесячно обновлять банк вакансий.", None),
    ("deadline.without_control_points", "Ежегодно до 1 июня обновлять банк вакансий.", None),
    ("deadline.invalid", "Сдать отчёт до 31 ноября 2025 года.", "31 ноября 2025"),
    ("deadline.invalid", "Сдать отчёт до 30.02.2026.", "30.02.2026"),
    ("deadline.invalid", "Сдать отчёт до 12.13.2025.", "12.13.2025"),
    ("deadline.invalid", "Сдать отчёт до 29 февраля 2026 года.", "29 февраля 2026"),
    ("deadline.invalid", "Сдать отчёт до 29 февраля 2028 года.", None),
    ("deadline.invalid", "Сдать отчёт до 30 ноября 2025 года.", None),
    ("deadline.invalid", "Сдать отчёт по форме 45.12.2025.1 до 1 марта 2026 года.", None),
    ("measure.vague", "Активизировать работу школьных музеев" + DATE, "Активизировать"),
    ("measure.vague", "Содействовать развитию школьных лесничеств" + DATE, "Содействовать"),
    ("measure.vague", "Рассмотреть вопрос о ремонте спортзалов" + DATE, "Рассмотреть вопрос"),
    ("measure.vague", "Создать условия для занятий спортом" + DATE, "Создать условия"),
    ("measure.vague", "Создать необходимые условия для занятий" + DATE, "Создать необходимые условия"),
    ("measure.vague", "Максимально использовать потенциал музеев" + DATE, "Максимально использовать"),
    ("measure.vague", "Обеспечить дальнейшее развитие школьных театров" + DATE, "Обеспечить дальнейшее развитие"),
    ("measure.vague", "Повысить долю кружков технической направленности до 30 процентов" + DATE, None),
    ("measure.vague", "Разработать план развития школьных театров" + DATE, None),
    ("measure.vague", "Обеспечить повышение квалификации поваров" + DATE, None),
    ("measure.vague", "Создать школьный музей" + DATE, None),
    ("measure.vague", "Использовать типовую форму договора" + DATE, None),
    ("measure.vague", "Провести семинар для учителей, желающих повысить квалификацию" + DATE, None),
    ("measure.vague", "Принять участие в форуме «Берега»" + DATE, None),
    ("measure.open_list", "Закупить мячи, сетки и т. д." + DATE, "и т. д."),
    ("measure.open_list", "Закупить мячи, сетки и др. инвентарь" + DATE, "и др."),
    ("measure.open_list", "Закупить мячи, сетки и другой инвентарь по перечню" + DATE, None),
    ("measure.several", "Утвердить список лагерей; провести приёмку столовых" + DATE, "Утвердить список лагерей; провести приёмку столовых до 1 марта 2026 года"),
    ("measure.several", "Разработать и утвердить порядок приёмки" + DATE, "Разработать и утвердить"),
    ("measure.several", "Провести анализ закупок и создать реестр поставщиков" + DATE, "Провести анализ закупок и создать реестр поставщиков до 1 марта 2026 года"),
    ("measure.several", "Рекомендовать школам провести родительские собрания" + DATE, None),
    ("measure.several", "Дать ученикам возможность выбирать и проходить курсы" + DATE, None),
    ("measure.several", "Провести опрос, чтобы выявить и устранить трудности" + DATE, None),
    ("measure.several", "Провести конкурс среди школ, готовых принять и обучить стажёров" + DATE, None),
    ("measure.several", "Организовать подвоз детей из сёл и деревень" + DATE, None),
    ("addressee.no_lead", "Провести сверку фондов" + DATE, None),
    ("reference.incomplete", "Руководствоваться постановлением Правительства Российской Федерации «О подвозе обучающихся»" + DATE, "постановлением Правительства Российской Федерации «О подвозе обучающихся»"),
    ("reference.incomplete", "Руководствоваться постановлением Правительства Российской Федерации от 23.09.2020 № 1527 «О подвозе»" + DATE, None),
    ("reference.incomplete", "Утвердить порядок приказом министерства" + DATE, None),
    ("reference.incomplete", "Провести уроки в рамках национального проекта «Молодёжь и дети»" + DATE, None),
    ("reference.draft", "Внести предложения в проект закона Приреченской области о наставничестве" + DATE, "проект закона Приреченской области о наставничестве до 1 марта 2026 года"),
    ("reference.draft", "Разработать проект закона Приреченской области о наставничестве" + DATE, None),
    ("language.repeated_word", "Провести сверку сверку фондов" + DATE, "сверку сверку"),
    ("language.repeated_word", "Провести сверку сверку сверку фондов" + DATE, "сверку сверку сверку"),
    ("language.repeated_word", "Провести сверку в в школах" + DATE, "в в"),
    ("language.repeated_word", "Провести сверку чуть чуть раньше" + DATE, None),
    ("language.repeated_word", "Провести сверку фондов и фонда музея" + DATE, None),
    ("language.case", "Организовать повышения квалификации поваров" + DATE, "повышения"),
    ("language.case", "Обеспечить функционирования лагерей" + DATE, "функционирования"),
    ("language.case", "Организовать соревнования лесничеств" + DATE, None),
    ("language.case", "Обеспечить условия для занятий" + DATE, None),
    ("language.case", "Обеспечить развитие лесничеств" + DATE, None),
    ("language.quotes", "Провести конкурс «Берега" + DATE, "«"),
    ("language.quotes", "Провести конкурс Берега»" + DATE, "»"),
    ("language.quotes", "Провести конкурс «Берега»" + DATE, None),
    ("language.quotes", "Провести конкурс проекта «Школа «Берега»" + DATE, None),
    ("language.abbreviation", "Передать данные в ЦМПК" + DATE, "ЦМПК"),
    ("language.abbreviation", "Передать данные в центр мониторинга питания и качества (далее – ЦМПК)" + DATE, None),
    ("language.abbreviation", "Передать данные в Центр мониторинга питания и качества (ЦМПК)" + DATE, None),
    ("language.abbreviation", "Подготовить выпускников с ОВЗ к ОГЭ и ЕГЭ" + DATE, None),
    ("language.abbreviation", "Провести анализ за XIX век" + DATE, None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "point", "words"), CASES, ids=[f"{c[0]}: {c[1][:60]}" for c in CASES])
def test_point(draft, found, kind, point, words):
    resolution = draft(point, "Провести сверку школьных архивов до 1 апреля 2026 года.")
    findings = [f for f in found(resolution, kind) if f.clause in (1, None)]
    assert [f.span.of(resolution.document.text) for f in findings] == ([words] if words else [])


def test_every_kind_has_a_case_or_a_document():
    from pathlib import Path

    from avgust.domain.resolutions.findings import finding_kinds

    folder = Path(__file__).parent
    tested = "".join(path.read_text("utf-8") for path in folder.glob("test_*.py"))
    assert [kind.code for kind in finding_kinds() if f'"{kind.code}"' not in tested] == []
