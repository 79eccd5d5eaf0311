"""Pages of the journal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from avgust.web.accounts.rights import Action
from avgust.web.audit import codes
from avgust.web.journal.asking import Question
from avgust.web.journal.reading import page, visible_to
from avgust.web.journal.showing import by_day, rows_of, values_of
from avgust.web.ui.requests import SignedInRequest, is_fragment


def require_journal(request: SignedInRequest) -> None:
    """Stop who may see the journal nowhere."""
    if not request.user.may(Action.SEE_JOURNAL):
        raise PermissionDenied


def _place(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@login_required
@require_safe
def entry_list(request: SignedInRequest) -> HttpResponse:
    """Show the acts that answer the question, the newest first."""
    require_journal(request)
    question = Question.of(request.GET, request.user)
    shown = page(
        question.found,
        question.words,
        before=_place(request.GET.get("before")),
        after=_place(request.GET.get("after")),
    )
    rows = rows_of(shown.entries, request.user)
    context: dict[str, Any] = {
        "question": question,
        "form": question.form,
        "page": shown,
        "rows": rows,
        "days": by_day(rows),
    }
    template = "journal/_entries.html" if is_fragment(request) else "journal/list.html"
    return render(request, template, context)


@login_required
@require_safe
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one act with everything that is kept about it; to htmx only its values, for the list."""
    require_journal(request)
    visible = visible_to(request.user).select_related("actor", "unit", "private", "link")
    shown = get_object_or_404(visible, pk=pk)
    context: dict[str, Any] = {"entry": shown, "values": values_of(shown)}
    if is_fragment(request):
        return render(request, "journal/_values.html", context)
    context |= {
        "row": rows_of([shown], request.user)[0],
        "kind": codes.declared(shown.code).name,
        "about": f"{shown.subject_type}:{shown.subject_id}",
    }
    return render(request, "journal/entry.html", context)
