"""The entries that answer the question as XLSX: the newest first, in the reader's scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avgust.domain.messages import mark
from avgust.domain.resolutions.export.sheets import Column, Sheet, write_workbook
from avgust.web.accounts.rights import Action
from avgust.web.audit import codes
from avgust.web.journal.asking import Question
from avgust.web.journal.reading import walk
from avgust.web.journal.showing import values_of
from avgust.web.journal.views import require_journal
from avgust.web.prepared.answering import answer
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

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


KIND: Final = "journal.entries"


def may_take(user: User, _question: Mapping[str, Any]) -> bool:
    """Return whether `user` may see the journal anywhere: what she sees of it is asked when it is written."""
    return user.may(Action.SEE_JOURNAL)


def write_journal(order: Order, out: IO[bytes]) -> None:
    """Write the answer of the page without its pages, up to `MOST` rows."""
    question = Question.of(order.question["query"], order.user)
    rows = order.counted(_rows(question))
    write_workbook(out, [Sheet(mark("Journal"), _COLUMNS, rows)], order.language, _("Journal"))


@login_required
@require_safe
def xlsx(request: SignedInRequest) -> HttpResponseBase:
    """Return the entries as XLSX, at once or by the worker."""
    require_journal(request)
    query = request.GET.dict()
    found = Question.of(query, request.user).found
    rows = found.order_by()[:MOST].count()
    back = f"{reverse('journal:list')}?{request.GET.urlencode()}"
    unit = request.user.posts_allowing(Action.SEE_JOURNAL)[0].unit
    wanted = Wanted(KIND, {"query": query}, _("Journal"), "journal.xlsx", rows, unit, back)
    return answer(request, wanted)


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
