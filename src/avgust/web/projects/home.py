"""Milestones on the home page: to be reported this week, and waiting for a decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from avgust.web.accounts.rights import Action
from avgust.web.projects.actions.doing import why_not_accept
from avgust.web.projects.models import Milestone
from avgust.web.projects.notices import answered_by, open_milestones
from avgust.web.territory.models import Unit
from avgust.web.ui.stations import HomeSection

WEEK: Final = timedelta(days=7)
SHOWN: Final = 5
MOST: Final = 50


def section(request: HttpRequest) -> HomeSection | None:
    """Return the milestones that wait for the reader; nothing where none does, in one query."""
    user: Any = request.user
    if not user.may(Action.SEE_PROGRAMMES):
        return None
    last = timezone.localdate() + WEEK
    anything = Q(stage=Milestone.Stage.CLAIMED) | Q(stage=Milestone.Stage.PLANNED, due__lte=last)
    if not Milestone.objects.filter(anything).exists():
        return None
    owed = list(open_milestones().filter(answered_by(user), due__lte=last)[:MOST])
    asked = _to_decide(user)
    if not (owed or asked):
        return None
    values = {"owed": owed[:SHOWN], "owed_count": len(owed), "asked": asked[:SHOWN], "today": last - WEEK}
    values["more"] = max(0, len(owed) - SHOWN) + max(0, len(asked) - SHOWN)
    return HomeSection("projects/_home.html", values, order=8, sentence=_sentence(len(owed), len(asked)))


def _to_decide(user: Any) -> list[Milestone]:
    """Return the milestones that were reported without a document and of which the reader may decide."""
    if not user.may(Action.CONTROL_ASSIGNMENTS):
        return []
    scope = Unit.objects.in_scope_of(user, Action.CONTROL_ASSIGNMENTS)
    claimed = Milestone.objects.filter(
        stage=Milestone.Stage.CLAIMED, project__measure__programme__unit__in=scope
    )
    found = []
    rows = claimed.select_related("project__measure__programme__unit").prefetch_related("reports")
    for row in rows.order_by("due", "pk")[:MOST]:
        report = max(row.reports.all(), key=lambda one: one.pk, default=None)
        if report is not None and report.standing and why_not_accept(row, report, user) is None:
            found.append(row)
    return found


def _sentence(owed: int, asked: int) -> str:
    said = []
    if owed:
        words = ngettext(
            "%(count)d milestone is to be reported this week.",
            "%(count)d milestones are to be reported this week.",
            owed,
        )
        said.append(words % {"count": owed})
    if asked:
        words = ngettext(
            "%(count)d milestone waits for your decision.",
            "%(count)d milestones wait for your decision.",
            asked,
        )
        said.append(words % {"count": asked})
    return " ".join(said)
