"""Comparable schools, value added from means, the change of a year, and readings as bytes."""

from datetime import date

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.added import Way, value_added_by_schools
from avgust.domain.assessment.interpretation.clusters import (
    Profile,
    Sort,
    clusters_of,
    members,
    named_cluster,
    sort_of,
)
from avgust.domain.assessment.interpretation.comparison import compare
from avgust.domain.assessment.interpretation.marks import share_interval
from avgust.domain.assessment.interpretation.passport.model import Passport
from avgust.domain.assessment.interpretation.passport.read import read_passport
from avgust.domain.assessment.interpretation.results import group_table
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.schools import Verdict, distribution_of
from avgust.domain.assessment.interpretation.storing import (
    arrays_of,
    from_json,
    packed,
    table_of,
    to_json,
    unpacked,
)
from avgust.domain.assessment.interpretation.telling.passport import tell_passport
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn, made
from avgust.domain.assessment.interpretation.trend import Year, trend_of
from avgust.domain.reporting.story.record import story_record

RULES = Rules.on(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("МБОУ «Заречная средняя общеобразовательная школа»", Sort.SECONDARY),
        ("МБОУ «Школа № 3»", Sort.SECONDARY),
        ("МБОУ «Овражная основная общеобразовательная школа»", Sort.BASIC),
        ("Полевская ООШ", Sort.BASIC),
        ("МКОУ «Начальная школа № 2»", Sort.PRIMARY),
        ("МАОУ «Гимназия № 5»", Sort.ADVANCED),
        ("МБОУ «СОШ № 9 с углублённым изучением английского языка»", Sort.ADVANCED),
        ("МБОУ «Основная общеобразовательная школа-интернат»", Sort.SPECIAL),
        ("Вечерняя (сменная) средняя школа", Sort.EVENING),
    ],
)
def test_the_official_name_says_the_sort_of_a_school(name, sort):
    assert sort_of(name) is sort


@pytest.mark.parametrize(
    ("pupils", "band"), [(1, (1, 14)), (14, (1, 14)), (15, (15, 49)), (50, (50, None)), (700, (50, None))]
)
def test_bands_of_size(pupils, band):
    assert RULES.clusters.band(pupils) == band


def test_a_wider_group_is_taken_where_the_narrow_one_is_too_small():
    village = [clusters_of(Profile(Sort.SECONDARY, "rural", 20), RULES.clusters)] * 3
    small = [clusters_of(Profile(Sort.BASIC, "rural", 20), RULES.clusters)] * 3
    town = [clusters_of(Profile(Sort.SECONDARY, "urban", 70), RULES.clusters)] * 2
    names = [f"s{place}" for place in range(8)]
    clusters = dict(zip(names, [*village, *small, *town], strict=True))
    places, cluster = members(names, clusters, "s0", 2)
    assert places == [1, 2]
    places, cluster = members(names, clusters, "s0", 5)
    assert places == [1, 2, 3, 4, 5]
    assert cluster is not None
    assert cluster.told.render("ru") == "школы любого вида в сёлах, от 15 до 49 участников"
    assert members(names, clusters, "s7", 5) == ([], None)


def test_a_school_whose_settlement_is_not_known_is_compared_by_sort_and_size():
    (cluster,) = clusters_of(Profile(Sort.BASIC, "", 9), RULES.clusters)
    assert cluster.told.render("ru") == "основные школы, от 1 до 14 участников"


def test_the_interval_of_the_difference_covers_the_truth_and_is_wider_than_that_of_the_group():
    results, _theta = drawn(n=900, schools=15, seed=8)
    table = group_table(results, results.schools)
    found = distribution_of(table, RULES.comparison)
    clusters = dict.fromkeys(table.names, named_cluster("все"))
    similar = compare(table, found, clusters, "Школа 03", RULES.comparison)
    assert similar is not None
    assert len(similar.names) == 14
    assert "Школа 03" not in similar.names
    assert similar.difference.value == pytest.approx(found.point("Школа 03").mean - similar.mean.value)
    width = similar.difference.high - similar.difference.low
    assert width > similar.mean.high - similar.mean.low
    weak = made(
        [*results.scores.tolist(), *[[0] * 5] * 30],
        [*(results.schools.names[c] for c in results.schools.codes), *["Слабая"] * 30],
    )
    table = group_table(weak, weak.schools)
    clusters = dict.fromkeys(table.names, named_cluster("все"))
    found = distribution_of(table, RULES.comparison)
    similar = compare(table, found, clusters, "Слабая", RULES.comparison)
    assert similar is not None
    assert similar.verdict is Verdict.BELOW


def test_value_added_from_means_finds_the_school_that_adds():
    rng = np.random.default_rng(5)
    intake = rng.normal(0, 1, 30)
    scores, names = [], []
    for school in range(30):
        theta = intake[school] + (1.5 if school == 7 else 0.0) + rng.normal(0, 1, 40)
        hard = np.array([-0.7, -0.7, -0.2, 0.4, 0.8])
        chance = 1 / (1 + np.exp(hard - theta[:, None]))
        scores += rng.binomial([1, 1, 2, 2, 1], chance).tolist()
        names += [f"Школа {school:02d}"] * 40
    table = group_table(results := made(scores, names), results.schools)
    earlier = {f"Школа {school:02d}": float(intake[school]) for school in range(29)}
    found = value_added_by_schools(table, earlier, RULES.comparison, 10, "Работа год назад")
    assert found is not None
    assert found.way is Way.SCHOOLS
    assert max(found.schools, key=lambda one: one.effect).name == "Школа 07"
    assert found.of("Школа 07").verdict is Verdict.ABOVE
    assert found.of("Школа 29") is None  # nobody knows what its pupils brought
    assert found.slope > 0
    assert from_json(type(found), to_json(found)) == found
    nine = dict(list(earlier.items())[:9])
    assert value_added_by_schools(table, nine, RULES.comparison, 10) is None


def year(label, share, n=40):
    """A school of n pupils with a share of them having all points, and a territory of one half."""
    full = [item.maximum for item in WORK.items]
    good = round(n * share)
    own = made([full] * good + [[0] * 5] * (n - good))
    whole = made([full] * 500 + [[0] * 5] * 500)
    return Year(label, group_table(own, own.schools), group_table(whole, whole.schools))


@pytest.mark.parametrize(
    ("shares", "n", "sign"),
    [((0.2, 0.8), 40, 1), ((0.8, 0.2), 40, -1), ((0.5, 0.55), 40, 0), ((0.2, 0.9), 9, None)],
)
def test_the_change_of_a_year_has_an_interval_or_no_figure(shares, n, sign):
    trend = trend_of([year("2024/25", shares[0], n), year("2025/26", shares[1], n)], RULES)
    if sign is None:
        assert trend.few
        assert trend.change is None
        return
    assert trend.change is not None
    assert sign == (trend.change.low > 0) - (trend.change.high < 0)


def test_wilsons_interval():
    found = share_interval(4, 10, 1.959963984540054)
    assert (found.low, found.high) == (pytest.approx(0.1682, abs=1e-4), pytest.approx(0.6873, abs=1e-4))
    nobody = share_interval(0, 30, 1.96)
    assert nobody.low == 0
    assert 0 < nobody.high < 0.15


def test_a_passport_that_was_kept_tells_the_same():
    results, _theta = drawn(n=400, seed=3)
    passport = read_passport(results, RULES)
    again = from_json(Passport, to_json(passport))
    told = [story_record(tell_passport(one, RULES), "ru", pictures=True) for one in (passport, again)]
    assert told[0] == told[1]
    assert passport.scale is not None
    assert passport.scale.n == sum(np.isfinite(passport.scale.abilities) * passport.scale.counts)


def test_sums_that_were_kept_are_the_same():
    results, _theta = drawn(n=200, seed=3)
    table = group_table(results, results.schools)
    again = table_of(WORK, unpacked(packed(**arrays_of(table))))
    assert again.names == table.names
    for name in ("items", "topics", "total"):
        assert np.array_equal(getattr(again, name).squares, getattr(table, name).squares)
    assert np.array_equal(again.journal, table.journal)


def test_every_rule_has_its_sentence_for_the_editor_and_no_other():
    from avgust.domain.assessment.interpretation.editing import STANDARDS
    from avgust.domain.assessment.interpretation.recommendations import QUIET, RULES

    assert list(STANDARDS) == [one.rule.code for one in (*RULES, QUIET)]
