"""The likest earlier measure of each measure in a document: a repetition, or a task given to others too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.findings.similarity import Pair, pairs
from avgust.domain.resolutions.model import Clause

SAME: Final = 0.4  # the same executors, or nobody named in either
OTHERS: Final = 0.55  # other executors
# Short measures share their words by chance: «Провести олимпиаду по физике», «… по химии».
_SHORT: Final = ((8, 0.85), (12, 0.65))


class Twins(NamedTuple):
    """A measure and an earlier one that says the same."""

    clause: Clause
    twin: Clause
    likeness: float
    same_executors: bool


def twins(reading: Reading) -> Iterator[Twins]:
    """Yield for each measure its likest earlier twin."""
    best: dict[int, Twins] = {}
    asked = [at for at, clause in enumerate(reading.clauses) if clause.n == reading.only]
    for pair in pairs([clause.text for clause in reading.clauses], SAME, only=asked[0] if asked else None):
        clause, twin = reading.clauses[pair.later], reading.clauses[pair.earlier]
        same = _same_executors(clause, twin)
        if pair.likeness < max(needed(pair), SAME if same else OTHERS):
            continue
        if pair.later not in best or best[pair.later].likeness < pair.likeness:
            best[pair.later] = Twins(clause, twin, round(pair.likeness, 2), same)
    yield from best.values()


def needed(pair: Pair) -> float:
    """Return how alike texts of this length must be."""
    return next((least for stems, least in _SHORT if pair.stems < stems), 0.0)


def _same_executors(clause: Clause, twin: Clause) -> bool:
    names = {addressee.name for addressee in clause.addressees}
    others = {addressee.name for addressee in twin.addressees}
    return bool(names & others) or not (names or others)
