"""A decision typed clause by clause: rows come, go and move without a script; nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from avgust.domain.decisions.minutes import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_CLAUSES,
    Genre,
    TypedClause,
    faults_of_clause,
)
from avgust.domain.decisions.minutes import TypedDecision as Typed
from avgust.domain.decisions.preview import understood
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.web.accounts.rights import Action
from avgust.web.decisions import actions
from avgust.web.decisions.asking import offered, office, offices
from avgust.web.decisions.forms import ALL, NONE, ClauseForm, TypedForm
from avgust.web.decisions.models import Cause
from avgust.web.decisions.reading import UnderstoodWords, words_of
from avgust.web.documents.actions import Refused
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

ROWS: Final = "c"
FIRST: Final = 3  # blank rows of a new form
_MOVE: Final = re.compile(r"(up|down|remove)-(\d{1,3})")
_SINGLE: Final = ("text", "executors", "deadline", "cause")
_HEAD: Final = ("genre", "number", "held_on", "title", "controller")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form with how the parser reads it; nothing where nobody asked."""

    form: ClauseForm
    understood: UnderstoodWords | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: SignedInRequest) -> HttpResponse:
    """Show the form, change its rows, or make the document."""
    unit = office(request)
    if request.method != "POST":
        return _begun(request, unit)
    causes = offered(request.user, unit, _asked(request.POST))
    rows = _raw_rows(request.POST)
    do = request.POST.get("do", "save")
    if do != "save":
        return _changed(request, unit, causes, rows, do)
    return _made(request, unit, causes, len(rows))


def _asked(given: QueryDict) -> list[str]:
    """Return the numbers of causes that the form names, also those that only a row names."""
    named = [given.get(f"{ROWS}-{place}-cause", "") for place in range(_count(given))]
    return [*given.getlist("offered"), *given.getlist("causes"), *named]


def _begun(request: SignedInRequest, unit: Unit) -> HttpResponse:
    """Show a new form: the cause of the address is marked, the clause that the rules advise stands in it."""
    asked = request.GET.getlist("cause")
    causes = offered(request.user, unit, asked)
    known = {str(cause.pk) for cause in causes}
    head = TypedForm(causes, initial={"causes": [key for key in asked if key in known]})
    rows: list[dict[str, Any]] = [{} for _one in range(FIRST)]
    rows[0]["text"] = request.GET.get("text", "")[:LONGEST_TEXT]
    return _page(request, unit, causes, head, _blank(rows, causes))


def _blank(rows: Sequence[dict[str, Any]], causes: Sequence[Cause]) -> list[Row]:
    return [
        Row(ClauseForm(prefix=f"{ROWS}-{place}", initial=values, causes=causes))
        for place, values in enumerate(rows)
    ]


def _count(given: QueryDict) -> int:
    count = given.get("rows", "")
    return min(int(count), MOST_CLAUSES + 1) if count.isdecimal() and len(count) < 4 else 0


def _raw_rows(given: QueryDict) -> list[dict[str, Any]]:
    """Return the rows as they were sent, right or wrong."""
    return [
        {name: given.get(f"{ROWS}-{place}-{name}", "") for name in _SINGLE}
        | {"proof": given.getlist(f"{ROWS}-{place}-proof")}
        for place in range(_count(given))
    ]


def _changed(
    request: SignedInRequest, unit: Unit, causes: Sequence[Cause], rows: list[dict[str, Any]], do: str
) -> HttpResponse:
    """Show the form again with a row more, less or elsewhere, or with what the parser reads."""
    given = request.POST
    head = TypedForm(
        causes, initial={name: given.get(name, "") for name in _HEAD} | {"causes": given.getlist("causes")}
    )
    moved = _MOVE.fullmatch(do)
    focus = None
    if do == "add" and len(rows) < MOST_CLAUSES:
        rows.append({})
        focus = len(rows) - 1
    elif moved and int(moved[2]) < len(rows):
        focus = _move(rows, moved[1], int(moved[2]))
    made = _blank(rows, causes)
    if do == "read":
        made = _understood(request, unit, given, made, rows)
    return _page(request, unit, causes, head, made, focus=focus)


def _move(rows: list[dict[str, Any]], how: str, place: int) -> int | None:
    """Move or take away a row; return the place to go on typing at."""
    if how == "remove":
        rows.pop(place)
        return min(place, len(rows) - 1) if rows else None
    other = place - 1 if how == "up" else place + 1
    if not 0 <= other < len(rows):
        return place
    rows[place], rows[other] = rows[other], rows[place]
    return other


def _understood(
    request: SignedInRequest, unit: Unit, given: QueryDict, made: list[Row], rows: list[dict[str, Any]]
) -> list[Row]:
    """Return the rows with how the parser reads those that say something."""
    full = [place for place, row in enumerate(rows) if row["text"].strip()]
    clauses = tuple(_clause(rows[place]) for place in full)
    read = words_of(understood(_decision(given, unit, clauses)), unit, language()) if clauses else []
    said = dict(zip(full, read, strict=True))
    return [Row(row.form, said.get(place)) for place, row in enumerate(made)]


def _clause(row: dict[str, Any]) -> TypedClause:
    return TypedClause(
        row["text"][:LONGEST_TEXT], row["executors"][:LONGEST_LINE], row["deadline"][:LONGEST_LINE]
    )


def _decision(given: QueryDict, unit: Unit, clauses: tuple[TypedClause, ...]) -> Typed:
    """Return what is read while it is typed: the day decides what «до 1 октября» means."""
    head = TypedForm([], given)
    head.is_valid()
    day = head.cleaned_data.get("held_on") or timezone.localdate()
    return Typed(Genre.MINUTES, "", unit.name, day, clauses)


@login_required
@require_POST
def understood_row(request: SignedInRequest) -> HttpResponse:
    """Say how the parser reads one clause while it is typed; nothing is stored."""
    if not request.user.may(Action.PREPARE_DECISIONS):
        raise PermissionDenied
    unit, place = office(request), request.POST.get("row", "")
    rows = {name: request.POST.get(f"{ROWS}-{place}-{name}", "") for name in _SINGLE}
    said = None
    if rows["text"].strip():
        clauses = (_clause(rows),)
        said = words_of(understood(_decision(request.POST, unit, clauses)), unit, language())[0]
    return render(request, "decisions/_understood.html", {"said": said})


def _made(request: SignedInRequest, unit: Unit, causes: Sequence[Cause], count: int) -> HttpResponse:
    """Make the document, or show what is wrong beside what was typed."""
    head = TypedForm(causes, request.POST)
    forms = [ClauseForm(request.POST, prefix=f"{ROWS}-{place}", causes=causes) for place in range(count)]
    whole = head.is_valid()
    valid = [form.is_valid() for form in forms]
    full = [form for form in forms if _says(form)]
    for form in full:
        form.lay(faults_of_clause(form.clause))
    if whole and all(valid) and all(form.is_valid() for form in full):
        try:
            made = actions.type_decision(
                head.typed(unit, [form.clause for form in full]),
                _kept(head, full, causes),
                actor=request.user,
                unit=unit,
            )
        except actions.Faulty as faulty:
            head.lay(faulty.faults)
        except Refused as refused:
            head.add_error(None, refused.reason.render(language()))
        except ReadError as error:
            head.add_error(None, error.message.render(language()))
        else:
            said = ngettext(
                "The document is made, %(n)d clause. Check how it was read; then a colleague adopts it.",
                "The document is made, %(n)d clauses. Check how they were read; then a colleague adopts it.",
                len(full),
            )
            messages.success(request, said % {"n": len(full)})
            return redirect(made)
    return _page(request, unit, causes, head, [Row(form) for form in forms], status=422)


def _says(form: ClauseForm) -> bool:
    """Tell whether a row says anything: blank ones are passed over."""
    return any(
        form.data.get(f"{form.prefix}-{name}", "").strip() for name in ("text", "executors", "deadline")
    )


def _kept(head: TypedForm, full: Sequence[ClauseForm], causes: Sequence[Cause]) -> actions.Kept:
    """Return causes and proof by the places of the clauses that say something."""
    known = {str(cause.pk): cause for cause in causes}
    marked = [known[key] for key in head.cleaned_data["causes"]]
    of_clauses: dict[int, Sequence[Cause]] = {}
    for place, form in enumerate(full):
        choice = form.cleaned_data["cause"]
        of_clauses[place] = marked if choice == ALL else [] if choice == NONE else [known[choice]]
    return actions.Kept(of_clauses, {place: form.cleaned_data["proof"] for place, form in enumerate(full)})


def _page(
    request: SignedInRequest,
    unit: Unit,
    causes: Sequence[Cause],
    head: TypedForm,
    rows: Sequence[Row],
    *,
    focus: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "unit": unit,
        "offices": offices(request.user),
        "causes": causes,
        "form": head,
        "rows": rows,
        "focus": focus,
        "most": MOST_CLAUSES,
        "full": len(rows) >= MOST_CLAUSES,
        "wrong_rows": [
            place for place, row in enumerate(rows, start=1) if row.form.is_bound and row.form.errors
        ],
    }
    template = "decisions/_typed.html" if is_fragment(request) else "decisions/type.html"
    return render(request, template, context, status=status)
