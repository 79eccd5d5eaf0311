"""The page of a project: its picture, milestones, money and risks, for who sees the measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.messages import Message
from avgust.domain.planning.money import SOURCES, Money, Source, by_source, faults
from avgust.domain.planning.network import Network, Timed
from avgust.domain.planning.risks import LEVELS
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.programmes.views import may_export
from avgust.web.projects import actions
from avgust.web.projects.gantt import gantt
from avgust.web.projects.models import Dependency, Milestone, Project, Risk
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection

EVENTS = 50


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone as the table shows it."""

    number: int
    row: Milestone
    timed: Timed
    waits: list[str]  # «2 (+3)»
    late: int  # days after its planned last day, as foreseen

    @property
    def claimed(self) -> bool:
        """True while a second person has not decided."""
        return self.row.stage == Milestone.Stage.CLAIMED


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk as the table shows it."""

    row: Risk
    level: str


def visible_measure(request: SignedInRequest, pk: int) -> Measure:
    """Return the measure; 403 for who may see no programmes at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    return get_object_or_404(visible, pk=pk)


def project_of(measure: Measure) -> Project | None:
    """Return the project that a measure is, if it is one."""
    return Project.objects.select_related("measure__programme__unit").filter(measure=measure).first()


@login_required
@require_safe
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the project of a measure; where it is none, who may edit it can make it one."""
    measure = visible_measure(request, pk)
    may_edit = request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit)
    shown = project_of(measure)
    context: dict[str, Any] = {
        "measure": measure,
        "programme": measure.programme,
        "project": shown,
        "may_edit": may_edit and measure.in_force,
        "may_export": may_export(request.user, measure.programme),
        "may_report": shown is not None and measure.in_force and actions.may_report(shown, request.user),
    }
    if shown is not None:
        context |= _plan(shown) | _budget(shown) | _risks(shown)
        entries = Entry.objects.of(measure).filter(code__startswith="projects.").select_related("actor")
        context["entries"] = entries[:EVENTS]
    return render(request, "projects/project.html", context)


def _plan(shown: Project) -> dict[str, Any]:
    """Return the milestones with their days, as foreseen today."""
    today, due = timezone.localdate(), shown.measure.due
    rows = list(shown.milestones.select_related("accepted_by"))
    foreseen, planned = actions.network_of(shown, today), actions.network_of(shown)
    if foreseen is None or planned is None:
        return {"lines": [], "lede": _("The plan has no milestone yet.")}
    numbers = {row.pk: place for place, row in enumerate(rows, start=1)}
    waits: dict[int, list[str]] = {}
    links = Dependency.objects.filter(after__project=shown).order_by("before__start", "before__due", "before")
    for one in links:
        lag = f"\u00a0(+{one.lag})" if one.lag else ""
        waits.setdefault(one.after_id, []).append(f"{numbers[one.before_id]}{lag}")
    lines = [
        MilestoneLine(
            numbers[row.pk],
            row,
            foreseen.timed[row.pk],
            waits.get(row.pk, []),
            max(0, (foreseen.timed[row.pk].end - row.due).days),
        )
        for row in rows
    ]
    return {
        "lines": lines,
        "picture": gantt(rows, foreseen, today, due),
        "path": [(numbers[step.task.id], step) for step in foreseen.path],
        "foreseen": foreseen,
        "lede": lede(rows, foreseen, planned, due),
    }


def lede(rows: list[Milestone], foreseen: Network, planned: Network, due: date | None) -> str:
    """Return the sentence with which the page begins."""
    done = sum(row.stage == Milestone.Stage.DONE for row in rows)
    claimed = sum(row.stage == Milestone.Stage.CLAIMED for row in rows)
    values = {"done": done, "all": len(rows)}
    said = [_("Milestones done: %(done)d of %(all)d.") % values]
    if claimed:
        words = ngettext(
            "%(count)d waits for a second person.", "%(count)d wait for a second person.", claimed
        )
        said.append(words % {"count": claimed})
    late = (foreseen.end - planned.end).days
    if late > 0 and done < len(rows):
        words = ngettext(
            "The end is foreseen %(count)d day later than planned.",
            "The end is foreseen %(count)d days later than planned.",
            late,
        )
        said.append(words % {"count": late})
    if due is not None and foreseen.end > due and done < len(rows):
        over = (foreseen.end - due).days
        words = ngettext(
            "The deadline of the measure is missed by %(count)d day.",
            "The deadline of the measure is missed by %(count)d days.",
            over,
        )
        said.append(words % {"count": over})
    return " ".join(said)


def _budget(shown: Project) -> dict[str, Any]:
    """Return the lines of the budget and their sums by source."""
    lines = list(shown.budgetlines.all())
    sums = by_source((Source(line.source), line.money) for line in lines)
    total = sum(sums.values(), start=Money())
    return {
        "budget": [(line, [fault.render(language()) for fault in faults(line.money)]) for line in lines],
        "sums": [(SOURCES[source].render(language()), money) for source, money in sums.items()]
        if len(lines) > len(sums)
        else [],  # each line is a source of its own: nothing to sum up
        "total": total,
    }


def _risks(shown: Project) -> dict[str, Any]:
    """Return the risks, the gravest open ones first."""
    rows = sorted(shown.risks.all(), key=lambda row: (row.state != Risk.State.OPEN, -row.score, row.pk))
    return {"risks": [RiskLine(row, LEVELS[row.level].render(language())) for row in rows]}


@login_required
@require_POST
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a measure a project, say what it must bring about, or take it back."""
    measure = visible_measure(request, pk)
    if not request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    asked, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    shown = project_of(measure)
    try:
        if asked == "make" or shown is None:
            actions.make_project(measure, actor=request.user, goal=request.POST.get("goal", ""))
            messages.success(request, _("The measure is a project now: add its milestones."))
        elif asked == "unmake":
            actions.unmake_project(shown, actor=request.user, reason=reason)
            messages.success(request, _("The measure is a project no longer."))
        else:
            actions.set_goal(shown, request.POST.get("goal", ""), actor=request.user, reason=reason)
            messages.success(request, _("The result of the project is changed."))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect("projects:project", pk)


def measure_section(request: HttpRequest, subject: Measure) -> HomeSection | None:
    """Show on the card of a measure how its project stands, or lead an editor to make it one."""
    shown = project_of(subject)
    may_edit = request.user.may(Action.EDIT_PROGRAMME, subject.programme.unit)  # type: ignore[union-attr]
    if shown is None:
        if not (may_edit and subject.in_force):
            return None
        return HomeSection("projects/_measure.html", {"measure": subject, "project": None}, order=30)
    values = {"measure": subject, "project": shown, "lede": _plan(shown)["lede"]}
    return HomeSection("projects/_measure.html", values, order=30)


def rendered(message: Message | None) -> str:
    """Return a sentence of the domain in the reader's language; "" for none."""
    return message.render(language()) if message else ""
