"""The lists: acts of the reader's organisations, and templates with their coverage."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.acts.standing import Standing
from avgust.web.accounts.rights import Action
from avgust.web.acts.counting import covered, demanded_of, owed_by, with_standing
from avgust.web.acts.models import ActTemplate, LocalAct
from avgust.web.control.standing import reporting_units
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.search import words_filter

PAGE: Final = 50
OWED: Final = 20  # required acts shown above the list
SHOWN: Final = tuple(one for one in Standing if one is not Standing.NONE)


@login_required
@require_safe
def act_list(request: SignedInRequest) -> HttpResponse:
    """Show what is required of the reader's organisations, and the acts in scope by where they stand."""
    user = request.user
    if not user.may(Action.SEE_ACTS):
        raise PermissionDenied
    today = timezone.localdate()
    words, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    visible = with_standing(LocalAct.objects.visible_to(user), today).exclude(stand=Standing.NONE.value)
    found = visible
    if words:
        named = ActTemplate.objects.search(words).values("pk")
        found = found.filter(Q(template__in=named) | words_filter("unit__search", words) | Q(number=words))
    if state in set(SHOWN):
        found = found.filter(stand=state)
    rows = found.select_related("unit", "template").defer("values").order_by("-changed_at", "-pk")
    own = reporting_units(user) if user.may(Action.WRITE_ACTS) else []
    owed = list(owed_by(own, today)[: OWED + 1])
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state if state in set(SHOWN) else "",
        "states": SHOWN,
        "owed": _with_acts(owed[:OWED]),
        "more_owed": len(owed) > OWED,
        "answered": not owed and demanded_of(own).exists(),
        "today": today,
    }
    return render(request, "acts/list.html", context)


def _with_acts(owed: list[Any]) -> list[tuple[Any, LocalAct | None]]:
    """Return required acts, each with the draft that is under way."""
    drafts = LocalAct.objects.filter(
        unit__in={row.unit_id for row in owed}, status__in=("draft", "agreeing", "agreed")
    )
    known = {(act.template_id, act.unit_id): act for act in drafts.defer("values")}
    return [(row, known.get((row.measure.demand.template_id, row.unit_id))) for row in owed]


@login_required
@require_safe
def template_list(request: SignedInRequest) -> HttpResponse:
    """Show the templates that the reader may see, with where they are in force."""
    user = request.user
    if not user.may(Action.SEE_ACTS):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()[:200]
    visible = ActTemplate.objects.visible_to(user).select_related("unit")
    found = visible.search(words) if words else visible
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counted = covered(page.object_list, user, timezone.localdate())
    context = {
        "page": page,
        "rows": [(row, *counted.get(row.pk, (0, 0))) for row in page.object_list],
        "words": words,
        "edits": user.may(Action.EDIT_TEMPLATES),
    }
    return render(request, "acts/templates.html", context)
