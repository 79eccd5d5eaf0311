"""The answer to who asks for a file: the file itself where it is small, else the page on which it is made."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect

from avgust.web.prepared.actions import ask_for_file
from avgust.web.prepared.kinds import NotMadeError, write
from avgust.web.ui.attachments import OTHER, TYPES
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest, language


def answer(request: SignedInRequest, wanted: Wanted) -> HttpResponseBase:
    """Return the file, or lead to where the worker makes it. The view has checked the rights.

    What is asked by GET is written down here, as the same question makes one file however often it is asked.
    """
    if wanted.rows <= settings.ROWS_AT_ONCE:
        return _at_once(request, wanted)
    try:
        source = request.get_full_path()
        return redirect(ask_for_file(wanted, actor=request.user, language=language(), source=source))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(wanted.back)


def _at_once(request: SignedInRequest, wanted: Wanted) -> HttpResponseBase:
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        write(wanted.kind, Order(request.user, wanted.question, language()), out)
    except NotMadeError as error:
        out.close()
        messages.error(request, error.reason.render(language()))
        return redirect(wanted.back)
    out.seek(0)
    kind = TYPES.get(wanted.file_name.rpartition(".")[2], OTHER)
    return FileResponse(out, as_attachment=True, filename=wanted.file_name, content_type=kind)
