"""A decision that comes as a file, and a document of the list that is said to be one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avgust.domain.decisions.minutes import Genre, genre_of
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BYTES
from avgust.web.accounts.rights import Action
from avgust.web.decisions import actions
from avgust.web.decisions.asking import offered, office, offices
from avgust.web.decisions.forms import UploadForm
from avgust.web.documents.views import visible_document
from avgust.web.ui.requests import SignedInRequest, language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Take a file of minutes, an order or a decision; what was chosen stays where it cannot be read."""
    unit = office(request)
    asked = [*request.GET.getlist("cause"), *request.POST.getlist("causes")]
    causes = offered(request.user, unit, asked)
    if request.method != "POST":
        known = {str(cause.pk) for cause in causes}
        form = UploadForm(causes, initial={"causes": [key for key in asked if key in known]})
        return _page(request, form, unit, causes)
    form = UploadForm(causes, request.POST, request.FILES)
    if form.is_valid():
        try:
            made = _taken(request, form, unit, causes)
        except ReadError as error:
            form.add_error("file", error.message.render(language()))
        else:
            messages.success(request, _("The document is read. Check it, then adopt it."))
            return redirect(made)
    return _page(request, form, unit, causes, status=422)


def _taken(request: SignedInRequest, form: UploadForm, unit: Any, causes: Any) -> Any:
    data, file = form.cleaned_data, form.cleaned_data["file"]
    known = {str(cause.pk): cause for cause in causes}
    # One byte over the limit is enough for the reader to say that it is too large.
    read = file.read() if (file.size or 0) <= MAX_BYTES else file.read(MAX_BYTES + 1)
    return actions.upload_decision(
        actor=request.user,
        unit=unit,
        name=file.name or "",
        data=read,
        genre=Genre(data["genre"]),
        number=data["number"],
        causes=[known[key] for key in data["causes"]],
    )


def _page(
    request: SignedInRequest, form: UploadForm, unit: Any, causes: Any, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "unit": unit,
        "causes": causes,
        "offices": offices(request.user),
        "limit": MAX_BYTES // 2**20,
    }
    return render(request, "decisions/upload.html", context, status=status)


@login_required
@require_POST
def of_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a document is a decision, and go on to its causes."""
    document = visible_document(request, pk)
    if not request.user.may(Action.PREPARE_DECISIONS, document.unit):
        raise PermissionDenied
    return redirect(actions.make_decision(document, actor=request.user, genre=genre_of(document.title)))
