"""Pictures: valid SVG without styles on a page, inside their frame, with a sentence and a table each."""

import re
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.charts.caterpillar import caterpillar
from avgust.domain.assessment.interpretation.charts.curve import item_curve
from avgust.domain.assessment.interpretation.charts.funnel import funnel
from avgust.domain.assessment.interpretation.charts.histogram import histogram, peaks
from avgust.domain.assessment.interpretation.charts.marks import mark_bars
from avgust.domain.assessment.interpretation.charts.wright import wright_map
from avgust.domain.assessment.interpretation.passport.read import read_passport
from avgust.domain.assessment.interpretation.results import group_table
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.school import marks_in
from avgust.domain.assessment.interpretation.schools import distribution_of
from avgust.domain.assessment.interpretation.territory import ScoreHistogram, histogram_of
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn, made
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.numbers import number
from avgust.domain.messages import Message

RULES = Rules.on(date(2026, 5, 1))
LANGUAGES = ("ru", "en")


def charts():
    results, _theta = drawn(n=400, schools=15, seed=8)
    table = group_table(results, results.schools)
    found = distribution_of(table, RULES.comparison)
    passport = read_passport(results, RULES)
    marks = marks_in(table.together())
    tiny = group_table(one := made([[0] * 5, [1, 1, 2, 2, 1]], ["А", "Б"]), one.schools)
    yield from (
        caterpillar(found, "Школа 03", ["Школа 04"], named=False),
        caterpillar(found),
        caterpillar(distribution_of(tiny, RULES.comparison)),
        funnel(found, "Школа 03", named=False),
        funnel(found),
        funnel(distribution_of(tiny, RULES.comparison)),
        histogram(histogram_of(results.totals, WORK)),
        histogram(ScoreHistogram(np.zeros(8, dtype=np.intp), ())),
        wright_map(passport.scale),
        item_curve(passport.curves[0], passport.items[0]),
        mark_bars([(Message("A"), marks), (Message("B"), marks)], 1.96),
    )


@pytest.fixture(scope="module", params=range(11))
def chart(request):
    return list(charts())[request.param]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_may_show_it_under_a_strict_policy(chart, language):
    svg = chart.page_svg(language)
    assert "style" not in svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert chart.reading.render(language) in root.get("aria-label")
    assert "nan" not in svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_painted_outside(chart, language):
    root = ElementTree.fromstring(chart.page_svg(language))
    for shape in root.iter():
        for key in ("x", "x1", "x2", "cx"):
            value = shape.get(key, "0%")
            if value.endswith("%"):
                assert -0.5 <= float(value[:-1]) <= 100.5
        for key in ("y", "y1", "y2", "cy"):
            assert -1 <= float(shape.get(key, 0)) <= chart.height + 1


def test_paper_has_the_style_and_every_class_is_in_it(chart):
    svg = chart.paper_svg("ru")
    ElementTree.fromstring(svg)
    used = {one for found in re.findall(r'class="([^"]*)"', svg) for one in found.split()}
    style = svg[svg.index("<style>") : svg.index("</style>")]
    assert not {one for one in used if f".{one}{{" not in style}


def test_it_has_a_sentence_and_a_table(chart):
    assert chart.reading.render("ru").endswith(".")
    assert all(len(row) == len(chart.table.heads) for row in chart.table.rows)
    assert re.search("[а-яё]", chart.title.render("ru"))


def test_a_picture_of_600_schools_is_small_enough_for_a_page():
    results, _theta = drawn(n=12_000, schools=600, seed=2)
    found = distribution_of(group_table(results, results.schools), RULES.comparison)
    assert len(caterpillar(found).page_svg("ru")) < 150_000


@pytest.mark.parametrize(
    ("counts", "standing"),
    [
        ([10, 10, 10, 10, 10], []),
        ([10, 12, 40, 11, 10], [2]),
        ([0, 1, 4, 1, 0], []),  # a handful
        ([50, 2, 60, 50, 50], [2]),
    ],
)
def test_bars_that_stand_out_at_a_boundary(counts, standing):
    assert peaks(ScoreHistogram(np.array(counts), (2,))) == standing


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (1234.56, "ru", "1\u00a0234,6"),
        (1234.56, "en", "1,234.6"),
        (-0.34, "ru", "−0,3"),
        (-0.04, "ru", "0,0"),
        (float("nan"), "ru", "нет данных"),
    ],
)
def test_numbers_as_a_language_prints_them(value, language, expected):
    assert number(value).render(language) == expected


def test_a_sign_is_printed_where_it_matters():
    assert [number(v, sign=True).render("ru") for v in (0.3, -0.3, 0.0)] == ["+0,3", "−0,3", "0,0"]


def test_words_cannot_become_markup():
    canvas = Canvas(10)
    canvas.text(0, 0, "<script>&")
    assert ElementTree.fromstring(canvas.svg('"<b>')).find("text").text == "<script>&"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3.3, 4.1), (7, 7), (0, 12345)])
def test_ticks_are_few_and_inside(low, high):
    ticks = Scale(low, high, 0, 100).ticks(6)
    assert 1 <= len(ticks) <= 6
    assert all(low <= tick <= max(high, low + 1) for tick in ticks)
