"""Groups of teachers where nobody knows who teaches whom: schools of a kind, each with one teacher at least.

A file of results says the school and the class and no teacher. So a group of teachers is those of a kind of
schools, and its size is a bound from below: the number of its schools. Ten schools are ten teachers or more,
whoever teaches there; one school never makes a group, and no reading of it comes near a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from avgust.domain.assessment.interpretation.development import (
    Dimension,
    Taught,
    TeacherGroup,
    teacher_groups,
)
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.uses import Allowed
from avgust.domain.assessment.interpretation.work import Kind, Topic

Values = Mapping[Dimension, Mapping[str, str]]  # of each dimension, the value of each school by its name


@dataclass(frozen=True)
class GroupRow:
    """A group on all skills of the work; a group that is withheld has the same marks of it on each."""

    dimension: Dimension
    value: str
    on: tuple[TeacherGroup, ...]

    @property
    def is_withheld(self) -> bool:
        """True where the group is too small to be shown, or stands beside a single small one."""
        return all(one.teachers is None for one in self.on)


def groups_by_schools(schools: GroupTable, values: Values, rules: Rules, allowed: Allowed) -> list[GroupRow]:
    """Return the groups of each dimension on every skill; a school without a value is in none."""
    topics = schools.work.topics_of(Kind.SKILL)
    found: list[GroupRow] = []
    for dimension, value_of in values.items():
        by_topic = [_on(schools, topic, dimension, value_of, rules, allowed) for topic in topics]
        names = sorted({group.value for groups in by_topic for group in groups})
        for name in names:
            on = tuple(next(one for one in groups if one.value == name) for groups in by_topic)
            found.append(GroupRow(dimension, name, on))
    return found


def _on(
    schools: GroupTable,
    topic: Topic,
    dimension: Dimension,
    value_of: Mapping[str, str],
    rules: Rules,
    allowed: Allowed,
) -> list[TeacherGroup]:
    """Return the groups; values are those of the register, a village may be called like a patronymic."""
    place, values = schools.work.topics.index(topic), sorted(set(value_of.values()))
    rows = [
        Taught(
            name,
            str(values.index(value_of[name])),
            float(schools.topics.total[at, place]),
            float(schools.topics.n[at, place]) * topic.maximum,
            int(schools.topics.n[at, place]),
        )
        for at, name in enumerate(schools.names)
        if value_of.get(name) and schools.n[at] > 0
    ]
    groups = teacher_groups(dimension, rows, topic, rules.bands, rules.privacy, allowed)
    return [replace(one, value=values[int(one.value)], at_least=True) for one in groups]


def by_skill(
    rows: Sequence[GroupRow], topics: Sequence[Topic]
) -> dict[Topic, list[tuple[Dimension, TeacherGroup]]]:
    """Return the groups by skill at its level, as the lines of a request take them."""
    return {topic: [(row.dimension, row.on[place]) for row in rows] for place, topic in enumerate(topics)}
