"""Adoption: a reviewed document becomes a programme of its own, or adds to one that stands."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.documents.views import visible_document
from avgust.web.programmes import actions
from avgust.web.programmes.choosing import number
from avgust.web.programmes.models import Programme
from avgust.web.ui.requests import SignedInRequest, language

NOTHING_SEEN: Final = -1  # no version of a review: who adopts without one has not looked at it


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for what the measures are to be, or adopt; back to the review with the reason where that fails."""
    document = visible_document(request, pk)
    if not request.user.may(Action.ADOPT_PROGRAMME, document.unit):
        raise PermissionDenied
    if request.method != "POST":
        return _choice(request, document)
    seen, into = request.POST.get("version", ""), None
    key = number(request.POST.get("into", ""))
    if key:
        into = get_object_or_404(_programmes(document), pk=key)
    try:
        made = actions.adopt_document(
            document,
            actor=request.user,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else NOTHING_SEEN,
            into=into,
        )
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(document)
    messages.success(request, _said(made, added=into is not None))
    return redirect(made)


def _choice(request: SignedInRequest, document: Document) -> HttpResponse:
    if document.adopted:
        return redirect("programmes:of_document", document.pk)
    context = {"document": document, "programmes": _programmes(document).order_by("-adopted_on", "-pk")[:50]}
    return render(request, "programmes/adopt.html", context)


def _programmes(document: Document) -> QuerySet[Programme]:
    return Programme.objects.filter(unit=document.unit)


def _said(programme: Programme, *, added: bool) -> str:
    count = programme.measure_count
    if added:
        said = ngettext(
            "The measures are added: the programme has %(count)d measure now.",
            "The measures are added: the programme has %(count)d measures now.",
            count,
        )
    else:
        said = ngettext(
            "The programme is adopted: %(count)d measure.",
            "The programme is adopted: %(count)d measures.",
            count,
        )
    return said % {"count": count}


@login_required
@require_safe
def of_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead from an adopted document to the programme that has its measures."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Programme.objects.visible_to(request.user)
    of_it = visible.filter(Q(document=pk) | Q(supplements__document=pk))
    return redirect(get_object_or_404(of_it))
