"""The controller's board: what waits to be accepted, what is late, and deciding about many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.control.parameters import ACCEPTANCE_DAYS
from avgust.domain.control.states import OWED, Act, Status
from avgust.domain.proof import ProofState
from avgust.web.accounts.rights import Action
from avgust.web.control.actions import SILENT, Words, act_on_many
from avgust.web.control.models import Assignment, AssignmentQuerySet, Evidence, Report
from avgust.web.control.standing import controlled_first, controls_in_person, working_units
from avgust.web.programmes.models import Measure
from avgust.web.territory.models import Membership, Unit
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.search import normalised

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAGE: Final = 50
# with a word, or without one: so many are looked up one by one, each a row for each organisation or measure
FEW_MEASURES, FEW_UNITS = 20, 100
AT_MOST: Final = 200  # decided about at once: a page, and what fits into one request
MINE, WAITING, LONG, ASKED, RETURNED, LATE, ALL = (
    "mine",
    "waiting",
    "long",
    "asked",
    "returned",
    "late",
    "all",
)
VIEWS: Final = (MINE, WAITING, LONG, ASKED, RETURNED, LATE, ALL)
BULK: Final = {
    act.value: act
    for act in (
        Act.ACCEPT,
        Act.RETURN,
        Act.GRANT_EXTENSION,
        Act.REFUSE_EXTENSION,
        Act.REMIND,
        Act.SUSPEND,
        Act.TAKE_OFF,
    )
}


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the board shows, as the address says it; unknown values are as if they were not there."""

    which: str = MINE
    words: str = ""
    programme: int | None = None
    measure: int | None = None
    unit: int | None = None
    proof: str = ""
    evidence: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> BoardView:
        """Read the view from a query string."""
        which, proof, evidence = given.get("view", ""), given.get("proof", ""), given.get("evidence", "")
        return cls(
            which=which if which in VIEWS else MINE,
            words=given.get("q", "").strip()[:200],
            programme=_number(given.get("programme", "")),
            measure=_number(given.get("measure", "")),
            unit=_number(given.get("unit", "")),
            proof=proof if proof in set(ProofState) else "",
            evidence=evidence if evidence in Evidence.Kind.values else "",
        )

    @property
    def filtered(self) -> bool:
        """True when something but the view itself narrows the board."""
        return any((self.words, self.programme, self.measure, self.unit, self.proof, self.evidence))

    def narrowed(self, rows: AssignmentQuerySet, today: date) -> AssignmentQuerySet:
        """Return the assignments that the filters leave, whichever view is open."""
        if self.programme:
            rows = rows.filter(programme=self.programme)
        if self.measure:
            rows = rows.filter(measure=self.measure)
        if self.unit:
            place = Unit.objects.filter(pk=self.unit).first()
            rows = rows.filter(unit__in=Unit.objects.under(place, today)) if place else rows.none()
        if self.proof:
            rows = rows.in_proof(ProofState(self.proof), today)
        if self.evidence:
            sent = Report.objects.filter(outcome=Report.Outcome.SENT, evidence__kind=self.evidence)
            rows = rows.filter(pk__in=sent.values("assignment"))
        rows = rows.alias(at=F("unit_id") + 0, about=F("measure_id") + 0)
        for word in normalised(self.words).split():
            rows = rows.filter(_said(word, rows))
        return rows

    def opened(self, rows: AssignmentQuerySet, asked: Mapping[str, Q]) -> AssignmentQuerySet:
        """Return the assignments of the open view in its order."""
        return rows.filter(asked[self.which]).order_by(*ORDERS[self.which])


def _said(word: str, rows: AssignmentQuerySet) -> Q:
    """Return the condition on `rows` that their measure or organisation has `word`.

    Measures and organisations with a rare word are found by an index. A word of nearly all of them, as
    «школа» among schools, is told by those without it, and is no condition where nothing stands on them. Any
    other is looked for row by row: it would be looked up 1,500 times and more, so a sum keeps the index away.
    """
    measures, units = Measure.objects.order_by(), Unit.objects.order_by()
    named, called = measures.filter(search__contains=word), units.filter(search__contains=word)
    some, places = _few(named, FEW_MEASURES), _few(called, FEW_UNITS)
    if some is not None and places is not None:
        return Q(measure__in=some) | Q(unit__in=places)
    about, at = Q(about__in=named.values("pk")), Q(at__in=called.values("pk"))
    others = _few(units.exclude(search__contains=word), FEW_UNITS)
    if others is not None:
        return ~Q(at__in=others) | about if rows.filter(~about, unit__in=others).exists() else Q()
    rest = _few(measures.exclude(search__contains=word), FEW_MEASURES)
    if rest is not None:
        return ~Q(about__in=rest) | at if rows.filter(~at, measure__in=rest).exists() else Q()
    return about | at


def _few(rows: QuerySet[Any], most: int) -> list[int] | None:
    """Return the numbers of `rows`, None when they are more than `most`."""
    found = list(rows.values_list("pk", flat=True)[: most + 1])
    return found if len(found) <= most else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


class Conditions(Mapping[str, Q]):
    """What each view holds of the assignments visible to `user`, at `now` of the day `today`.

    That of her own decisions asks two questions, so it is put together when it is wanted: where nothing
    waits, never.
    """

    def __init__(self, user: User, now: datetime, today: date) -> None:
        patience = now - timedelta(days=ACCEPTANCE_DAYS.on(today))
        self._awaiting = Q(awaits__isnull=False)
        reported = self._awaiting & Q(status=Status.REPORTED.value)
        self._user = user
        self._known: Final = {
            WAITING: reported,
            LONG: reported & Q(awaits__lt=patience),
            ASKED: Q(asked_due__isnull=False),  # awaits a decision by what the column is
            RETURNED: Q(status=Status.RETURNED.value),
            LATE: Q(status__in=(Status.OPEN.value, Status.RETURNED.value), due__lt=today),
            ALL: Q(),
        }

    def __getitem__(self, which: str) -> Q:
        return self._mine if which == MINE else self._known[which]

    def __iter__(self) -> Iterator[str]:
        return iter(VIEWS)

    def __len__(self) -> int:
        return len(VIEWS)

    @cached_property
    def _mine(self) -> Q:
        first = Q(of_unit__in=controlled_first(self._user))
        return self._awaiting & (first | controls_in_person(self._user))


ORDERS: Final = {
    MINE: ("awaits", "pk"),
    WAITING: ("awaits", "pk"),
    LONG: ("awaits", "pk"),
    ASKED: ("asked_due", "pk"),
    RETURNED: ("since", "pk"),
    LATE: ("due", "pk"),
    ALL: ("due", "pk"),
}


def counts(rows: AssignmentQuerySet, asked: Mapping[str, Q], today: date) -> dict[str, int]:
    """Return how many of `rows` each view holds.

    Counted by status, as the index of days holds them; what awaits a decision is asked of its own index.
    """
    found = dict.fromkeys(VIEWS, 0)
    found |= (_of_some if rows.query.has_filters() else _of_all)(rows, asked, today)
    found[ASKED] = rows.filter(asked[ASKED]).count()
    if found[WAITING] or found[ASKED]:
        waits = rows.filter(awaits__isnull=False)
        found |= waits.aggregate(**{which: Count("pk", filter=asked[which]) for which in (MINE, LONG)})
    return found


def _of_all(rows: AssignmentQuerySet, asked: Mapping[str, Q], today: date) -> dict[str, int]:
    """Return the counts of the views that a status tells: the index of days is in the order of statuses."""
    by_status = dict(rows.order_by().values_list("status").annotate(n=Count("*")))
    return {
        ALL: sum(by_status.values()),
        RETURNED: by_status.get(Status.RETURNED.value, 0),
        WAITING: by_status.get(Status.REPORTED.value, 0),
        LATE: rows.late(today).count() if any(by_status.get(status.value) for status in OWED) else 0,
    }


def _of_some(rows: AssignmentQuerySet, asked: Mapping[str, Q], today: date) -> dict[str, int]:
    """Return the same of rows that are narrowed, in one reading of them.

    Grouped by status, SQLite would go along the index of days and look each row up to see whether it counts.
    """
    told = {RETURNED: asked[RETURNED], WAITING: Q(status=Status.REPORTED.value), LATE: asked[LATE]}
    counted = {which: Count("pk", filter=condition) for which, condition in told.items()}
    return rows.order_by().aggregate(**{ALL: Count("*")}, **counted)


@dataclass(frozen=True, slots=True)
class Row:
    """An assignment on the board and whether the reader may decide about it."""

    assignment: Assignment
    own: bool  # of an organisation that the reader works for: a second person decides
    place: str = ""  # its municipality, said to who sees several: every one has its own «Отдел образования»

    @property
    def report(self) -> Report | None:
        """The report that waits."""
        return next(iter(self.assignment.sent), None)  # type: ignore[attr-defined]


def rows_of(ids: Iterable[int], reader: User) -> list[Row]:
    """Return the rows of a page: only now that they are chosen is read what they print."""
    chosen, own = list(ids), working_units(reader)
    known = with_reports(Assignment.objects.filter(pk__in=chosen)).in_bulk()
    page = [known[pk] for pk in chosen if pk in known]
    places = places_of({row.unit_id for row in page}, timezone.localdate())
    several = len(set(places.values())) > 1
    return [Row(row, row.unit_id in own, places.get(row.unit_id, "") if several else "") for row in page]


def places_of(units: Iterable[int], day: date) -> dict[int, str]:
    """Return the names of the municipalities in which `units` stand on `day`, in one query."""
    standing = Membership.objects.on(day).filter(unit__in=units, parent__kind=Unit.Kind.MUNICIPALITY)
    return {row.unit_id: str(row.parent) for row in standing.select_related("parent")}


def with_reports(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """Return assignments with what a row of the board prints, in a fixed number of queries."""
    sent = Report.objects.filter(outcome=Report.Outcome.SENT).prefetch_related("evidence")
    return rows.select_related("measure", "unit", "programme").prefetch_related(
        Prefetch("reports", sent.select_related("author"), to_attr="sent")
    )


@login_required
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """Show the board of who controls."""
    if not request.user.may(Action.CONTROL_ASSIGNMENTS):
        raise PermissionDenied
    now, today = timezone.now(), timezone.localdate()
    view = BoardView.of(request.GET)
    scope = Assignment.objects.visible_to(request.user, Action.CONTROL_ASSIGNMENTS)
    narrowed = view.narrowed(scope, today)
    asked = Conditions(request.user, now, today)
    numbers = counts(narrowed, asked, today)
    paginator = Paginator(view.opened(narrowed, asked).values_list("pk", flat=True), PAGE)
    paginator.count = numbers[view.which]  # counted already, with the other views
    page = paginator.get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, request.user)
    context = {
        "view": view,
        "page": page,
        "rows": rows,
        "numbers": numbers,
        "own": sum(1 for row in rows if row.own),
        "open": _opened(request, rows),
        "chosen": {_number(pk) for pk in request.GET.getlist("chosen")},
        "measures": _measures(scope, view),
        "places": Unit.objects.in_scope_of(request.user).on(today).filter(kind=Unit.Kind.MUNICIPALITY),
        "today": today,
        "patience": ACCEPTANCE_DAYS.on(today),
        "kinds": Evidence.Kind.choices,
    }
    return render(request, "control/board.html", context)


def _measures(scope: AssignmentQuerySet, view: BoardView) -> list[Measure]:
    """Return the measures that the select offers: with something to decide about, and the chosen one."""
    waiting = scope.filter(awaits__isnull=False)
    offered = Q(pk__in=waiting.values("measure")) | Q(pk=view.measure or 0)
    return list(Measure.objects.filter(offered).order_by("programme", "order").only("label", "text")[:200])


def _opened(request: SignedInRequest, rows: list[Row]) -> Row | None:
    """Return the row whose report is read beside the list: the asked one, else the first that waits."""
    asked = _number(request.GET.get("open", ""))
    chosen = next((row for row in rows if row.assignment.pk == asked), None)
    return chosen or next((row for row in rows if row.report), None)


@login_required
@require_POST
def decide_many(request: SignedInRequest) -> HttpResponse:
    """Do one act on each chosen assignment; what is refused is said with its reason."""
    if not request.user.may(Action.CONTROL_ASSIGNMENTS):
        raise PermissionDenied
    act = BULK.get(request.POST.get("act", ""))
    ids = [number for number in map(_number, request.POST.getlist("chosen")) if number]
    if act is None or len(ids) > AT_MOST:
        raise BadRequest("act")
    reason = request.POST.get("reason", "").strip()[:2000]
    scope = Assignment.objects.visible_to(request.user, Action.CONTROL_ASSIGNMENTS)
    chosen = list(scope.filter(pk__in=ids).select_related("unit", "measure").order_by("pk"))
    for row in chosen:
        seen = _number(request.POST.get(f"version-{row.pk}", ""))
        row.version = row.version if seen is None else seen
    found = act_on_many(chosen, act, actor=request.user, words=Words(reason) if reason else SILENT)
    _say(request, found, len(ids))
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    left = [row.pk for row, _reason in found.refused]
    return redirect(_with_chosen(target if safe else reverse("control:board"), left))


def _with_chosen(address: str, left: list[int]) -> str:
    """Return the address on which the rows that were refused are still chosen, at the decision about them."""
    parts = urlsplit(address)
    asked = [(key, value) for key, value in parse_qsl(parts.query) if key != "chosen"]
    asked += [("chosen", str(pk)) for pk in left]
    return urlunsplit(parts._replace(query=urlencode(asked), fragment="bulk" if left else ""))


def _say(request: SignedInRequest, found: Any, asked: int) -> None:
    """Say what was done and, for each that was not, why."""
    if not asked:
        messages.error(request, gettext("Nothing is chosen: mark the rows first."))
        return
    done = len(found.done)
    if done:
        said = ngettext("%(count)d assignment: done.", "%(count)d assignments: done.", done)
        messages.success(request, said % {"count": done})
    reasons = {reason.render(language()) for _row, reason in found.refused}
    if len(found.refused) > 1 and len(reasons) == 1:
        messages.error(request, reasons.pop())
        return
    for row, reason in found.refused[:10]:
        what = row.measure.label or row.measure.text[:60]
        messages.error(request, f"{row.unit}, {what}: {reason.render(language())}")
    left = len(found.refused) - 10
    if left > 0:
        said = ngettext("%(count)d more was not done.", "%(count)d more were not done.", left)
        messages.error(request, said % {"count": left})
