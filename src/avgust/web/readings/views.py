"""Reports on results as pages and files: passport, territory, request, school, class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avgust.domain.reporting.story.archive import FORMATS, rendered
from avgust.domain.reporting.story.story import Story
from avgust.web.accounts.rights import Action
from avgust.web.assessments.models import SchoolInWork, Work
from avgust.web.assessments.views import visible_work
from avgust.web.readings import telling
from avgust.web.readings.edits import edits_of
from avgust.web.readings.findings import Told
from avgust.web.readings.places import Place, place_of
from avgust.web.readings.presenting import page_of
from avgust.web.readings.source import Source, source_of
from avgust.web.territory.models import Unit
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection

TERRITORIES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)


@login_required
@require_safe
def passport(request: SignedInRequest, pk: int, form: str = "") -> HttpResponse:
    """Show the quality passport of a work: of its items, with no school in it."""
    work = visible_work(request, pk)
    return answer(request, work, form, "passport", lambda found: telling.passport(found, work.held_on))


@login_required
@require_safe
def territory(request: SignedInRequest, pk: int, unit: int, form: str = "") -> HttpResponse:
    """Show the results of a region or municipality."""
    work = visible_work(request, pk)
    shown = unit_of(request, unit, TERRITORIES)

    def tell(found: Source) -> Story:
        return telling.territory(found, str(shown), _place(found, shown), work.held_on)

    return answer(request, work, form, "territory", tell, shown)


@login_required
@require_safe
def development(request: SignedInRequest, pk: int, unit: int, form: str = "") -> HttpResponse:
    """Show the request for professional development that follows from the deficits of a territory."""
    work = visible_work(request, pk)
    shown = unit_of(request, unit, TERRITORIES)

    def tell(found: Source) -> Story:
        return telling.request(found, str(shown), _place(found, shown), work.held_on)

    return answer(request, work, form, "request", tell, shown)


@login_required
@require_safe
def school(request: SignedInRequest, pk: int, unit: int, form: str = "") -> HttpResponse:
    """Show the report of a school, compared with all schools that wrote the work."""
    work = visible_work(request, pk)
    shown = unit_of(request, unit)
    classes: list[tuple[str, str]] = []

    def tell(found: Source) -> Story:
        place = _wrote(found, work, shown)
        if works_at(request, shown):
            address = reverse("readings:class", args=[work.pk, shown.pk])
            classes.extend((name, address) for name in telling.classes_of(found, shown.pk))
        edits = edits_of(work, place, only=shown.pk)[shown.pk]
        return telling.school(found, shown.pk, place, edits, work.held_on)

    return answer(request, work, form, "school", tell, shown, {"classes": classes})


@login_required
@require_safe
def school_class(request: SignedInRequest, pk: int, unit: int, form: str = "") -> HttpResponse:
    """Show a class to those who work at its school: single pupils are in it, under their numbers."""
    work = visible_work(request, pk)
    shown = unit_of(request, unit)
    if not works_at(request, shown):
        raise PermissionDenied(_("Results of single pupils are shown inside their school only."))
    asked = request.GET.get("class", "")
    classes: list[tuple[str, str]] = []

    def tell(found: Source) -> Story:
        _wrote(found, work, shown)
        names = telling.classes_of(found, shown.pk)
        classes.extend((name, request.path) for name in names)
        story = telling.school_class(found, shown.pk, asked or names[0], work.held_on) if names else None
        if story is None:
            raise Http404
        return story

    return answer(request, work, form, "class", tell, shown, {"classes": classes})


def unit_of(request: SignedInRequest, pk: int, kinds: tuple[Unit.Kind, ...] = ()) -> Unit:
    """Return a unit whose results the reader may see; 404 outside the scope."""
    units = Unit.objects.in_scope_of(request.user, Action.SEE_RESULTS)
    return get_object_or_404(units.filter(kind__in=kinds) if kinds else units, pk=pk)


def _place(source: Source, unit: Unit) -> Place:
    place = place_of(unit, source.work.held_on, source.units)
    if not place.names:
        raise Http404
    return place


def _wrote(source: Source, work: Work, unit: Unit) -> Place:
    """Return the territory of the work; 404 for a school that did not write it."""
    place = place_of(work.unit, work.held_on, source.units)
    if unit.pk not in place.names:
        raise Http404
    return place


def works_at(request: SignedInRequest, unit: Unit) -> bool:
    """Tell whether a post of the reader that sees results is at this very unit."""
    return any(post.unit_id == unit.pk for post in request.user.posts_allowing(Action.SEE_RESULTS))


def answer(
    request: SignedInRequest,
    work: Work,
    form: str,
    name: str,
    tell: Callable[[Source], Story],
    unit: Unit | None = None,
    more: dict[str, Any] | None = None,
    given: tuple[Any, ...] = (),
) -> HttpResponse:
    """Return the page or the file of a report; a work without results says so."""
    if form and form not in FORMATS:
        raise Http404
    source = source_of(work)
    if source is None:
        if form:
            raise Http404
        return render(request, "readings/nothing.html", {"work": work})
    story = tell(source)
    if form:
        return file_of(rendered(story, form, language(), stamp=timezone.now()), form, name, work)
    place = (work.pk, unit.pk, *given) if unit else (work.pk,)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    files = [
        (kind.upper(), reverse(f"readings:{name}_file", args=[*place, kind]) + query) for kind in FORMATS
    ]
    context = {
        "work": work,
        "unit": unit,
        "told": page_of(story, language()),
        "files": files,
        "report": name,
        "reading": Told(name, work, unit, source, story) if unit else None,
    }
    return render(request, "readings/story.html", context | (more or {}))


def file_of(data: bytes, form: str, name: str, work: Work) -> HttpResponse:
    """Return a report as a file to be kept."""
    return attached(data, f"{name}-{work.pk}.{form}")


def work_section(request: HttpRequest, subject: Work) -> HomeSection | None:
    """Lead from the page of a work to the reports that its reader may open."""
    user: Any = request.user
    if not subject.pupils:
        return None
    units = Unit.objects.in_scope_of(user, Action.SEE_RESULTS)
    wrote = SchoolInWork.objects.visible_to(user).filter(work=subject, pupils__gt=0)
    posts = [post.unit_id for post in user.posts_allowing(Action.SEE_RESULTS)]
    territories = units.filter(kind__in=TERRITORIES, pk__in=posts)
    schools = wrote.filter(unit__in=posts).select_related("unit")
    context = {
        "work": subject,
        "territories": territories,
        "own": [one.unit for one in schools],
        "advises": user.may(Action.EDIT_ADVICE),
    }
    return HomeSection("readings/_work.html", context, order=10)
