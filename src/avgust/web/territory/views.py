"""Pages of the territory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.periods import Period
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action
from avgust.web.territory import changes
from avgust.web.territory.forms import UnitFilter
from avgust.web.territory.models import Unit
from avgust.web.territory.tree import Branch, is_place, plant
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
    year = Period.school_year_of(day)
    context: dict[str, Any] = {
        "form": form,
        "day": day,
        "today": today,
        "days": _days(today),
        "year_start": year.start,
        "changes": changes.between(request.user, year.start, day),
    }
    if asked.get("q") or asked.get("kind"):
        context |= _found(request, visible, day, asked)
    else:
        context |= _tree(visible, day)
    template = "territory/_units.html" if is_fragment(request) else "territory/list.html"
    return render(request, template, context)


def _found(request: SignedInRequest, visible: Any, day: date, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the page of units that answer the question, each with the place it stands in."""
    units = visible.search(asked["q"]) if asked.get("q") else visible
    if asked.get("kind"):
        units = units.filter(kind=asked["kind"])
    page = Paginator(units.with_parent(day), PAGE).get_page(request.GET.get("page"))
    parents = Unit.objects.in_bulk({unit.parent_on_day for unit in page if unit.parent_on_day})
    rows = [(unit, parents.get(unit.parent_on_day)) for unit in page]
    return {"page": page, "rows": rows, "found": page.paginator.count}


def _tree(visible: Any, day: date) -> dict[str, Any]:
    roots = plant(visible.with_parent(day))
    return {"roots": roots, "total": sum(branch.total for branch in roots) + _alone(roots)}


def _alone(roots: list[Branch]) -> int:
    """Return how many roots are organisations themselves (a reader who sees one school only)."""
    return sum(1 for branch in roots if branch.unit and not is_place(branch.unit))


@login_required
@require_safe
def unit_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a unit: where it stands, what stands in it, its history."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("successor"), pk=pk)
    today = timezone.localdate()
    day = min(today, unit.closed) if unit.closed else today
    below = Unit.objects.visible_to(request.user).on(day).filter(memberships__in=unit.members.on(day))
    context = {
        "unit": unit,
        "day": day,
        "today": today,
        "line": unit.line_on(day),
        "below": plant(below.with_parent(day)),
        "below_count": below.count(),
        "places": unit.memberships.select_related("parent").order_by("-since"),
        "predecessors": unit.predecessors.all(),
        "posts": _posts(request, unit, today),
        "sees_journal": request.user.may(Action.SEE_JOURNAL, unit),
    }
    return render(request, "territory/card.html", context)


def _posts(request: SignedInRequest, unit: Unit, today: date) -> list[Post]:
    """Return who has a post at the unit, for those who keep its journal or accounts."""
    user = request.user
    if not (user.may(Action.SEE_JOURNAL, unit) or user.may(Action.MANAGE_ACCOUNTS, unit)):
        return []
    return list(unit.posts.on(today).select_related("user").order_by("user__full_name"))
