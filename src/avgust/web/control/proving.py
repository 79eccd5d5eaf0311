"""The table of `avgust.domain.proof` as SQL, so that pages count states without reading assignments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Case, CharField, Q, Value, When

from avgust.domain.proof import RULES, Coverage, ProofState
from avgust.domain.proof.states import Rule

UNCOUNTED = "-"  # what `state_of` says with None


NOW: Final = ("status", "due")
THEN: Final = ("status_then", "due_then")  # with `avgust.web.control.past.as_of`


def _condition(rule: Rule, today: date, columns: tuple[str, str]) -> Q:
    status, due = columns
    found = Q(pk__isnull=False)
    if rule.statuses is not None:
        found &= Q(**{f"{status}__in": sorted(rule.statuses)})
    if rule.verdict is not None:
        found &= Q(verdict=rule.verdict.value)
    if rule.past is True:
        found &= Q(**{f"{due}__lt": today})
    elif rule.past is False:
        found &= Q(**{f"{due}__gte": today}) | Q(**{due: None})
    return found


def state_on(today: date, columns: tuple[str, str] = NOW) -> Case:
    """Return the expression of the state of proof of an assignment on `today`.

    `columns` are those of the status and the deadline: of now, or as of another day.
    """
    *rules, last = RULES
    whens = [When(_condition(rule, today, columns), then=Value(_value(rule.state))) for rule in rules]
    return Case(*whens, default=Value(_value(last.state)), output_field=CharField())


def in_states(states: Collection[ProofState], today: date) -> Q:
    """Return the condition on assignments in any of `states` on `today`, by columns alone.

    PostgreSQL cannot tell how many rows an expression leaves, and reads them all where five are asked for.
    """
    found = Q(pk__in=())
    for place, rule in enumerate(RULES):
        if rule.state in states:
            here = _condition(rule, today, NOW)
            for earlier in RULES[:place]:
                if earlier.state not in states and _may_both(earlier, rule):
                    here &= ~_condition(earlier, today, NOW)
            found |= here
    return found


def _may_both(one: Rule, other: Rule) -> bool:
    """Return whether an assignment may fit both rules, as far as their statuses say."""
    return not one.statuses or not other.statuses or bool(one.statuses & other.statuses)


def _value(state: ProofState | None) -> str:
    return state.value if state else UNCOUNTED


def coverages(
    assignments: models.QuerySet[Any], key: str, today: date, columns: tuple[str, str] = NOW
) -> dict[Any, Coverage]:
    """Return the coverage of `assignments` by the values of the column `key`, in one query."""
    rows = assignments.order_by().values_list(key, state_on(today, columns)).annotate(n=models.Count("pk"))
    return gathered((value, state, count) for value, state, count in rows)


def gathered(rows: Iterable[tuple[Any, str, int]]) -> dict[Any, Coverage]:
    """Return coverages of counted rows `(key, state, count)`."""
    found: dict[Any, dict[ProofState, int]] = {}
    for value, state, count in rows:
        counts = found.setdefault(value, {})
        if state != UNCOUNTED:
            counts[ProofState(state)] = counts.get(ProofState(state), 0) + count
    return {value: Coverage(counts) for value, counts in found.items()}


def coverage(assignments: models.QuerySet[Any], today: date) -> Coverage:
    """Return the coverage of all `assignments` together, in one query."""
    rows = assignments.order_by().values_list(state_on(today)).annotate(n=models.Count("pk"))
    return gathered((None, state, count) for state, count in rows).get(None, Coverage())
