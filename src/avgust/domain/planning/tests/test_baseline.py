"""Two days of a programme: what is said to have happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.planning.baseline import Kind, PlannedMeasure, Snapshot, Standing, compare, kinds_of
from avgust.domain.planning.rewording import Fate, reworded
from avgust.domain.proof import Coverage, ProofState

FIRST, LAST = date(2025, 8, 27), date(2026, 3, 12)
WAS = PlannedMeasure(
    1,
    "1.1",
    "Утвердить план",
    section="Кадры",
    executors=("школы",),
    deadline="до 1 октября",
    due=date(2025, 10, 1),
    coverage=Coverage({ProofState.NOT_DUE: 3}),
)


def _proven(count: int) -> Coverage:
    return Coverage({ProofState.PROVEN_BY_DOCUMENT: count, ProofState.NOT_DUE: 3 - count})


@pytest.mark.parametrize(
    ("name", "before", "after", "kinds"),
    [
        ("nothing", WAS, WAS, set()),
        ("new", None, WAS, {Kind.ADDED}),
        ("new and cancelled again", None, replace(WAS, standing=Standing.CANCELLED), set()),
        ("cancelled", WAS, replace(WAS, standing=Standing.CANCELLED), {Kind.DROPPED}),
        (
            "merged and reworded: gone is what matters",
            WAS,
            replace(WAS, standing=Standing.MERGED, text="Иной"),
            {Kind.DROPPED},
        ),
        ("cancelled on both days", replace(WAS, standing=Standing.CANCELLED),
         replace(WAS, standing=Standing.MERGED), set()),
        ("in force again", replace(WAS, standing=Standing.CANCELLED), WAS, {Kind.RESTORED}),
        ("moved", WAS, replace(WAS, due=date(2025, 12, 1)), {Kind.MOVED}),
        ("moved to words without a day", WAS, replace(WAS, due=None, deadline="постоянно"), {Kind.MOVED}),
        ("extended", WAS, replace(WAS, extensions=2), {Kind.EXTENDED}),
        ("another executor", WAS, replace(WAS, executors=("школы", "сады")), {Kind.REASSIGNED}),
        ("another target", WAS, replace(WAS, target="не менее 70 %"), {Kind.REWORDED}),
        ("another number", WAS, replace(WAS, number="1.2"), {Kind.PLACED}),
        ("proven", WAS, replace(WAS, coverage=_proven(2)), {Kind.PROVEN}),
        ("proof lost", replace(WAS, coverage=_proven(2)), replace(WAS, coverage=_proven(1)), {Kind.LOST}),
        (
            "moved and proven",
            WAS,
            replace(WAS, due=date(2025, 9, 1), coverage=_proven(3)),
            {Kind.MOVED, Kind.PROVEN},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_kinds(name: str, before: PlannedMeasure | None, after: PlannedMeasure, kinds: set[Kind]) -> None:
    assert kinds_of(before, after) == kinds


def test_the_order_of_names_is_no_change() -> None:
    two = replace(WAS, executors=("сады", "школы"))
    assert kinds_of(replace(WAS, executors=("школы", "сады")), two) == set()


def test_figures_of_a_comparison() -> None:
    moved = replace(WAS, due=date(2025, 12, 1), extensions=2, coverage=_proven(3))
    new = replace(WAS, id=2, number="1.2")
    found = compare(Snapshot(LAST, (moved, new)), Snapshot(FIRST, (WAS,)))  # the later one given first
    assert (found.before.day, found.after.day) == (FIRST, LAST)
    assert found.in_force == (1, 2)
    assert found.whole == (0, 1)
    row = found.of(Kind.MOVED)[0]
    assert (row.shift, row.newly_proven, row.newly_extended) == (61, 3, 2)
    assert found.counts[Kind.ADDED] == 1
    assert found.of(Kind.ADDED)[0].shift is None


def test_a_measure_that_vanished_is_a_defect_of_the_snapshots() -> None:
    with pytest.raises(ValueError, match=r"\[1\]"):
        compare(Snapshot(FIRST, (WAS,)), Snapshot(LAST, ()))


words = st.text(alphabet="аб в,-1 \n", max_size=40)


@given(words, words)
def test_a_rewording_reads_as_both(before: str, after: str) -> None:
    found = reworded(before, after)
    assert "".join(one.text for one in found if one.fate is not Fate.IN) == before
    assert "".join(one.text for one in found if one.fate is not Fate.OUT) == after


def test_whole_words_are_replaced() -> None:
    found = [(one.fate.value, one.text) for one in reworded("до 1 марта 2026 года", "до 1 апреля 2026 года")]
    assert found == [("kept", "до 1 "), ("out", "марта"), ("in", "апреля"), ("kept", " 2026 года")]
