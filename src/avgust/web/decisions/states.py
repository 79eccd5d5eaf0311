"""What became of causes and decisions, fresh from the assignments, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from avgust.domain.control.states import UNCOUNTED
from avgust.domain.decisions.coverage import CauseCoverage, Decided
from avgust.domain.proof import Coverage
from avgust.domain.proof.states import FAILED, PROVEN
from avgust.web.control.models import Assignment
from avgust.web.control.proving import coverages, in_states
from avgust.web.decisions.models import Cause, CauseOfClause, Decision, DecisionQuerySet
from avgust.web.documents.models import Document
from avgust.web.programmes.models import Measure, MeasureClause

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def measures_by(key: str, ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the measures in force by cause ("source__causes__cause") or document ("source__document")."""
    links = MeasureClause.objects.filter(**{f"{key}__in": list(ids)}, measure__status=Measure.Status.IN_FORCE)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, measure in links.order_by().values_list(key, "measure"):
        found[one].add(measure)
    return found


def _covered(groups: dict[int, set[int]], user: User, today: date) -> dict[int, Coverage]:
    """Return the coverage of each group of measures, over the assignments that `user` may see."""
    measures = sorted(set().union(*groups.values())) if groups else []
    if not measures:
        return {}
    rows = Assignment.objects.visible_to(user).filter(measure__in=measures)
    found = coverages(rows, "measure", today)
    return {
        key: sum((found[one] for one in inner if one in found), start=Coverage())
        for key, inner in groups.items()
    }


def decided_on(causes: Sequence[Cause], user: User, today: date) -> dict[int, Decided]:
    """Return what was decided on each cause, in three queries."""
    ids = [cause.pk for cause in causes]
    groups = measures_by("source__causes__cause", ids)
    covered = _covered(groups, user, today)
    adopted = Q(document__status=Document.Status.ADOPTED)
    rows = CauseOfClause.objects.filter(cause__in=ids).order_by().values("cause")
    counts = {
        row["cause"]: row
        for row in rows.annotate(adopted=Count("pk", filter=adopted), prepared=Count("pk", filter=~adopted))
    }
    nothing = {"adopted": 0, "prepared": 0}
    return {
        pk: Decided(
            prepared=counts.get(pk, nothing)["prepared"],
            adopted=counts.get(pk, nothing)["adopted"],
            measures=len(groups.get(pk, ())),
            coverage=covered.get(pk, Coverage()),
        )
        for pk in ids
    }


def coverage_of(decisions: Sequence[Decision], user: User, today: date) -> dict[int, Coverage]:
    """Return the coverage of the measures of each decision by its document, in two queries."""
    return _covered(measures_by("source__document", [one.document_id for one in decisions]), user, today)


def causes_of(documents: Iterable[int]) -> dict[int, list[Cause]]:
    """Return the causes of documents, each once, in one query."""
    links = CauseOfClause.objects.filter(document__in=list(documents)).select_related("cause")
    found: defaultdict[int, dict[int, Cause]] = defaultdict(dict)
    for link in links.order_by("cause__kind", "cause", "pk"):
        found[link.document_id].setdefault(link.cause_id, link.cause)
    return {document: list(causes.values()) for document, causes in found.items()}


def told_of(causes: Iterable[Cause], decided: dict[int, Decided]) -> CauseCoverage:
    """Return the coverage of causes whose decisions are known."""
    return CauseCoverage.of(decided[cause.pk].state for cause in causes)


class DecisionState(StrEnum):
    """Where a decision stands, as the list is filtered by it."""

    REVIEWING = "reviewing"
    FAILED = "failed"
    UNDER_CONTROL = "control"
    PROVEN = "proven"


def in_state(rows: DecisionQuerySet, state: DecisionState, user: User, today: date) -> DecisionQuerySet:
    """Return the decisions in `state`, over the assignments that `user` may see."""
    adopted = Document.Status.ADOPTED
    if state is DecisionState.REVIEWING:
        return rows.exclude(document__status=adopted)
    of_it = _assignments(user)
    failed, proven = of_it.filter(in_states(FAILED, today)), of_it.filter(in_states(PROVEN, today))
    unproven = of_it.exclude(in_states(PROVEN, today))
    rows = rows.filter(document__status=adopted)
    conditions = {
        DecisionState.FAILED: Exists(failed),
        DecisionState.PROVEN: Exists(proven) & ~Exists(unproven),
        DecisionState.UNDER_CONTROL: ~Exists(failed) & (Exists(unproven) | ~Exists(of_it)),
    }
    return rows.filter(conditions[state])


def _assignments(user: User) -> QuerySet[Assignment]:
    """Return what is counted of the assignments of the decision that a query stands at."""
    counted = Assignment.objects.visible_to(user).exclude(status__in=sorted(UNCOUNTED))
    rows: Any = counted.filter(
        measure__clauses__source__document=OuterRef("document"), measure__status=Measure.Status.IN_FORCE
    )
    return rows
