"""The list of programmes, and a programme as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from avgust.web.accounts.rights import Action
from avgust.web.programmes.chips import chips
from avgust.web.programmes.facets import calendar, facets, lede_of, outside
from avgust.web.programmes.models import Programme
from avgust.web.programmes.presenting import MeasureWords, grouped
from avgust.web.programmes.saved_views import FirstView, SavedView
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.table import PAST, SOON
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAGE: Final = 100


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
    """Show the measures of a programme; as a fragment, the table alone.

    An address that says nothing opens in the view that the reader wants first.
    """
    shown = visible_programme(request, pk)
    if not request.GET and not is_fragment(request):
        first = FirstView.objects.filter(user=request.user, programme=shown).select_related("view").first()
        if first is not None:
            return redirect(first.view)
    showing = Showing(shown, request.GET, request.user)
    found = showing.measures().prefetch_related("executors")
    pages = Paginator(found, PAGE)
    pages.count = showing.tally.count  # known already: the database is not asked again
    page = pages.get_page(request.GET.get("page"))
    words = [MeasureWords(row, language()) for row in page.object_list]
    values = {
        "page": page,
        "count": showing.tally.count,
        "groups": grouped(words, by_section=showing.view.grouped),
    }
    return laid_out(request, showing, "table", values)


def laid_out(request: SignedInRequest, showing: Showing, layout: str, values: dict[str, Any]) -> HttpResponse:
    """Answer with a view in its layout: the whole page, or for htmx what a filter changes."""
    programme = showing.programme
    context = {
        **values,
        "programme": programme,
        "showing": showing,
        "view": showing.view,
        "layout": layout,
        "chips": chips(showing),
        "facets": facets(showing, showing.tally),
        "fragment": is_fragment(request),
        "may_edit": request.user.may(Action.EDIT_PROGRAMME, programme.unit),
        "may_export": may_export(request.user, programme),
    }
    if context["fragment"]:
        return render(request, "programmes/_shown.html", context)
    open_view = request.GET.get("view", "")
    context |= {
        "calendar": calendar(showing, context["facets"].months),
        "outside": outside(showing, context["facets"].months),
        "lede": lede_of(showing, showing.whole),
        "saved": SavedView.objects.visible_to(request.user).filter(programme=programme),
        "open_view": int(open_view) if open_view.isdecimal() and len(open_view) < 10 else 0,
        "past": PAST,
        "soon": SOON,
    }
    return render(request, "programmes/programme.html", context)


def may_export(user: User, programme: Programme) -> bool:
    """Return whether `user`, who sees the programme, may take it away: by a post that reaches it."""
    seeing = {post.pk for post in user.posts_allowing(Action.SEE_PROGRAMMES)}
    exporting = {post.pk for post in user.posts_allowing(Action.EXPORT_PROGRAMME)}
    if seeing <= exporting or not exporting:
        return bool(exporting)
    return Programme.objects.visible_to(user, Action.EXPORT_PROGRAMME).filter(pk=programme.pk).exists()
