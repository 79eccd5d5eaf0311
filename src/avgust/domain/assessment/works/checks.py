"""What must hold of a line before it is taken; a line that fails is kept as refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Bools, Ints
from avgust.domain.assessment.works.results import Line
from avgust.domain.assessment.works.specification import Item, Specification
from avgust.domain.messages import Message, mark

NO_SCHOOL: Final = mark("The register has no school “%(school)s”.")
FOREIGN_SCHOOL: Final = mark("“%(school)s” is not a school of this work's territory.")
DOUBLED: Final = mark("Participant %(pupil)s stands twice in “%(school)s”.")


def other_work(items: Sequence[Item], codes: Sequence[str], work: Specification) -> Message | None:
    """Return why a table is of another work: an item that the work has not, or with another maximum."""
    unknown = [code for code in codes if code not in work.places]
    if unknown:
        told = {"item": unknown[0], "count": len(unknown)}
        return Message(mark("The table is of another work: item %(item)s is not in the specification."), told)
    for item in items:
        right = work.items[work.places[item.code]].maximum
        if item.maximum != right:
            told = {"item": item.code, "said": item.maximum, "right": right}
            return Message(
                mark("Item %(item)s has %(said)s points in the table and %(right)s in the specification."),
                told,
            )
    return None


def in_order_of(
    work: Specification, codes: Sequence[str], scores: Sequence[int | None]
) -> tuple[int | None, ...]:
    """Return scores in the order of the work's items; an item that the table has not was not given."""
    known = dict(zip(codes, scores, strict=True))
    return tuple(known.get(item.code) for item in work.items)


def fault_of(line: Line, work: Specification) -> Message | None:
    """Return what is wrong with a line whose scores stand in the order of the work; the first fault only."""
    if line.absent:
        return None
    return (
        _above_maximum(line, work)
        or _wrong_variant(line, work)
        or _wrong_sum(line)
        or _wrong_mark(line, work)
    )


def _above_maximum(line: Line, work: Specification) -> Message | None:
    for score, item in zip(line.scores, work.items, strict=True):
        if score is not None and score > item.maximum:
            told = {"item": item.code, "score": score, "maximum": item.maximum}
            return Message(mark("Item %(item)s: %(score)s points, and the maximum is %(maximum)s."), told)
    return None


def _wrong_variant(line: Line, work: Specification) -> Message | None:
    if not work.variants or line.variant in work.variants:
        return None
    told = {"variant": line.variant or "—", "known": ", ".join(sorted(work.variants))}
    return Message(mark("Variant %(variant)s: the work has only %(known)s."), told)


def _wrong_sum(line: Line) -> Message | None:
    if line.primary is None or line.primary == line.points:
        return None
    told = {"sum": line.points, "primary": line.primary}
    return Message(mark("The items add to %(sum)s, and the primary score is %(primary)s."), told)


def _wrong_mark(line: Line, work: Specification) -> Message | None:
    right = work.mark_of(line.points)
    if line.mark is None or right is None or line.mark == right:
        return None
    told = {"mark": line.mark, "primary": line.points, "right": right}
    return Message(mark("Mark %(mark)s for %(primary)s points: by the cut scores it is %(right)s."), told)


class SeenKeys:
    """Which participants have been seen: sorted runs of 8-byte keys, merged as they grow.

    Five million keys take 40 MB and no Python object each.
    """

    def __init__(self) -> None:
        self._runs: list[Ints] = []

    def doubled(self, keys: Ints) -> Bools:
        """Return which of `keys` were seen before, in an earlier call or earlier in this one; keep them."""
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        again = np.zeros(len(keys), dtype=bool)
        again[order[1:][ranked[1:] == ranked[:-1]]] = True
        for run in self._runs:
            place = np.searchsorted(run, keys)
            again |= run[np.minimum(place, len(run) - 1)] == keys
        if len(keys):
            self._add(np.unique(ranked))
        return again

    def _add(self, run: Ints) -> None:
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.concatenate((self._runs.pop(), run))
            run.sort(kind="stable")  # two runs are merged in place; a key that stands twice does no harm
        self._runs.append(run)
