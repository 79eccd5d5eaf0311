"""Clauses and measures, many to many: a document's clauses with their measures, links, mergers."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.programmes import actions
from avgust.web.programmes.choosing import number
from avgust.web.programmes.editing import editable_measure
from avgust.web.programmes.models import AdoptedClause, Measure, MeasureClause
from avgust.web.programmes.quotes import quotes_of
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.search import words_filter

PAGE: Final = 100
FOUND: Final = 20


@login_required
@require_safe
def clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the clauses of an adopted document with the measures that carry each out, and those without."""
    if not request.user.may(Action.SEE_DOCUMENTS):
        raise PermissionDenied
    adopted = Document.objects.visible_to(request.user).filter(status=Document.Status.ADOPTED)
    document = get_object_or_404(adopted.select_related("unit"), pk=pk)
    every = AdoptedClause.objects.filter(document=document)
    carried = MeasureClause.objects.filter(measure__status=Measure.Status.IN_FORCE).values("source")
    bare = every.exclude(pk__in=carried)
    alone = request.GET.get("alone") == "1"
    page = Paginator(_with_measures(bare if alone else every, request), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "document": document,
        "page": page,
        "total": every.count(),
        "bare": bare.count(),
        "alone": alone,
    }
    return render(request, "programmes/clauses.html", context)


def _with_measures(rows: QuerySet[AdoptedClause], request: SignedInRequest) -> QuerySet[AdoptedClause]:
    """Prefetch the measures in force that the reader may see, as `shown` of each clause."""
    measures = Measure.objects.visible_to(request.user).in_force()
    links = MeasureClause.objects.filter(measure__in=measures).select_related("measure__programme")
    return rows.order_by("order").prefetch_related(Prefetch("links", links, to_attr="shown"))


@login_required
@require_safe
def links(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a measure carries out, with further clauses and measures that fit the words."""
    measure = editable_measure(request, pk)
    words, other = (request.GET.get(name, "").strip()[:200] for name in ("q", "merge"))
    context: dict[str, Any] = {
        "measure": measure,
        "programme": measure.programme,
        "quotes": quotes_of(measure),
        "absorbed": measure.absorbed.order_by("order"),
        "words": words,
        "other": other,
        "found": _clauses(request, measure, words) if words else [],
        "measures": _measures(measure, other) if other else [],
    }
    return render(request, "programmes/links.html", context)


def _clauses(request: SignedInRequest, measure: Measure, words: str) -> list[AdoptedClause]:
    """Return clauses that hold the words, of adopted documents that the person may see."""
    rows = AdoptedClause.objects.filter(
        words_filter("search", words), document__in=Document.objects.visible_to(request.user)
    )
    rows = rows.exclude(pk__in=measure.clauses.values("source")).select_related("document")
    return list(rows.order_by("-document__adopted_on", "document", "order")[:FOUND])


def _measures(measure: Measure, words: str) -> list[Measure]:
    rows = measure.programme.measures.in_force().exclude(pk=measure.pk)
    return list(rows.search(words).order_by("order")[:FOUND])


@login_required
@require_POST
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Link or unlink clauses, merge a measure into this one, or part one that was merged."""
    measure = editable_measure(request, pk)
    try:
        messages.success(request, _linked(request, measure))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect("programmes:links", measure.pk)
    return redirect(measure)


def _linked(request: SignedInRequest, measure: Measure) -> str:
    """Do what the form asks for; return it in words."""
    posted, actor = request.POST, request.user
    act, reason = posted.get("act", ""), posted.get("reason", "")
    if act == "unlink":
        found = measure.clauses.filter(pk=number(posted.get("link", ""))).first()
        if found is None:
            raise Refused(actions.NO_CLAUSE)
        actions.unlink_clause(found, actor=actor)
        return _("The clause is unlinked.")
    if act == "merge":
        other = measure.programme.measures.filter(pk=number(posted.get("measure", ""))).first()
        actions.merge_measures(measure, other or measure, actor=actor, reason=reason)
        return _("The measures are merged: the numbers and clauses of both are kept.")
    if act == "part":
        merged = measure.programme.measures.filter(pk=number(posted.get("measure", ""))).first()
        actions.part_measures(merged or measure, actor=actor, reason=reason)
        return _("The measures are parted.")
    keys = [number(key) for key in posted.getlist("clause")]
    actions.link_clauses(measure, list(AdoptedClause.objects.filter(pk__in=keys)), actor=actor)
    return _("The clauses are linked.")
