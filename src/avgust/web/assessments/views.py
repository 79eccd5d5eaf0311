"""Works: the list, a page of one, adding one."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from avgust.domain.messages import Message
from avgust.domain.tables import MAX_TABLE_BYTES, TableError
from avgust.web.accounts.rights import Action
from avgust.web.assessments import actions
from avgust.web.assessments.codifiers.choosing import codifiers_in, has_codifiers, in_their_codifiers
from avgust.web.assessments.codifiers.shelf import remarks_on
from avgust.web.assessments.forms import TableForm, WorkForm
from avgust.web.assessments.models import GroupShares, SchoolInWork, SpecificationOfWork, Upload, Work
from avgust.web.assessments.specifying import read_specification, specification_xlsx
from avgust.web.assessments.subjects import ProcedureName
from avgust.web.territory.models import Unit
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, language

PAGE: Final = 50
SCHOOLS: Final = 100  # of a work on its page
UPLOADS: Final = 20
GROUPS: Final = 60
# whose work is to add works; a school adds one of its own now and then, and comes to read
_GATHER: Final = frozenset({Unit.Kind.REGION, Unit.Kind.MUNICIPALITY, Unit.Kind.AUTHORITY})
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_work(request: SignedInRequest, pk: int, *, to_import: bool = False) -> Work:
    """Return the work; 403 for who sees no results or does not import these, 404 for a foreign one."""
    if not request.user.may(Action.SEE_RESULTS):
        raise PermissionDenied
    work = get_object_or_404(Work.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if to_import:
        actions.require(request.user, work.unit)
    return work


@login_required
@require_safe
def work_list(request: SignedInRequest) -> HttpResponse:
    """Show the works of the reader's territory, the latest year first."""
    if not request.user.may(Action.SEE_RESULTS):
        raise PermissionDenied
    works = Work.objects.visible_to(request.user).select_related("unit")
    years = sorted(set(works.order_by().values_list("school_year", flat=True)), reverse=True)
    year, procedure = request.GET.get("year", ""), request.GET.get("procedure", "")
    if year.isdecimal() and int(year) in years:
        works = works.filter(school_year=int(year))
    if procedure in ProcedureName:
        works = works.filter(procedure=procedure)
    may_import = request.user.posts_allowing(Action.IMPORT_RESULTS)
    context = {
        "page": Paginator(works, PAGE).get_page(request.GET.get("page")),
        "total": works.count(),
        "years": years,
        "year": year,
        "procedures": ProcedureName.choices,
        "procedure": procedure,
        "may_import": bool(may_import),
        "gathers": any(post.unit.kind in _GATHER for post in may_import),
    }
    return render(request, "assessments/list.html", context)


@login_required
@require_safe
def work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a work: its specification, the schools that the reader answers for, the uploads."""
    found = visible_work(request, pk)
    specification = found.specification
    schools = SchoolInWork.objects.visible_to(request.user).filter(work=found).select_related("unit")
    items = in_their_codifiers(specification)
    counts = schools.aggregate(pupils=Sum("pupils"), absent=Sum("absent"))
    may_import = request.user.may(Action.IMPORT_RESULTS, found.unit)
    uploads = Upload.objects.visible_to(request.user).filter(work=found).select_related("uploaded_by")
    context: dict[str, Any] = {
        "work": found,
        "specification": specification,
        "items": items,
        "unknown": sum(one.unknown for one in items),
        "remarks": [one.render(language()) for one in _remarks(specification, found)],
        "has_codifiers": may_import and has_codifiers(found),
        "page": Paginator(schools.order_by("unit__order", "unit"), SCHOOLS).get_page(request.GET.get("page")),
        "pupils": counts["pupils"] or 0,
        "absent": counts["absent"] or 0,
        "groups": list(_groups(request, found)[:GROUPS]),
        "uploads": uploads[:UPLOADS] if may_import else [],
        "may_import": may_import,
    }
    return render(request, "assessments/work.html", context)


def _remarks(specification: SpecificationOfWork | None, found: Work) -> list[Message]:
    if specification is None:
        return []
    return remarks_on([specification.content_codifier, specification.skill_codifier], found.held_on)


def _groups(request: SignedInRequest, found: Work) -> QuerySet[GroupShares]:
    """Return the statistics of larger groups, and of the schools that the reader answers for."""
    ours = Unit.objects.in_scope_of(request.user, Action.SEE_RESULTS)
    above = Q(unit=None) & ~Q(code__istartswith="edu") & ~Q(code__istartswith="sch")
    return found.group_shares.filter(above | Q(unit__in=ours)).order_by("-form", "place")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Add a work."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    posted = request.method == "POST"
    form = WorkForm(request.user, request.POST if posted else None, initial={"held_on": timezone.localdate()})
    if posted and form.is_valid():
        made = actions.add_work(actor=request.user, **form.values)
        messages.success(request, _("The work is added. Upload its results, or set the specification first."))
        return redirect(made)
    return render(request, "assessments/add.html", {"form": form}, status=422 if posted else 200)


@login_required
@require_safe
def specification_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the specification as a workbook that is taken back."""
    found = visible_work(request, pk)
    return attached(specification_xlsx(found.specification), f"specification-{found.pk}.xlsx")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def specify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a specification from a workbook."""
    found = visible_work(request, pk, to_import=True)
    posted = request.method == "POST"
    form = TableForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            sheet = read_specification(form.cleaned_data["file"].read(MAX_TABLE_BYTES + 1))
            made = actions.set_specification(
                found,
                actor=request.user,
                items=sheet.items,
                cuts=sheet.cuts,
                since=sheet.since or found.held_on,
                basis=sheet.basis,
                variants=sheet.variants,
                **codifiers_in(found, sheet.content_codifier, sheet.skill_codifier),
            )
        except TableError as error:
            form.add_error("file", error.message.render(language()))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            _tell_of_codes(request, made)
            return redirect(found)
    status = 422 if posted else 200
    return render(request, "assessments/specify.html", {"work": found, "form": form}, status=status)


def _tell_of_codes(request: SignedInRequest, made: SpecificationOfWork) -> None:
    """Say that the specification is set, and how many codes its codifiers do not know."""
    unknown = sum(one.unknown for one in in_their_codifiers(made))
    if not unknown:
        messages.success(request, _("The specification is set."))
        return
    said = ngettext(
        "The specification is set. One code is not in its codifiers: it is marked beside the item.",
        "The specification is set. %(count)s codes are not in its codifiers: they are marked.",
        unknown,
    )
    messages.warning(request, said % {"count": unknown})
