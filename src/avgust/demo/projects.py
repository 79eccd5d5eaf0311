"""A measure of the demo that is carried out as a project: milestones, money, risks, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from avgust.demo.changes import Day
from avgust.domain.evidence import Paper
from avgust.domain.periods import Period

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.projects.models import Milestone, Project
    from avgust.web.territory.models import Unit

MEASURE: Final = "7.2"
GOAL: Final = (
    "В каждом муниципальном округе к новому учебному году работает педагогический класс с наставником,"
    " учебным планом университета и оборудованным кабинетом."
)
GROUND: Final = "протокол рабочей группы № 3"


@dataclass(frozen=True, slots=True)
class Plan:
    """A milestone: its days, what it waits for (place in the table, days), and how it was done."""

    title: str
    start: Day
    due: Day
    waits: tuple[tuple[int, int], ...] = ()
    done: Day | None = None
    act: str = ""  # the number of the order that shows it; without one a second person decides


MILESTONES: Final = (
    Plan("Отобраны школы для педагогических классов", Day(0, 9, 15), Day(0, 10, 15), (), Day(0, 10, 13), "512-од"),
    Plan("Учебные планы согласованы с университетом", Day(0, 10, 16), Day(0, 11, 12), ((0, 0),), Day(0, 11, 10)),
    Plan("Заключены соглашения школ и колледжей", Day(0, 11, 13), Day(0, 11, 24), ((1, 0),), Day(0, 11, 20)),
    Plan("Кабинеты оборудованы", Day(0, 10, 20), Day(1, 2, 15), ((0, 3),)),
    Plan("Наставники классов обучены", Day(0, 11, 25), Day(1, 2, 28), ((1, 5),)),
    Plan("Набор учеников объявлен и завершён", Day(1, 3, 1), Day(1, 5, 20), ((3, 0), (4, 0))),
    Plan("Классы открыты, расписание утверждено", Day(1, 5, 21), Day(1, 8, 25), ((2, 0), (5, 0))),
)  # fmt: skip
BUDGET: Final = (
    ("regional", "Оборудование кабинетов", "2 400 000", "1 800 000", "950 000,50"),
    ("regional", "Обучение наставников", "450 000", "450 000", ""),
    ("municipal", "Ремонт помещений", "600 000", "600 000", "640 300"),
    ("extra", "Стипендии выпускникам от предприятий", "300 000", "300 000", ""),
)
RISKS: Final = (
    ("Не хватит наставников в малых округах", 4, 4, "директор института развития образования",
     "Дистанционный наставник из соседнего округа, выплата за второе место работы."),
    ("Поставка оборудования задержится", 3, 3, "начальник отдела материального обеспечения",
     "Два поставщика в договоре, срок поставки на месяц раньше открытия."),
    ("Мало заявлений от учеников", 2, 3, "координаторы округов", "Дни открытых дверей в марте и апреле."),
)  # fmt: skip


SENT: Final = (
    ("№", "Мера", "Срок", "Исполнитель", "Показатель"),
    ("3.1", None, "до 25 января", None, "не менее 75 процентов"),
    ("3.8", "Провести летнюю школу молодых учителей", "до 15 августа",
     "ГАУ ДПО «Приреченский институт развития образования»", "не менее 80 человек"),
    ("3.9", "Обновить методические материалы для наставников", "по готовности", None, None),
)  # fmt: skip


def plan(places: dict[str, Unit], people: dict[str, User], today: date) -> None:
    """Make the project and do of it what was due by `today`."""
    from avgust.web.programmes.models import Measure
    from avgust.web.projects import actions

    officer, year = people["region@avgust.example"], Period.school_year_of(today).start.year
    rows = Measure.objects.select_related("programme__unit")
    measure = rows.get(programme__unit=places["region"], label=MEASURE)
    project = actions.make_project(measure, actor=officer, goal=GOAL)
    made = _milestones(project, officer, year)
    for source, title, planned, allotted, spent in BUDGET:
        words = actions.LineWords(source, title, planned, allotted, spent)
        actions.put_line(project, words, actor=officer, reason=GROUND)
    for title, probability, impact, owner, response in RISKS:
        said = actions.RiskWords(title, probability, impact, owner, response)
        actions.put_risk(project, said, actor=officer, reason=GROUND)
    for row, planned_one in zip(made, MILESTONES, strict=True):
        if planned_one.done and planned_one.done.of(year) < today:
            _done(row, planned_one, people, planned_one.done.of(year))


def upload(people: dict[str, User], places: dict[str, Unit]) -> None:
    """Leave a file of a plan that waits for the officer's decision, as an institute might have sent it."""
    from avgust.domain.tables import Sheet
    from avgust.web.programmes.models import Programme
    from avgust.web.projects.plan_files import PlanFile
    from avgust.web.territory.imports.reading import pack

    PlanFile.objects.create(
        programme=Programme.objects.get(unit=places["region"]),
        file_name="Предложения института к плану.xlsx",
        size=8_412,
        table=pack([Sheet("План", SENT)]),
        uploaded_by=people["region@avgust.example"],
    )


def keep(people: dict[str, User], places: dict[str, Unit]) -> None:
    """Keep the plan of the region among its roadmaps, for the programme of the next year."""
    from avgust.web.programmes.models import Programme
    from avgust.web.projects.actions.roadmaps import keep_programme_plan

    keep_programme_plan(Programme.objects.get(unit=places["region"]), actor=people["region@avgust.example"])


def _milestones(project: Project, officer: User, year: int) -> list[Milestone]:
    from avgust.web.projects import actions

    made: list[Milestone] = []
    for one in MILESTONES:
        waits = tuple(actions.Wait(made[place].pk, lag) for place, lag in one.waits)
        words = actions.MilestoneWords(one.title, one.start.of(year), one.due.of(year), waits)
        made.append(actions.put_milestone(project, words, actor=officer, reason=GROUND))
    return made


def _done(row: Milestone, planned: Plan, people: dict[str, User], day: date) -> None:
    """Report a milestone: an order shows it, or the officer of the region accepts it; one still waits."""
    from avgust.web.projects import actions

    if planned.act:
        paper = Paper("local_act", "Приказ министерства", planned.act, day)
        actions.report_milestone(row, actor=people["region@avgust.example"], seen=0, done_on=day, paper=paper)
        return
    words = "Согласовано на совещании с координаторами округов."
    actions.report_milestone(
        row, actor=people["municipality@avgust.example"], seen=0, done_on=day, text=words
    )
    if planned is MILESTONES[1]:
        actions.accept_milestone(row, actor=people["region@avgust.example"], seen=1)
