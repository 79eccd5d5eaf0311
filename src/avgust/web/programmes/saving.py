"""Saved views: keep what is shown, and the list where they are renamed, shared, moved and deleted."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import saved_views as actions
from avgust.web.programmes.models import Programme
from avgust.web.programmes.saved_views import FirstView, SavedView
from avgust.web.programmes.views import visible_programme
from avgust.web.ui.requests import SignedInRequest, language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the views of a programme; posted to, save the one that is shown and open it."""
    programme = visible_programme(request, pk)
    if request.method == "POST":
        return _save(request, programme)
    rows = SavedView.objects.visible_to(request.user).filter(programme=programme)
    views = list(rows.select_related("owner", "programme__unit"))
    first = FirstView.objects.filter(user=request.user, programme=programme).values_list("view", flat=True)
    context = {
        "programme": programme,
        "own": [view for view in views if not view.shared],
        "shared": [view for view in views if view.shared],
        "first": first.first() or 0,
        "may_share": actions.may_share(request.user, programme),
    }
    return render(request, "programmes/saved_views.html", context)


def _save(request: SignedInRequest, programme: Programme) -> HttpResponse:
    posted = request.POST
    query = dict(parse_qsl(posted.get("query", "")[:8000].lstrip("?")))
    try:
        made = actions.save_view(
            programme,
            actor=request.user,
            name=posted.get("name", ""),
            layout=posted.get("layout", ""),
            query=query,
            shared=posted.get("shared") == "1",
        )
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect("programmes:saved_views", programme.pk)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": made.name})
    return redirect(made)


@login_required
@require_POST
def change_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do with a view what the pressed button says; back to the list."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    programmes = Programme.objects.visible_to(request.user)
    seen = SavedView.objects.visible_to(request.user).filter(programme__in=programmes)
    view = get_object_or_404(seen.select_related("programme__unit"), pk=pk)
    try:
        said = _change(request, view)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    else:
        messages.success(request, said)
    return redirect("programmes:saved_views", view.programme_id)


def _change(request: SignedInRequest, view: SavedView) -> str:
    """Do the act; return it in words."""
    actor, name = request.user, {"name": view.name}
    match request.POST.get("act", ""):
        case "rename":
            actions.rename_view(view, actor=actor, name=request.POST.get("name", ""))
            return _("The view is renamed.")
        case "share" | "unshare" as act:
            actions.share_view(view, actor=actor, shared=act == "share")
            said = _("Everybody who sees the programme has “%(name)s” now.")
            return (said if act == "share" else _("“%(name)s” is seen by its owner alone.")) % name
        case "up" | "down" as act:
            actions.move_view(view, actor=actor, by=-1 if act == "up" else 1)
            return _("The order is saved.")
        case "delete":
            actions.delete_view(view, actor=actor)
            return _("The view “%(name)s” is deleted.") % name
        case "first":
            actions.open_first(view.programme, view, actor=actor)
            return _("The programme opens in “%(name)s” for you.") % name
        case "not_first":
            actions.open_first(view.programme, None, actor=actor)
            return _("The programme opens as a whole for you.")
        case _:
            raise BadRequest("act")
