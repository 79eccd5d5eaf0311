"""The critical path: examples worked by hand, and what holds of every network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.planning.network import CycleError, Link, Network, Task, network

DAY0 = date(2026, 1, 1)


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


def task(pk: int, first: int, days: int, done: int | None = None) -> Task:
    return Task(pk, f"т{pk}", day(first), day(first + days - 1), None if done is None else day(done))


def _slacks(found: Network) -> dict[int, int | None]:
    return {pk: one.slack for pk, one in found.timed.items()}


# 1 (3 days) → 2 (4) → 4 (2); 1 → 3 (2, a lag of 1) → 4. By hand: 9 days, 3 has 1 day of slack.
DIAMOND = [task(1, 0, 3), task(2, 0, 4), task(3, 0, 2), task(4, 0, 2)]
DIAMOND_LINKS = [Link(1, 2), Link(1, 3, 1), Link(2, 4), Link(3, 4)]


def test_a_diamond_by_hand() -> None:
    found = network(DIAMOND, DIAMOND_LINKS)
    assert found.days == 9
    assert _slacks(found) == {1: 0, 2: 0, 3: 1, 4: 0}
    assert [(step.task.id, step.wait, step.days) for step in found.path] == [(1, 0, 3), (2, 0, 4), (4, 0, 2)]
    assert found.timed[3].start == day(4)
    assert found.timed[3].pushed == 4


def test_a_planned_day_holds_a_task_back() -> None:
    found = network([task(1, 0, 2), task(2, 10, 3)], [Link(1, 2)])
    assert _slacks(found) == {1: 8, 2: 0}
    assert [(step.task.id, step.wait, step.days) for step in found.path] == [(2, 10, 3)]


def test_today_pushes_what_should_be_over() -> None:
    plan = [task(1, 0, 3), task(2, 3, 4)]
    assert network(plan, [Link(1, 2)]).end == day(6)
    late = network(plan, [Link(1, 2)], today=day(5))
    assert (late.timed[1].end, late.timed[2].start, late.end) == (day(5), day(6), day(9))


def test_what_is_done_stands_on_its_own_day() -> None:
    plan = [task(1, 0, 3, done=1), task(2, 3, 4)]
    found = network(plan, [Link(1, 2)], today=day(2))
    assert found.timed[1].slack is None
    assert (found.timed[1].end, found.timed[2].start) == (day(1), day(3))
    sooner = network([task(1, 0, 3), task(2, 3, 4, done=2)], [Link(1, 2)], today=day(2))
    assert sooner.timed[1].slack == 0  # it ends last, and holds nothing back


@pytest.mark.parametrize(
    ("links", "names"),
    [
        ([Link(1, 1)], ("т1",)),
        ([Link(1, 2), Link(2, 1)], ("т1", "т2")),
        ([Link(1, 2), Link(2, 3), Link(3, 2)], ("т2", "т3")),
        ([Link(3, 4), Link(4, 2), Link(2, 3), Link(1, 2)], ("т2", "т3", "т4")),
    ],
)
def test_a_cycle_is_named(links: list[Link], names: tuple[str, ...]) -> None:
    with pytest.raises(CycleError) as caught:
        network([task(pk, 0, 1) for pk in range(1, 5)], links)
    assert caught.value.names == names


def test_a_link_to_nowhere() -> None:
    with pytest.raises(KeyError):
        network([task(1, 0, 1)], [Link(2, 1)])


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Task], list[Link]]:
    count = draw(st.integers(1, 8))
    tasks = [
        task(pk, draw(st.integers(0, 12)), draw(st.integers(1, 6)), draw(st.none() | st.integers(0, 20)))
        for pk in range(count)
    ]
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return tasks, [Link(a, b, draw(st.integers(0, 4))) for a, b in chosen]


@given(networks(), st.none() | st.integers(0, 25))
def test_what_holds_of_every_network(given_network: tuple[list[Task], list[Link]], today: int | None) -> None:
    tasks, links = given_network
    found = network(tasks, links, None if today is None else day(today))
    assert all(one.slack is None or one.slack >= 0 for one in found.timed.values())
    assert sum(step.wait + step.days for step in found.path) == found.days
    assert all(step.wait >= 0 for step in found.path)
    for link in links:
        before, after = found.timed[link.before], found.timed[link.after]
        if after.task.done_on is None:
            assert (after.start - before.end).days > link.lag
    for one in found.timed.values():
        assert one.task.done_on is not None or one.start >= one.task.start


@given(networks(), st.randoms())
def test_order_changes_nothing(given_network: tuple[list[Task], list[Link]], chance: object) -> None:
    tasks, links = given_network
    shuffled_tasks, shuffled_links = list(tasks), list(links)
    chance.shuffle(shuffled_tasks)  # type: ignore[attr-defined]
    chance.shuffle(shuffled_links)  # type: ignore[attr-defined]
    one, other = network(tasks, links), network(shuffled_tasks, shuffled_links)
    assert (one, one.path) == (other, other.path)


@given(networks())
def test_slack_is_what_may_be_lost(given_network: tuple[list[Task], list[Link]]) -> None:
    """Lengthening one task by its slack keeps the end of the project; one day more moves it by one day."""
    tasks, links = given_network
    plan = [replace(one, done_on=None) for one in tasks]
    found = network(plan, links)
    for place, one in enumerate(plan):
        slack = found.timed[one.id].slack or 0
        for more, moved in ((slack, 0), (slack + 1, 1)):
            longer = [*plan]
            longer[place] = replace(one, end=one.end + timedelta(days=more))
            assert (network(longer, links).end - found.end).days == moved
