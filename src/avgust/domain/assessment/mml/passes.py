"""One pass over the answers: expected counts at the nodes (the E step), and the moments that errors need.

Answers of a chunk become z (n × F), ones where a person reached exactly step f. Then, for all persons at
once,
    log L_iq = z_i·logits_q - sum_j log D_jq       w_iq = posterior weight of node q for person i
are two matrix products. Louis' (1982) missing information needs sum_i Var(score_i | x_i); since a score is
(z_i - P_q) times 1 or theta_q, it comes from z' W_k z (W_k the k-th posterior moment of theta) and from the
expected counts: three more products, no loop over nodes. Chunks bound the memory; products are in single
precision for large tables, sums over chunks always in double.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

import numpy as np

from avgust.domain.assessment.arrays import AnyFloats, Floats, Ints
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.responses import Block, chunks_of
from avgust.domain.assessment.steps import ItemParameters, Steps

CHUNK: Final = 4096
# From this many answers on, single precision: its error is then far below the standard errors.
SINGLE_FROM: Final = 2_000_000
# Log weight below which a node is not told from this one: keeps denormal numbers, slow to multiply, away.
FAINTEST: Final = -60.0
_Result = TypeVar("_Result")
_Task = TypeVar("_Task")


@dataclass
class Expected:
    """What a pass found.

    `reached` (F × Q): expected answers in each step at each node; `given` (J × Q): expected persons who
    answered the item there; `loglik` of all answers (natural logarithm).

    With moments: `scores` (P × P) sums m m' of expected scores m of (a, d), `within` (3 × F × F) sums of
    E[theta^k (z - P)(z - P)'], k = 0, 1, 2.
    """

    loglik: float
    reached: Floats
    given: Floats
    scores: Floats | None = None
    within: Floats | None = None

    def add(self, part: Expected) -> None:
        """Add what another chunk found."""
        self.loglik += part.loglik
        self.reached += part.reached
        self.given += part.given
        if self.scores is not None and part.scores is not None:
            self.scores += part.scores
        if self.within is not None and part.within is not None:
            self.within += part.within


@dataclass(frozen=True)
class Tables:
    """Probabilities of all steps at the nodes, in the precision of the pass."""

    parameters: ItemParameters
    nodes: Nodes
    log_prior: Floats
    logits: Floats
    chances: Floats
    log_total: Floats
    dtype: Any

    @classmethod
    def of(cls, parameters: ItemParameters, nodes: Nodes, dtype: Any = np.float64) -> Tables:
        """Compute the tables for N(0, 1)."""
        chances, log_total = parameters.probabilities(nodes.theta)
        logits = parameters.logits(nodes.theta)
        return cls(parameters, nodes, nodes.log_prior(), logits, chances, log_total, dtype)


def precision_for(answers: int) -> Any:
    """Return the type of numbers for products over so many answers."""
    return np.float32 if answers >= SINGLE_FROM else np.float64


def expected_counts(
    blocks: Sequence[Block], tables: Tables, *, moments: bool = False, workers: int = 1
) -> Expected:
    """Make one pass over all blocks; the result does not depend on the number of `workers` (threads)."""
    steps = tables.parameters.steps
    items, count, nodes = len(steps.per_item), len(steps), len(tables.nodes.theta)
    size = items + count
    whole = Expected(
        0.0,
        np.zeros((count, nodes)),
        np.zeros((items, nodes)),
        np.zeros((size, size)) if moments else None,
        np.zeros((3, count, count)) if moments else None,
    )
    for block in blocks:
        frame = _Frame.of(block, tables)

        def work(chunk: Block, frame: _Frame = frame) -> Expected:
            return _pass_chunk(chunk, frame, moments=moments)

        places = frame.places
        rows = np.concatenate([block.items, items + places])
        for part in in_order(work, chunks_of(block, CHUNK), workers):
            whole.loglik += part.loglik
            whole.reached[places] += part.reached
            whole.given[block.items] += part.given
            if part.scores is not None and part.within is not None:
                assert whole.scores is not None
                assert whole.within is not None
                whole.scores[np.ix_(rows, rows)] += part.scores
                whole.within[:, places[:, None], places[None, :]] += part.within
    return whole


def in_order(work: Callable[[_Task], _Result], tasks: Iterator[_Task], workers: int) -> Iterator[_Result]:
    """Yield work(task) in the order of tasks, at most 2 × workers at a time in memory."""
    if workers <= 1:
        yield from map(work, tasks)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(work, task) for task in islice(tasks, 2 * workers)]
        while waiting:
            done = waiting.pop(0)
            waiting.extend(pool.submit(work, task) for task in islice(tasks, 1))
            yield done.result()


@dataclass(frozen=True)
class _Frame:
    """The tables of one booklet."""

    places: Ints
    steps: Steps
    logits: AnyFloats
    base: AnyFloats  # log prior less the normalisers of all items (Q); with holes the prior alone
    log_total: AnyFloats
    chances: AnyFloats
    theta: Floats
    dtype: Any

    @classmethod
    def of(cls, block: Block, tables: Tables) -> _Frame:
        steps = tables.parameters.steps
        places = steps.of_items(block.items)
        log_total = tables.log_total[block.items]
        base = tables.log_prior - (0.0 if block.holes else log_total.sum(axis=0))
        kind = tables.dtype
        return cls(
            places,
            Steps(steps.per_item[block.items]),
            tables.logits[places].astype(kind),
            base.astype(kind),
            log_total.astype(kind),
            tables.chances[places].astype(kind),
            tables.nodes.theta,
            kind,
        )


def reached_steps(scores: Any, steps: Steps, dtype: Any) -> AnyFloats:
    """Return z (n × F): 1 where the person's score on the item is the step's category."""
    if (steps.per_item == 1).all():
        return np.asarray(scores == 1, dtype=dtype)
    return np.asarray(scores[:, steps.item_of] == steps.category_of[None, :].astype(np.int8), dtype=dtype)


def posterior_of(chunk: Block, frame: _Frame) -> tuple[AnyFloats, AnyFloats, AnyFloats]:
    """Return z (n × F), posterior weights of the nodes (n × Q) and the log-likelihood of each person (n)."""
    reached = reached_steps(chunk.scores, frame.steps, frame.dtype)
    joint = reached @ frame.logits
    joint += frame.base
    if chunk.holes:
        joint -= np.asarray(chunk.scores >= 0, dtype=frame.dtype) @ frame.log_total
    top = joint.max(axis=1, keepdims=True)
    joint -= top
    np.maximum(joint, FAINTEST, out=joint)
    np.exp(joint, out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return reached, joint, (np.log(total) + top)[:, 0]


def _pass_chunk(chunk: Block, frame: _Frame, *, moments: bool) -> Expected:
    reached, posterior, logs = posterior_of(chunk, frame)
    weights = chunk.weights
    loglik = float(logs.sum(dtype=np.float64) if weights is None else logs.astype(np.float64) @ weights)
    weighted = posterior if weights is None else posterior * weights[:, None].astype(frame.dtype)
    counts = (reached.T @ weighted).astype(np.float64)
    if chunk.holes:
        given = (np.asarray(chunk.scores >= 0, dtype=frame.dtype).T @ weighted).astype(np.float64)
    else:
        at_node = weighted.sum(axis=0, dtype=np.float64)
        given = np.broadcast_to(at_node, (len(chunk.items), len(at_node))).copy()
    part = Expected(loglik, counts, given)
    if moments:
        scores = _expected_scores(chunk, frame, reached, posterior)
        part.scores = (scores.T @ (scores if weights is None else scores * weights[:, None])).astype(
            np.float64
        )
        part.within = (
            _within_by_node(chunk, frame, reached, weighted)
            if chunk.holes
            else _within(frame, reached, weighted, counts, given[0])
        )
    return part


def _expected_scores(chunk: Block, frame: _Frame, reached: AnyFloats, posterior: AnyFloats) -> AnyFloats:
    """Return m (n × P): the expectation of each person's score of (a, d) given the answers."""
    theta = frame.theta.astype(frame.dtype)
    mean = posterior @ theta
    by_intercept = reached - posterior @ frame.chances.T
    by_slope = reached * mean[:, None] - posterior @ (frame.chances * theta).T
    if chunk.holes:
        given = np.asarray(chunk.scores >= 0, dtype=frame.dtype)[:, frame.steps.item_of]
        by_intercept *= given
        by_slope *= given
    return np.hstack([by_slope @ frame.steps.score_matrix.T.astype(frame.dtype), by_intercept])


def _within(
    frame: _Frame, reached: AnyFloats, weighted: AnyFloats, counts: Floats, at_node: Floats
) -> Floats:
    """Return sum_i sum_q w_iq theta_q^k (z - P)(z - P)' for a complete booklet, k = 0, 1, 2."""
    result = np.empty((3, len(frame.steps), len(frame.steps)))
    chances = frame.chances.astype(np.float64)
    for power in range(3):
        lever = frame.theta**power
        moment = weighted @ lever.astype(frame.dtype)
        answers = (reached.T @ (reached * moment[:, None])).astype(np.float64)
        cross = (counts * lever) @ chances.T
        result[power] = answers - cross - cross.T + (chances * (at_node * lever)) @ chances.T
    return result


def _within_by_node(chunk: Block, frame: _Frame, reached: AnyFloats, weighted: AnyFloats) -> Floats:
    """Return the same where gaps are accidental: node by node, as the answered items differ by person."""
    result = np.zeros((3, len(frame.steps), len(frame.steps)))
    given = np.asarray(chunk.scores >= 0, dtype=frame.dtype)[:, frame.steps.item_of]
    for node, theta in enumerate(frame.theta):
        rest = (reached - frame.chances[:, node]) * given
        product = (rest.T @ (rest * weighted[:, node, None])).astype(np.float64)
        for power in range(3):
            result[power] += theta**power * product
    return result
