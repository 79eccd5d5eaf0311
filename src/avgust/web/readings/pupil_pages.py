"""Sheets for pupils and parents, made inside their school: a class, one pupil, a class in one PDF.

A pupil is named by a part of the code; the address holds a key that only this server can turn into it, and
only for who works at the school. A participant's number is asked by a form and is kept nowhere.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from avgust.domain.assessment.works.pseudonyms import shown
from avgust.domain.reporting.story.pdf import stories_pdf
from avgust.domain.reporting.story.story import Story
from avgust.web import audit
from avgust.web.assessments.keys import pupil_key
from avgust.web.assessments.models import Work
from avgust.web.assessments.views import visible_work
from avgust.web.readings import codes, telling
from avgust.web.readings.source import Source, source_of
from avgust.web.readings.views import answer, file_of, unit_of, works_at
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language


def label_of(code: int) -> str:
    """Return how a pupil is named on a sheet: the first half of the code, in two groups."""
    text = shown(code)
    return f"{text[:4]}-{text[4:8]}"


def key_of(work: Work, unit: Unit, code: int) -> str:
    """Return what stands for a pupil in an address: without the server's secret it says nothing."""
    value = f"{work.pk}/{unit.pk}/{code}"
    return salted_hmac("avgust.readings.pupil", value, algorithm="sha256").hexdigest()[:32]


def _inside(request: SignedInRequest, pk: int, unit: int) -> tuple[Work, Unit]:
    work = visible_work(request, pk)
    school = unit_of(request, unit)
    if not works_at(request, school):
        raise PermissionDenied(_("Results of single pupils are shown inside their school only."))
    return work, school


def _source(work: Work) -> Source:
    source = source_of(work)
    if source is None:
        raise Http404
    return source


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pupils(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """Show the pupils of a class, with the sheet of each; find one by the participant's number."""
    work, school = _inside(request, pk, unit)
    source = _source(work)
    names = telling.classes_of(source, school.pk)
    asked = request.GET.get("class", names[0] if names else "")
    if asked not in names:
        raise Http404
    if request.method == "POST":
        found = _by_number(source, work, school, request.POST.get("number", "").strip()[:40])
        if found is not None:
            return redirect("readings:pupil", work.pk, school.pk, key_of(work, school, found))
        messages.error(request, _("No participant of the school has this number in the work."))
    rows = [
        (label_of(code), score, mark, key_of(work, school, code))
        for code, score, mark in telling.pupils_of(source, school.pk, asked)
    ]
    context: dict[str, Any] = {
        "work": work,
        "unit": school,
        "classes": names,
        "asked": asked,
        "rows": rows,
        "most": source.asked.maximum,
    }
    return render(request, "readings/pupils.html", context)


def _by_number(source: Source, work: Work, school: Unit, number: str) -> int | None:
    """Return the code of a participant's number, whether it lasts over years or not."""
    if not number:
        return None
    key = pupil_key()
    wanted = {key.of_participant(str(school.pk), number, work.period), key.lasting(number)}
    return next((code for code, *_ in telling.pupils_of(source, school.pk) if code in wanted), None)


@login_required
@require_safe
def pupil(request: SignedInRequest, pk: int, unit: int, key: str, form: str = "") -> HttpResponse:
    """Show the sheet of a pupil."""
    work, school = _inside(request, pk, unit)

    def tell(source: Source) -> Story:
        codes_here = (code for code, *_ in telling.pupils_of(source, school.pk))
        found = next((c for c in codes_here if constant_time_compare(key_of(work, school, c), key)), None)
        story = None if found is None else telling.pupil(source, found, label_of(found), work.held_on)
        if story is None:
            raise Http404
        if form:
            _record(request, school, 1)
        return story

    return answer(request, work, form, "pupil", tell, school, given=(key,))


@login_required
@require_safe
def sheets(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """Return the sheets of a class as one PDF, a page or two for each pupil."""
    work, school = _inside(request, pk, unit)
    source = _source(work)
    asked = request.GET.get("class", "")
    found = telling.pupils_of(source, school.pk, asked) if asked else []
    if not found:
        raise Http404
    told = (telling.pupil(source, code, label_of(code), work.held_on) for code, *_ in found)
    stories = [story for story in told if story is not None]
    _record(request, school, len(stories))
    data = stories_pdf(stories, language(), stamp=timezone.now())
    return file_of(data, "pdf", "pupils", work)


@transaction.atomic
def _record(request: SignedInRequest, school: Unit, count: int) -> None:
    said = {"count": count}
    audit.record(actor=request.user, code=codes.SHEETS_TAKEN, subject=school, unit=school, after=said)
