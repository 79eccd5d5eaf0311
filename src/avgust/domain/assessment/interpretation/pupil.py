"""A pupil's result in plain words: what works out, what partly, what does not yet; what to take next.

No threshold is laid on one pupil: an element worked out when all its points were got. Next comes what pupils
of the same primary score manage most often, as the nearest within reach. For the pupil and the parents; no
comparison with classmates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.interpretation.norms import Norms
from avgust.domain.assessment.interpretation.results import Results
from avgust.domain.assessment.interpretation.work import Item, Kind, Level, Topic
from avgust.domain.assessment.responses import MISSING

NEXT_STEPS: Final = 3
WITHIN_REACH: Final = 0.5  # points that pupils of the same score get of those possible


class Grasp(StrEnum):
    """How a topic went."""

    FULL = "full"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class PupilTopic:
    """A content element or skill: points got, points possible, and what peers of the same score get."""

    topic: Topic
    got: int
    possible: int
    grasp: Grasp
    usual: float  # share of points, nan where it is not known


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to take next; `usual` is the share of points that pupils of the same score get there."""

    topic: Topic
    usual: float
    lost: tuple[Item, ...]


@dataclass(frozen=True)
class PupilReading:
    """The result of one pupil; `left` are points to the next mark, None at the top or without cut scores."""

    pupil: str
    total: int
    maximum: int
    mark: int
    left: int | None
    topics: tuple[PupilTopic, ...]
    steps: tuple[NextStep, ...]

    def by_grasp(self, grasp: Grasp) -> list[PupilTopic]:
        """Return the topics that went so."""
        return [topic for topic in self.topics if topic.grasp is grasp]


def read_pupil(results: Results, place: int, norms: Norms, kind: Kind = Kind.CONTENT) -> PupilReading:
    """Read the row `place` of the results."""
    work, scores, total = results.work, results.scores[place], int(results.totals[place])
    topics = tuple(_topic(scores, total, topic, norms) for topic in work.topics_of(kind))
    above = [cut for cut in work.cuts if cut > total]
    return PupilReading(
        results.pupils[place] if results.pupils else "",
        total,
        work.maximum,
        int(results.marks[place]),
        above[0] - total if above else None,
        topics,
        _next_steps(topics, scores, work.items),
    )


def _topic(scores: np.typing.NDArray[np.int8], total: int, topic: Topic, norms: Norms) -> PupilTopic:
    places = [place for place in topic.items if scores[place] != MISSING]
    if not places:
        return PupilTopic(topic, 0, 0, Grasp.NOT_ASKED, float("nan"))
    got = int(sum(int(scores[place]) for place in places))
    possible = topic.maximum if len(places) == len(topic.items) else 0
    usual = float(norms.mean[total, list(topic.items)].sum()) / topic.maximum
    grasp = Grasp.NOT_YET if got == 0 else Grasp.FULL if possible and got == possible else Grasp.PARTLY
    return PupilTopic(topic, got, possible, grasp, usual)


def _next_steps(
    topics: Sequence[PupilTopic], scores: np.typing.NDArray[np.int8], items: Sequence[Item]
) -> tuple[NextStep, ...]:
    open_topics = [one for one in topics if one.grasp in (Grasp.NOT_YET, Grasp.PARTLY)]
    known = sorted((one for one in open_topics if one.usual >= WITHIN_REACH), key=lambda one: -one.usual)
    # Then, and where nothing is known of others: the basic level first, in the work's order.
    levels = list(Level)
    rest = sorted(
        (one for one in open_topics if one not in known), key=lambda one: levels.index(one.topic.level)
    )
    chosen = [*known, *rest]
    return tuple(
        NextStep(
            one.topic,
            one.usual,
            tuple(items[p] for p in one.topic.items if MISSING < scores[p] < items[p].maximum),
        )
        for one in chosen[:NEXT_STEPS]
    )
