"""What every page of the station asks of a request: rights, offices, causes to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from avgust.web.accounts.rights import Action
from avgust.web.decisions.models import Cause, CauseOfClause, Decision
from avgust.web.documents.models import Document
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

OFFERED: Final = 20  # causes that wait for a decision, beside those that were asked for


def may_see(request: SignedInRequest) -> None:
    """Raise PermissionDenied for who sees no programmes: decisions are seen as they are."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied


def offices(user: User) -> list[Unit]:
    """Return the organisations for which `user` prepares decisions: those of the posts."""
    posts = user.posts_allowing(Action.PREPARE_DECISIONS)
    return list({post.unit_id: post.unit for post in posts}.values())


def office(request: SignedInRequest) -> Unit:
    """Return the organisation of the form: the one chosen, else the first; 403 for who has none."""
    known = offices(request.user)
    if not known:
        raise PermissionDenied
    asked = request.POST.get("unit") or request.GET.get("office") or str(known[0].pk)
    found = next((one for one in known if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def visible_decision(request: SignedInRequest, pk: int) -> Decision:
    """Return the decision; 403 for who may see none at all, 404 for a foreign one."""
    may_see(request)
    rows = Decision.objects.visible_to(request.user).select_related("unit", "document", "recorded_by")
    return get_object_or_404(rows, pk=pk)


def visible_cause(request: SignedInRequest, pk: int) -> Cause:
    """Return the cause; 403 for who may see none at all, 404 for a foreign one."""
    may_see(request)
    return get_object_or_404(
        Cause.objects.visible_to(request.user).select_related("unit", "recorded_by"), pk=pk
    )


def offered(user: User, unit: Unit, asked: Iterable[str] = ()) -> list[Cause]:
    """Return the causes that a form offers: those asked for, then the office's without a decision."""
    keys = [key for key in asked if key.isdecimal() and len(key) < 10]
    own = Cause.objects.filter(unit=unit)
    chosen = list(Cause.objects.visible_to(user).filter(pk__in=keys)) if keys else []
    adopted = CauseOfClause.objects.filter(cause=OuterRef("pk"), document__status=Document.Status.ADOPTED)
    waiting = own.filter(~Exists(adopted)).exclude(pk__in=[cause.pk for cause in chosen])
    return [*chosen, *waiting[:OFFERED]]
