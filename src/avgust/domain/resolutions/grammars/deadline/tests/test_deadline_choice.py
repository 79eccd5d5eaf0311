"""Which of several statements wins, what is kept with it, and what is said about certainty."""

from datetime import date

import pytest

from avgust.domain.periods import Period
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline import (
    Anchor,
    deadline_of_clause,
    deadline_of_line,
    find_deadlines,
)
from avgust.domain.resolutions.model import DeadlineKind, Span

ANCHOR = Anchor(date(2021, 8, 27), Period.school_year(2021))


def whole(text):
    return Fragment.of(text, Span(0, len(text)))


CLAUSES = [
    (
        "last day over a stretch",
        "В течение 2022 года, но не позднее 1 ноября 2022 года, создать центр",
        "date ..2022-11-01",
    ),
    (
        "last day over a permanent duty",
        "Постоянно вести учёт и до 1 октября 2021 г. сдать отчёт",
        "date ..2021-10-01",
    ),
    (
        "caption over another last day",
        "Устранить до 1 июля 2022 года замечания (срок – до 1 июня 2022 года)",
        "date ..2022-06-01",
    ),
    (
        "caption over a last day, month",
        "Сдать до 1 мая 2022 года сведения. Срок: март 2022 года",
        "interval 2022-03-01..2022-03-31",
    ),
    (
        "rhythm over a stretch",
        "Проводить ежемесячно уроки в рамках недели, которая пройдёт в октябре 2021 года",
        "recurring every P1M",
    ),
    (
        "stretch over a condition",
        "По мере необходимости в 2022 году обновлять реестр",
        "interval 2022-01-01..2022-12-31",
    ),
    (
        "first of two stretches",
        "Провести в октябре 2021 года отбор, в ноябре 2021 года финал",
        "interval 2021-10-01..2021-10-31",
    ),
    (
        "term over an open start",
        "С 1 сентября 2021 года в течение 10 дней издать приказы",
        "relative in P10D",
    ),
    ("past stretch is content", "Распространить практику, начатую в 2020 году", "none"),
    ("past last day stays", "Сдать до 1 июля 2021 года отчёты", "date ..2021-07-01"),
    (
        "two last days",
        "До 1 октября 2021 года собрать, до 1 ноября 2021 года обобщить заявки",
        "date ..2021-10-01 then date ..2021-11-01",
    ),
    (
        "title with a period",
        "Утвердить до 1 декабря 2021 года программу «Новая школа на 2022-2025 годы»",
        "date ..2021-12-01",
    ),
    (
        "nested title",
        "Обсудить проект «Лето «Старт» до 1 июня 2022 года» до 1 мая 2022 года",
        "date ..2022-05-01",
    ),
    ("straight quotes", 'Реализовать проект "Школа до 2024 года" к 1 марта 2022 года', "date ..2022-03-01"),
    (
        "unclosed title hides nothing",
        "Реализовать проект «Мост и сдать отчёт до 1 марта 2022 года",
        "date ..2022-03-01",
    ),
    (
        "interval then last day of the list",
        "С 1 по 10 октября 2021 года провести опрос, до 20 октября 2021 года сдать итоги",
        "date ..2021-10-20",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CLAUSES], ids=[row[0] for row in CLAUSES])
def test_choice_among_statements_of_a_clause(text, expected, read):
    assert read(text) == expected


def test_text_is_as_printed_over_line_breaks():
    source = "1.1. Сдать отчёт не  позднее\n1 октября\u00a02021 года."
    fragment = Fragment.of(source, Span(5, len(source) - 1))
    deadline = deadline_of_clause(fragment, ANCHOR)
    assert deadline.text == "не позднее 1 октября 2021 года"
    assert deadline.span.of(source) == "не  позднее\n1 октября\u00a02021 года"


def test_compound_covers_both_parts_and_each_points_at_its_words():
    text = "до 15.10.2021, далее ежегодно до 31 декабря"
    deadline = deadline_of_line(whole(text), ANCHOR)
    assert deadline.text == text
    assert deadline.then.span.of(text) == deadline.then.text == "ежегодно до 31 декабря"


@pytest.mark.parametrize(
    ("text", "rule", "inferred"),
    [
        ("до 1 октября 2021 года", "deadline.date.by", ()),
        ("до 01.10.21", "deadline.date.by", ("century",)),
        ("до 1 октября", "deadline.date.by", ("year",)),
        ("до ноября 2021 года", "deadline.month.by", ("day",)),
        ("к 2024 году", "deadline.year.by", ("month", "day")),
        ("в течение 2022 года", "deadline.year", ()),
        ("постоянно", "deadline.permanent", ()),
        ("ежегодно до 1 мая", "deadline.recurring.adverb", ()),
    ],
)
def test_rule_is_named_and_what_was_not_printed_is_marked(text, rule, inferred):
    deadline = deadline_of_line(whole(text), ANCHOR)
    assert (deadline.rule, deadline.inferred) == (rule, inferred)


def test_inferred_year_is_less_certain_than_a_printed_one():
    sure = deadline_of_line(whole("до 1 октября 2021 года"), ANCHOR)
    guessed = deadline_of_line(whole("до 1 октября"), ANCHOR)
    unknown = deadline_of_line(whole("до 1 октября"), Anchor())
    assert sure.confidence > guessed.confidence > unknown.confidence


@pytest.mark.parametrize("text", ["до 31.02.2021", "31.02.2021", "до 30 февраля 2022 года", "до 31 ноября"])
def test_impossible_day_is_a_doubtful_deadline_without_an_end(text):
    deadline = deadline_of_line(whole(text), ANCHOR)
    assert deadline.kind is DeadlineKind.DATE
    assert deadline.end is None
    assert deadline.confidence <= 0.2
    assert deadline.text == text


def test_all_candidates_are_listed_in_order_with_their_places():
    text = "В октябре 2021 года провести опрос, до 1 декабря 2021 года сдать отчёт, далее ежегодно"
    found = find_deadlines(whole(text), ANCHOR)
    assert [d.kind for d in found] == [DeadlineKind.INTERVAL, DeadlineKind.DATE, DeadlineKind.RECURRING]
    assert all(d.span.of(text) == d.text for d in found)


def test_silent_clause_says_nothing():
    deadline = deadline_of_clause(whole("Обеспечить информационную открытость"), ANCHOR)
    assert (deadline.kind, deadline.text, deadline.span) == (DeadlineKind.NONE, None, None)
    assert find_deadlines(whole("Обеспечить информационную открытость"), ANCHOR) == ()


def test_compound_of_a_long_list_stays_short():
    deadline = deadline_of_line(whole("сентябрь, декабрь, март, " * 200), ANCHOR)
    length = 0
    while deadline is not None:
        length, deadline = length + 1, deadline.then
    assert 2 <= length <= 12
