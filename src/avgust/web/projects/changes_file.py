"""What changed in a programme since a day as DOCX, at once or by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from avgust.domain.planning.comparison_docx import comparison_docx
from avgust.web.accounts.rights import Action
from avgust.web.prepared.answering import answer
from avgust.web.programmes.models import Programme
from avgust.web.projects.changes import compared, days_of, programme_of
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KIND: Final = "projects.changes"
DAYS: Final = 2  # a measure is put together as it stood on each of both days


def may_take(user: User, question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have the comparison of the programme."""
    exporting = Programme.objects.visible_to(user, Action.EXPORT_PROGRAMME).filter(pk=question["programme"])
    visible = Programme.objects.visible_to(user).filter(pk=question["programme"])
    return user.may(Action.SEE_ASSIGNMENTS) and exporting.exists() and visible.exists()


def write_changes(order: Order, out: IO[bytes]) -> None:
    """Write the comparison, as the question says."""
    question = order.question
    programme = Programme.objects.select_related("unit").get(pk=question["programme"])
    since, until = (date.fromisoformat(question[name]) for name in ("since", "until"))
    made = compared(programme, order.user, since, until, order.language)
    data = comparison_docx(
        made.found,
        {pk: [act.reason for act in acts] for pk, acts in made.why.items()},
        title=programme.title,
        author=str(programme.unit),
        language=order.language,
    )
    out.write(data)


@login_required
@require_safe
def docx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return what changed as DOCX."""
    programme = programme_of(request.user, pk, Action.EXPORT_PROGRAMME)
    _form, since, until = days_of(request, programme)
    question = {"programme": pk, "since": since.isoformat(), "until": until.isoformat()}
    name = f"changes-{pk}-{since}-{until}.docx"
    back = f"{reverse('projects:changes', args=[pk])}?{request.GET.urlencode()}"
    rows = programme.measures.count() * DAYS
    return answer(request, Wanted(KIND, question, programme.title, name, rows, programme.unit, back))
