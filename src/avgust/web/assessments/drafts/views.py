"""Pages of a table of one's own: sending it, saying what its columns are, checking, keeping, importing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.web.accounts.rights import Action
from avgust.web.assessments.drafts import actions
from avgust.web.assessments.drafts.forms import CHOICES, Columns, SendTableForm
from avgust.web.assessments.drafts.models import TableDraft
from avgust.web.assessments.kept_messages import message_in
from avgust.web.assessments.models import MappingPackage
from avgust.web.assessments.views import visible_work
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

UNPROCESSABLE: Final = 422
OPEN: Final = 20  # drafts of the reader shown where a table is sent


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_table(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a table of one's own; show those that were left half done."""
    work = visible_work(request, pk, to_import=True)
    posted = request.method == "POST"
    form = SendTableForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = actions.send_table(work, actor=request.user, name=sent.name or "", data=sent.read())
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect(made)
    drafts = TableDraft.objects.visible_to(request.user).filter(work=work)
    context = {"work": work, "form": form, "drafts": drafts.only("name", "uploaded_at")[:OPEN]}
    return render(request, "assessments/send_table.html", context, status=UNPROCESSABLE if posted else 200)


def _seen(request: SignedInRequest, pk: int) -> TableDraft:
    """Return the reader's draft; 403 for who imports nothing (any more), 404 for another's."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    rows = TableDraft.objects.visible_to(request.user).select_related("work__unit", "proposed")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.may(Action.IMPORT_RESULTS, found.work.unit):
        raise PermissionDenied
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the first rows beside what each column is; do what was asked about them."""
    found = _seen(request, pk)
    if request.method == "POST":
        return _done(request, found)
    if is_fragment(request):
        return render(request, "assessments/_draft_check.html", {"draft": found, **_check(found)})
    return _page(request, found, Columns(found))


def _page(request: SignedInRequest, found: TableDraft, columns: Columns, status: int = 200) -> HttpResponse:
    fitting = actions.fitting_mappings(request.user, found.work, found.heads)
    context = {
        "draft": found,
        "work": found.work,
        "columns": columns,
        "choices": CHOICES,
        "fitting": [one for one in fitting if one.pk != found.proposed_id],
        **_check(found),
    }
    return render(request, "assessments/draft.html", context, status=status)


def _check(found: TableDraft) -> dict[str, Any]:
    """Return what the check of the whole file found, in the reader's language."""
    said, told = found.found, language()
    if not said:
        return {"found": None}
    return {
        "found": said,
        "fault": message_in(said["fault"]).render(told) if said["fault"] else "",
        "reasons": [(count, message_in(why).render(told)) for count, why in said["reasons"]],
        "first": [(one["sheet"], one["row"], message_in(one["why"]).render(told)) for one in said["first"]],
    }


def _done(request: SignedInRequest, found: TableDraft) -> HttpResponse:
    act = request.POST.get("act", "")
    try:
        if act == "drop":
            actions.drop_draft(found, actor=request.user)
            messages.success(request, _("The table is put away; nothing was imported."))
            return redirect("assessments:send_table", found.work_id)
        if act == "take":
            actions.take_mapping(found, _chosen(request), actor=request.user)
            return redirect(found)
        columns = Columns(found, request.POST, to_import=act in ("check", "import"))
        if not columns.are_right:
            return _page(request, found, columns, status=UNPROCESSABLE)
        return _carried_out(request, found, columns, act)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("assessments:send_table", found.work_id)


def _chosen(request: SignedInRequest) -> MappingPackage:
    asked = request.POST.get("mapping", "")
    known = MappingPackage.objects.visible_to(request.user)
    return get_object_or_404(known, pk=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)


def _carried_out(request: SignedInRequest, found: TableDraft, columns: Columns, act: str) -> HttpResponse:
    """Keep the answers, then check, keep the mapping or import by it."""
    actor = request.user
    actions.say_columns(found, columns.meanings, columns.name, actor=actor)
    if act == "import":
        return redirect("assessments:upload", actions.import_draft(found, actor=actor).pk)
    if act == "keep":
        kept = actions.keep_draft_mapping(found, actor=actor)
        told = {"name": kept.name, "edition": kept.edition}
        messages.success(request, _("The mapping “%(name)s” is kept, edition %(edition)s.") % told)
    else:
        actions.check_draft(found, actor=actor)
    return redirect(found)
