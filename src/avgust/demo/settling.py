"""What the officers of the demo settle after adoption: exceptions, a merger, a change, answers to the region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from avgust.demo.script import later
from avgust.domain.resolutions.model import Relation

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
    from avgust.web.territory.models import Unit

# Measure → organisation, whether it was added, why.
EXCEPTIONS: Final = (
    ("5.1", "zaozerny-school-6", False, "в школе нет педагогов со стажем до трёх лет"),
    ("5.1", "stepnoy-school-4", False, "в школе нет педагогов со стажем до трёх лет"),
    ("5.1", "talent-centre", True, "центр просил включить его: работают четыре молодых педагога"),
    ("5.3", "kamenny-school-5", False, "школа открыта в прошлом году, программы обновлены при открытии"),
)
# Municipal measure → regional measure, what the officer said; the rest of the suggestions waits.
ANSWERS: Final = (("1.2", "4.1", True), ("2.3", "4.2", True), ("1.6", "4.8", True), ("1.2", "5.1", False))
BY_HAND: Final = ("1.5", "5.5")  # an answer that no likeness of words would suggest


def settle(places: dict[str, Unit], people: dict[str, User], years: int) -> None:
    """Do what the officers did between adoption and the first reports."""
    from avgust.web.programmes.models import Programme

    region = Programme.objects.select_related("unit").get(unit=places["region"])
    ours = Programme.objects.select_related("unit").get(unit=places["zaozerny"])
    _settle_region(region, places, people["region@avgust.example"], years)
    _settle_municipality(ours, people["municipality@avgust.example"], years)
    _answer(region, ours, people["municipality@avgust.example"])


def _measure(programme: Programme, label: str) -> Measure:
    rows = programme.measures.select_related("programme__unit")
    return rows.get(label=label)


def _executor(programme: Programme, label: str, relation: Relation) -> MeasureExecutor:
    rows = _measure(programme, label).executors.select_related("measure__programme__unit")
    return rows.filter(relation=relation.value).order_by("pk")[0]


def _settle_region(programme: Programme, places: dict[str, Unit], officer: User, years: int) -> None:
    from avgust.web.programmes import actions

    for label, unit, added, reason in EXCEPTIONS:
        role = _executor(programme, label, Relation.EXECUTOR)
        actions.except_units(role, [places[unit]], actor=officer, added=added, reason=reason)
    actions.merge_measures(
        _measure(programme, "3.2"),
        _measure(programme, "3.3"),
        actor=officer,
        reason="решено исполнять одной программой института, письмо ПИРО № 112",
    )
    bank = _measure(programme, "3.4")
    said = actions.Wording.of(bank)
    moved = actions.Wording(
        text=said.text,
        label=said.label,
        section=said.section,
        theme=said.theme,
        deadline=later("до 1 марта 2026 года", years),
        target=said.target,
    )
    ground = "решение коллегии министерства, протокол № 9"
    actions.edit_measure(bank, moved, actor=officer, seen=bank.version, reason=ground)
    control = _executor(programme, "1.4", Relation.CONTROLLER)
    post = actions.people_for(control).get(user=officer)
    actions.name_person(control, post, actor=officer)


def _settle_municipality(programme: Programme, officer: User, years: int) -> None:
    from avgust.web.programmes import actions

    section = _measure(programme, "1.1").section
    words = "Провести в доме творчества день открытых дверей для семей будущих первоклассников до 1 апреля 2026 года"
    made = actions.add_measure(
        programme,
        actions.Wording(later(words, years), label="1.7", section=section),
        actor=officer,
        reason="обращение родительского совета округа",
        executors="Отдел образования администрации Заозёрского муниципального округа",
    )
    actions.involve(
        made,
        "МБУ ДО «Дом творчества «Исток» Заозёрского округа»",
        Relation.CO_EXECUTOR,
        actor=officer,
        reason="обращение родительского совета округа",
    )


def _answer(region: Programme, ours: Programme, officer: User) -> None:
    from avgust.web.programmes import actions
    from avgust.web.programmes.models import Answer

    for below, above, confirmed in ANSWERS:
        rows = Answer.objects.select_related("measure__programme__unit", "answered")
        found = rows.get(measure=_measure(ours, below), answered=_measure(region, above))
        actions.decide_answer(found, actor=officer, confirmed=confirmed)
    below, above = BY_HAND
    actions.make_answer(_measure(ours, below), _measure(region, above), actor=officer)
