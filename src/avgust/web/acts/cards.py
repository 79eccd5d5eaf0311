"""The card of a local act, its moves, its DOCX and its signed file."""

from __future__ import annotations

import logging
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.acts.document import Draft, act_docx
from avgust.domain.acts.fields import faults
from avgust.domain.acts.states import Move, Status
from avgust.domain.acts.text import lines_of
from avgust.domain.control.states import UNCOUNTED
from avgust.domain.resolutions.months import day_in_words
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.acts.actions import Words, move_act, owns
from avgust.web.acts.models import ActStep, LocalAct
from avgust.web.acts.telling import agreeing_people
from avgust.web.acts.wording import WORDINGS, lede_of, offers, step_words, who_agrees
from avgust.web.control.models import Assignment
from avgust.web.documents.actions import Refused
from avgust.web.ui.attachments import attached
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language

logger = logging.getLogger(__name__)

_POLICY: Final = "default-src 'none'; sandbox"
STEPS: Final = 100
NAMED: Final = 3


def visible_act(request: SignedInRequest, pk: int) -> LocalAct:
    """Return the act; 403 for who may see none at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_ACTS):
        raise PermissionDenied
    rows = LocalAct.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "template__unit", "version", "agreed_by"), pk=pk)


@login_required
@require_safe
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an act."""
    return shown_act(request, visible_act(request, pk))


def shown_act(request: SignedInRequest, row: LocalAct, *, refused: str = "") -> HttpResponse:
    """Show the card; with `refused` the form that was sent stays open with what was typed."""
    user, today, said = request.user, timezone.localdate(), row.version.said
    here = offers(row, user)
    owed = Assignment.objects.visible_to(user).filter(
        unit=row.unit_id, measure__demand__template=row.template_id
    )
    context: dict[str, Any] = {
        "act": row,
        "lede": lede_of(row, today),
        "stands": row.standing_on(today),
        "lines": lines_of(said, row.values),
        "unfilled": len(faults(said.fields, row.values)),
        "main": [one for one in here if one.wording.weight == "primary"],
        "others": [one for one in here if one.wording.weight != "primary"],
        "offers": here,
        "barred": next((one.barred for one in here if one.barred), ""),
        "owns": owns(user, row.unit_id),
        "newer": row.template.version > row.version.number and row.template.offered,
        "steps": _steps(row),
        "proves": owed.exclude(status__in=sorted(UNCOUNTED)).with_proof(today).select_related("measure"),
        "replaces": list(row.replaces.defer("values")),
        "agreeing": _agreeing(row),
        "refused": refused,
        "typed": request.POST if refused else {},
        "today": today,
    }
    return render(request, "acts/act.html", context, status=422 if refused else 200)


def _agreeing(row: LocalAct) -> str:
    if row.state is not Status.AGREEING:
        return ""
    return who_agrees([person.short_name for person in agreeing_people(row)[:NAMED]])


def _steps(row: LocalAct) -> list[tuple[ActStep, str]]:
    """Return the history, the newest first."""
    steps = row.steps.select_related("actor", "other").order_by("-at", "-pk")[:STEPS]
    return [(step, step_words(step)) for step in steps]


class MoveForm(forms.Form):
    """What a person says with a move; a move takes of it what it asks for."""

    move = forms.ChoiceField(choices=[(move.value, move.value) for move in WORDINGS])
    revision = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=2000, required=False)
    body = forms.CharField(max_length=300, required=False)
    day = DayField(required=False)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a move; back to the card, with the reason where it cannot be made."""
    row = visible_act(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        if {"move", "revision"} & set(form.errors):
            raise BadRequest("move")
        return shown_act(request, row, refused=str(next(iter(form.errors.values()))[0]))
    said, asked = form.cleaned_data, Move(form.cleaned_data["move"])
    words = Words(reason=said["reason"], agreed_with=said["body"], until=said["day"])
    try:
        moved = move_act(row, asked, actor=request.user, words=words, seen=said["revision"])
    except Refused as refused:
        return shown_act(request, visible_act(request, pk), refused=refused.reason.render(language()))
    messages.success(request, _("Done: %(what)s") % {"what": step_words(ActStep(move=asked.value))})
    return redirect(moved)


@login_required
@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the act as DOCX, to be printed and signed; gaps are marked in it."""
    row = visible_act(request, pk)
    made = act_docx(
        Draft(
            owner=row.unit.name,
            title=row.title,
            lines=lines_of(row.version.said, row.values),
            agreed=row.agreed_with,
            number=row.number,
            adopted=day_in_words(row.adopted_on) if row.adopted_on else "",
        )
    )
    return attached(made, f"act-{row.pk}.docx")


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> FileResponse:
    """Return the signed file, always as a download."""
    row = visible_act(request, pk)
    if not row.sha256:
        raise Http404
    try:
        kept = files.place_of(row.sha256).open("rb")
    except FileNotFoundError as absent:  # the database was restored without the folder of uploads
        logger.error("The file of the local act %s is not in the folder of uploads.", row.pk)  # noqa: TRY400
        raise Http404 from absent
    answer = FileResponse(kept, as_attachment=True, filename=row.file_name)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
