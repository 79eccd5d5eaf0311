"""Agreement of two persons beyond the model, from item scores: omega, GBT, M4, inside one class.

s = number of items with equal scores; under independence given ability it is a sum of independent trials
with chances p_j = sum_c P_ij(c) P_kj(c) (score versions, as export files hold scores and no answers). -
omega (Wollack 1997; unconditional: Romero, Riascos & Jara 2015): (s - sum p) / sqrt(sum p (1 - p)), about
N(0, 1). - GBT (van der Linden & Sotaridona 2006): P(S >= s) exactly. - M4 (Maynes 2014): P of a pair (equal
at the maximum, equal below) at most as likely to be exceeded as the observed. Copying versions (`copying`)
condition on the scores of the source. p-values are adjusted within the class by Holm (1979). A flag is a
question to people, never a verdict; it is shown to nobody outside the school.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters

_TOGETHER: Final = 256  # pairs compared at once, which bounds the memory


@dataclass(frozen=True)
class Pair:
    """Two persons (row numbers): equal scores `matches` of `items` answered by both; p-values one-sided.

    `omega_holm` … are the p-values adjusted for all pairs of the class.
    """

    first: int
    second: int
    items: int
    matches: int
    expected: float
    omega: float
    p_omega: float
    p_gbt: float
    p_m4: float
    omega_holm: float
    gbt_holm: float
    m4_holm: float


def category_chances(parameters: ItemParameters, theta: Floats) -> list[Floats]:
    """Return for each item the chances of scores 0..m_j at each ability (n × (m_j + 1))."""
    chances, _ = parameters.probabilities(theta)
    result = []
    for j in range(len(parameters.slopes)):
        own = chances[parameters.steps.of_item(j)].T
        result.append(np.column_stack([1 - own.sum(axis=1), own]))
    return result


def similar_pairs(responses: Responses, parameters: ItemParameters, theta: Floats) -> list[Pair]:
    """Compare all pairs of a class; persons without a finite ability are left out."""
    persons = np.flatnonzero(np.isfinite(theta))
    first, second = (persons[places] for places in np.triu_indices(len(persons), 1))
    chances = category_chances(parameters, theta)
    parts = [
        _compare(responses, chances, first[start : start + _TOGETHER], second[start : start + _TOGETHER])
        for start in range(0, len(first), _TOGETHER)
    ]
    if not parts:
        return []
    found = _Compared(*(np.concatenate(columns) for columns in zip(*map(_columns, parts), strict=True)))
    adjusted = [holm(p).tolist() for p in (found.p_omega, found.p_gbt, found.p_m4)]
    columns = [column.tolist() for column in (first, second, *_columns(found))]
    return [Pair(*row) for row in zip(*columns, *adjusted, strict=True)]


@dataclass(frozen=True)
class _Compared:
    """The comparisons of some pairs, a row of numbers for each statistic."""

    items: Ints
    matches: Ints
    expected: Floats
    omega: Floats
    p_omega: Floats
    p_gbt: Floats
    p_m4: Floats


def _columns(compared: _Compared) -> tuple[Floats | Ints, ...]:
    return tuple(vars(compared).values())


def _compare(responses: Responses, chances: list[Floats], first: Ints, second: Ints) -> _Compared:
    one, other = responses.scores[first], responses.scores[second]
    both = (one != MISSING) & (other != MISSING)
    # An item that one of them was not given has no chance of a match, and so changes nothing below.
    equal = np.column_stack([(own[first] * own[second]).sum(axis=1) for own in chances]) * both
    top = np.column_stack([own[first, -1] * own[second, -1] for own in chances]) * both
    most = np.array([own.shape[1] - 1 for own in chances])
    same = both & (one == other)
    matches, at_top = same.sum(axis=1), (same & (one == most)).sum(axis=1)
    omega = omega_of(matches, equal)
    return _Compared(
        both.sum(axis=1), matches, equal.sum(axis=1), omega, ndtr(-omega), binomial_tail(matches, equal),
        double_tail(at_top, matches - at_top, top, equal - top),
    )  # fmt: skip


def omega_of(matches: Ints, chances: Floats) -> Floats:
    """Return the standardised number of matches of each pair, for chances of a match by item (pairs × J)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt((chances * (1 - chances)).sum(axis=1))
        return np.asarray((matches - chances.sum(axis=1)) / deviation)


def binomial_tail(matches: Ints, chances: Floats) -> Floats:
    """Return P(S >= matches) of each pair for independent trials (pairs × J), by recursion."""
    mass = np.zeros((len(chances), chances.shape[1] + 1))
    mass[:, 0] = 1.0
    for chance in chances.T[:, :, None]:
        moved = mass * (1 - chance)
        moved[:, 1:] += chance * mass[:, :-1]
        mass = moved
    beyond = mass[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.asarray(np.minimum(beyond[np.arange(len(mass)), matches], 1.0))


def double_tail(top: Ints, low: Ints, top_chances: Floats, low_chances: Floats) -> Floats:
    """Return M4 of each pair: the mass of both numbers of matches no less extreme than observed.

    Extreme is ordered by P(both numbers at least so large). Chances are by item (pairs × J).
    """
    size = top_chances.shape[1] + 1
    mass = np.zeros((len(top_chances), size, size))
    mass[:, 0, 0] = 1.0
    for high, below in zip(top_chances.T[:, :, None, None], low_chances.T[:, :, None, None], strict=True):
        moved = mass * (1 - high - below)
        moved[:, 1:, :] += high * mass[:, :-1, :]
        moved[:, :, 1:] += below * mass[:, :, :-1]
        mass = moved
    beyond = mass[:, ::-1, ::-1].cumsum(axis=1).cumsum(axis=2)[:, ::-1, ::-1]
    limit = beyond[np.arange(len(mass)), top, low] * (1 + 1e-12)
    extreme = beyond <= limit[:, None, None]
    return np.asarray(np.minimum((mass * extreme).sum(axis=(1, 2)), 1.0))


@dataclass(frozen=True)
class Copying:
    """Did `copier` take over scores of `source`? Conditional omega and GBT with one-sided p-values."""

    copier: int
    source: int
    matches: int
    omega: float
    p_omega: float
    p_gbt: float


def copying(responses: Responses, parameters: ItemParameters, theta: Floats) -> Iterator[Copying]:
    """Yield every ordered pair: the chance of the copier to give the source's score, given its ability."""
    chances = category_chances(parameters, theta)
    persons = np.flatnonzero(np.isfinite(theta)).tolist()
    for source in persons:
        for copier in persons:
            if source == copier:
                continue
            own, other = responses.scores[copier], responses.scores[source]
            both = np.flatnonzero((own != MISSING) & (other != MISSING))
            chance = np.array([chances[j][copier, other[j]] for j in both])
            matches = int((own[both] == other[both]).sum())
            count = np.array([matches])
            omega = float(omega_of(count, chance[None, :])[0])
            tail = float(binomial_tail(count, chance[None, :])[0])
            yield Copying(copier, source, matches, omega, float(ndtr(-omega)), tail)


def holm(p: Floats) -> Floats:
    """Return p-values adjusted for their number by Holm's (1979) step-down method; nan stays nan."""
    adjusted = np.full(len(p), np.nan)
    finite = np.flatnonzero(np.isfinite(p))
    order = finite[np.argsort(p[finite], kind="stable")]
    factors = len(order) - np.arange(len(order))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return adjusted
