"""The year of the demo so far: reports, acceptance, returns, extensions, lateness, the same every time.

The rows are written with the dates on which things would have happened, which acts done now could not have;
a test walks each history through the table of states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from avgust.domain.control.states import Act, Status

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.control.models import Assignment, Evidence, Report, Step
    from avgust.web.territory.models import Unit

# Of a hundred assignments whose day has passed: how many ended how. A school has its own luck, a measure too.
ENDS: Final = (
    ("accepted", 64),
    ("late", 9),
    ("reported", 9),
    ("returned", 6),
    ("extended", 4),
    ("asked", 2),
    ("twice", 6),
)
EARLY: Final = 14  # of a hundred whose day lies within the next month: reported already
WORDS: Final = (
    "Выполнено, приказ и материалы приложены.",
    "Проведено в срок, участвовали все классы.",
    "Сделано. Ссылка на страницу сайта с материалами приложена.",
    "Документ принят на педагогическом совете, размещён на сайте.",
)
RETURNS: Final = (
    "В приказе нет номера и даты. Исправьте и отправьте снова.",
    "Нет листа с подписями. Остальное верно.",
    "Ссылка ведёт на главную страницу сайта, нужен сам документ.",
)
PLEAS: Final = ("Специалист на больничном, замена найдена.", "Ждём согласования сметы учредителем.")


def carry_out(today: date) -> None:
    """Write what became of the assignments of every programme by `today`."""
    from avgust.web.control.models import Assignment

    book, heads, controllers = Book(), speakers(), officers()
    rows = Assignment.objects.filter(due__lte=today + timedelta(days=30), status=Status.OPEN.value)
    for row in rows.select_related("measure", "unit").order_by("pk"):
        speaker, controller = heads.get(row.unit_id), controllers.of(row.unit)
        events = _plan(row, today)
        if speaker is not None and controller is not None and events:
            book.write(row, events, speaker, controller)
    book.save()
    _given_at_adoption()


def _given_at_adoption() -> None:
    """Date what nobody touched by the adoption of its programme: filled today, it would be news to a head."""
    from avgust.web.control.models import Assignment
    from avgust.web.programmes.models import Programme

    for programme, adopted_on in Programme.objects.values_list("pk", "adopted_on"):
        if adopted_on is None:
            continue
        untouched = Assignment.objects.filter(programme=programme, version=0, status=Status.OPEN.value)
        untouched.update(since=timezone.make_aware(datetime.combine(adopted_on, time(12))))


def speakers() -> dict[int, User]:
    """Return who speaks for each organisation."""
    from avgust.web.accounts.models import Post

    posts = Post.objects.filter(role="head").select_related("user").order_by("pk")
    return {post.unit_id: post.user for post in posts}


class _Controllers:
    """Who decides about an organisation: the officer of its municipality, else of the region."""

    def __init__(self) -> None:
        from avgust.web.accounts.models import Post
        from avgust.web.territory.models import Membership

        officers = Post.objects.filter(role__in=("municipal_officer", "regional_officer")).order_by("-pk")
        self._officers = {post.unit_id: post.user for post in officers.select_related("user")}
        self._parents = dict(Membership.objects.order_by("since").values_list("unit", "parent"))

    def of(self, unit: Unit) -> User | None:
        """Return the officer of the nearest place above `unit`."""
        here: int | None = unit.pk
        while here is not None and here not in self._officers:
            here = self._parents.get(here)
        return self._officers.get(here) if here is not None else None


def officers() -> _Controllers:
    """Return who decides about organisations, read once."""
    return _Controllers()


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a history and its day."""

    act: Act
    day: date
    words: str = ""


def lot(*what: object) -> int:
    """Return a number from 0 to 99 that depends on `what` alone."""
    return sha256("|".join(map(str, what)).encode()).digest()[0] * 100 // 256


def _plan(row: Assignment, today: date) -> list[Event]:
    """Return the history of an assignment until `today`."""
    assert row.due is not None
    luck = lot(row.unit.name, row.measure.text, row.occurrence)
    if row.due >= today:
        early = row.due - timedelta(days=lot("early", luck, row.unit.name) % 20 + 5)
        return [Event(Act.REPORT, early)] if luck < EARLY and early <= today else []
    end, below = ENDS[-1][0], 0
    for name, share in ENDS:
        below += share
        if luck < below:
            end = name
            break
    day = row.due - timedelta(days=luck % 9)
    return [event for event in _history(end, day, row.due, luck) if event.day <= today]


def _history(end: str, day: date, due: date, luck: int) -> list[Event]:
    days = timedelta
    reported = [Event(Act.REPORT, day)]
    returned = Event(Act.RETURN, day + days(3), RETURNS[luck % len(RETURNS)])
    return {
        "accepted": [*reported, Event(Act.ACCEPT, day + days(luck % 4 + 1))],
        "late": [],
        "reported": reported,
        "returned": [*reported, returned],
        "extended": [
            Event(Act.ASK_EXTENSION, day, PLEAS[luck % len(PLEAS)]),
            Event(Act.GRANT_EXTENSION, day + days(2)),
        ],
        "asked": [Event(Act.ASK_EXTENSION, day, PLEAS[luck % len(PLEAS)])],
        "twice": [
            *reported,
            returned,
            Event(Act.REPORT, day + days(8)),
            Event(Act.ACCEPT, day + days(11)),
        ],
    }[end]


EXTENSION: Final = timedelta(days=45)
_BECOMES: Final = {
    Act.REPORT: Status.REPORTED,
    Act.ACCEPT: Status.ACCEPTED,
    Act.RETURN: Status.RETURNED,
}


class Book:
    """The rows of the histories, written together at the end."""

    def __init__(self) -> None:
        self._assignments: list[Assignment] = []
        self._steps: list[Step] = []
        self._reports: list[Report] = []
        self._evidence: list[Evidence] = []

    def write(self, row: Assignment, events: Sequence[Event], speaker: User, controller: User) -> None:
        """Note the acts, reports and the assignment as they leave it."""
        from avgust.web.control.models import Step

        report: Report | None = None
        for number, event in enumerate(events):
            at, before = _moment(event.day, number), row.due
            who = speaker if event.act in _SPOKEN else controller
            if event.act is Act.REPORT:
                report = self._reported(row, event, at, speaker)
            elif report is not None and event.act in _CLOSES:
                report.outcome, report.decided_at = _CLOSES[event.act], at
            _change(row, event, at, speaker, controller)
            step = Step(
                assignment=row, act=event.act.value, at=at, actor=who, status=row.status, reason=event.words,
                due_before=before, due_after=row.asked_due or row.due, report=report,
            )  # fmt: skip
            self._steps.append(step)
        self._assignments.append(row)

    def _reported(self, row: Assignment, event: Event, at: datetime, speaker: User) -> Report:
        from avgust.web.control.models import Evidence, Report

        luck = lot("words", row.unit.name, row.measure.text, row.occurrence)
        made = Report(
            assignment=row, text=WORDS[luck % len(WORDS)], outcome="sent", author=speaker, sent_at=at
        )
        act = luck % 3 != 0
        proof = Evidence(
            report=made,
            kind="local_act" if act else "link",
            title="Приказ об исполнении меры" if act else "Страница сайта с материалами",
            number=f"{luck + 12}-ОД" if act else "",
            dated=event.day if act else None,
            url="" if act else f"https://school-{row.unit_id}.example/news/{row.measure_id}",
            added_by=speaker,
        )
        self._reports.append(made)
        self._evidence.append(proof)
        return made

    def save(self) -> None:
        """Write everything that was noted."""
        from avgust.web.control.models import Assignment, Evidence, Report, Step

        changed = [
            "status",
            "since",
            "version",
            "spoke",
            "asked_due",
            "due",
            "reported_at",
            "accepted_at",
            "accepted_by",
        ]
        Report.objects.bulk_create(self._reports)
        Evidence.objects.bulk_create(self._evidence)
        Step.objects.bulk_create(self._steps)
        Assignment.objects.bulk_update(self._assignments, changed, batch_size=200)


_SPOKEN: Final = (Act.REPORT, Act.ASK_EXTENSION)
_CLOSES: Final = {Act.ACCEPT: "accepted", Act.RETURN: "returned"}


def _change(row: Assignment, event: Event, at: datetime, speaker: User, controller: User) -> None:
    """Change the assignment as the act does."""
    if event.act in _SPOKEN:
        row.spoke = {"people": [speaker.pk], "units": [row.unit_id]}
    if event.act is Act.ASK_EXTENSION and row.due:
        row.asked_due = row.due + EXTENSION
    elif event.act is Act.GRANT_EXTENSION:
        row.due, row.asked_due = row.asked_due, None
    elif event.act is Act.REPORT:
        row.reported_at = at
    elif event.act is Act.RETURN:
        row.reported_at = None
    elif event.act is Act.ACCEPT:
        row.accepted_at, row.accepted_by = at, controller
    if event.act in _BECOMES:
        row.status, row.since = _BECOMES[event.act].value, at
    row.version += 1


def _moment(day: date, number: int) -> datetime:
    """Return an hour of an office day."""
    return timezone.make_aware(datetime.combine(day, time(9 + number * 2 % 8, 15 + number * 7 % 40)))
