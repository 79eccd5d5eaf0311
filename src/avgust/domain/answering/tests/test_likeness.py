"""Which measures below say what one above orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.answering import Statement, suggestions

REGION = {
    "mentors": "Обеспечить наставниками не менее 80 процентов педагогов первых трёх лет работы до 1 июня 2026 года",
    "halls": "Завершить обследование спортивных залов и составить план ремонта до 1 апреля 2026 года",
    "plus": "Назначить муниципальных кураторов проекта «Шаг вверх» до 15 сентября 2025 года",
    "parents": "Открыть консультационные пункты для родителей, воспитывающих детей дома, до 1 декабря 2025 года",
    "olympiad": "Провести муниципальный этап олимпиады школьников с 5 по 30 ноября 2025 года",
    "transport": "Утвердить графики подвоза и паспорта маршрутов школьных автобусов до 10 сентября 2025 года",
}
CASES = [
    pytest.param("Закрепить наставников за всеми молодыми педагогами до 15 октября 2025 года", "mentors", id="other forms"),
    pytest.param("Подготовить предложения о ремонте спортивного зала Луговой школы", "halls", id="a part of it"),
    pytest.param("Сопровождать школы, участвующие в проекте «Шаг вверх», весь учебный год", "plus", id="a quoted name"),
    pytest.param("Проводить консультации родителей, чьи дети воспитываются дома", "parents", id="other order of words"),
    pytest.param("Организовать подвоз: утвердить график и маршрут автобуса", "transport", id="the singular"),
    pytest.param("Провести родительское собрание о летнем отдыхе до 1 мая 2026 года", None, id="only routine in common"),
    pytest.param("Обеспечить проведение ремонта кровли котельной до 1 сентября 2026 года", None, id="one common word"),
    pytest.param("Утвердить муниципальный план до 10 сентября 2025 года", None, id="dates and levels say nothing"),
]  # fmt: skip


def ask(text: str, **values: object) -> dict[str, float]:
    above = [Statement(n, words) for n, words in enumerate(REGION.values())]
    names = list(REGION)
    below = [Statement(100, text), Statement(101, "Вручить грамоты на торжественном вечере")]
    return {names[one.above]: one.likeness for one in suggestions(below, above) if one.below == 100}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_likeliest(text: str, expected: str | None) -> None:
    found = ask(text)
    assert max(found, key=lambda name: found[name], default=None) == expected


def test_theme_and_executor_raise_a_likeness_and_make_none() -> None:
    above = [Statement(1, REGION["halls"], "environment", frozenset({"authority"}))]
    plain = Statement(10, "Составить план ремонта зала", "")
    same = Statement(11, "Составить план ремонта зала", "environment", frozenset({"authority"}))
    other = Statement(12, "Составить план ремонта зала", "staff")
    nothing = Statement(13, "Вручить грамоты", "environment", frozenset({"authority"}))
    found = {one.below: one.likeness for one in suggestions([plain, same, other, nothing], above, most=4)}
    assert found[11] > found[10] > found[12]
    assert 13 not in found


def test_no_more_than_asked_and_the_likeliest_first() -> None:
    above = [Statement(1, "Обеспечить наставниками молодых педагогов")]
    below = [Statement(n, f"Обеспечить наставниками педагогов, поток {n}") for n in range(10, 16)]
    found = suggestions(below, above, most=3)
    assert len(found) == 3
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


_WORDS = ("наставник", "«Шаг»", "«", "ремонт зала", "школы", "", "12 %", "ёлка", "план")
_TEXTS = st.lists(st.sampled_from([f"{one} {other}" for one in _WORDS for other in _WORDS]), max_size=6)


@given(_TEXTS, _TEXTS)
def test_any_text_is_compared(low: list[str], high: list[str]) -> None:
    below = [Statement(n, text) for n, text in enumerate(low)]
    above = [Statement(n, text) for n, text in enumerate(high)]
    for one in suggestions(below, above):
        assert 0.25 <= one.likeness <= 1
        assert one.below < len(low)
        assert one.above < len(high)


def test_order_does_not_matter() -> None:
    above = [Statement(n, words) for n, words in enumerate(REGION.values())]
    below = [Statement(100 + n, case.values[0]) for n, case in enumerate(CASES)]  # type: ignore[arg-type]
    assert set(suggestions(below, above)) == set(suggestions(below[::-1], above[::-1]))
