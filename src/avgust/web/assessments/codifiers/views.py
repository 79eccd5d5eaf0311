"""Codifiers: the list, an edition as a tree with search, an entry, what changed, files, undoing."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.assessment.codifiers import Codifier
from avgust.domain.assessment.codifiers.difference import difference
from avgust.domain.assessment.codifiers.files import codifier_xlsx
from avgust.domain.assessment.codifiers.naming import found_in
from avgust.domain.assessment.codifiers.package import to_package
from avgust.domain.assessment.codifiers.standing import holding_on
from avgust.web.accounts.rights import Action
from avgust.web.assessments.codifiers import actions
from avgust.web.assessments.codifiers.models import CodifierDraft, CodifierEdition, KindName
from avgust.web.assessments.codifiers.presenting import parts_of
from avgust.web.assessments.codifiers.shelf import codifier_of, earlier_of, editions_of, with_spans
from avgust.web.assessments.codifiers.usage import Usage, specifications_of, usage_of
from avgust.web.assessments.subjects import Subject
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, is_fragment

PAGE: Final = 50  # codifiers of the list
ROWS: Final = 200  # of a tree on a page
DRAFTS: Final = 10
FEW: Final = 2  # works named beside a code; all of them stand on the page of the entry


def seen_edition(request: SignedInRequest, pk: int) -> CodifierEdition:
    """Return the edition; 403 for who sees no results, 404 for a foreign one."""
    if not request.user.may(Action.SEE_RESULTS):
        raise PermissionDenied
    editions = CodifierEdition.objects.visible_to(request.user)
    return get_object_or_404(editions.select_related("unit", "imported_by", "undone_by"), pk=pk)


@login_required
@require_safe
def codifiers(request: SignedInRequest) -> HttpResponse:
    """Show the codifiers of the reader's territory with their editions, and which of them hold today."""
    if not request.user.may(Action.SEE_RESULTS):
        raise PermissionDenied
    asked = CodifierEdition.objects.visible_to(request.user).standing()
    subject, kind = request.GET.get("subject", ""), request.GET.get("kind", "")
    if subject in Subject:
        asked = asked.filter(subject=subject)
    if kind in KindName:
        asked = asked.filter(kind=kind)
    names = asked.order_by("subject", "kind", "name", "unit").values_list("subject", "kind", "name", "unit")
    page = Paginator(names.distinct(), PAGE).get_page(request.GET.get("page"))
    shown = {(name, unit) for _subject, _kind, name, unit in page}
    editions = asked.filter(name__in=[name for name, _unit in shown]).select_related("unit")
    ordered = editions.order_by("subject", "kind", "name", "unit", "-since")
    groups = [
        _shelf(list(group))
        for key, group in groupby(ordered, key=lambda one: (one.name, one.unit_id))
        if key in shown
    ]
    may_import = request.user.may(Action.IMPORT_RESULTS)
    waiting = CodifierDraft.objects.visible_to(request.user).filter(status=CodifierDraft.Status.CHECKING)
    drafts = waiting.defer("package").select_related("uploaded_by")
    context = {
        "page": page,
        "groups": groups,
        "total": page.paginator.count,
        "subjects": Subject.choices,
        "subject": subject,
        "kinds": KindName.choices,
        "kind": kind,
        "may_import": may_import,
        "drafts": list(drafts[:DRAFTS]) if may_import else [],
        "waiting": waiting.count() if may_import else 0,
    }
    return render(request, "assessments/codifiers.html", context)


def _shelf(editions: list[CodifierEdition]) -> dict[str, Any]:
    """Return the editions of one codifier, the latest first, with their days and the one that holds today."""
    place = holding_on([(one.since, one.until) for one in editions], timezone.localdate())
    holding = None if place is None else editions[place]
    return {
        "first": holding or editions[0],
        "editions": [
            {"edition": one, "days": days, "holds": one == holding} for one, days in with_spans(editions)
        ],
    }


@login_required
@require_safe
def codifier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an edition as a tree: searched, or a section of it."""
    edition = seen_edition(request, pk)
    read = codifier_of(edition)
    words, section = request.GET.get("q", "").strip()[:200], request.GET.get("section", "")
    rows = _rows(read, words, section)
    usage = usage_of(edition, request.user)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "edition": edition,
        "page": page,
        "rows": [_row(read, usage, *row) for row in page],
        "hits": sum(hit for _entry, _depth, hit in rows) if words else len(rows),
        "words": words,
        "section": section if section in read.by_code else "",
        "usage": usage,
        "same_grades": _same_grades(read),
    }
    if is_fragment(request):
        return render(request, "assessments/_codifier_tree.html", context)
    editions = editions_of(edition.unit, edition.name)
    context |= {
        "sections": [(one, _inside(read, one.code)) for one in read.children.get("", ())],
        "shelf": _shelf(sorted(editions, key=lambda one: one.since, reverse=True)) if editions else None,
        "days": next((days for one, days in with_spans(editions) if one == edition), None),
        "earlier": None if edition.undone_at else earlier_of(editions, edition.since),
        "may_import": request.user.may(Action.IMPORT_RESULTS, edition.unit),
        "used": specifications_of(edition).exists(),
    }
    return render(request, "assessments/codifier.html", context)


def _rows(read: Codifier, words: str, section: str) -> list[tuple[Any, int, bool]]:
    """Return (entry, depth, found itself) of what is asked for; without a question, the whole tree."""
    if words:
        return list(found_in(read, words))
    if section in read.by_code:
        inside = {section}
        for entry, _depth in read.tree:
            if entry.parent in inside:
                inside.add(entry.code)
        return [(entry, depth, True) for entry, depth in read.tree if entry.code in inside]
    return [(entry, depth, True) for entry, depth in read.tree]


def _same_grades(read: Codifier) -> tuple[int, ...]:
    """Return the grades that every entry is of; none where they differ."""
    grades = {one.grades for one in read.entries}
    return next(iter(grades)) if len(grades) == 1 else ()


def _inside(read: Codifier, code: str) -> int:
    waiting, count = [code], 0
    while waiting:
        below = read.children.get(waiting.pop(), ())
        count += len(below)
        waiting += [one.code for one in below]
    return count


def _row(read: Codifier, usage: Usage, entry: Any, depth: int, hit: bool) -> dict[str, Any]:
    used = usage.by_code.get(entry.code, [])
    return {
        "entry": entry,
        "depth": min(depth, 5),
        "hit": hit,
        "section": entry.code in read.children,
        "used": used[:FEW],
        "more": max(0, len(used) - FEW),
    }


@login_required
@require_safe
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an entry: where it stands, what is under it, every item that names it."""
    edition = seen_edition(request, pk)
    read = codifier_of(edition)
    found = read.by_code.get(request.GET.get("code", ""))
    if found is None:
        raise Http404
    context = {
        "edition": edition,
        "entry": found,
        "above": read.above(found.code),
        "below": read.children.get(found.code, ()),
        "used": usage_of(edition, request.user).by_code.get(found.code, []),
    }
    return render(request, "assessments/codifier_entry.html", context)


@login_required
@require_safe
def changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what an edition changed against the one before it."""
    edition = seen_edition(request, pk)
    earlier = earlier_of(editions_of(edition.unit, edition.name), edition.since)
    if earlier is None or edition.undone_at:
        raise Http404
    said = difference(codifier_of(earlier), codifier_of(edition))
    context = {"edition": edition, "earlier": earlier, "said": said, "parts": parts_of(said)}
    return render(request, "assessments/codifier_changes.html", context)


@login_required
@require_safe
def package(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return an edition as a package."""
    edition = seen_edition(request, pk)
    return _file(edition, to_package(codifier_of(edition)), "json")


@login_required
@require_safe
def workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return an edition as a workbook that imports back."""
    edition = seen_edition(request, pk)
    return _file(edition, codifier_xlsx(codifier_of(edition)), "xlsx")


def _file(edition: CodifierEdition, data: bytes | str, suffix: str) -> HttpResponse:
    return attached(data, f"{edition.name}-{edition.pk}.{suffix}")


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo the import of an edition that no specification names."""
    edition = seen_edition(request, pk)
    try:
        actions.undo_edition(edition, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edition)
    messages.success(request, _("The import is undone."))
    return redirect("assessments:codifiers")
