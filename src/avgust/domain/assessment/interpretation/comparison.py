"""A school against comparable schools: their mean under the two-level model, the difference, its interval.

The mean of the group weighs schools by 1/(tau² + sigma²/n): it is of schools and not of their pupils, as the
mean of the territory is. The interval of the difference has the errors of the school and of the group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.interpretation.clusters import Cluster, members
from avgust.domain.assessment.interpretation.marks import Interval
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Comparison
from avgust.domain.assessment.interpretation.schools import Distribution, Verdict, verdict_of
from avgust.domain.messages import Message


@dataclass(frozen=True)
class Similar:
    """Comparable schools: who they are in words, their places in the table, mean and difference."""

    told: Message
    places: tuple[int, ...]
    names: tuple[str, ...]
    n: int
    mean: Interval
    difference: Interval
    verdict: Verdict


def compare(
    table: GroupTable,
    found: Distribution,
    clusters: Mapping[str, tuple[Cluster, ...]],
    name: str,
    rule: Comparison,
) -> Similar | None:
    """Compare a school; None where fewer than the rule's schools are comparable."""
    places, cluster = members(table.names, clusters, name, rule.fewest_schools)
    if cluster is None:
        return None
    own = table.names.index(name)
    n, means = table.n[places], table.total.mean[places, 0]
    between = found.between if np.isfinite(found.between) else 0.0
    weights = 1 / (between + found.within / n)
    mean, variance = float((weights * means).sum() / weights.sum()), float(1 / weights.sum())
    size = int(table.n[own])
    difference = float(table.total.mean[own, 0]) - mean
    half = rule.z * variance**0.5
    apart = rule.z * (variance + found.within / size) ** 0.5
    return Similar(
        cluster.told,
        tuple(places),
        tuple(table.names[place] for place in places),
        int(n.sum()),
        Interval(mean, mean - half, mean + half),
        Interval(difference, difference - apart, difference + apart),
        verdict_of(difference - apart, difference + apart, 0.0, size, rule),
    )
