"""Local acts of the demo: three templates, one required by a measure, and how far each school has come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from avgust.demo.execution import lot, officers, speakers
from avgust.domain.acts.document import Draft, act_docx
from avgust.domain.acts.examples import ASSESSMENT, MENTORING
from avgust.domain.acts.fields import Field, Kind
from avgust.domain.acts.text import Template, lines_of
from avgust.domain.resolutions.months import day_in_words

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.acts.models import ActStep, ActTemplate, LocalAct
    from avgust.web.territory.models import Unit

REQUIRING: Final = "положение о наставничестве"  # words of the measure of the region
MEDIA: Final = Template(
    "Положение о школьном медиацентре",
    "1. Общие положения\n"
    "1.1. Медиацентр объединяет школьное радио, газету и съёмочную группу. Руководит им {{ руководитель }}.\n"
    "1.2. Выпуск выходит не реже {{ раз }} раз в месяц.\n"
    "2. Как идёт работа\n"
    "2.1. Тему выпуска предлагает любой ученик; решение принимает редакция.\n"
    "2.2. Съёмка ведётся с согласия тех, кого снимают, а детей — с согласия родителей.",
    (
        Field("руководитель", "Кто руководит медиацентром", Kind.PERSON),
        Field("раз", "Сколько выпусков в месяц", Kind.NUMBER),
    ),
)
# Of a hundred schools of which the act is required: how far each has come.
ENDS: Final = (
    ("in_force", 58),
    ("adopted", 6),
    ("agreed", 6),
    ("agreeing", 8),
    ("draft", 8),
    ("repealed", 4),
    ("none", 10),
)
COURSE: Final = ("begin", "submit", "agree", "adopt", "repeal")
FAR: Final = {"draft": 1, "agreeing": 2, "agreed": 3, "in_force": 4, "adopted": 4, "repealed": 5}
STATUSES: Final = ("draft", "agreeing", "agreed", "adopted", "repealed")


def adopt_acts(places: dict[str, Unit], people: dict[str, User], today: date) -> None:
    """Offer the templates, require one, and write how far the schools have come with it by `today`."""
    from avgust.web.acts.offering import require_act
    from avgust.web.acts.proving import prove
    from avgust.web.control.models import Assignment
    from avgust.web.programmes.models import Measure

    officer, methodologist = people["region@avgust.example"], people["methodologist@avgust.example"]
    mentoring = _offered(MENTORING, places["region"], officer)
    own = [_offered(said, places["zaozerny"], methodologist) for said in (ASSESSMENT, MEDIA)]
    region = Measure.objects.filter(programme__unit=places["region"], text__contains=REQUIRING)
    measure = region.select_related("programme__unit").order_by("pk")[0]
    require_act(measure, mentoring, actor=officer)
    school = places["zaozerny-school-2"]
    book = _Book(today)
    rows = Assignment.objects.filter(measure=measure).select_related("unit").order_by("pk")
    for at, row in enumerate(rows):
        end = "agreeing" if row.unit_id == school.pk else _end(at)
        book.write(mentoring, row.unit, end, row.due or today)
    book.write(own[0], school, "draft", today)
    book.write(own[1], school, "agreed", today)
    book.save()
    prove(Assignment.objects.filter(measure=measure))


def _offered(said: Template, unit: Unit, actor: User) -> ActTemplate:
    from avgust.web.acts.models import ActTemplate
    from avgust.web.acts.offering import save_template, set_stage

    made = save_template(None, said, unit=unit, actor=actor)
    return set_stage(made, ActTemplate.Stage.OFFERED, actor=actor)


def _end(at: int) -> str:
    """Return how far the school that is `at` in the list has come: every way is there, however few they are."""
    below = 0
    for name, share in ENDS:
        below += share
        if at * 37 % 100 < below:
            return name
    return "none"


class _Book:
    """The acts with their histories, written together at the end."""

    def __init__(self, today: date) -> None:
        self._today, self._heads, self._officers = today, speakers(), officers()
        self._deputies = _deputies()
        self._acts: list[LocalAct] = []
        self._steps: list[ActStep] = []

    def write(self, template: ActTemplate, unit: Unit, end: str, due: date) -> None:
        """Note the act of `unit`, led as far as `end`; its last steps lie before `today`."""
        from avgust.web.acts.models import LocalAct

        head, officer = self._heads.get(unit.pk), self._officers.of(unit)
        if end == "none" or head is None or officer is None:
            return
        author = self._deputies.get(unit.pk, head)
        second = head if author is not head else officer
        length = FAR[end]
        begun = min(
            due - timedelta(days=25 + lot("begun", unit.name) % 12),
            self._today - timedelta(days=length * 4 + 2),
        )
        days = [begun + timedelta(days=4 * step) for step in range(length)]
        version = template.newest
        act = LocalAct(
            unit=unit, template=template, version=version, title=version.title, status=STATUSES[length - 1],
            values=_values(unit, head, due, whole=end != "draft"), authors=[author.pk], made_by=author, revision=length,
        )  # fmt: skip
        if length > 2:
            act.agreed_by, act.agreed_at = second, _moment(days[2])
            act.agreed_with = f"Педагогический совет, протокол № {lot('council', unit.name) % 4 + 1}"
        if length > 3:
            self._adopted(act, days, end)
        self._acts.append(act)
        self._history(act, days, {0: author, 1: author, 2: second, 3: head, 4: head})

    def _adopted(self, act: LocalAct, days: list[date], end: str) -> None:
        from avgust.web import files

        act.number, act.adopted_on = f"{lot('number', act.unit.name) + 12}-ОД", days[3]
        act.since = self._today + timedelta(days=20) if end == "adopted" else days[3]
        act.until = days[4] if end == "repealed" else None
        lines = lines_of(act.version.said, act.values)
        data = act_docx(
            Draft(act.unit.name, act.title, lines, act.agreed_with, act.number, day_in_words(act.adopted_on))
        )
        act.sha256, act.file_name, act.size = files.keep(data), "Положение о наставничестве.docx", len(data)
        act.mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _history(self, act: LocalAct, days: list[date], who: dict[int, User]) -> None:
        from avgust.web.acts.models import ActStep

        for at, day in enumerate(days):
            reason = "Приказ о структуре методической службы" if COURSE[at] == "repeal" else ""
            self._steps.append(
                ActStep(
                    act=act,
                    move=COURSE[at],
                    at=_moment(day),
                    actor=who[at],
                    status=STATUSES[max(at, 0)],
                    reason=reason,
                )
            )

    def save(self) -> None:
        """Write everything that was noted."""
        from avgust.web.acts.models import ActStep, LocalAct

        LocalAct.objects.bulk_create(self._acts)
        ActStep.objects.bulk_create(self._steps)


def _deputies() -> dict[int, User]:
    from avgust.web.accounts.models import Post

    posts = Post.objects.filter(role="deputy").select_related("user").order_by("pk")
    return {post.unit_id: post.user for post in posts}


def _values(unit: Unit, head: User, due: date, *, whole: bool) -> dict[str, Any]:
    """Return what is filled in under the keys of all three templates; a draft has gaps."""
    year = due.year if due.month > 8 else due.year - 1
    values = {
        "организация": unit.name,
        "куратор": head.full_name,
        "начало": date(year, 9, 15).isoformat(),
        "месяцев": "9",
        "наибольшее_число": "2",
        "поддержка": unit.name,
        "итоги": date(year + 1, 5, 25).isoformat(),
        "условия": "пара может посещать уроки в соседних школах по договорённости руководителей.",
        "руководитель": head.full_name,
        "раз": "2",
    }
    return values if whole else {"организация": unit.name}


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11, 20)))
