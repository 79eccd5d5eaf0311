"""The network of a project: earliest and latest days, slack, the critical path, what it means today.

A task lasts from its first to its last day, both inclusive, and begins on its planned day or when all that it
waits for has ended (finish to start, with a lag of calendar days), whichever is later. The method is that of
the critical path (Kelley, Walker, 1959). Nothing depends on the order in which tasks or links are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Task:
    """What takes time. `done_on` is a fact: it outweighs the plan."""

    id: int
    name: str
    start: date
    end: date  # inclusive
    done_on: date | None = None

    @property
    def days(self) -> int:
        """How long it is planned to last."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Link:
    """`after` begins not sooner than `lag` calendar days after the last day of `before`."""

    before: int
    after: int
    lag: int = 0


class CycleError(ValueError):
    """Tasks that wait for each other; `names` goes around once, its first name is not repeated."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(" → ".join((*self.names, self.names[0])))


@dataclass(frozen=True, slots=True)
class Timed:
    """A task in its network."""

    task: Task
    start: date  # the earliest
    end: date  # the earliest, inclusive
    slack: int | None  # days by which it may slip with the end of the project kept; None for what is done
    pushed: int  # days by which it begins later than planned, because of what it waits for

    @property
    def critical(self) -> bool:
        """True when any delay of it delays the project."""
        return self.slack == 0

    @property
    def days(self) -> int:
        """How long it lasts here: longer than planned when it should be over and is not."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Step:
    """A task on the critical path, with the days that nothing is done before it."""

    task: Task
    wait: int
    days: int


@dataclass(frozen=True)
class Network:
    """All tasks of a project with their days."""

    timed: Mapping[int, Timed]
    links: tuple[Link, ...]

    @cached_property
    def start(self) -> date:
        """The first day of the project."""
        return min(one.start for one in self.timed.values())

    @cached_property
    def end(self) -> date:
        """The last day of the project."""
        return max(one.end for one in self.timed.values())

    @property
    def days(self) -> int:
        """How long the project lasts."""
        return (self.end - self.start).days + 1

    @cached_property
    def path(self) -> tuple[Step, ...]:
        """The critical path from the first day: its days and waits together are the days of the project.

        Of several the one is told whose tasks have the lowest ids, from the end backwards.
        """
        into = _by_after(self.links)
        here = min(pk for pk, one in self.timed.items() if one.end == self.end)
        steps: list[Step] = []
        while True:
            timed = self.timed[here]
            held = None if timed.task.done_on else self._held_by(timed, into[here])
            since = self.timed[held.before].end if held else self.start - _DAY
            steps.append(Step(timed.task, (timed.start - since).days - 1, timed.days))
            if held is None:
                return tuple(reversed(steps))
            here = held.before

    def _held_by(self, timed: Timed, links: Iterable[Link]) -> Link | None:
        """Return the link that lets a task begin no sooner; None where its own planned day does."""
        tight = (one for one in links if _after(self.timed[one.before].end, one.lag) == timed.start)
        return min(tight, key=lambda one: one.before, default=None)


_DAY = timedelta(days=1)


def _after(end: date, lag: int) -> date:
    """Return the first day on which what waits may begin."""
    return end + timedelta(days=lag + 1)


def network(tasks: Iterable[Task], links: Iterable[Link], today: date | None = None) -> Network:
    """Return the days of all tasks: as planned, or with `today` as they are foreseen.

    What is done stands on its own days. What is not and should be ends today at the soonest. Raises
    CycleError for tasks that wait for each other, KeyError for a link of a task that is not there.
    """
    known = {task.id: task for task in tasks}
    all_links = tuple(sorted(links, key=lambda one: (one.before, one.after)))
    order = in_order(known, all_links)
    spans = _forward(known, all_links, order, today)
    slack = _backward(known, all_links, order, spans)
    timed = {
        pk: Timed(
            known[pk],
            *spans[pk],
            slack=None if known[pk].done_on else slack[pk],
            pushed=0 if known[pk].done_on else (spans[pk][0] - known[pk].start).days,
        )
        for pk in sorted(known)
    }
    return Network(timed, all_links)


def in_order(tasks: Mapping[int, Task], links: Iterable[Link]) -> list[int]:
    """Return ids so that each comes after all that it waits for; the lowest first where any may come."""
    following: defaultdict[int, list[int]] = defaultdict(list)
    waits = dict.fromkeys(tasks, 0)
    for link in links:
        following[tasks[link.before].id].append(link.after)
        waits[link.after] += 1
    free = [pk for pk, count in waits.items() if not count]
    heapify(free)
    order: list[int] = []
    while free:
        here = heappop(free)
        order.append(here)
        for after in following[here]:
            waits[after] -= 1
            if not waits[after]:
                heappush(free, after)
    if len(order) < len(tasks):
        raise CycleError([tasks[pk].name for pk in _cycle(following, {pk for pk in tasks if waits[pk]})])
    return order


def _cycle(following: Mapping[int, Sequence[int]], left: set[int]) -> list[int]:
    """Return one cycle among `left`, of which each waits for another, beginning with its lowest id."""
    waits: defaultdict[int, list[int]] = defaultdict(list)
    for before in left:
        for after in following[before]:
            waits[after].append(before)
    walked: list[int] = []
    here = min(left)
    while here not in walked:
        walked.append(here)
        here = min(waits[here])
    around = walked[walked.index(here) :][::-1]
    first = around.index(min(around))
    return around[first:] + around[:first]


def _by_after(links: Iterable[Link]) -> defaultdict[int, list[Link]]:
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        found[link.after].append(link)
    return found


def _forward(
    tasks: Mapping[int, Task], links: Iterable[Link], order: Iterable[int], today: date | None
) -> dict[int, tuple[date, date]]:
    """Return the earliest first and last day of each task."""
    into, spans = _by_after(links), dict[int, tuple[date, date]]()
    for pk in order:
        task = tasks[pk]
        if task.done_on is not None:
            spans[pk] = (min(task.start, task.done_on), task.done_on)
            continue
        start = max([task.start, *(_after(spans[one.before][1], one.lag) for one in into[pk])])
        end = start + timedelta(days=task.days - 1)
        spans[pk] = (start, max(end, today) if today else end)
    return spans


def _backward(
    tasks: Mapping[int, Task],
    links: Iterable[Link],
    order: Sequence[int],
    spans: Mapping[int, tuple[date, date]],
) -> dict[int, int]:
    """Return by how many days each task may slip. What is done holds back nothing that came before it."""
    if not spans:
        return {}
    out: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        out[link.before].append(link)
    last, slack = max(end for _start, end in spans.values()), dict[int, int]()
    for pk in reversed(order):
        room = [(last - spans[pk][1]).days]
        for link in out[pk]:
            if tasks[link.after].done_on is None:
                gap = (spans[link.after][0] - _after(spans[pk][1], link.lag)).days
                room.append(gap + slack[link.after])
        slack[pk] = min(room)
    return slack
