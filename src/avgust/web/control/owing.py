"""The home of who speaks for an organisation: what is owed this week, what came back, what waits; no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.control.errands import IN_WORK, Stage
from avgust.domain.control.states import LIVE, OWED, Act, Status
from avgust.domain.periods import Period
from avgust.web.accounts.rights import Action, Role
from avgust.web.control.models import Assignment, AssignmentQuerySet, Errand, Report, Step
from avgust.web.control.presenting import needed_words
from avgust.web.control.standing import reporting_organisations, reporting_units
from avgust.web.control.wording import period_of
from avgust.web.ui import dates
from avgust.web.ui.stations import HomeSection

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

SHOWN: Final = 10  # of each list; the whole stands in the list of own assignments
NEW_FOR: Final = timedelta(days=7)  # so long a new assignment is announced, unless the week has it anyway
NEW_SHOWN: Final = 3  # by name; a programme that was adopted is announced by how many it brought
_OF_AN_ORGANISATION: Final = frozenset({Role.HEAD, Role.DEPUTY, Role.STAFF})


@dataclass(frozen=True, slots=True)
class Back:
    """Why a report came back."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """An assignment on the home page: everything that is printed of it, and nothing else."""

    number: int
    due: date | None
    late: bool
    other_year: bool  # than this one, so that it is printed
    address: str
    label: str
    text: str
    period: str
    unit: str  # where the reader has several
    asked_due: date | None
    words: str  # what has to be shown, in the words of the measure
    needed: tuple[str, ...]
    back: Back | None
    drafted: bool
    first: bool  # of the page: its button is the main one


def section(request: HttpRequest) -> HomeSection | None:
    """Return what an organisation owes; for who works for organisations only, the whole home page."""
    user: Any = request.user
    units = reporting_units(user)
    if not units and not user.may(Action.DO_ERRANDS):
        return None
    today = timezone.localdate()
    rows = Assignment.objects.filter(unit__in=units)
    week_ends = end_of_week(today)
    fresh = _fresh(rows, today, week_ends)
    back = rows.filter(status=Status.RETURNED.value)
    week = rows.filter(status=Status.OPEN.value, due__lte=week_ends)
    numbers = _numbers(rows, today, week_ends)
    entrusted, finished = _errands(user)
    alone = {Role(post.role) for post in user.current_posts} <= _OF_AN_ORGANISATION
    if not alone and not (numbers["returned"] or numbers["week"] or numbers["new"] or entrusted or finished):
        return None
    values = {
        "units": sorted(reporting_organisations(user), key=lambda unit: (unit.order, unit.pk)),
        "today": today,
        "numbers": numbers,
        "returned": _owed(back, units) if numbers["returned"] else [],
        "week": _owed(week, units, leads=not numbers["returned"]) if numbers["week"] else [],
        "new": _owed(fresh, units) if 0 < numbers["new"] <= NEW_SHOWN else [],
        "brought": _brought(fresh) if numbers["new"] > NEW_SHOWN else [],
        "waiting": _waiting(rows) if numbers["waiting"] else [],
        "entrusted": entrusted,
        "finished": finished,
        "month_ends": numbers["month_ends"],
        "next": None if numbers["later"] and not alone else _next(rows, week_ends),
        "hands_on": bool(units),
        "alone": alone,
    }
    said = _sentence(values) if alone else ""
    quiet = alone and not said
    return HomeSection(
        "control/_home.html",
        values,
        order=6,
        sentence=_("Nothing is owed and nothing is waiting.") if quiet else said,
        quiet=quiet,
        title=_title(values) if alone else "",
        above=_above(values),
        alone=alone,
    )


def _above(values: dict[str, Any]) -> str:
    """Return whose home it is and the day: «Школа № 3 · четверг, 12 марта»."""
    day = dates.named(values["today"], "l, j E")
    return " · ".join([", ".join(map(str, values["units"])), day] if values["units"] else [day])


def end_of_week(today: date) -> date:
    """Return the Sunday of the week of `today`; on a weekend that of the week ahead."""
    return today + timedelta(days=6 - today.weekday() if today.weekday() < 5 else 13 - today.weekday())


def _is_fresh(today: date, week_ends: date) -> Q:
    """Return the condition on what was given lately, was not touched since and is not due this week."""
    since = timezone.make_aware(datetime.combine(today - NEW_FOR, time()))
    return Q(status=Status.OPEN.value, version=0, since__gte=since, due__gt=week_ends)


def _fresh(rows: AssignmentQuerySet, today: date, week_ends: date) -> AssignmentQuerySet:
    return rows.filter(_is_fresh(today, week_ends))


def _brought(fresh: AssignmentQuerySet) -> list[Any]:
    """Return the programmes that brought new assignments: how many, and the nearest deadline."""
    by_programme = fresh.order_by().values("programme", title=F("programme__title"))
    return list(by_programme.annotate(count=Count("*"), nearest=Min("due")).order_by("nearest")[:SHOWN])


def _numbers(rows: AssignmentQuerySet, today: date, week_ends: date) -> dict[str, Any]:
    """Return how many stand in each list, and how many come until the end of the month.

    Counted by status and day, as the index of organisations holds them; what is new is asked of the rows,
    when anything lies ahead.
    """
    month_ends = Period.month(week_ends.year, week_ends.month).end
    if month_ends - week_ends < timedelta(days=7):
        month_ends = Period.month(week_ends.year, week_ends.month).next.end
    counted: dict[str, Counter[date | None]] = defaultdict(Counter)
    for status, due, count in rows.order_by().values_list("status", "due").annotate(n=Count("*")):
        counted[status][due] = count
    is_open = counted[Status.OPEN.value]
    owed = Counter[date | None]()
    for status in OWED:
        owed.update(counted[status.value])
    ahead = _falling(is_open, lambda due: due > week_ends)
    return {
        "returned": counted[Status.RETURNED.value].total(),
        "week": _falling(is_open, lambda due: due <= week_ends),
        "late": _falling(owed, lambda due: due < today),
        "waiting": counted[Status.REPORTED.value].total(),
        "later": _falling(is_open, lambda due: week_ends < due <= month_ends),
        "new": _fresh(rows, today, week_ends).count() if ahead else 0,
        "nearest": min((due for due in owed if due and due >= today), default=None),
        "month_ends": month_ends,
    }


def _falling(counted: Counter[date | None], falls: Callable[[date], bool]) -> int:
    """Return how many of what is counted by its day fall on the days of which `falls` is true."""
    return sum(count for due, count in counted.items() if due and falls(due))


def _with_words(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    return rows.select_related("measure__requirement", "programme", "unit")


def _owed(rows: AssignmentQuerySet, units: frozenset[int], *, leads: bool = True) -> list[Owed]:
    """Return the first of `rows` with why they came back and whether a draft waits, in two queries."""
    drafts = Report.objects.filter(assignment=OuterRef("pk"), outcome=Report.Outcome.DRAFT)
    found = list(_with_words(rows).annotate(drafted=Exists(drafts)).order_by("due", "pk")[:SHOWN])
    returned = [row.pk for row in found if row.state is Status.RETURNED]
    steps = Step.objects.filter(assignment__in=returned, act__in=(Act.RETURN, Act.REOPEN))
    back = {step.assignment_id: step for step in steps.select_related("actor").order_by("pk")}
    today = timezone.localdate()
    return [
        _printed(
            row,
            today,
            back.get(row.pk),
            drafted=row.drafted,  # type: ignore[attr-defined]
            several=len(units) > 1,
            first=leads and row is found[0],
        )
        for row in found
    ]


def _printed(
    row: Assignment, today: date, step: Step | None, *, drafted: bool, several: bool, first: bool
) -> Owed:
    """Return what the page prints of an assignment."""
    requirement = getattr(row.measure, "requirement", None)
    return Owed(
        number=row.pk,
        due=row.due,
        late=row.due is not None and row.due < today,
        other_year=row.due is not None and row.due.year != today.year,
        address=row.get_absolute_url(),
        label=row.measure.label,
        text=row.measure.text,
        period=period_of(row),
        unit=str(row.unit) if several else "",
        asked_due=row.asked_due,
        words=requirement.words if requirement else "",
        needed=tuple(needed_words(requirement)),
        back=Back(step.reason, step.actor.short_name if step.actor else "", step.at) if step else None,
        drafted=drafted,
        first=first,
    )


def _waiting(rows: AssignmentQuerySet) -> list[Assignment]:
    """Return what has waited longest for acceptance."""
    return list(_with_words(rows.filter(status=Status.REPORTED.value)).order_by("awaits", "pk")[:SHOWN])


def _errands(user: User) -> tuple[list[Errand], list[Errand]]:
    """Return what colleagues entrusted to the reader, and what they finished for her and she has to accept.

    Mostly there is neither, and one query says so.
    """
    mine = Q(given_to=user, stage__in=sorted(IN_WORK), assignment__status__in=sorted(LIVE))
    done = Q(given_by=user, stage=Stage.DONE.value)
    rows = Errand.objects.select_related("assignment__measure", "assignment__unit")
    stages = (*sorted(IN_WORK), Stage.DONE.value)
    if not rows.filter(Q(given_to=user) | Q(given_by=user), stage__in=stages).exists():
        return [], []
    entrusted = rows.filter(mine).select_related("given_by").order_by("due", "pk")[:SHOWN]
    finished = rows.filter(done).select_related("given_to").order_by("answered_at", "pk")[:SHOWN]
    return list(entrusted), list(finished)


def _next(rows: AssignmentQuerySet, week_ends: date) -> Assignment | None:
    """Return what comes after this week."""
    ahead = rows.filter(status=Status.OPEN.value, due__gt=week_ends)
    return ahead.select_related("measure").order_by("due", "pk").first()


def _title(values: dict[str, Any]) -> str:
    """Return the heading: how much there is to do."""
    numbers = values["numbers"]
    count = numbers["returned"] + numbers["week"] + len(values["entrusted"]) + len(values["finished"])
    if not count:
        return _("Nothing to do this week")
    return ngettext("%(count)d thing to do this week", "%(count)d things to do this week", count) % {
        "count": count
    }


def _sentence(values: dict[str, Any]) -> str:
    """Return what the home begins with: what is late, nearest, came back, waits; nothing on a quiet day."""
    numbers, said = values["numbers"], []
    if numbers["late"]:
        words = ngettext("%(count)d is late.", "%(count)d are late.", numbers["late"])
        said.append(words % {"count": numbers["late"]})
    if numbers["nearest"] and numbers["nearest"] <= end_of_week(values["today"]):
        said.append(_("The nearest is due %(when)s.") % {"when": dates.distance(numbers["nearest"])})
    elif not numbers["late"] and values["next"]:
        said.append(_("The next deadline is %(date)s.") % {"date": dates.long(values["next"].due)})
    if numbers["new"]:
        words = ngettext("%(count)d new assignment.", "%(count)d new assignments.", numbers["new"])
        said.append(words % {"count": numbers["new"]})
    if numbers["returned"]:
        words = ngettext(
            "%(count)d report was returned.", "%(count)d reports were returned.", numbers["returned"]
        )
        said.append(words % {"count": numbers["returned"]})
    if numbers["waiting"]:
        words = ngettext(
            "%(count)d report waits for acceptance.",
            "%(count)d reports wait for acceptance.",
            numbers["waiting"],
        )
        said.append(words % {"count": numbers["waiting"]})
    return " ".join(said)
