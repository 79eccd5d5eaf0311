"""The list of decisions as a workbook, at once or by the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avgust.domain.messages import mark
from avgust.domain.proof import ProofState
from avgust.domain.resolutions.export.sheets import Column, Sheet, write_workbook
from avgust.domain.resolutions.export.wording import date_text
from avgust.web.accounts.rights import Action
from avgust.web.decisions.asking import may_see
from avgust.web.decisions.lists import Chosen, Listed, listed
from avgust.web.decisions.models import Decision, DecisionQuerySet
from avgust.web.decisions.wording import whole
from avgust.web.prepared.answering import answer
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KIND: Final = "decisions.list"
CHUNK: Final = 200  # decisions that are counted at once
COLUMNS: Final = (
    Column(mark("Decision"), 50),
    Column(mark("Kind of paper"), 18),
    Column(mark("Date"), 18),
    Column(mark("Authority"), 36),
    Column(mark("Causes"), 70),
    Column(mark("Causes decided on"), 12, number=True),
    Column(mark("Causes proven"), 12, number=True),
    Column(mark("Assignments"), 12, number=True),
    Column(mark("Assignments proven"), 12, number=True),
    Column(mark("Assignments not done"), 12, number=True),
    Column(mark("State"), 22),
)


def may_take(user: User, _question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have the list; it holds what she sees when it is written."""
    return user.may(Action.SEE_PROGRAMMES) and user.may(Action.EXPORT_PROGRAMME)


def _chosen(user: User, query: Mapping[str, str], today: date) -> DecisionQuerySet:
    return Chosen.of(query).narrow(Decision.objects.visible_to(user), user, today)


def write_decisions(order: Order, out: IO[bytes]) -> None:
    """Write the list as it is filtered, with the causes in words."""
    rows = _chosen(order.user, order.question["query"], timezone.localdate())
    sheet = Sheet(mark("Decisions"), COLUMNS, order.counted(_lines(rows, order)))
    write_workbook(out, [sheet], order.language, _("Decisions"))


@login_required
@require_safe
def xlsx(request: SignedInRequest) -> HttpResponseBase:
    """Return the list as it is filtered; a long one is written by the worker."""
    may_see(request)
    if not request.user.may(Action.EXPORT_PROGRAMME):
        raise PermissionDenied
    query = request.GET.dict()
    rows = _chosen(request.user, query, timezone.localdate()).count()
    back = f"{reverse('decisions:list')}?{request.GET.urlencode()}"
    posts = request.user.posts_allowing(Action.EXPORT_PROGRAMME)
    unit = posts[0].unit if posts else None
    return answer(request, Wanted(KIND, {"query": query}, _("Decisions"), "decisions.xlsx", rows, unit, back))


def _lines(rows: DecisionQuerySet, order: Order) -> Iterator[list[str]]:
    """Yield the rows of the sheet, a chunk of decisions at a time."""
    keys = list(rows.order_by("-document__adopted_on", "-pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = Decision.objects.select_related("unit", "document").in_bulk(keys[start : start + CHUNK])
        here = [chunk[key] for key in keys[start : start + CHUNK] if key in chunk]
        for row in listed(here, order.user):
            yield _line(row, order.language)


def _line(row: Listed, told_in: str) -> list[str]:
    document = row.decision.document
    return [
        document.title,
        row.paper,
        date_text(document.adopted_on, told_in) if document.adopted_on else "",
        row.decision.unit.name,
        "\n".join(whole(cause, told_in) for cause in row.causes),
        str(row.found.decided),
        str(row.found.proven),
        str(row.coverage.total),
        str(row.coverage.proven),
        str(row.coverage.count(ProofState.NOT_DONE) + row.coverage.count(ProofState.CONTRADICTED)),
        str(document.get_status_display()),
    ]
