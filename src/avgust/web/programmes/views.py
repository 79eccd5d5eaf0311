"""The list of programmes, the table of a programme, and adoption."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from avgust.domain.resolutions.export.wording import theme_label
from avgust.domain.resolutions.model import DeadlineKind, Theme
from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.presenting import MeasureWords, grouped
from avgust.web.programmes.reach import Own, organisations_of
from avgust.web.programmes.table import (
    KINDS,
    PAST,
    View,
    calendar,
    due_counts,
    executors_of,
    unclear,
)
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

PAGE: Final = 100
KIND_NAMES: Final = {
    DeadlineKind.RECURRING: gettext_lazy("again and again"),
    DeadlineKind.PERMANENT: gettext_lazy("all the time"),
    DeadlineKind.RELATIVE: gettext_lazy("after an event"),
    DeadlineKind.CONDITIONAL: gettext_lazy("on a condition"),
    DeadlineKind.NONE: gettext_lazy("no deadline"),
}


def visible_programme(request: SignedInRequest, pk: int) -> Programme:
    """Return the programme; 403 for who may see no programmes at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Programme.objects.visible_to(request.user).select_related("unit", "document")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_GET
def programme_list(request: SignedInRequest) -> HttpResponse:
    """Show the programmes that the reader may see."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()[:200]
    found = Programme.objects.visible_to(request.user)
    found = found.search(words) if words else found
    page = Paginator(found.select_related("unit"), PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/list.html", {"page": page, "words": words})


@login_required
@require_GET
def programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the measures of a programme; as a fragment, the table alone."""
    shown = visible_programme(request, pk)
    view = View.of(request.GET)
    fragment = is_fragment(request)
    mine = mine_of(request, shown) if view.mine or not fragment else Q()
    found = view.of_programme(shown.measures.all(), timezone.localdate(), mine).prefetch_related("executors")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    words = [MeasureWords(row, language()) for row in page.object_list]
    context: dict[str, Any] = {
        "programme": shown,
        "view": view,
        "page": page,
        "groups": grouped(words, by_section=view.grouped),
    }
    if fragment:
        return render(request, "programmes/_table.html", context)
    today, counts = timezone.localdate(), due_counts(shown)
    context |= {
        "calendar": calendar(shown, counts, today),
        "months": [(f"{month:%Y-%m}", month, count) for month, count in counts.items()],
        "kinds": [(kind.value, KIND_NAMES[kind]) for kind in KINDS],
        "themes": [(theme.value, theme_label(theme, language())) for theme in Theme],
        "executors": executors_of(shown),
        "lede": _lede(shown),
        "mine": shown.measures.in_force().filter(mine).count(),
        "organisations": organisations_of(request.user),
        "past": PAST,
        "may_edit": request.user.may(Action.EDIT_PROGRAMME, shown.unit),
    }
    return render(request, "programmes/programme.html", context)


def _lede(shown: Programme) -> dict[str, Any]:
    """Return the numbers of the head sentence: one query for all counts, one for the nearest deadline."""
    today = timezone.localdate()
    measures = shown.measures.in_force()
    nearest = (
        measures.filter(due__gte=today).order_by("due", "order").only("pk", "label", "text", "due").first()
    )
    return {
        "nearest": nearest,
        "overdue": measures.filter(due__lt=today).count(),
        "undated": measures.filter(deadline_kind=DeadlineKind.NONE).count(),
        "findings": measures.filter(finding_count__gt=0).count(),
        "unclear": measures.filter(unclear()).count(),
        "out": shown.measures.exclude(status=Measure.Status.IN_FORCE).count(),
    }


def mine_of(request: SignedInRequest, shown: Programme) -> Q:
    """Return the condition on measures that the reader's own organisations answer for."""
    return Own(organisations_of(request.user)).measures(shown)
