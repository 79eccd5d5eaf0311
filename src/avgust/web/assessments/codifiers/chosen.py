"""The codifiers of a specification: chosen on a page that shows what each item's codes mean in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.web.assessments import actions
from avgust.web.assessments.codifiers.choosing import choosable, read_items
from avgust.web.assessments.codifiers.forms import ChooseForm
from avgust.web.assessments.codifiers.models import KindName
from avgust.web.assessments.views import visible_work
from avgust.web.ui.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at the items in chosen codifiers first, then have the specification name them."""
    work = visible_work(request, pk, to_import=True)
    specification = work.specification
    if specification is None:
        raise Http404
    kinds = (choosable(work, KindName.CONTENT), choosable(work, KindName.SKILLS))
    now: dict[str, Any] = {"content": specification.content_codifier, "skills": specification.skill_codifier}
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    looked = posted or "content" in asked or "skills" in asked
    form = ChooseForm(*kinds, asked if looked else None, initial=now)
    chosen = {**form.cleaned_data} if looked and form.is_valid() else now
    if posted and form.is_valid():
        try:
            actions.choose_codifiers(
                work, actor=request.user, mend=request.POST.getlist("mend"), against=_number(asked), **chosen
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The specification names its codifiers."))
            return redirect(work)
    items = read_items(specification, chosen["content"], chosen["skills"])
    context = {
        "work": work,
        "specification": specification,
        "form": form,
        "items": items,
        "chosen": chosen,
        "unknown": sum(one.unknown for one in items),
        "any": any(kind.exists() for kind in kinds),
        "changed": chosen != now,
    }
    return render(request, "assessments/choose.html", context, status=422 if posted else 200)


def _number(asked: Any) -> int:
    said = str(asked.get("specification", ""))
    return int(said) if said.isdecimal() else 0
