"""Roadmaps: the package is taken whole or refused with its place, and falls on days of work."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.periods import working_day
from avgust.domain.planning.network import Link, Task, network
from avgust.domain.planning.roadmap import (
    Roadmap,
    RoadmapError,
    Stage,
    dated,
    embedded,
    package_of,
    read_roadmap,
    roadmap_from,
    write_roadmap,
)

START = date(2026, 9, 1)


def _package(**changes: Any) -> bytes:
    stages = [
        {"key": "a", "title": "Первое", "offset": 0, "days": 3},
        {"key": "b", "title": "Второе", "offset": 3, "days": 2, "after": [{"key": "a", "lag": 1}]},
    ]
    value = {"format": "avgust.roadmap", "version": 1, "code": "x", "title": "Карта", "stages": stages}
    return json.dumps({**value, **changes}).encode()


def _stages(**of_second: Any) -> list[dict[str, Any]]:
    first = {"key": "a", "title": "Первое", "offset": 0, "days": 3, "after": of_second.pop("first", [])}
    return [first, {"key": "b", "title": "Второе", "offset": 3, "days": 2, **of_second}]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "avgust.roadmap"),
        (b"[" * 5000, "avgust.roadmap"),
        (b"[]", "avgust.roadmap"),
        (b" " * 200_001, "avgust.roadmap"),
        (_package(version=2), "avgust.roadmap"),
        (_package(format="x"), "avgust.roadmap"),
        (_package(owner="x"), "avgust.roadmap"),
        (_package(title=""), "title"),
        (_package(title=5), "title"),
        (_package(stages=[]), "stages"),
        (_package(stages=[5]), "stages[0]"),
        (_package(stages=_stages(days=0)), "stages[1].days"),
        (_package(stages=_stages(days=True)), "stages[1].days"),
        (_package(stages=_stages(offset=-1)), "stages[1].offset"),
        (_package(stages=_stages(key="a")), "stages[1].key"),
        (_package(stages=_stages(after=[{"key": "z"}])), "stages[1].after"),
        (_package(stages=_stages(after=[{"key": "a"}, {"key": "a"}])), "stages[1].after"),
        (_package(stages=_stages(after=[{"key": "a", "lag": 999}])), "stages[1].after[0].lag"),
        (_package(stages=_stages(after=[{"key": "a"}], first=[{"key": "b"}])), "stages"),
    ],
)
def test_what_is_no_package_says_where(data: bytes, where: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        read_roadmap(data)
    assert caught.value.message.params["where"] == where


def test_days_of_work_only() -> None:
    found = dated(read_roadmap(_package()), START)
    assert [(row.start, row.end) for row in found] == [
        (date(2026, 9, 1), date(2026, 9, 3)), (date(2026, 9, 4), date(2026, 9, 7)),
    ]  # fmt: skip
    assert dated(read_roadmap(_package()), date(2026, 9, 5))[0].start == date(2026, 9, 7)  # a Saturday


def test_embedded_roadmaps_are_whole_and_wait_for_nothing_beyond_their_own_days() -> None:
    assert len(embedded()) == 2
    for one in embedded():
        assert read_roadmap(write_roadmap(one)) == one
        rows = dated(one, START)
        keys = {row.stage.key: number for number, row in enumerate(rows)}
        tasks = [Task(n, row.stage.title, row.start, row.end) for n, row in enumerate(rows)]
        links = [
            Link(keys[after.key], n, after.lag) for n, row in enumerate(rows) for after in row.stage.after
        ]
        assert all(timed.pushed == 0 for timed in network(tasks, links).timed.values()), one.code


stages = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=1, max_size=8)


@given(stages, st.dates(date(2024, 1, 1), date(2026, 6, 1)))
def test_a_plan_made_of_a_roadmap_gives_the_same_roadmap(rows: list[tuple[int, int]], start: date) -> None:
    least = min(offset for offset, _days in rows)
    made = tuple(
        Stage(f"s{n}", f"Этап {n}", offset - least, days) for n, (offset, days) in enumerate(rows, 1)
    )
    roadmap = Roadmap("x", "Карта", "", made)
    found = dated(roadmap, start)
    assert all(working_day(row.start) and working_day(row.end) for row in found)
    tasks = [Task(n, row.stage.title, row.start, row.end) for n, row in enumerate(found)]
    assert roadmap_from("x", "Карта", "", tasks, []) == roadmap
    assert read_roadmap(json.dumps(package_of(roadmap)).encode()) == roadmap


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4))
def test_any_value_is_answered(value: Any) -> None:
    for data in (
        value,
        {"format": "avgust.roadmap", "version": 1, "code": "x", "title": "y", "stages": value},
    ):
        with pytest.raises(RoadmapError):
            read_roadmap(json.dumps(data).encode())


def test_a_stage_over_a_weekend_counts_its_days_of_work() -> None:
    friday = date(2026, 9, 4)
    task = Task(1, "Этап", friday, friday + timedelta(days=3))
    assert roadmap_from("x", "Карта", "", [task], []).stages[0].days == 2
