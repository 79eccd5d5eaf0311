"""A table of answers: integer scores of persons on items, missing by design, with weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Bools, Bytes, Floats, Ints

MISSING: Final = -1
MAX_SCORE: Final = 100
# More patterns of missing answers than this are accident, not design: they are not separated into blocks.
MAX_BOOKLETS: Final = 64


@dataclass(frozen=True)
class Responses:
    """Scores of n persons on J items.

    `scores` (n × J, int8): 0..m_j, or MISSING where the item was not given. `weights` (n) are frequencies:
    a person of weight 2 counts as two equal persons. A blank answer that means "wrong" is a score of 0,
    which only the importer can know.
    """

    scores: Bytes
    items: tuple[str, ...]
    weights: Floats | None = None

    def __post_init__(self) -> None:
        """Refuse what no statistic below could read."""
        if self.scores.ndim != 2 or self.scores.shape[1] != len(self.items):
            raise ValueError("scores must be persons × items, with a name for each item")
        if self.weights is not None and (
            self.weights.shape != (len(self.scores),)
            or not np.isfinite(self.weights).all()
            or (self.weights < 0).any()
        ):
            raise ValueError("weights must be one finite, not negative number for each person")

    @property
    def n(self) -> float:
        """Persons, or the sum of their weights."""
        return float(len(self.scores) if self.weights is None else self.weights.sum())

    @property
    def observed(self) -> Bools:
        """Where there is an answer (n × J)."""
        return np.asarray(self.scores != MISSING)

    @property
    def person_weights(self) -> Floats:
        """The weights (n), ones where none were given."""
        return np.ones(len(self.scores)) if self.weights is None else self.weights

    def only_items(self, chosen: Sequence[int]) -> Responses:
        """Return the answers to some items only, in the given order."""
        return Responses(self.scores[:, chosen], tuple(self.items[j] for j in chosen), self.weights)

    def only_persons(self, chosen: Bools | Ints) -> Responses:
        """Return the answers of some persons only."""
        weights = None if self.weights is None else self.weights[chosen]
        return Responses(self.scores[chosen], self.items, weights)

    def category_counts(self) -> Floats:
        """Return the weighted number of answers in each category (J × (highest score + 1))."""
        highest = max(int(self.scores.max(initial=0)), 0)
        counts = np.zeros((len(self.items), highest + 1))
        for j in range(len(self.items)):
            column = self.scores[:, j]
            given = column >= 0
            weights = None if self.weights is None else self.weights[given]
            counts[j] = np.bincount(column[given], weights=weights, minlength=highest + 1)
        return counts


@dataclass(frozen=True)
class Recoding:
    """Answers with categories 0..m without gaps; `categories[j][c]` is the printed score of c."""

    responses: Responses
    categories: tuple[tuple[int, ...], ...]

    @property
    def steps(self) -> Ints:
        """m_j: categories of each item less one; 0 where all have one score, -1 where nobody has any."""
        return np.array([len(found) - 1 for found in self.categories], dtype=np.intp)


def without_empty_categories(responses: Responses) -> Recoding:
    """Number the categories that occur from 0, as no model can place a category that nobody reached.

    A category is empty also when all its answers have weight zero.
    """
    counts = responses.category_counts()
    categories = tuple(tuple(int(score) for score in np.flatnonzero(row > 0)) for row in counts)
    scores = responses.scores
    if any(found != tuple(range(len(found))) for found in categories):
        scores = scores.copy()
        for j, found in enumerate(categories):
            table = np.full(counts.shape[1] + 1, MISSING, dtype=np.int8)  # the last place serves MISSING
            table[list(found)] = np.arange(len(found))
            scores[:, j] = table[scores[:, j]]
    return Recoding(Responses(scores, responses.items, responses.weights), categories)


@dataclass(frozen=True)
class Block:
    """Persons who were given the same items: a booklet. `scores` (n_b × J_b) are those of `items` only.

    With `holes` the block mixes patterns of missing answers, and `scores` has MISSING in it.
    """

    items: Ints
    scores: Bytes
    weights: Floats | None
    holes: bool = False


def blocks_of(responses: Responses, most: int = MAX_BOOKLETS) -> list[Block]:
    """Divide the persons by the items that they were given; persons without any answer are left out.

    Returns one block with holes where the patterns are more than `most`, as accidental gaps make them.
    """
    observed = responses.observed
    all_items = np.arange(len(responses.items))
    if observed.all():
        return [Block(all_items, responses.scores, responses.weights)]
    packed = np.packbits(observed, axis=1)
    patterns, first, of_person = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    if len(patterns) > most:
        return [Block(all_items, responses.scores, responses.weights, holes=True)]
    blocks = []
    for number, example in enumerate(first):
        given = np.flatnonzero(observed[example])
        if not len(given):
            continue
        members = np.flatnonzero(of_person.ravel() == number)
        weights = None if responses.weights is None else responses.weights[members]
        blocks.append(Block(given, responses.scores[np.ix_(members, given)], weights))
    return blocks


def chunks_of(block: Block, size: int) -> Iterator[Block]:
    """Yield the block in pieces of at most `size` persons, without copying scores."""
    for start in range(0, len(block.scores), size):
        part = slice(start, start + size)
        weights = None if block.weights is None else block.weights[part]
        yield Block(block.items, block.scores[part], weights, block.holes)
