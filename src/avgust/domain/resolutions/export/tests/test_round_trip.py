"""A plan that was exported as DOCX, and comes back by mail, says what the document said."""

import pytest

from avgust.domain.resolutions.export.plan_of import resolution_docx
from avgust.domain.resolutions.model import Clause
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

LONG_LEAD = "В целях " + "укрепления связей школы с предприятиями и учреждениями культуры, " * 6
DOCUMENTS = {
    "addressed sections": """РЕЗОЛЮЦИЯ
26 августа 2025 г.
РЕШИЛИ:
1. Отделу образования Заозёрного округа:
1.1. провести смотр школьных музеев до 1 мая 2026 года;
1.2. обновить не менее 30 % фондов библиотек, ежегодно до 25 декабря;
2. Руководителям школ:
2.1. открыть кружки робототехники в течение 2026 года;
2.2. постоянно вести учёт посещений.
""",
    "leads longer than a section": f"""РЕЗОЛЮЦИЯ
26 августа 2025 г.
РЕКОМЕНДУЮТ:
1. {LONG_LEAD}в том числе в сёлах:
- заключить договоры о практике до 1 июня 2026 года;
- издать сборник опыта.
2. {LONG_LEAD}в том числе в городах:
- провести ярмарку профессий.
""",
    "joint work and rhythms": """РЕЗОЛЮЦИЯ
26 августа 2025 г.
РЕШИЛИ:
1. Отделу образования Заозёрного округа совместно с Домом творчества провести слёт до 12.09.2025.
2. Школам сверять банк вакансий ежемесячно до 25 числа.
3. Школам ежеквартально до 10 числа месяца, следующего за кварталом, публиковать отчёт.
4. Дому творчества в 3-месячный срок со дня подписания издать альбом.
""",
}


def said(clause: Clause) -> tuple[object, ...]:
    """Return what a reader of the plan must find again; the words of roles may be inherited or own."""
    due = clause.deadline
    return (
        clause.text.rstrip(".;"),
        tuple(addressee.name.casefold() for addressee in clause.addressees),
        (due.kind, due.start, due.end, due.every, due.day_of_period, due.offset),
        tuple((target.comparator, target.value, target.unit) for target in clause.targets),
    )


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_plan_reads_back(text: str) -> None:
    first = parse(read(text.encode(), "a.txt"))
    again = parse(read(resolution_docx(first, "ru", "a"), "plan.docx"))
    assert [said(clause) for clause in again.clauses] == [said(clause) for clause in first.clauses]
