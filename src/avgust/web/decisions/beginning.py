"""Where a decision begins: a measure that is not done, a finding of a report on results, or nothing yet.

What an address names is looked up anew within the reader's scope; nothing of it is believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.decisions.causes import LONGEST_WORDS, Cause, CauseKind
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.proof.states import FAILED
from avgust.web.accounts.rights import Action
from avgust.web.assessments.models import Work
from avgust.web.control.models import Assignment
from avgust.web.control.proving import coverage
from avgust.web.programmes.models import Measure
from avgust.web.readings.findings import REPORTS, Finding, findings_of, told_of
from avgust.web.readings.source import source_of
from avgust.web.territory.models import Unit
from avgust.web.ui import dates
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

QUOTED: Final = 200


@dataclass(frozen=True, slots=True)
class Beginning:
    """A cause as it is proposed, and the first clause where the rules advise one."""

    cause: Cause
    proposal: str = ""


def beginning_of(given: Mapping[str, str], user: User) -> Beginning | None:
    """Return what the address names; None for a cause from scratch. 404 for what the reader may not see."""
    if given.get("measure"):
        measures = Measure.objects.visible_to(user).select_related("programme")
        return of_measure(get_object_or_404(measures, pk=_key(given["measure"])), user)
    if given.get("work"):
        return _of_reading(given, user)
    return None


def _key(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)


def failing(measure: Measure, user: User) -> Coverage | None:
    """Return the coverage of a measure that data contradict or whose day has passed; else None."""
    rows = Assignment.objects.visible_to(user).filter(measure=measure)
    found = coverage(rows, timezone.localdate())
    return found if any(found.count(state) for state in FAILED) else None


def of_measure(measure: Measure, user: User) -> Beginning | None:
    """Propose what is not done of a measure; None where everything is as it should be."""
    found = failing(measure, user)
    if found is None:
        return None
    today = timezone.localdate()
    against, undone = found.count(ProofState.CONTRADICTED), found.count(ProofState.NOT_DONE)
    name = measure.label or str(measure.order)
    quote = _shortened(measure.text, QUOTED)
    if against:
        words = ngettext(
            "Data contradict measure %(name)s “%(quote)s” in %(n)d organisation.",
            "Data contradict measure %(name)s “%(quote)s” in %(n)d organisations.",
            against,
        ) % {"name": name, "quote": quote, "n": against}
    else:
        words = ngettext(
            "Measure %(name)s “%(quote)s” is not done in %(n)d organisation.",
            "Measure %(name)s “%(quote)s” is not done in %(n)d organisations.",
            undone,
        ) % {"name": name, "quote": quote, "n": undone}
    cause = Cause(
        kind=CauseKind.INDICATOR if against else CauseKind.FINDING,
        words=words,
        observed_on=today,
        source=_shortened(
            _("Control of execution of “%(title)s”, %(day)s")
            % {"title": measure.programme.title, "day": dates.long(today)},
            290,
        ),
        address=reverse("programmes:measure", args=[measure.pk]),
        value=Decimal(against or undone),
        expected=Decimal(0),
        measured_in=_("organisations of %(all)s") % {"all": found.total},
    )
    return Beginning(cause)


def _of_reading(given: Mapping[str, str], user: User) -> Beginning:
    """Propose a finding of a report on results."""
    if not user.may(Action.SEE_RESULTS):
        raise Http404
    work = get_object_or_404(Work.objects.visible_to(user).select_related("unit"), pk=_key(given["work"]))
    units = Unit.objects.in_scope_of(user, Action.SEE_RESULTS)
    unit = get_object_or_404(units, pk=_key(given.get("unit", "")))
    source, report = source_of(work), given.get("report", "")
    if source is None or report not in REPORTS:
        raise Http404
    told = told_of(report, work, unit, source)
    found = findings_of(told) if told else []
    chosen = next((one for one in found if one.code == given.get("finding")), None)
    if chosen is None:
        raise Http404
    return _of_finding(chosen, report, work, unit)


def _of_finding(chosen: Finding, report: str, work: Work, unit: Unit) -> Beginning:
    told, shown = language(), chosen.value is not None
    cause = Cause(
        kind=CauseKind.FINDING,
        words=_shortened(f"{unit}. {chosen.words.render(told)}", LONGEST_WORDS),
        observed_on=work.held_on,
        source=work.title,
        address=reverse(f"readings:{report}", args=[work.pk, unit.pk]),
        value=Decimal(str(chosen.value)).normalize() if shown else None,
        expected=Decimal(str(chosen.expected)).normalize() if shown and chosen.expected is not None else None,
        measured_in=chosen.measured_in.render(told) if shown and chosen.measured_in else "",
    )
    return Beginning(cause, chosen.proposal.render(told) if chosen.proposal else "")


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
