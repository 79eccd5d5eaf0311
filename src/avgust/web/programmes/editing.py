"""A measure after adoption: edited, added by hand, cancelled, and who acts in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.resolutions.export.wording import deadline_text, theme_label
from avgust.domain.resolutions.model import DeadlineKind, Relation, Theme
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes import actions, codes
from avgust.web.programmes.actions import Overtaken, Wording
from avgust.web.programmes.choosing import number
from avgust.web.programmes.history import Change, changes_of
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.typed import LONGEST, deadline_of
from avgust.web.programmes.views import PAGE, visible_programme
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from django.http import QueryDict


UNPROCESSABLE, CONFLICT = 422, 409


def editable_measure(request: SignedInRequest, pk: int) -> Measure:
    """Return the measure; 404 for a foreign one, 403 for who may not change its programme."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    measure = get_object_or_404(visible, pk=pk)
    if not request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    return measure


def editable_programme(request: SignedInRequest, pk: int) -> Programme:
    """Return the programme; 404 for a foreign one, 403 for who may not change it."""
    programme = visible_programme(request, pk)
    if not request.user.may(Action.EDIT_PROGRAMME, programme.unit):
        raise PermissionDenied
    return programme


def _typed(posted: QueryDict) -> Wording:
    """Return what the form holds."""
    return Wording(
        text=posted.get("text", ""),
        label=posted.get("label", ""),
        section=posted.get("section", ""),
        theme=posted.get("theme", ""),
        deadline=posted.get("deadline", ""),
        target=posted.get("target", ""),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form of a measure; posted, save it, or show it again with the words kept and the reason."""
    measure = editable_measure(request, pk)
    if request.method != "POST":
        return _form(request, measure.programme, Wording.of(measure), measure=measure, seen=measure.version)
    said, reason = _typed(request.POST), request.POST.get("reason", "")
    seen = number(request.POST.get("version", ""))
    try:
        actions.edit_measure(measure, said, actor=request.user, seen=seen, reason=reason)
    except Overtaken as overtaken:
        measure.refresh_from_db()
        return _form(
            request,
            measure.programme,
            said,
            measure=measure,
            seen=measure.version,
            reason=reason,
            error=overtaken.reason.render(language()),
            theirs=[(entry, changes_of(entry)) for entry in overtaken.entries],
            status=CONFLICT,
        )
    except Refused as refused:
        error = refused.reason.render(language())
        return _form(request, measure.programme, said, measure=measure, seen=seen, reason=reason, error=error)
    messages.success(request, _("The measure is changed."))
    return redirect(measure)


def _form(
    request: SignedInRequest,
    programme: Programme,
    said: Wording,
    *,
    seen: int = 0,
    measure: Measure | None = None,
    reason: str = "",
    executors: str = "",
    error: str = "",
    theirs: list[tuple[Entry, list[Change]]] | None = None,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    """Show the form of a measure with what was typed."""
    sections = programme.measures.exclude(section="").order_by("order").values_list("section", flat=True)
    read = deadline_of(programme, said.deadline) if said.deadline else None
    context: dict[str, Any] = {
        "programme": programme,
        "measure": measure,
        "said": said,
        "seen": seen,
        "reason": reason,
        "executors": executors,
        "error": error,
        "theirs": theirs or [],
        "themes": [(theme.value, theme_label(theme, language())) for theme in Theme],
        "sections": list(dict.fromkeys(sections)),
        "typed": said.deadline,
        "known": read is not None and read.kind is not DeadlineKind.NONE,
        "words": deadline_text(read, language()) if read else "",
        "inferred": bool(read and read.inferred),
    }
    return render(request, "programmes/edit.html", context, status=status if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form of a measure that no document prints; posted, add it."""
    programme = editable_programme(request, pk)
    if request.method != "POST":
        said = Wording(text=request.GET.get("text", "")[:LONGEST], section=request.GET.get("section", ""))
        return _form(request, programme, said)
    said, reason = _typed(request.POST), request.POST.get("reason", "")
    executors = request.POST.get("executors", "")
    try:
        made = actions.add_measure(programme, said, actor=request.user, reason=reason, executors=executors)
    except Refused as refused:
        error = refused.reason.render(language())
        return _form(request, programme, said, reason=reason, executors=executors, error=error)
    messages.success(request, _("The measure is added."))
    return redirect(made)


@login_required
@require_safe
def understood(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how the words of a deadline read while they are typed; nothing is stored."""
    programme = visible_programme(request, pk)
    typed = request.GET.get("deadline", "").strip()[:500]
    read = deadline_of(programme, typed)
    known = read.kind is not DeadlineKind.NONE
    context = {"typed": typed, "known": known, "inferred": bool(read.inferred)}
    context["words"] = deadline_text(read, language()) if known else ""
    return render(request, "documents/_understood.html", context)


@login_required
@require_POST
def involve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add who acts in a measure, take somebody out, or say which person controls."""
    measure = editable_measure(request, pk)
    try:
        messages.success(request, _involved(request, measure))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect(f"{measure.get_absolute_url()}#who")


def _involved(request: SignedInRequest, measure: Measure) -> str:
    """Do what the form asks for; return it in words."""
    posted, actor = request.POST, request.user
    reason = posted.get("reason", "")
    if posted.get("act") == "remove":
        actions.uninvolve(_executor(measure, posted), actor=actor, reason=reason)
        return _("Taken out of the measure.")
    if posted.get("act") == "person":
        executor = _executor(measure, posted)
        post = actions.people_for(executor).filter(pk=number(posted.get("post", ""))).first()
        actions.name_person(executor, post, actor=actor)
        return _("The person who controls is named.") if post else _("The person is taken back.")
    relation = posted.get("relation", "")
    known = Relation(relation) if relation in set(Relation) else Relation.EXECUTOR
    made = actions.involve(measure, posted.get("names", ""), known, actor=actor, reason=reason)
    return _("Added: %(names)s.") % {"names": "; ".join(row.name for row in made)}


def _executor(measure: Measure, posted: QueryDict) -> MeasureExecutor:
    executor = measure.executors.filter(pk=number(posted.get("executor", ""))).first()
    if executor is None:
        raise Refused(actions.NO_EXECUTOR)
    return executor


@login_required
@require_POST
def set_status(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a measure, or put a cancelled one in force again."""
    measure = editable_measure(request, pk)
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("act") == "restore":
            actions.restore_measure(measure, actor=request.user, reason=reason)
            messages.success(request, _("The measure is in force again."))
        else:
            actions.cancel_measure(measure, actor=request.user, reason=reason)
            messages.success(request, _("The measure is cancelled."))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect(measure)


@login_required
@require_safe
def out_of_force(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the measures of a programme that were cancelled or merged into others, with the reasons."""
    programme = visible_programme(request, pk)
    rows = programme.measures.exclude(status=Measure.Status.IN_FORCE).select_related("merged_into")
    page = Paginator(rows.order_by("order"), PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "why": _grounds(page.object_list)}
    return render(request, "programmes/out_of_force.html", context)


def _grounds(measures: Iterable[Measure]) -> list[tuple[Measure, Entry | None]]:
    """Return measures, each with the act that took it out of force."""
    shown = list(measures)
    ending = (codes.CANCELLED_MEASURE.code, codes.MERGED_MEASURES.code)
    rows = Entry.objects.filter(
        subject_type=Measure._meta.label_lower,
        subject_id__in=[str(measure.pk) for measure in shown],
        code__in=ending,
    )
    latest = {row.subject_id: row for row in rows.select_related("actor").order_by("at", "pk")}
    return [(measure, latest.get(str(measure.pk))) for measure in shown]
