"""Findings that need more of the document than one point."""

from datetime import date

import pytest

from avgust.domain.resolutions.findings import find_defects, finding_kinds
from avgust.domain.resolutions.model import EarlierClause, Severity

TWO = "1. Министерству образования Приреченской области, главам муниципальных округов:"


def shown(resolution, findings):
    return [(f.clause, f.span.of(resolution.document.text)) for f in findings]


def test_nobody_in_most_measures_is_one_severe_finding(document, found):
    resolution = document(
        "1. В области питания:\n" + "\n".join(f"- обновить меню столовой № {n};" for n in range(1, 7))
    )
    (finding,) = found(resolution, "addressee.missing")
    assert finding.severity is Severity.SEVERE
    assert finding.clause is None
    assert finding.message.params == {"count": 6, "all": 6, "numbers": "№ 1–6"}


def test_nobody_in_one_section_is_one_finding_at_its_heading(document, found):
    named = "\n".join(f"1.{n}. Провести сверку № {n} до 1 марта 2026 года." for n in range(1, 6))
    nameless = "\n".join(f"2.{n}. Обновить меню № {n} до 1 марта 2026 года." for n in range(1, 4))
    resolution = document(
        f"1. Министерству образования Приреченской области:\n{named}\n2. В области питания:\n{nameless}"
    )
    (finding,) = found(resolution, "addressee.missing")
    assert finding.span.of(resolution.document.text) == "2. В области питания:"
    assert finding.severity is Severity.WARNING


def test_orders_need_no_executor_for_what_signing_does(document, found):
    text = """МИНИСТЕРСТВО ОБРАЗОВАНИЯ ПРИРЕЧЕНСКОЙ ОБЛАСТИ

ПРИКАЗ

12 сентября 2025 г. № 88

О конкурсе

ПРИКАЗЫВАЮ:

1. Провести конкурс школьных лесничеств с 1 по 20 октября 2025 года.
2. Назначить ответственным за конкурс Лугового А.А.
"""
    resolution = document(text, head=False)
    assert not found(resolution, "addressee.missing")
    assert not found(resolution, "deadline.missing")


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ("на муниципальном уровне создать реестр кружков;", "на муниципальном уровне"),
        (
            "разработать на областном и муниципальном уровнях планы подвоза;",
            "на областном и муниципальном уровнях",
        ),
        ("создать реестр кружков на основе единых требований к учёту на муниципальном уровне;", None),
    ],
)
def test_level_only(document, found, point, words):
    resolution = document(f"1. В области дополнительного образования:\n- {point}\n- обновить каталог;")
    assert [w for _, w in shown(resolution, found(resolution, "addressee.level_only"))] == (
        [words] if words else []
    )


def test_co_executor_only(document, found):
    text = "1. В области питания:\n- совместно с Советом отцов Приреченской области провести проверку столовых;\n- обновить меню;"
    resolution = document(text)
    (finding,) = found(resolution, "addressee.co_executor_only")
    assert finding.clause == 1


def test_two_bodies_without_a_lead(draft, found):
    resolution = draft(
        "Провести сверку до 1 марта 2026 года.", "Обновить реестр до 1 мая 2026 года.", lead=TWO
    )
    (finding,) = found(resolution, "addressee.no_lead")
    assert finding.span.of(resolution.document.text) == TWO


def test_measure_for_others_than_its_section(draft, found):
    resolution = draft(
        "Провести сверку до 1 марта 2026 года.",
        "Главам муниципальных округов отремонтировать котельные до 1 октября 2026 года.",
        "Министерству образования Приреченской области издать сборник до 1 мая 2026 года.",
    )
    assert [f.clause for f in found(resolution, "addressee.other_than_section")] == [2]


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("1. ГАУ ДПО ПРИРО:", 1),
        ("1. ГАУ ДПО «Приреченский институт развития образования» (далее – ПРИРО):", 0),
        ("1. МБОУ «Лугская СОШ № 2»:", 0),
    ],
)
def test_abbreviated_executor(draft, found, lead, count):
    resolution = draft(
        "Провести сверку до 1 марта 2026 года.", "Обновить реестр до 1 мая 2026 года.", lead=lead
    )
    assert len(found(resolution, "addressee.abbreviation")) == count


@pytest.mark.parametrize(
    ("words", "line", "severity"),
    [
        ("до 1 марта 2026 года", "до 01.03.2026", Severity.HINT),
        ("до 1 марта 2026 года", "01.04.2026", Severity.SEVERE),
        ("", "01.04.2026", None),
        ("по плану на 2026 год", "01.04.2026", None),
    ],
)
def test_deadline_printed_twice(document, found, words, line, severity):
    text = f"1. Министерству образования Приреченской области:\n\n1.1. Обновить реестр кружков {words}.\n\n{line}\n\n1.2. Издать сборник.\n\n01.05.2026\n"
    resolution = document(text)
    assert [f.severity for f in found(resolution, "deadline.doubled")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("heading", "deadline", "count"),
    [
        ("1. Мероприятия на 2026 год:", "до 1 октября 2027 года", 1),
        ("1. Мероприятия на 2026 год:", "до 1 октября 2026 года", 0),
        ("1. Мероприятия на 2025/2026 учебный год:", "до 1 октября 2028 года", 1),
        ("1. Мероприятия на 2025/2026 учебный год:", "до 1 октября 2026 года", 0),
        ("1. Мероприятия программы «Лес на 2026 год»:", "до 1 октября 2028 года", 0),
        ("1. Мероприятия в области питания:", "до 1 октября 2028 года", 0),
    ],
)
def test_deadline_outside_the_year_of_its_section(draft, found, heading, deadline, count):
    resolution = draft(f"Обновить реестр {deadline}.", f"Издать сборник {deadline}.", lead=heading)
    assert len(found(resolution, "deadline.outside_section_year")) == 2 * count


@pytest.mark.parametrize(
    ("point", "messages"),
    [
        ("До 1 марта 2026 года обеспечить не менее 30 %.", ["of what"]),
        ("Увеличить охват детей кружками до 30 % до 1 марта 2026 года.", []),
        ("Обеспечить обучение не менее 30 % педагогов до 1 марта 2026 года.", []),
    ],
)
def test_incomplete_target(draft, found, point, messages):
    resolution = draft(point, "Провести сверку до 1 апреля 2026 года.")
    said = [f.message.render("en") for f in found(resolution, "measure.target_incomplete")]
    assert len(said) == len(messages)
    assert all(part in text for part, text in zip(messages, said, strict=True))


def test_no_target_in_a_document_of_intentions(draft, found):
    wishes = [f"Активизировать работу кружка № {n} до 1 марта 2026 года." for n in range(1, 10)]
    acts = [f"Провести сверку фонда № {n} до 1 марта 2026 года." for n in range(1, 10)]
    assert len(found(draft(*wishes), "measure.no_target")) == 1
    assert not found(draft(*wishes, "Открыть не менее 5 кружков до 1 мая 2026 года."), "measure.no_target")
    assert not found(draft(*acts), "measure.no_target")


REGISTER = "Создать единый реестр школьных музеев и опубликовать путеводитель по их постоянным экспозициям"
PAIRS = [
    (REGISTER, "Сформировать единый реестр школьных музеев, опубликовать путеводитель по постоянным экспозициям", True),
    ("Провести мониторинг питания по итогам I квартала 2026 года в школах области", "Провести мониторинг питания по итогам II квартала 2026 года в школах области", False),
    ("Провести олимпиаду по физике", "Провести олимпиаду по химии", False),
    ("Провести школьный этап олимпиады среди учеников сельских школ области", "Провести муниципальный этап олимпиады среди учеников сельских школ области", False),
    ("Отремонтировать спортивные залы сельских школ", "Закупить автобусы для подвоза детей", False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "twins"), PAIRS, ids=[p[0][:40] for p in PAIRS])
def test_duplicates(draft, found, first, second, twins):
    resolution = draft(f"{first}.", "Обновить котельные до 1 марта 2026 года.", f"{second}.")
    assert [(f.clause, f.other) for f in found(resolution, "duplicate.inside")] == ([(3, 1)] if twins else [])
    earlier = [EarlierClause("Резолюция 2024 года", "2.4", first, date(2024, 8, 27))]
    again = found(draft(f"{second}.", "Обновить котельные.", earlier=earlier), "duplicate.earlier")
    assert [f.message.params["label"] for f in again] == (["2.4"] if twins else [])


def test_the_same_task_for_others_is_a_cascade(document, found):
    text = f"1. Министерству образования Приреченской области:\n1.1. {REGISTER}.\n2. Главам муниципальных округов:\n2.1. {REGISTER}.\n"
    resolution = document(text)
    assert not found(resolution, "duplicate.inside")
    (finding,) = found(resolution, "duplicate.cascade")
    assert (finding.clause, finding.other, finding.severity) == (2, 1, Severity.HINT)


NUMBERINGS = [
    ("1. Школам:\n1.1. Провести сверку.\n1.2. Обновить реестр.\n2. Главам округов:\n2.1. Издать сборник.", []),
    ("1. Школам:\n1.1. Провести сверку.\n1.3. Обновить реестр.", ["1.3"]),
    ("1. Школам:\n1.1. Провести сверку.\n1.1. Обновить реестр.", ["1.1"]),
    ("1. Школам:\n1.1. Провести сверку.\n1.2. Обновить реестр.\n2. Главам округов:\n1.3. Издать сборник.", ["1.3"]),
    ("1. Школам:\n1) провести сверку;\n2) обновить реестр.\n2. Главам округов:\n1) издать сборник;\n2) открыть музей.", []),
    ("1. Провести сверку.\n2. Обновить реестр.\n4. Издать сборник.", ["4"]),
    ("1. Провести сверку.\n2. Обновить реестр.\n3. Контроль за исполнением возложить на Лугового А.А.\n4. Издать сборник.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "labels"), NUMBERINGS)
def test_numbering(document, found, text, labels):
    findings = found(document(text), "structure.numbering")
    assert [f.message.params["label"] for f in findings] == labels


@pytest.mark.parametrize(("marks", "count"), [("-", 1), ("1)", 0)])
def test_bullets_cannot_be_cited(document, found, marks, count):
    points = ["провести сверку", "обновить реестр", "издать сборник", "открыть музей"]
    lines = [f"{marks.replace('1', str(n))} {p};" for n, p in enumerate(points, start=1)]
    resolution = document("1. Школам:\n" + "\n".join(lines))
    assert len(found(resolution, "structure.unnumbered")) == count


def test_lines_that_lost_their_bullet(document, found):
    text = "1. Школам:\n- провести сверку;\n- обновить реестр;\nиздать сборник;\n- открыть музей."
    (finding,) = found(document(text), "structure.list_marks")
    assert finding.clause == 3
    assert not found(document(text.replace("\nиздать", "\n- издать")), "structure.list_marks")


def test_leads_without_number_and_colon(document, found):
    text = "1. В целях развития кружков:\nв части учёта детей\n- создать реестр;\nв части подвоза\n- закупить автобусы;"
    (finding,) = found(document(text), "structure.leads")
    assert finding.message.params["count"] == 2
    assert not found(
        document(text.replace("детей", "детей:").replace("подвоза", "подвоза:")), "structure.leads"
    )


@pytest.mark.parametrize(
    ("leftover", "count"),
    [("[bookmark: _GoBack]", 1), ("**", 1), ("&nbsp;", 1), ("Ошибка! Закладка не определена.", 1), ("[Введите текст]", 1), ("[1]", 0), ("*", 0)],
)  # fmt: skip
def test_leftovers_of_an_office_program(draft, found, leftover, count):
    resolution = draft(f"Провести сверку {leftover} фондов до 1 марта 2026 года.")
    assert len(found(resolution, "structure.leftover")) == count


def test_undated_document(document, found):
    text = "РЕЗОЛЮЦИЯ\nавгустовской конференции Приреченской области\n\nУчастники конференции РЕШИЛИ:\n\n1. Школам:\n1.1. Провести сверку."
    assert len(found(document(text, head=False), "document.undated")) == 1
    assert not found(document("1. Школам:\n1.1. Провести сверку."), "document.undated")


SLIPS = [
    ("Провести  сверку фондов", "  "),
    ("Провести сверку по ст.5 устава", "ст.5"),
    ("Провести сверку в школе №5", "№5"),
    ("Провести сверку фондов,книг", "фондов,книг"),
    ("Провести сверку фондов , книг", "фондов ,"),
    ("Провести научно -практическую конференцию", "научно -практическую"),
    ("Провести онлайн – урок", "онлайн – урок"),
    ('Провести конкурсы «Берега» и "Лес"', '"Лес'),
    ("Провести сверку — дважды в год", None),
    ("Провести сверку в школе № 5 по ст. 5 устава", None),
    ("Провести психолого- и логопедический приём", None),
    ("Провести сверку в 2025/2026 учебном году, 1,5 часа", None),
]


@pytest.mark.parametrize(("point", "words"), SLIPS, ids=[s[0] for s in SLIPS])
def test_typography(draft, found, point, words):
    resolution = draft(f"{point}.", "Обновить реестр.")
    assert [w for _, w in shown(resolution, found(resolution, "language.typography"))] == (
        [words] if words else []
    )


def test_full_stops_that_most_points_have(draft, found):
    points = ["Провести сверку.", "Обновить реестр.", "Издать сборник.", "Открыть музей"]
    (finding,) = found(draft(*points), "language.typography")
    assert finding.message.params == {"count": 1, "words": "Открыть музей"}


def test_the_full_stop_of_an_abbreviation_ends_a_point(draft, found):
    points = ["Провести сверку.", "Обновить реестр.", "Издать сборник.", "Открыть музей до 1 марта 2026 г."]
    assert found(draft(*points), "language.typography") == []


def test_a_point_without_a_full_stop_is_quoted_by_whole_words(draft, found):
    long = "Провести муниципальный этап конкурса педагогического мастерства"
    (finding,) = found(
        draft("Провести сверку.", "Обновить реестр.", "Издать сборник.", long), "language.typography"
    )
    assert finding.message.params["words"] == "конкурса педагогического мастерства"


def test_findings_are_ordered_and_point_into_the_text(draft):
    resolution = draft(
        "Активизировать работу «Берегов", "Содействовать содействовать школам и т.д.", lead=TWO
    )
    spans = [f.span for f in resolution.findings]
    assert spans == sorted(spans)
    assert all(0 <= s.start < s.end <= len(resolution.document.text) for s in spans)
    assert {f.kind for f in resolution.findings} <= {kind.code for kind in finding_kinds()}
    assert find_defects(resolution) == resolution.findings


def test_kinds_are_declared_once_and_say_why():
    kinds = finding_kinds()
    assert len({kind.code for kind in kinds}) == len(kinds) > 30
    assert all(kind.explanation and kind.label and kind.message for kind in kinds)
