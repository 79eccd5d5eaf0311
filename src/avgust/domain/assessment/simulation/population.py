"""Pupils in classes in schools answer the items of a work. The same seed gives the same results.

Ability of a pupil = effect of the school + effect of the class + own, in units of the standard deviation of
pupils within classes. Answers follow the generalised partial credit model of the profile. A school may lift
pupils who miss a mark by a point: what signs of non-objectivity look for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Bytes, Floats, Ints
from avgust.domain.assessment.simulation.profiles import Profile
from avgust.domain.assessment.works import NOT_ATTEMPTED, Line, School

SCHOOL_SD: Final = 0.35
CLASS_SD: Final = 0.25
LEFT_OUT: Final = 0.25  # of the answers worth 0, those that are left out
ABSENT: Final = 0.06
LETTERS: Final = "АБВГДЕЖЗИК"


@dataclass(frozen=True)
class SchoolPlan:
    """A school: pupils by class, what is known to be true of it.

    `effect` is added to the school's own random effect. `lifted`: the share of pupils one point below a mark
    who get that point. `generous`: the share of marks of the journal that are one above the work's.
    """

    school: School
    classes: tuple[int, ...]
    effect: float = 0.0
    lifted: float = 0.0
    generous: float = 0.1


@dataclass(frozen=True)
class Plan:
    """A year of a work: schools, the shift of the whole year, shifts of skills in logits."""

    schools: tuple[SchoolPlan, ...]
    shift: float = 0.0
    skills: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Truth:
    """What statistics should find of a school."""

    school: School
    effect: float  # of the school, without its classes
    lifted: float
    pupils: int


def simulate(profile: Profile, plan: Plan, seed: Sequence[int]) -> Iterator[tuple[Truth, list[Line]]]:
    """Yield each school with its lines, one held at a time; its draws do not depend on other schools."""
    for place, school in enumerate(plan.schools):
        chance = np.random.default_rng([*seed, place])
        own = school.effect + float(chance.normal(0, SCHOOL_SD))
        lines: list[Line] = []
        for number, size in enumerate(school.classes):
            level = plan.shift + own + float(chance.normal(0, CLASS_SD))
            scores = answers(profile, level + chance.normal(0, 1, size), plan.skills, chance)
            _lift(profile, scores, school.lifted, chance)
            lines += _lines(profile, school, number, scores, chance)
        yield Truth(school.school, own, school.lifted, sum(not line.absent for line in lines)), lines


def answers(
    profile: Profile, abilities: Floats, skills: Mapping[str, float], chance: np.random.Generator
) -> Bytes:
    """Return scores (pupils × items), NOT_ATTEMPTED for a part of the answers worth 0."""
    scores = np.empty((len(abilities), len(profile.items)), dtype=np.int8)
    for place, one in enumerate(profile.items):
        shift = skills.get(one.item.skill, 0.0)
        logits = one.slope * (abilities[:, None] + shift - np.array(one.steps)[None, :])
        weights = np.exp(np.concatenate([np.zeros((len(abilities), 1)), logits.cumsum(axis=1)], axis=1))
        shares = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
        scores[:, place] = (chance.random((len(abilities), 1)) > shares).sum(axis=1)
    left = (scores == 0) & (chance.random(scores.shape) < LEFT_OUT)
    scores[left] = NOT_ATTEMPTED
    return scores


def _lift(profile: Profile, scores: Bytes, share: float, chance: np.random.Generator) -> None:
    """Give the missing point to a share of those who are one below a mark."""
    if not share:
        return
    maxima = np.array([one.item.maximum for one in profile.items])
    below = np.isin(np.maximum(scores, 0).sum(axis=1), [least - 1 for least in profile.cuts.values()])
    for pupil in np.flatnonzero(below & (chance.random(len(scores)) < share)):
        open_items = np.flatnonzero(np.maximum(scores[pupil], 0) < maxima)
        item = chance.choice(open_items)
        scores[pupil, item] = max(int(scores[pupil, item]), 0) + 1


def _lines(
    profile: Profile, school: SchoolPlan, number: int, scores: Bytes, chance: np.random.Generator
) -> Iterator[Line]:
    group = f"{profile.grade}{LETTERS[number % len(LETTERS)]}"
    absent = chance.random(len(scores)) < ABSENT
    journal = _journal(len(scores), chance, school.generous)
    specification = profile.specification
    for place, row in enumerate(scores.tolist()):
        pupil = f"{profile.grade}{number + 1}{place + 1:03}"
        variant = str(1 + place % 2)
        points = sum(score for score in row if score > 0)
        mark = specification.mark_of(points) or 2
        said = int(np.clip(mark + journal[place], 2, 5))
        if absent[place]:
            yield Line("", 0, school.school, pupil, group, variant, journal=said, absent=True)
        else:
            yield Line("", 0, school.school, pupil, group, variant, tuple(row), points, mark, said)


def _journal(count: int, chance: np.random.Generator, generous: float) -> Ints:
    """Return how far the mark of the journal is from that of the work: mostly nothing."""
    draw = chance.random(count)
    return np.where(draw < generous, 1, np.where(draw > 0.94, -1, 0))
