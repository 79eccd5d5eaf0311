"""The entries that answer the question as XLSX: the newest first, in the reader's scope."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avgust.domain.messages import mark
from avgust.domain.resolutions.export.sheets import Column, Sheet, workbook_bytes
from avgust.web.audit import codes
from avgust.web.journal.asking import Question
from avgust.web.journal.reading import walk
from avgust.web.journal.showing import values_of
from avgust.web.journal.views import require_journal
from avgust.web.ui.requests import SignedInRequest, language

MOST: Final = 20_000  # rows of one file; the rest is asked for by dates
_COLUMNS: Final = (
    Column(mark("No."), 10, number=True),
    Column(mark("Day and time"), 18),
    Column(mark("Who acted"), 28),
    Column(mark("Where"), 34),
    Column(mark("Kind of act"), 30),
    Column(mark("What was done"), 70),
    Column(mark("Why"), 40),
    Column(mark("Before"), 40),
    Column(mark("After"), 40),
    Column(mark("Request"), 18),
)


@login_required
@require_safe
def xlsx(request: SignedInRequest) -> HttpResponse:
    """Return the answer of the page without its pages, up to `MOST` rows."""
    require_journal(request)
    question = Question.of(request)
    sheet = Sheet(mark("Journal"), _COLUMNS, _rows(question))
    data = workbook_bytes([sheet], language(), _("Journal"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = 'attachment; filename="journal.xlsx"'
    return response


def _rows(question: Question) -> Iterator[tuple[str, ...]]:
    found = walk(question.found, question.words)
    for entry in islice(found, MOST):
        values = values_of(entry)
        yield (
            str(entry.pk),
            timezone.localtime(entry.at).strftime("%d.%m.%Y %H:%M"),
            str(entry.actor) if entry.actor else _("The system"),
            str(entry.unit) if entry.unit else "",
            codes.declared(entry.code).name,
            entry.sentence,
            entry.reason,
            "\n".join(f"{value.name}: {value.before}" for value in values if entry.before),
            "\n".join(f"{value.name}: {value.after}" for value in values if entry.after),
            entry.request,
        )
    if next(found, None) is not None:
        rest = _("Only the newest %(count)d rows are here. Narrow the question by dates for the rest.")
        yield ("", "", "", "", "", rest % {"count": MOST}, "", "", "", "")
