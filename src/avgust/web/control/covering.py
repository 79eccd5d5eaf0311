"""Coverage that opens: of a programme by its sections, of a measure by places and organisations."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from avgust.domain.control.states import UNCOUNTED
from avgust.domain.proof import Coverage, ProofState
from avgust.web.accounts.rights import Action
from avgust.web.control.assigning import begun_of, school_year_of, waits
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.proving import coverage, coverages
from avgust.web.control.rolling import by_place, by_section, total
from avgust.web.control.starting import waiting_for
from avgust.web.control.templatetags.control import drawn
from avgust.web.programmes.models import Measure, Programme
from avgust.web.territory.models import Unit
from avgust.web.ui import addresses, dates
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection, TableColumn

PAGE: Final = 100


def _scope(request: HttpRequest) -> AssignmentQuerySet:
    """Return the assignments that the reader may see; 403 for who may see none at all."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        raise PermissionDenied
    return Assignment.objects.visible_to(request.user)  # type: ignore[arg-type]


def _place(request: HttpRequest, today: date) -> Unit | None:
    """Return the place of the address, within the reader's scope; None for the whole scope."""
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return get_object_or_404(Unit.objects.in_scope_of(request.user), pk=asked)


def _under(rows: AssignmentQuerySet, place: Unit | None, today: date) -> AssignmentQuerySet:
    return rows if place is None else rows.filter(unit__in=Unit.objects.under(place, today))


def _places(request: HttpRequest, today: date) -> list[Unit]:
    """Return the municipalities that the reader sees."""
    found = Unit.objects.in_scope_of(request.user).on(today)
    return list(found.filter(kind=Unit.Kind.MUNICIPALITY))


@login_required
@require_safe
def programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a programme rolled up by section and measure, for the reader's scope or a place in it."""
    scope = _scope(request)
    shown = get_object_or_404(Programme.objects.visible_to(request.user).select_related("unit"), pk=pk)
    today = timezone.localdate()
    place = _place(request, today)
    rows = _under(scope.filter(programme=shown), place, today)
    sections, places = by_section(shown, rows, today), _places(request, today)
    wide = place is None and len(places) > 1
    covered = by_place(scope.filter(programme=shown), places, today) if wide else {}
    context = {
        "programme": shown,
        "sections": sections,
        "total": total(section.coverage for section in sections),
        "place": place,
        "places": places,
        "by_place": [(row, covered[row.pk]) for row in places if row.pk in covered],
        "today": today,
    }
    return render(request, "control/programme.html", context)


@login_required
@require_safe
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the assignments of a measure: by municipality, and the organisations in a state."""
    scope = _scope(request)
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    shown = get_object_or_404(visible, pk=pk)
    today = timezone.localdate()
    place, state = _place(request, today), request.GET.get("state", "")
    rows = _under(scope.filter(measure=shown), place, today)
    context = {
        "measure": shown,
        "programme": shown.programme,
        "place": place,
        "state": state if state in set(ProofState) else "",
        "states": list(ProofState),
        "today": today,
        "earlier": not_owed(shown),
        "waiting": waiting_for(shown, request.user).count() if waits(shown) else 0,
        "page": _page(request, rows, state, today),
        **_told(rows, today),
        **_by_place(request, scope.filter(measure=shown), place, today),
    }
    return render(request, "control/measure.html", context)


def _page(request: HttpRequest, rows: AssignmentQuerySet, state: str, today: date) -> Any:
    found = (
        rows.with_proof(today).select_related("unit", "inherits__unit").order_by("unit__order", "due", "pk")
    )
    if state in set(ProofState):
        found = rows.in_proof(ProofState(state), today)
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def _told(rows: AssignmentQuerySet, today: date) -> dict[str, Any]:
    """Return the coverage with what it is made of: counted and not counted."""
    left_out = rows.filter(status__in=sorted(UNCOUNTED)).count()
    return {"coverage": coverage(rows, today), "left_out": left_out}


def _by_place(
    request: HttpRequest, rows: AssignmentQuerySet, place: Unit | None, today: date
) -> dict[str, Any]:
    places = _places(request, today)
    if place is not None or len(places) < 2:
        return {"by_place": []}
    covered = by_place(rows, places, today)
    return {"by_place": [(row, covered[row.pk]) for row in places if row.pk in covered]}


def measure_section(request: HttpRequest, subject: Measure) -> HomeSection | None:
    """Return the state of proof for the card of a measure, as far as the reader sees assignments."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    today = timezone.localdate()
    rows = Assignment.objects.visible_to(request.user).filter(measure=subject)  # type: ignore[arg-type]
    found, earlier = coverage(rows, today), not_owed(subject)
    if not (found.total or earlier):
        return None
    states = [(state, found.count(state)) for state in ProofState if found.count(state)]
    values = {"measure": subject, "coverage": found, "states": states, "earlier": earlier}
    return HomeSection("control/_measure.html", values, order=10)


def not_owed(measure: Measure) -> str:
    """Say which periods were over before the duty began; "" where none was."""
    earlier = len(begun_of(measure, school_year_of(measure.programme)).earlier)
    begins = measure.begins or measure.programme.adopted_on
    if not earlier or begins is None:
        return ""
    words = ngettext(
        "The duty began on %(day)s: for %(count)d earlier period nothing is owed.",
        "The duty began on %(day)s: for %(count)d earlier periods nothing is owed.",
        earlier,
    )
    return words % {"day": dates.long(begins), "count": earlier}


def programme_section(request: HttpRequest, subject: Programme) -> HomeSection | None:
    """Return the coverage of a programme for its page."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    rows = Assignment.objects.visible_to(request.user).filter(programme=subject)  # type: ignore[arg-type]
    found = coverage(rows, timezone.localdate())
    if not found.total:
        return None
    return HomeSection("control/_programme.html", {"programme": subject, "coverage": found}, order=10)


def measures_column(request: HttpRequest, subject: Page[Measure]) -> TableColumn | None:
    """Return the column of the programme's table that says what is proven of each measure on the page."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    rows = Assignment.objects.visible_to(request.user)  # type: ignore[arg-type]
    shown = rows.filter(measure__in=[measure.pk for measure in subject])
    found = coverages(shown, "measure", timezone.localdate())
    if not any(one.total for one in found.values()):
        return None

    def cell(measure: Measure) -> SafeString:
        return drawn(found.get(measure.pk, Coverage()), addresses.of("control:measure", measure.pk))

    return TableColumn(_("Proven"), cell)


def unit_section(request: HttpRequest, subject: Unit) -> HomeSection | None:
    """Return what a unit and everything under it owes and has proven, programme by programme."""
    user: Any = request.user
    if not user.may(Action.SEE_ASSIGNMENTS, subject):
        return None
    today = timezone.localdate()
    rows = Assignment.objects.filter(unit__in=Unit.objects.under(subject, today))
    programmes = Programme.objects.filter(pk__in=rows.values("programme"))
    found = [
        (programme, coverage(rows.filter(programme=programme), today))
        for programme in programmes.order_by("-adopted_on")[:5]
    ]
    shown: list[tuple[Programme, Coverage]] = [(row, covered) for row, covered in found if covered.total]
    if not shown:
        return None
    return HomeSection("control/_unit.html", {"unit": subject, "rows": shown}, order=10)
