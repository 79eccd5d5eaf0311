"""The list of documents, upload, and what is downloaded."""

from __future__ import annotations

import itertools
import json
import logging
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BYTES
from avgust.domain.resolutions.review.gold import gold_file
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.documents import actions
from avgust.web.documents.forms import DescriptionForm
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.territory.models import Unit
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

logger = logging.getLogger(__name__)

PAGE: Final = 50
MOST_FILES: Final = 20


def visible_document(request: SignedInRequest, pk: int) -> Document:
    """Return the document; 403 for who may see no documents at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_DOCUMENTS):
        raise PermissionDenied
    return get_object_or_404(Document.objects.visible_to(request.user).select_related("unit"), pk=pk)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file of an upload."""

    name: str
    document: Document | None = None
    created: bool = False
    error: str = ""


@login_required
@require_safe
def document_list(request: SignedInRequest) -> HttpResponse:
    """Show the documents that the reader may see, found by words and state."""
    if is_fragment(request):  # after an upload the page asks for its list and its first sentence
        return render(request, "documents/_documents.html", _list_context(request) | {"fragment": True})
    return render(request, "documents/list.html", _list_context(request))


def _list_context(request: SignedInRequest) -> dict[str, Any]:
    if not request.user.may(Action.SEE_DOCUMENTS):
        raise PermissionDenied
    words, status = request.GET.get("q", "").strip()[:200], request.GET.get("status", "")
    visible = Document.objects.visible_to(request.user)
    found = visible.search(words) if words else visible
    if status in Document.Status.values:
        found = found.filter(status=status)
    found = found.select_related("unit", "uploaded_by").defer("search")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "words": words,
        "status": status,
        "statuses": Document.Status.choices,
        "reviewing": visible.filter(status=Document.Status.REVIEWING).count(),
        "units": _upload_units(request),
        "limit": MAX_BYTES // 2**20,
    }


def _upload_units(request: SignedInRequest) -> list[Unit]:
    """Return the units for which the person may upload: those of the posts, as an office owns a document."""
    posts = request.user.posts_allowing(Action.UPLOAD_DOCUMENT)
    return list({post.unit_id: post.unit for post in posts}.values())


@login_required
@require_POST
def upload(request: SignedInRequest) -> HttpResponse:
    """Take one or several files; each has its own line of result, and one bad file holds back no other."""
    units = {str(unit.pk): unit for unit in _upload_units(request)}
    if not units:
        raise PermissionDenied
    unit = units.get(request.POST.get("unit") or next(iter(units)))
    if unit is None:
        raise Http404
    given = request.FILES.getlist("file")[:MOST_FILES]
    lines = [_taken(request, unit, file) for file in given]
    if request.headers.get("X-Avgust-Upload"):
        return render(request, "documents/_upload_lines.html", {"lines": lines})
    if len(lines) == 1 and lines[0].document:
        if not lines[0].created:
            messages.info(request, _("This file is already here: its review goes on."))
        return redirect(lines[0].document)
    context = _list_context(request) | {"lines": lines, "nothing": not given}
    failed = not given or any(line.error for line in lines)
    return render(request, "documents/list.html", context, status=422 if failed else 200)


def _taken(request: SignedInRequest, unit: Unit, file: UploadedFile[Any]) -> Line:
    """Read and keep one file; its error stays in its own line."""
    name = file.name or ""
    try:
        # One byte over the limit is enough for the reader to say that it is too large.
        data = file.read() if (file.size or 0) <= MAX_BYTES else file.read(MAX_BYTES + 1)
        done = actions.upload_document(actor=request.user, unit=unit, name=name, data=data)
    except ReadError as error:
        return Line(name, error=error.message.render(language()))
    return Line(name, done.document, done.created)


@login_required
@require_POST
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the title and the day of adoption."""
    document = visible_document(request, pk)
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        for error in itertools.chain.from_iterable(form.errors.values()):
            messages.error(request, str(error))
        return redirect(document)
    try:
        actions.describe_document(document, actor=request.user, **form.cleaned_data)
    except actions.Refused as refused:
        messages.error(request, refused.reason.render(language()))
    else:
        messages.success(request, _("Saved."))
    return redirect(document)


@login_required
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a document that was not adopted."""
    document = visible_document(request, pk)
    try:
        actions.delete_document(document, actor=request.user)
    except actions.Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(document)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": document.title})
    return redirect("documents:list")


@login_required
@require_safe
def original(request: SignedInRequest, pk: int) -> FileResponse:
    """Return the uploaded file, always as a download: what people upload is never run by the browser."""
    document = visible_document(request, pk)
    try:
        file = files.place_of(document.sha256).open("rb")
    except FileNotFoundError as absent:  # the database was restored without the folder of uploads
        logger.error("The file of document %s is not in the folder of uploads.", document.pk)  # noqa: TRY400
        raise Http404 from absent
    response = FileResponse(file, as_attachment=True, filename=document.file_name)
    response.headers["Content-Type"] = "application/octet-stream"
    return response


@login_required
@require_safe
def gold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the reviewed document as a gold file, to measure a parser by."""
    document = visible_document(request, pk)
    standing = Standing.of(document)
    name = PurePath(document.file_name).stem
    data = gold_file(standing.resolution, standing.review, name)
    return attached(json.dumps(data, ensure_ascii=False, indent=1), f"document-{document.pk}.json")
