"""What holds for every text: nothing raises, spans point at their words, ends are in order, dates read back."""

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.periods import Period
from avgust.domain.resolutions.fragment import Fragment, single_spaced
from avgust.domain.resolutions.grammars.deadline import (
    Anchor,
    deadline_of_clause,
    deadline_of_heading,
    deadline_of_line,
    find_deadlines,
)
from avgust.domain.resolutions.model import DeadlineKind, Span

MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
PIECES = [
    *(
        "до",
        "к",
        "с",
        "по",
        "в",
        "не позднее",
        "в течение",
        "в срок",
        "за",
        "каждый",
        "и",
        ",",
        "-",
        "–",
        "далее",
    ),
    *(
        "ежегодно",
        "постоянно",
        "раз",
        "2 раза в",
        "год",
        "года",
        "учебного года",
        "квартал",
        "полугодии",
        "месяца",
    ),
    *(
        "1",
        "31",
        "25-го",
        "первого",
        "01.10.2021",
        "31.02.2021",
        "15.09",
        "99.99.9999",
        "2021",
        "2021-2022",
        "21/22",
    ),
    *(*MONTHS, "сентябрь", "декаде", "I", "IV", "III–IV", "числа", "следующего за отчетным", "срок –"),
    *(
        "«",
        "»",
        '"',
        "(",
        ")",
        ".",
        "№",
        "от",
        "со дня",
        "утверждения",
        "дней",
        "трёх",
        "3-месячный срок",
        "İ",
        "ё",
    ),
    *(
        "по мере необходимости",
        "по графику",
        "конца",
        "начала",
        "осень",
        "каникулы",
        "отчёт",
        "\n",
        "\u00ad",
        "\u00a0",
    ),
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ANCHORS = st.builds(
    Anchor,
    st.none() | DAYS,
    st.none() | st.integers(1990, 2090).map(Period.school_year),
    st.none() | st.integers(1990, 2090).map(Period.year),
)
READERS = (deadline_of_clause, deadline_of_line, deadline_of_heading)
bounded = settings(max_examples=400, deadline=None)


def chain(deadline):
    while deadline is not None:
        yield deadline
        deadline = deadline.then


@bounded
@given(TEXTS, ANCHORS)
def test_no_text_raises_and_every_deadline_points_at_its_words(text, anchor):
    source = f"> {text} <"
    fragment = Fragment.of(source, Span(1, len(source) - 1))
    found = [reader(fragment, anchor) for reader in READERS] + list(find_deadlines(fragment, anchor))
    for one in (part for deadline in found for part in chain(deadline)):
        if one.kind is DeadlineKind.NONE:
            assert one.span is None
            continue
        assert single_spaced(one.span.of(source)) == one.text.strip()
        assert one.rule.startswith("deadline.")
        assert 0 < one.confidence <= 1
        if one.start and one.end:
            assert one.start <= one.end


@bounded
@given(TEXTS, ANCHORS)
def test_candidates_are_in_order_and_do_not_overlap(text, anchor):
    spans = [one.span for one in find_deadlines(Fragment.of(text, Span(0, len(text))), anchor)]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@bounded
@given(
    DAYS,
    st.sampled_from(["{d:02}.{m:02}.{y}", "{d} {name} {y} года", "{d}.{m:02}.{y} г.", "{y}-{m:02}-{d:02}"]),
)
def test_every_printed_day_reads_back(day, form):
    printed = form.format(d=day.day, m=day.month, y=day.year, name=MONTHS[day.month - 1])
    for prefix in ("до ", "не позднее ", "к ", ""):
        text = prefix + printed
        deadline = deadline_of_line(Fragment.of(text, Span(0, len(text))), Anchor())
        assert (deadline.kind, deadline.end) == (DeadlineKind.DATE, day)
        assert deadline.text in (text, text.rstrip("."))


@bounded
@given(DAYS, DAYS)
def test_every_printed_stretch_reads_back(one, other):
    first, last = min(one, other), max(one, other)
    text = f"с {first:%d.%m.%Y} по {last:%d.%m.%Y}"
    deadline = deadline_of_clause(Fragment.of(text, Span(0, len(text))), Anchor())
    assert (deadline.kind, deadline.start, deadline.end) == (DeadlineKind.INTERVAL, first, last)


@bounded
@given(st.integers(1, 12), st.integers(1, 28), DAYS)
def test_missing_year_gives_the_next_such_day_from_adoption_on(month, day, adopted):
    text = f"до {day} {MONTHS[month - 1]}"
    deadline = deadline_of_line(Fragment.of(text, Span(0, len(text))), Anchor(adopted))
    assert (deadline.end.month, deadline.end.day) == (month, day)
    assert 0 <= (deadline.end - adopted).days <= 366
    assert "year" in deadline.inferred


@bounded
@given(st.integers(2000, 2090))
def test_school_year_reads_back_in_every_form(year):
    for form in ("в {a}-{b} учебном году", "{a}/{c:02} уч. г.", "в течение {a} – {b} учебного года"):
        text = form.format(a=year, b=year + 1, c=(year + 1) % 100)
        deadline = deadline_of_clause(Fragment.of(text, Span(0, len(text))), Anchor())
        assert (deadline.start, deadline.end) == (
            Period.school_year(year).start,
            Period.school_year(year).end,
        )
