"""What a tally counts in Python is what the database counts for the same view."""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone

from avgust.web.programmes.models import UNCLEAR, Measure, MeasureExecutor
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.tally import Tally, alike

ASKED = {
    "theme": "staff",
    "no theme": "none",
    "past": "past",
    "soon": "soon",
    "month": "2025-10",
    "kind": "recurring",
    "no deadline": "none",
    "from": "2025-10-01",
    "to": "2025-12-31",
    "finding": "deadline.missing",
    "findings": "1",
    "unclear": "1",
    "words": "школ",
    "mine": "1",
}
NAMES = {"no theme": "theme", "past": "due", "soon": "due", "month": "due", "kind": "due", "no deadline": "due",
         "words": "q"}  # fmt: skip
FOUND = ("", "|deadline.missing|", "|target.vague|deadline.missing|", "|target.vague|")
VIEWS = [
    chosen
    for size in (0, 1, 2)
    for chosen in combinations(ASKED, size)
    if len({NAMES.get(name, name) for name in chosen}) == size
]


@pytest.fixture
def varied(programme: Any) -> Any:
    """The programme with measures that differ in every tallied column."""
    today = timezone.localdate()
    dues = [today + timedelta(days=days) for days in (-400, -1, 0, 1, 30, 31)]
    dues += [
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2025, 10, 31),
        date(2025, 12, 31),
        date(2026, 1, 1),
        None,
    ]
    rows = [
        Measure(
            programme=programme,
            order=1_000 + number,
            text="Обсудить план школы" if number % 3 else "Открыть класс",
            theme=("staff", "", "quality")[number % 3],
            deadline_kind="date" if due else ("recurring", "none", "permanent", "relative")[number // 12],
            due=due,
            finding_kinds=FOUND[number % 4],
            finding_count=len(FOUND[number % 4].split("|")) // 2,
            unclear=number % 5 == 0,
        )
        for number, due in enumerate(dues * 4)
    ]
    Measure.objects.bulk_create(rows)
    known = MeasureExecutor.objects.answering().exclude(outcome__in=UNCLEAR).first()
    executors = []
    for row in rows:
        if not row.unclear:
            executor = copy(known)
            executor.pk, executor.measure = None, row
            executors.append(executor)
    MeasureExecutor.objects.bulk_create(executors)
    return programme


def test_every_view_and_every_pair_of_filters_counts_as_the_database_does(varied: Any, cast: Any) -> None:
    shown = set()
    for chosen in VIEWS:
        given = {NAMES.get(name, name): ASKED[name] for name in chosen}
        showing = Showing(varied, given, cast.regional_officer)
        assert vars(showing.tally) == vars(Tally(alike(showing.measures()))), chosen
        assert vars(showing.whole) == vars(Tally(alike(showing.all))), chosen
        assert showing.tally.count == showing.measures().count()
        for changes in (
            {"theme": ""},
            {"due": ""},
            {"due": "", "since": None, "until": None},
            {"finding": ""},
        ):
            assert vars(showing.tally_of(**changes)) == vars(Tally(alike(showing.measures(**changes)))), (
                chosen
            )
        shown.add(showing.tally.count)
    assert len(shown) > 15
