"""The table of `avgust.domain.proof` as SQL, so that pages count states without reading assignments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import Any, Final

from django.db import connection, models
from django.db.models import Case, CharField, Q, Value, When

from avgust.domain.control.states import Status
from avgust.domain.proof import RULES, Coverage, ProofState, Verdict, state_of
from avgust.domain.proof.states import Rule

UNCOUNTED = "-"  # what `state_of` says with None


NOW: Final = ("status", "due")
THEN: Final = ("status_then", "due_then")  # with `avgust.web.control.past.as_of`


def _condition(rule: Rule, today: date, columns: tuple[str, str]) -> Q:
    status, due = columns
    found = Q()
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
    """Return whether an assignment may fit both rules, as far as their statuses and verdicts say."""
    if one.verdict is not None and other.verdict is not None and one.verdict is not other.verdict:
        return False
    return not one.statuses or not other.statuses or bool(one.statuses & other.statuses)


def _value(state: ProofState | None) -> str:
    return state.value if state else UNCOUNTED


def coverages(
    assignments: models.QuerySet[Any], key: str, today: date, columns: tuple[str, str] = NOW
) -> dict[Any, Coverage]:
    """Return the coverage of `assignments` by the values of the column `key`, in one query."""
    found: dict[Any, dict[ProofState, int]] = {}
    keys = ("programme", key) if key == "measure" else (key,)  # as the index is, so that nothing is sorted
    for (*_, value), state, count in counted(assignments, keys, today, columns):
        counts = found.setdefault(value, {})
        if state is not None:
            counts[state] = counts.get(state, 0) + count
    return {value: Coverage(counts) for value, counts in found.items()}


def counted(
    assignments: models.QuerySet[Any], keys: tuple[str, ...], today: date, columns: tuple[str, str] = NOW
) -> Iterator[tuple[tuple[Any, ...], ProofState | None, int]]:
    """Yield how many assignments there are in each state by the values of `keys`, in one query.

    Counted are statuses and verdicts as an index holds them, whose states are asked of the domain: grouping
    150,000 rows by the expression of `state_on` would sort them all, and took four times as long. Nothing
    else is named, not even the key: PostgreSQL would read every row for what the index does not hold.
    """
    status, due = columns
    late = models.Count(due, filter=Q(**{f"{due}__lt": today}))
    rows = (
        assignments.order_by().values_list(*keys, status, "verdict").annotate(n=models.Count("*"), late=late)
    )
    for *values, state, verdict, count, past in rows:
        if past:
            yield tuple(values), _state(state, verdict, True), past
        if count > past:
            yield tuple(values), _state(state, verdict, False), count - past


@cache
def _state(status: str, verdict: str, past: bool) -> ProofState | None:
    """Return the state by the words of the columns: a region has thousands of groups and a dozen states."""
    day = date.min if past else None
    return state_of(Status(status), day, Verdict(verdict), date.max)


def coverage(assignments: models.QuerySet[Any], today: date) -> Coverage:
    """Return the coverage of all `assignments` together, in one query.

    SQLite groups by measure, as the index is, and sorts nothing; PostgreSQL gathers the few states at once.
    """
    keys = () if connection.vendor == "postgresql" else ("programme", "measure")
    counts: Counter[ProofState] = Counter()
    for _keys, state, count in counted(assignments, keys, today):
        if state is not None:
            counts[state] += count
    return Coverage(counts)
