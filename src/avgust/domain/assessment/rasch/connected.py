"""Whether the data connect the items, so that their difficulties can be compared at all.

Fischer (1981): conditional estimates exist, and are unique, exactly when the items cannot be split into two
sets such that whoever answered items of both did at least as well as possible on one of them throughout.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from avgust.domain.assessment.arrays import Bools, Ints
from avgust.domain.assessment.rasch.counts import BookletCounts
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import Steps


def booklet_parts(booklets: Sequence[Ints], items: int) -> Ints:
    """Return the number of the connected part of each item (J): booklets connect the items they share."""
    pairs = [(int(booklet[0]), int(item)) for booklet in booklets for item in booklet]
    if not pairs:
        return np.arange(items)
    rows, columns = np.array(pairs).T
    graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(items, items))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def parts_of_counts(counts: Sequence[BookletCounts], items: int) -> Ints:
    """Return the connected part of each item; a booklet connects if somebody is between its extremes."""
    telling = [one.items for one in counts if one.by_score[1:-1].any()]
    return booklet_parts(telling, items)


def strong_parts(responses: Responses, steps: Steps) -> Ints:
    """Return the part of each item (J) in Fischer's sense; one part means that estimates are finite.

    An arrow k → j stands for a person who lost something on k and won something on j. Sufficient for
    polytomous items, necessary and sufficient for dichotomous ones.
    """
    scores = responses.scores
    won = scores > 0
    lost = (scores < steps.per_item[None, :]) & (scores != MISSING)
    if responses.weights is not None:
        there = responses.weights > 0
        won, lost = won[there], lost[there]
    return np.asarray(connected_components(_arrows(won, lost), connection="strong")[1], dtype=np.intp)


def _arrows(won: Bools, lost: Bools, size: int = 16_384) -> Bools:
    found = np.zeros((won.shape[1], won.shape[1]), dtype=bool)
    for start in range(0, len(won), size):
        part = slice(start, start + size)
        found |= (lost[part].T.astype(np.float32) @ won[part].astype(np.float32)) > 0
        if found.all():
            break
    return found
