from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from avgust.domain.assessment.simulation import PROFILES, Plan, SchoolPlan, simulate
from avgust.domain.assessment.simulation.population import answers
from avgust.domain.assessment.works import School
from avgust.domain.assessment.works.checks import fault_of
from avgust.domain.assessment.works.specification import faults_of


def plan(count: int = 3, **said) -> Plan:
    schools = (
        SchoolPlan(School(f"edu{n:06}", f"Школа {n}", "Округ"), (25, 20), **said) for n in range(count)
    )
    return Plan(tuple(schools))


@pytest.mark.parametrize("name", PROFILES)
def test_profile_is_a_sound_work(name):
    work = PROFILES[name].specification
    assert faults_of(work.items, work.cuts) == []


@pytest.mark.parametrize("name", PROFILES)
def test_lines_pass_every_check(name):
    profile = PROFILES[name]
    lines = list(chain.from_iterable(lines for _, lines in simulate(profile, plan(lifted=0.5), [1])))
    assert len(lines) == 135
    assert [fault_of(line, profile.specification) for line in lines] == [None] * 135
    assert len({(line.school, line.pupil) for line in lines}) == 135


def test_same_seed_same_results_and_a_school_does_not_depend_on_others():
    ru4 = PROFILES["ru4"]
    one, other = list(simulate(ru4, plan(), [7])), list(simulate(ru4, plan(2), [7]))
    assert one[:2] == other
    assert list(simulate(ru4, plan(2), [8])) != other


@pytest.mark.parametrize("name", PROFILES)
def test_mean_shares_lie_where_check_works_have_them(name):
    profile = PROFILES[name]
    scores = np.maximum(
        answers(profile, np.random.default_rng(1).normal(0, 1, 4000), {}, np.random.default_rng(2)), 0
    )
    shares = scores.mean(axis=0) / [one.item.maximum for one in profile.items]
    assert (shares > 0.15).all()
    assert (shares < 0.95).all()
    total = scores.sum(axis=1)
    alpha = len(shares) / (len(shares) - 1) * (1 - scores.var(axis=0).sum() / total.var())
    assert 0.65 < alpha < 0.92
    marks = [profile.specification.mark_of(int(one)) for one in total]
    assert all(0.02 < marks.count(mark) / len(marks) < 0.6 for mark in (2, 3, 4, 5))


def test_truth_is_found_again():
    ru4 = PROFILES["ru4"]
    schools = [
        SchoolPlan(School(f"edu{n:06}"), (60, 60, 60), effect=effect)
        for n, effect in enumerate((-1.0, 0, 1.0))
    ]
    means = [
        np.mean([line.points for line in lines if not line.absent])
        for _, lines in simulate(ru4, Plan(tuple(schools)), [3])
    ]
    assert means[0] < means[1] < means[2]


def test_lifted_pupils_are_missing_below_the_marks():
    ru4 = PROFILES["ru4"]
    ((_, lines),) = simulate(ru4, Plan((SchoolPlan(School("edu1"), (400,), lifted=1.0),)), [4])
    below = [line for line in lines if not line.absent and line.points + 1 in ru4.cuts.values()]
    assert below == []


def test_a_shifted_skill_falls_and_others_do_not():
    ru4 = PROFILES["ru4"]
    skill = ru4.items[-4].item.skill
    abilities = np.random.default_rng(1).normal(0, 1, 3000)
    one = np.maximum(answers(ru4, abilities, {}, np.random.default_rng(2)), 0).mean(axis=0)
    other = np.maximum(answers(ru4, abilities, {skill: -1.5}, np.random.default_rng(2)), 0).mean(axis=0)
    touched = np.array([item.item.skill == skill for item in ru4.items])
    assert (one[touched] - other[touched] > 0.1).all()
    assert np.allclose(one[~touched], other[~touched], atol=0.01)
