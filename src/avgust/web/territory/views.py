"""Pages of the territory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.periods import Period
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action
from avgust.web.territory import changes
from avgust.web.territory.forms import UnitFilter
from avgust.web.territory.history import history
from avgust.web.territory.models import Unit, UnitQuerySet
from avgust.web.territory.tree import branch_of, survey, total_of
from avgust.web.ui.requests import SignedInRequest, is_fragment

PAGE = 50


def _days(today: date) -> list[date]:
    """Return the days that are asked about most often: the two ends of the calendar and school years."""
    school_year = Period.school_year_of(today)
    days = {school_year.start, Period.year(today.year - 1).end, school_year.previous.start}
    return sorted((day for day in days if day < today), reverse=True)


@login_required
@require_safe
def unit_list(request: SignedInRequest) -> HttpResponse:
    """Show the units on a date: as a tree, or as a list when a word or a kind is asked for."""
    today = timezone.localdate()
    question = request.GET.copy()
    question["on"] = question.get("on") or today.strftime("%d.%m.%Y")
    form = UnitFilter(question)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    day = asked.get("on") or today
    visible = Unit.objects.visible_to(request.user).on(day)
    if is_fragment(request) and request.GET.get("branch"):
        return _branch(request, visible, day)
    if asked.get("q") or asked.get("kind"):
        context = _found(request, visible, day, asked)
    else:
        context = _tree(request, visible, day)
    context |= {"form": form, "day": day, "today": today}
    if is_fragment(request):
        return render(request, "territory/_units.html", context)
    year = Period.school_year_of(day)
    found = changes.between(request.user, year.start, changes.NO_END if day == today else day)
    past, planned = changes.split(found, day)
    context |= {
        "days": _days(today),
        "year_start": year.start,
        "changes": past,
        "planned": planned,
        "edits": request.user.may(Action.EDIT_TERRITORY),
    }
    return render(request, "territory/list.html", context)


def _found(request: SignedInRequest, visible: Any, day: date, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the page of units that answer the question, each with the place it stands in."""
    units = visible.search(asked["q"]) if asked.get("q") else visible
    if asked.get("kind"):
        units = units.filter(kind=asked["kind"])
    page = Paginator(units.with_parent(day), PAGE).get_page(request.GET.get("page"))
    of_page: Any = page.object_list
    shown = of_page.called_as_on(day)
    above = Unit.objects.filter(pk__in={unit.parent_on_day for unit in shown if unit.parent_on_day})
    parents = {unit.pk: unit for unit in above.called_as_on(day)}
    rows = [(unit, parents.get(unit.parent_on_day)) for unit in shown]
    return {"page": page, "rows": rows, "found": page.paginator.count}


def _opened(request: SignedInRequest) -> list[int] | None:
    """Return the branches that the address opens, `?open=12&open=34`; None for `?open=all`."""
    asked = request.GET.getlist("open")
    return None if "all" in asked else [int(one) for one in asked if one.isdecimal() and len(one) < 10]


def _tree(request: SignedInRequest, visible: UnitQuerySet, day: date) -> dict[str, Any]:
    opened = _opened(request)
    roots = survey(visible, day, opened)
    return {"roots": roots, "total": total_of(roots), "whole": opened is None}


def _branch(request: SignedInRequest, visible: UnitQuerySet, day: date) -> HttpResponse:
    """Return the inside of one branch, which htmx puts where its link stood."""
    asked = request.GET["branch"]
    pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    branch = branch_of(survey(visible, day, [pk]), pk)
    if branch is None:
        raise Http404
    return render(request, "territory/_inside.html", {"branch": branch, "day": day})


@login_required
@require_safe
def unit_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a unit: where it stands, what stands in it, its history."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("successor"), pk=pk)
    today = timezone.localdate()
    day = min(today, unit.closed) if unit.closed else today
    visible = Unit.objects.visible_to(request.user).on(day)
    branch = branch_of(survey(visible, day, [unit.pk]), unit.pk) if unit.members.exists() else None
    context = {
        "unit": unit,
        "day": day,
        "today": today,
        "line": unit.line_on(day),
        "branch": branch,
        "history": history(unit),
        "predecessors": unit.predecessors.all(),
        "posts": _posts(request, unit, today),
        "edits": request.user.may(Action.EDIT_TERRITORY, unit),
        "sees_journal": request.user.may(Action.SEE_JOURNAL, unit),
    }
    return render(request, "territory/card.html", context)


def _posts(request: SignedInRequest, unit: Unit, today: date) -> list[Post]:
    """Return who has a post at the unit, for those who keep its journal or accounts."""
    user = request.user
    if not (user.may(Action.SEE_JOURNAL, unit) or user.may(Action.MANAGE_ACCOUNTS, unit)):
        return []
    return list(unit.posts.on(today).select_related("user").order_by("user__full_name"))
