"""Pages of prepared files: one's own list, how far one is, the file itself."""

from __future__ import annotations

import logging
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from avgust.domain.messages import message_of
from avgust.web import files
from avgust.web.prepared.actions import take_file
from avgust.web.prepared.models import PreparedFile
from avgust.web.ui.attachments import OTHER, TYPES
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

PAGE: Final = 50
logger = logging.getLogger(__name__)


def _seen(request: SignedInRequest, pk: int) -> PreparedFile:
    return get_object_or_404(PreparedFile.objects.visible_to(request.user), pk=pk)


@login_required
@require_safe
def file_list(request: SignedInRequest) -> HttpResponse:
    """Show what the reader asked for, the newest first."""
    rows = PreparedFile.objects.visible_to(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "prepared/list.html", {"page": page})


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far a file is, then where it can be taken."""
    found = _seen(request, pk)
    why = message_of(found.why)
    context = {"file": found, "why": why.render(language()) if why else ""}
    return render(request, "prepared/_file.html" if is_fragment(request) else "prepared/file.html", context)


@login_required
@require_safe
def download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the file to who asked for it, if it is still for her; 404 unless it is ready and kept."""
    found = _seen(request, pk)
    if not found.is_ready:
        raise Http404
    take_file(found, actor=request.user)
    try:
        written = files.place_of(found.sha256).open("rb")
    except FileNotFoundError as absent:  # the database was restored without the folder of uploads
        logger.error("The prepared file %s is not in the folder of uploads.", found.pk)  # noqa: TRY400
        raise Http404 from absent
    kind = TYPES.get(found.ending, OTHER)
    return FileResponse(written, as_attachment=True, filename=found.file_name, content_type=kind)
