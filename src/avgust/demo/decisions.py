"""Decisions of the demo's municipality: after a monitoring, after an inspection, one proven, one being prepared.

The minutes after the monitoring come as a file, with «СЛУШАЛИ / РЕШИЛИ» for each question; the others are typed
by the methodologist and adopted by the officer. Their days are counted back from the day of the demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from avgust.demo.docx import write_docx
from avgust.demo.execution import Book, Event, lot, officers, speakers
from avgust.demo.script import Line
from avgust.domain.control.states import Act
from avgust.domain.decisions.causes import Cause as Said
from avgust.domain.decisions.causes import CauseKind
from avgust.domain.decisions.minutes import Genre, TypedClause, TypedDecision
from avgust.domain.resolutions.months import day_in_words

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.assessments.models import Work
    from avgust.web.control.models import Assignment
    from avgust.web.decisions.models import Cause, Decision
    from avgust.web.territory.models import Unit

SKILL: Final = "Построение высказывания"  # what `avgust.demo.results` lets fall from year to year
CONTROLLER: Final = "начальника отдела общего образования Ветрову Н.П."
# Of a hundred assignments whose day has passed: how many are accepted, how many are only reported.
ACCEPTED: Final = {"monitoring": 70, "inspection": 55, "order": 100}
REPORTED: Final = {"monitoring": 30, "inspection": 15, "order": 0}


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who decides for which place, as of which day."""

    unit: Unit
    secretary: User
    officer: User
    today: date

    def ago(self, days: int) -> date:
        """Return the day so many days before the day of the demo."""
        return self.today - timedelta(days=days)


def decide(places: dict[str, Unit], people: dict[str, User], today: date) -> None:
    """Record causes, decide on them, and write what became of the decisions by `today`."""
    desk = _Desk(
        places["zaozerny"],
        people["methodologist@avgust.example"],
        people["municipality@avgust.example"],
        today,
    )
    _executed(_after_monitoring(desk), "monitoring", today)
    _executed(_after_inspection(desk), "inspection", today)
    _executed(_order(desk, places["zaozerny-school-2"]), "order", today)
    _prepared(desk)


def _record(said: Said, desk: _Desk) -> Cause:
    from avgust.web.decisions.actions import record_cause

    return record_cause(said, actor=desk.secretary, unit=desk.unit)


def _adopted(decision: Decision, desk: _Desk) -> Decision:
    from avgust.web.programmes.actions import adopt_document

    adopt_document(decision.document, actor=desk.officer)
    return decision


def _after_monitoring(desk: _Desk) -> Decision:
    """Upload minutes on what the works of the spring show of the territory, and tell which clause follows."""
    from avgust.web.decisions.actions import link_cause, unlink_cause, upload_decision

    cause = _record(_finding(desk), desk)
    title = "Протокол совещания по итогам проверочных работ.docx"
    data = write_docx(_minutes(desk), title.removesuffix(".docx"))
    decision = upload_decision(
        actor=desk.secretary, unit=desk.unit, name=title, data=data, genre=Genre.MINUTES, number="11", causes=[cause]
    )  # fmt: skip
    about = _labels(decision)
    link_cause(decision, cause, [about["1.2"], about["1.3"]], actor=desk.secretary)
    for link in decision.document.causes.filter(clause=""):
        unlink_cause(link, actor=desk.secretary)
    return _adopted(decision, desk)


def _labels(decision: Decision) -> dict[str, str]:
    from avgust.web.documents.standing import Standing

    return {row.clause.label or "": row.id for row in Standing.of(decision.document).review.clauses}


def _finding(desk: _Desk) -> Said:
    """Return the finding that the report on results tells of the territory; it is looked up, not written here."""
    from django.urls import reverse

    from avgust.web.assessments.models import Work
    from avgust.web.readings.findings import findings_of, told_of
    from avgust.web.readings.source import source_of

    work: Work = Work.objects.filter(subject="ru", grade=4, pupils__gt=0).order_by("-held_on")[0]
    source = source_of(work)
    assert source is not None
    told = told_of("territory", work, desk.unit, source)
    assert told is not None
    found = findings_of(told)
    one = next((one for one in found if SKILL in one.words.render("ru")), found[0])
    assert one.value is not None
    return Said(
        kind=CauseKind.FINDING,
        words=f"{desk.unit}. {one.words.render('ru')}",
        observed_on=work.held_on,
        source=work.title,
        address=reverse("readings:territory", args=[work.pk, desk.unit.pk]),
        value=Decimal(str(one.value)),
        expected=Decimal(str(one.expected)),
        measured_in=one.measured_in.render("ru") if one.measured_in else "",
    )


def _minutes(desk: _Desk) -> list[Line]:
    """Return minutes with two questions, as offices print them."""
    first, second, third = (day_in_words(desk.ago(days)) for days in (40, 12, -45))
    return [
        Line("!", "ПРОТОКОЛ № 11"),
        Line("!", "совещания руководителей общеобразовательных организаций"),
        Line("!", "Заозёрского муниципального округа"),
        Line("", f"от {day_in_words(desk.ago(70))}"),
        Line("", "Председательствующий: Ветрова Н.П. Секретарь: Ключевская О.И."),
        Line("", "Присутствовали: 9 человек."),
        Line("", "Вопрос 1. Об итогах проверочной работы по русскому языку в четвёртых классах"),
        Line(
            "",
            "СЛУШАЛИ: Ключевскую О.И. Сообщила, что ученики строят связное высказывание хуже, чем год назад.",
        ),
        Line("", "РЕШИЛИ:"),
        Line("", "1.1. Информацию Ключевской О.И. принять к сведению."),
        Line("", "1.2. Провести разбор работ с учителями начальных классов."),
        Line("", f"Ответственные: руководители общеобразовательных организаций. Срок: до {first}."),
        Line("", "1.3. Включить задания на связное высказывание в план каждой недели."),
        Line("", f"Ответственные: руководители общеобразовательных организаций. Срок: до {third}."),
        Line("", "Вопрос 2. О порядке проведения школьных методических дней"),
        Line("", "СЛУШАЛИ: Ветрову Н.П."),
        Line("", "РЕШИЛИ:"),
        Line("", "2.1. Разместить график методических дней на сайтах школ."),
        Line("", f"Ответственные: руководители общеобразовательных организаций. Срок: до {second}."),
        Line("", f"2.2. Контроль за исполнением решений возложить на {CONTROLLER}"),
        Line(">", "Секретарь  О.И. Ключевская"),
    ]


def _after_inspection(desk: _Desk) -> Decision:
    """Type minutes on a case that an inspection found."""
    case = _record(
        Said(
            CauseKind.CASE,
            "Ежедневное меню не размещено на сайте, родители не видят состав обедов.",
            desk.ago(50),
            f"Акт проверки организации питания от {day_in_words(desk.ago(50))} № 27",
        ),
        desk,
    )
    schools = "руководители общеобразовательных организаций"
    clauses = (
        TypedClause("Разместить ежедневное меню на сайте", schools, f"до {day_in_words(desk.ago(30))}"),
        TypedClause(
            "Назначить ответственного за раздел о питании", schools, f"до {day_in_words(desk.ago(21))}"
        ),
        TypedClause("Провести повторную проверку сайтов", schools, f"до {day_in_words(desk.ago(-25))}"),
        TypedClause(
            "Представить отчёт об устранении замечаний",
            schools,
            "в течение 10 рабочих дней после повторной проверки",
        ),
    )
    return _adopted(
        _typed(
            desk, "совещания по итогам проверки организации питания", "13", desk.ago(45), clauses, (case,)
        ),
        desk,
    )


def _order(desk: _Desk, school: Unit) -> Decision:
    """Type an order to one school, whose execution is proven."""
    number = _record(
        Said(
            CauseKind.INDICATOR,
            "Классы без закреплённого наставника для молодого учителя.",
            desk.ago(62),
            f"Мониторинг наставничества, справка от {day_in_words(desk.ago(62))} № 19",
            value=Decimal(2),
            expected=Decimal(0),
            measured_in="класса",
        ),
        desk,
    )
    clause = TypedClause(
        "Закрепить наставников за молодыми учителями", school.name, f"до {day_in_words(desk.ago(28))}"
    )
    return _adopted(
        _typed(desk, "о закреплении наставников", "84", desk.ago(58), (clause,), (number,), Genre.ORDER), desk
    )


def _prepared(desk: _Desk) -> None:
    """Leave one decision under review and one cause without any."""
    late = _record(
        Said(
            CauseKind.INDICATOR,
            "Доля школьников, занятых в кружках технической направленности.",
            desk.ago(9),
            f"Справка управления образования от {day_in_words(desk.ago(9))} № 31",
            value=Decimal("11.5"),
            expected=Decimal(20),
            measured_in="% учащихся",
        ),
        desk,
    )
    clause = TypedClause(
        "Открыть не менее одного кружка технической направленности",
        "руководители общеобразовательных организаций",
        f"до {day_in_words(desk.ago(-60))}",
    )
    _typed(desk, "совещания по дополнительному образованию", "15", desk.ago(2), (clause,), (late,))
    _record(
        Said(
            CauseKind.CASE,
            "Школьный автобус вышел на маршрут без отметки о техническом осмотре.",
            desk.ago(4),
            f"Обращение родителей от {day_in_words(desk.ago(4))} № 206",
        ),
        desk,
    )


def _typed(
    desk: _Desk,
    title: str,
    number: str,
    day: date,
    clauses: tuple[TypedClause, ...],
    causes: tuple[Cause, ...],
    genre: Genre = Genre.MINUTES,
) -> Decision:
    from avgust.web.decisions.actions import Kept, type_decision

    said = TypedDecision(genre, title, desk.unit.name, day, clauses, number, CONTROLLER)
    every = dict.fromkeys(range(len(clauses)), causes)
    return type_decision(said, Kept(every, {0: ["local_act", "link"]}), actor=desk.secretary, unit=desk.unit)


def _executed(decision: Decision, kind: str, today: date) -> None:
    """Write what became of the assignments whose day has passed: reported, accepted, or nothing."""
    from avgust.web.control.models import Assignment

    book, heads, controllers = Book(), speakers(), officers()
    rows = Assignment.objects.filter(measure__clauses__source__document=decision.document_id, due__lt=today)
    for row in rows.select_related("measure", "unit").order_by("pk"):
        speaker, controller = heads.get(row.unit_id), controllers.of(row.unit)
        events = _events(row, kind)
        if speaker is not None and controller is not None and events:
            book.write(row, events, speaker, controller)
    book.save()


def _events(row: Assignment, kind: str) -> list[Event]:
    assert row.due is not None
    luck = lot(kind, row.unit.name, row.measure.text)
    day = row.due - timedelta(days=luck % 6 + 3)
    if luck < ACCEPTED[kind]:
        return [Event(Act.REPORT, day), Event(Act.ACCEPT, day + timedelta(days=2))]
    return [Event(Act.REPORT, day)] if luck < ACCEPTED[kind] + REPORTED[kind] else []
