"""Pages of errands: giving one, the card with what was done, and the acts."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from avgust.domain.control.errands import ERRAND_TABLE, IN_WORK, ErrandAct, Party, Stage
from avgust.domain.control.states import Side
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.control.actions import may_act
from avgust.web.control.errands import (
    act_on_errand,
    add_to_errand,
    branch_of,
    colleagues,
    give_errand,
    is_party,
    people_above,
    remove_from_errand,
    visible_errand,
)
from avgust.web.control.models import Assignment, Errand
from avgust.web.control.receiving import received
from avgust.web.control.wording import period_of
from avgust.web.documents.actions import Refused
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language

MOST_FILES: Final = 20


class ErrandForm(forms.Form):
    """To whom, what, by when."""

    to = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("To whom"), empty_label=gettext_lazy("choose")
    )
    words = forms.CharField(
        label=gettext_lazy("What is to be done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due = DayField(label=gettext_lazy("By when"), required=False)

    def __init__(self, people: list[User], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["to"]
        chosen.queryset = User.objects.filter(pk__in=[person.pk for person in people])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand work on an assignment on; `part` names the errand of which it is a part."""
    assignment, part_of = _handed_on(request, pk)
    people = colleagues(assignment, request.user, people_above(part_of))
    form = ErrandForm(people, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = give_errand(assignment, actor=request.user, part_of=part_of, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
        else:
            messages.success(request, _("The errand is given: %(who)s.") % {"who": made.given_to.short_name})
            return redirect(part_of or assignment)
    context = {
        "assignment": assignment,
        "measure": assignment.measure,
        "part_of": part_of,
        "form": form,
        "people": people,
        "period": period_of(assignment),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "control/give.html", context, status=status)


def _handed_on(request: SignedInRequest, pk: int) -> tuple[Assignment, Errand | None]:
    """Return what is handed on: an assignment by who speaks for the organisation, an errand by its doer."""
    from avgust.web.control.cards import visible_assignment  # noqa: PLC0415 - a card shows errands

    part = request.POST.get("part") or request.GET.get("part", "")
    if part.isdecimal() and len(part) < 10:
        errand = own_errand(request, int(part))
        if errand.assignment_id != pk:
            raise Http404
        if not is_party(errand, Party.DOER, request.user):
            raise PermissionDenied
        return errand.assignment, errand
    assignment = visible_assignment(request, pk)
    if not may_act(assignment, Side.EXECUTOR, request.user):
        raise PermissionDenied
    return assignment, None


def own_errand(request: SignedInRequest, pk: int) -> Errand:
    """Return the errand; 403 for who does none at all, 404 for one of others."""
    if not request.user.may(Action.DO_ERRANDS):
        raise PermissionDenied
    return visible_errand(pk, request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def errand(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an errand, or do what a button of its page says."""
    shown = own_errand(request, pk)
    if request.method != "POST":
        return _card(request, shown)
    lines: list[tuple[str, str]] = []
    try:
        for file in request.FILES.getlist("file")[:MOST_FILES]:
            _take(request, shown, file, lines)
        if request.POST.get("without", "").isdecimal():
            remove_from_errand(shown, int(request.POST["without"]), actor=request.user)
        _act(request, shown, blocked=bool(lines))
    except Refused as refused:
        return _card(request, shown, refused=refused.reason.render(language()), lines=lines)
    if lines:
        return _card(request, shown, lines=lines)
    messages.success(request, _("Done."))
    return redirect(shown)


def _take(request: SignedInRequest, shown: Errand, file: Any, lines: list[tuple[str, str]]) -> None:
    """Keep one file; its error stays in its own line."""
    if not is_party(shown, Party.DOER, request.user):
        raise PermissionDenied
    try:
        add_to_errand(shown, actor=request.user, file=received(file))
    except Refused as refused:
        lines.append((file.name or "", refused.reason.render(language())))


def _act(request: SignedInRequest, shown: Errand, *, blocked: bool) -> None:
    """Do the act that the pressed button names; "add" only adds files."""
    asked = request.POST.get("do", "add")
    if asked in ("add", "save") or "without" in request.POST or blocked:
        return
    if asked not in set(ErrandAct):
        raise BadRequest("do")
    act_on_errand(shown, ErrandAct(asked), actor=request.user, words=request.POST.get("words", "")[:4000])


def _card(
    request: SignedInRequest, shown: Errand, *, refused: str = "", lines: list[tuple[str, str]] | None = None
) -> HttpResponse:
    shown = visible_errand(shown.pk, request.user)
    doing = is_party(shown, Party.DOER, request.user)
    stage = Stage(shown.stage)
    acts = {
        act
        for act, row in ERRAND_TABLE.items()
        if stage in row.sources and is_party(shown, row.party, request.user)
    }
    context = {
        "errand": shown,
        "assignment": shown.assignment,
        "measure": shown.assignment.measure,
        "period": period_of(shown.assignment),
        "acts": {str(act) for act in acts},
        "works": doing and stage in IN_WORK,
        "evidence": list(shown.evidence.all()),
        "branch": branch_of(shown),
        "sees_assignment": Assignment.objects.visible_to(request.user)
        .filter(pk=shown.assignment_id)
        .exists(),
        "refused": refused,
        "lines": lines or [],
        "words": request.POST.get("words", "") or (shown.answer if doing else ""),
    }
    return render(request, "control/errand.html", context, status=422 if refused or lines else 200)
