"""Schools, territories, support, recommendations."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.added import value_added
from avgust.domain.assessment.interpretation.clusters import members, named_cluster
from avgust.domain.assessment.interpretation.editing import Edit, edited
from avgust.domain.assessment.interpretation.recommendations import QUIET, advise
from avgust.domain.assessment.interpretation.results import group_table
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.school import Territory, read_school
from avgust.domain.assessment.interpretation.schools import (
    Verdict,
    distribution_of,
)
from avgust.domain.assessment.interpretation.telling.school import tell_school
from avgust.domain.assessment.interpretation.telling.territory import tell_territory
from avgust.domain.assessment.interpretation.territory import (
    Low,
    Need,
    histogram_of,
    read_territory,
    schools_to_support,
    skill_deficits,
)
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn, made
from avgust.domain.assessment.interpretation.trend import Year, trend_of
from avgust.domain.assessment.interpretation.uses import Purpose, require_use
from avgust.domain.assessment.interpretation.work import Item, Level, Work
from avgust.domain.assessment.status import Status
from avgust.domain.reporting.story.record import story_record

DAY = date(2026, 5, 1)
RULES = Rules.on(DAY)
SUPPORT = require_use("vpr", Purpose.SUPPORT_SCHOOLS, DAY)


def territory_of(results, clusters=None):
    table = group_table(results, results.schools)
    return Territory(table, table.together(), distribution_of(table, RULES.comparison), clusters or {})


def reading_of(results, name, **more):
    own = results.only(results.schools.members(name))
    classes = group_table(own, own.classes)
    return read_school(territory_of(results, **more), name, classes, RULES)


def test_intervals_cover_the_true_means_of_schools():
    rng = np.random.default_rng(7)
    covered = 0
    for seed in range(10):
        results, _theta = drawn(n=800, schools=20, seed=seed)
        found = distribution_of(group_table(results, results.schools), RULES.comparison)
        # A school drawn anew from the same pupils: its expected mean is the mean of the model's school.
        point = found.points[int(rng.integers(20))]
        big, _ = drawn(n=10_000, schools=20, seed=seed)
        truth = distribution_of(group_table(big, big.schools), RULES.comparison).point(point.name).mean
        covered += point.low <= truth <= point.high
    assert covered >= 8


def test_the_distribution_does_not_depend_on_the_order_of_pupils():
    results, _theta = drawn(n=300, seed=5)
    order = np.random.default_rng(0).permutation(300)
    names = [results.schools.names[results.schools.codes[place]] for place in order]
    other = made(results.scores[order], names)
    one = distribution_of(group_table(results, results.schools), RULES.comparison)
    two = distribution_of(group_table(other, other.schools), RULES.comparison)
    assert one.mean == pytest.approx(two.mean)
    assert [p.low for p in one.points] == pytest.approx([p.low for p in two.points])


def test_two_schools_have_means_and_no_model():
    results, _theta = drawn(n=60, schools=2, seed=1)
    found = distribution_of(group_table(results, results.schools), RULES.comparison)
    assert np.isnan(found.between)
    assert all(p.low < p.mean < p.high for p in found.points)


def test_a_handful_of_pupils_is_not_compared():
    results, _theta = drawn(n=300, seed=5)
    scores = [*results.scores.tolist(), *[[0, 0, 0, 0, 0]] * 4]
    names = [results.schools.names[code] for code in results.schools.codes] + ["Малая"] * 4
    found = distribution_of(group_table(one := made(scores, names), one.schools), RULES.comparison)
    assert found.point("Малая").verdict is Verdict.TOO_FEW


def test_comparable_schools_are_of_the_same_cluster_and_enough():
    names = [f"s{k}" for k in range(8)]
    village, town = named_cluster("село"), named_cluster("город")
    clusters = dict.fromkeys(names[:6], village) | {"s6": town, "s7": town}
    assert members(names, clusters, "s0", 5) == ([1, 2, 3, 4, 5], village[0])
    assert members(names, clusters, "s6", 5) == ([], None)
    assert members(names, {}, "s0", 5) == ([], None)


def test_value_added_finds_who_adds_and_not_who_was_given_strong_pupils():
    rng = np.random.default_rng(2)
    schools = np.repeat(np.arange(20), 40)
    intake = np.repeat(rng.normal(0, 2, 20), 40)
    earlier = intake + rng.normal(0, 1, 800)
    middling = int(np.abs(intake[::40]).argmin())
    adds = np.where(schools == middling, 2.0, 0.0)
    outcome = 10 + earlier + adds + rng.normal(0, 1, 800)
    names = [f"s{k}" for k in range(20)]
    found = value_added(outcome, earlier, schools, names, RULES.comparison, 10)
    best = max(found.schools, key=lambda one: one.effect)
    assert best.name == f"s{middling}"
    assert best.verdict is Verdict.ABOVE
    assert best.low > 1
    raw = np.bincount(schools, weights=outcome)
    assert (
        raw.argmax() == np.bincount(schools, weights=earlier).argmax() != middling
    )  # who was given strong pupils
    assert found.slope == pytest.approx(1.0, abs=0.1)
    missing = value_added(
        outcome, np.where(schools == 5, np.nan, earlier), schools, names, RULES.comparison, 10
    )
    assert missing.of("s5") is None
    two = schools < 2
    few = value_added(outcome[two], earlier[two], schools[two], names[:2], RULES.comparison, 10)
    assert few.status is Status.TOO_FEW
    assert {one.verdict for one in few.schools} == {Verdict.TOO_FEW}


def year(label, lowest, work=WORK):
    """A school of 20 pupils, `lowest` of them with nothing, the others with everything."""
    full = [item.maximum for item in work.items]
    results = made([[0] * len(full)] * lowest + [full] * (20 - lowest), work=work)
    table = group_table(results, results.schools)
    return Year(label, table, table)


@pytest.mark.parametrize(
    ("lowest", "worsened"),
    [([2, 4], True), ([2, 3], False), ([4, 2], False), ([2, 2, 4], True), ([2, 4, 4], False)],
)
def test_growth_of_the_lowest_mark_by_ten_points_is_a_worsening(lowest, worsened):
    years = [year(str(2024 + place), count) for place, count in enumerate(lowest)]
    assert trend_of(years, RULES).worsened is worsened


def test_years_that_asked_other_things_are_not_compared():
    other = Work("Иная", (Item("1", 3, Level.BASIC, ("Иное",), ("Иное",)),), cuts=(1, 2, 3))
    trend = trend_of([year("2024", 2, other), year("2025", 10)], RULES)
    assert [point.comparable for point in trend.points] == [False, True]
    assert not trend.worsened


LOW = {"a": 0.5, "b": 0.29, "c": 0.3}
SIZES = {"a": 20, "b": 20, "c": 20}


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([Low("РУ", 2026, LOW, SIZES)], []),
        (
            [Low("РУ", 2026, LOW, SIZES), Low("МА", 2026, {"a": 0.4}, {"a": 12})],
            [("a", (Need.SEVERAL,))],
        ),
        (
            [Low("РУ", 2026, LOW, SIZES), Low("РУ", 2025, {"c": 0.3, "b": 0.9}, SIZES)],
            [("c", (Need.REPEATED,))],
        ),
        ([Low("РУ", 2026, LOW, SIZES), Low("МА", 2025, LOW, SIZES)], []),
        ([Low("РУ", 2026, LOW, SIZES), Low("РУ", 2024, LOW, SIZES)], []),
        ([Low("РУ", 2026, LOW, SIZES), Low("МА", 2026, {"a": 0.4}, {"a": 9})], []),  # nine pupils say nothing
    ],
)
def test_schools_to_support_by_both_grounds(results, expected):
    cases = schools_to_support(results, 2026, RULES.support, 10, SUPPORT)
    assert [(case.name, case.needs) for case in cases] == expected


def test_a_skill_that_schools_lack_comes_first(region):
    results, _theta = drawn(n=1200, schools=12, seed=4, lag=(2.0, list(range(8)), {0, 1}))
    skills = skill_deficits(group_table(results, results.schools), None, RULES)
    assert skills[0].topic.topic.name == "Считать"
    assert sum(skills[0].schools.values()) == 12
    assert len(skills[0].in_deficit) == skills[0].schools[Band.DEFICIT]
    assert region


def test_a_head_is_told_of_the_school_and_of_no_other(region):
    results, _theta = region
    clusters = dict.fromkeys(results.schools.names, named_cluster("город"))
    reading = reading_of(results, "Школа 03", clusters=clusters)
    story = tell_school(reading, edited(advise(reading, DAY), {}), RULES)
    told = str(story_record(story, "ru"))
    assert "Школа 03" in told
    assert not [name for name in results.schools.names if name != "Школа 03" and name in told]


def test_an_authority_sees_schools_in_alphabetical_order_without_places(region):
    results, _theta = region
    table = group_table(results, results.schools)
    found = distribution_of(table, RULES.comparison)
    reading = read_territory("Область", table, None, found, histogram_of(results.totals, WORK), RULES)
    story = tell_territory(reading, RULES)
    rows = story.sections[0].charts[0].table.rows
    names = [row[0] for row in rows[:-1]]
    assert names == sorted(names)
    assert reading.count(Verdict.BELOW) + reading.count(Verdict.AS) + reading.count(Verdict.ABOVE) == 12


def test_advice_follows_from_figures_and_edits_are_kept(region):
    results, _theta = region
    reading = reading_of(results, "Школа 03")
    calm = replace(reading, skills=(), journal=None, point=replace(reading.point, verdict=Verdict.AS))
    quiet = advise(calm, DAY)
    assert [one.rule for one in quiet] == [QUIET.rule]
    low = replace(calm, point=replace(reading.point, verdict=Verdict.BELOW))
    advice = advise(low, DAY)
    assert [one.rule.code for one in advice] == ["advice.below"]
    by = {"by": "методист", "on": DAY}
    mended = edited(advice, {"advice.below": Edit("advice.below", "Наши слова.", **by)})
    assert [(one.text, one.advice) for one in mended] == [("Наши слова.", advice[0])]
    assert edited(advice, {"advice.below": Edit("advice.below", None, **by)}) == []
    added = edited(advice, {"own.1": Edit("own.1", "Своё.", **by)})
    assert [one.text for one in added][1:] == ["Своё."]
    # An edit of a rule that no longer applies is no sentence of its own.
    assert len(edited(quiet, {"advice.below": Edit("advice.below", "Старое.", **by)})) == 1


def test_a_rule_is_not_used_before_its_day(region):
    results, _theta = region
    reading = reading_of(results, "Школа 03")
    low = replace(reading, point=replace(reading.point, verdict=Verdict.BELOW))
    assert [one.rule.code for one in advise(low, date(2025, 1, 1))] == ["advice.quiet"]
