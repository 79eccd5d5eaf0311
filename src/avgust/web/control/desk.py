"""The officer's home: what waits for a decision, what is due, what is late, where coverage is worst."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.control.states import UNCOUNTED
from avgust.domain.proof import Coverage
from avgust.domain.proof.states import FAILED
from avgust.web.accounts.rights import Action
from avgust.web.control.board import LATE, LONG, MINE, Conditions, Row, counts, rows_of
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.proving import coverages, in_states
from avgust.web.control.rolling import matrix, total, worst_measures
from avgust.web.programmes.counting import counted, newest
from avgust.web.programmes.models import Measure, Programme
from avgust.web.territory.models import Unit, reads_everything
from avgust.web.ui.stations import HomeSection

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

SHOWN: Final = 5
AHEAD: Final = timedelta(days=21)
PLACES: Final = 12
CHOSEN_FOR: Final = 600  # seconds


@dataclass(frozen=True, slots=True)
class Due:
    """A measure with its coverage in the reader's scope."""

    measure: Measure
    coverage: Coverage


def section(request: HttpRequest) -> HomeSection | None:
    """Return the desk of who controls; nothing for the others."""
    user: Any = request.user
    if not user.may(Action.CONTROL_ASSIGNMENTS):
        return None
    now, today = timezone.now(), timezone.localdate()
    scope = Assignment.objects.visible_to(user, Action.CONTROL_ASSIGNMENTS)
    asked = Conditions(user, now, today)
    numbers = counts(scope, asked, today)
    ahead, late, worst = _ahead(scope, today), _late(scope, today), _least_proven(user, scope, today)
    covered = coverages(scope.filter(measure__in={*ahead, *late, *worst}), "measure", today)
    values = {
        "numbers": numbers,
        "waiting": _waiting(scope.filter(asked[MINE]), user) if numbers[MINE] else [],
        "questions": _questions(user, today),
        "soon": [Due(row, covered[row.pk]) for row in ahead if row.due and row.due <= today + AHEAD],
        "late": [Due(row, covered[row.pk]) for row in late],
        "worst": _worst(user, scope, worst, covered, today),
        "today": today,
        "next": next(iter(ahead), None),
    }
    return HomeSection("control/_desk.html", values, order=5, sentence=_sentence(values))


def _counted(scope: AssignmentQuerySet) -> Exists:
    """Return the condition on measures of which an assignment in scope is counted."""
    return Exists(scope.exclude(status__in=sorted(UNCOUNTED)).filter(measure=OuterRef("pk")))


def _ahead(scope: AssignmentQuerySet, today: date) -> list[Measure]:
    """Return the measures that fall due next."""
    rows = Measure.objects.filter(_counted(scope), due__gte=today)
    return list(rows.order_by("due", "order").defer("search")[:SHOWN])


def _late(scope: AssignmentQuerySet, today: date) -> list[Measure]:
    """Return measures whose date has passed with something not done, the latest first."""
    failed = scope.filter(in_states(FAILED, today), measure=OuterRef("pk"))
    rows = Measure.objects.filter(Exists(failed), due__lt=today)
    return list(rows.order_by("-due", "-order").defer("search")[:SHOWN])


def _waiting(mine: AssignmentQuerySet, user: User) -> list[Row]:
    """Return what has waited longest for the reader's decision: reports and requests to extend."""
    return rows_of(mine.order_by("awaits", "pk").values_list("pk", flat=True)[:SHOWN], user)


def _questions(user: User, today: date) -> list[tuple[Programme, int]]:
    """Return programmes the reader keeps in which it is not known who acts, with the number of measures."""
    seen = newest(user)
    if reads_everything(user, Action.EDIT_PROGRAMME):  # what she keeps is what she sees
        programmes = seen[:SHOWN]
    else:
        own = Unit.objects.in_scope_of(user, Action.EDIT_PROGRAMME)
        programmes = list(Programme.objects.filter(unit__in=own)[:SHOWN])
    return [(row.programme, row.unclear) for row in counted(programmes, today, also=seen) if row.unclear]


def _least_proven(user: User, scope: AssignmentQuerySet, today: date) -> list[Measure]:
    """Return the measures that the table of municipalities is about.

    Which they are is chosen anew every ten minutes: it takes every assignment of the territory. What is said
    about them is counted now.
    """
    posts = sorted(post.unit_id for post in user.posts_allowing(Action.CONTROL_ASSIGNMENTS))
    key = f"control:least-proven:{'-'.join(map(str, posts))}:{today:%Y%m%d}"
    chosen = cache.get(key)
    if chosen is None:
        found = worst_measures(scope, today, SHOWN)
        cache.set(key, [measure.pk for measure in found], CHOSEN_FOR)
        return found
    known = Measure.objects.in_force().filter(due__lt=today, pk__in=chosen).defer("search").in_bulk()
    return [known[pk] for pk in chosen if pk in known]


def _worst(
    user: User, scope: AssignmentQuerySet, columns: list[Measure], covered: dict[Any, Coverage], today: date
) -> dict[str, Any] | None:
    """Return municipalities × the measures with the least proven after their date."""
    places = list(Unit.objects.in_scope_of(user).on(today).filter(kind=Unit.Kind.MUNICIPALITY))
    if not columns or len(places) < 2:
        return None
    cells = matrix(scope, columns, places, today)
    rows = []
    for place in places:
        line = [cells.get((place.pk, measure.pk), Coverage()) for measure in columns]
        whole = total(line)
        if whole.total:
            rows.append((place, whole, list(zip(columns, line, strict=True))))
    rows.sort(key=lambda row: row[1].proven / row[1].total)
    foot = [(measure, covered.get(measure.pk, Coverage())) for measure in columns]
    return {"columns": columns, "rows": rows[:PLACES], "foot": foot, "more": max(0, len(rows) - PLACES)}


def _sentence(values: dict[str, Any]) -> str:
    """Return what the desk says about today."""
    numbers, said = values["numbers"], []
    if numbers[MINE]:
        words = ngettext(
            "%(count)d decision waits for you.", "%(count)d decisions wait for you.", numbers[MINE]
        )
        said.append(words % {"count": numbers[MINE]})
    if numbers[LONG]:
        said.append(_("Reports that wait too long: %(count)d.") % {"count": numbers[LONG]})
    if numbers[LATE]:
        words = ngettext("%(count)d assignment is late.", "%(count)d assignments are late.", numbers[LATE])
        said.append(words % {"count": numbers[LATE]})
    return " ".join(said) or _("Nothing waits for your decision, and nothing under your control is late.")
