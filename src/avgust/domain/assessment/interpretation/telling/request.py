"""The content of a request for professional development."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from avgust.domain.assessment.interpretation.charts.words import LEGEND, SHADES
from avgust.domain.assessment.interpretation.clusters import SETTLEMENTS, SORT_NAMES
from avgust.domain.assessment.interpretation.development import (
    DIMENSION_NAMES,
    Dimension,
    RequestLine,
    TeacherGroup,
)
from avgust.domain.assessment.interpretation.rules import BAND_NAMES, Rules
from avgust.domain.assessment.interpretation.school_groups import GroupRow
from avgust.domain.assessment.interpretation.uses import Allowed
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES, Kind, Topic, Work
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import Cell, Shaded, Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Section, Story

VALUES: Final = {
    **{sort.value: name for sort, name in SORT_NAMES.items()},
    **SETTLEMENTS,
}


def tell_request(
    work: Work,
    territory: str,
    lines: Sequence[RequestLine],
    rules: Rules,
    groups: Sequence[GroupRow] = (),
    allowed: Allowed | None = None,
) -> Story:
    """Return the request as a report: what is missing, where, by which groups, the schools by municipality.

    `groups` are made of schools (`school_groups`); `allowed` says by which rule the results may serve it.
    """
    return Story(
        title=Message(
            mark("Request for professional development: %(work)s. %(territory)s"),
            {"work": work.title, "territory": territory},
        ),
        lede=(_lede(lines),),
        meta=(Message(mark("For the methodical service")),),
        facts=(),
        sections=(
            Section(Message(mark("What to teach and where")), tables=(_skills(lines),) if lines else ()),
            *((_by_groups(work, groups, rules),) if groups else ()),
            *(_schools(line) for line in lines),
        ),
        method=(
            *(allowed.told if allowed else ()),
            *work.counting,
            rules.bands.rule.told,
            rules.privacy.rule.told,
            Message(
                mark(
                    "Groups of fewer than %(n)d teachers are not shown, and where only one is "
                    "small, a second is withheld too."
                ),
                {"n": rules.privacy.teachers},
            ),
        ),
    )


def _lede(lines: Sequence[RequestLine]) -> Message:
    if not lines:
        return Message(mark("No school has a deficit in any skill: there is nothing to request."))
    first = lines[0]
    said = {"n": len(lines), "skill": first.topic.name, "schools": first.count}
    return Message(mark("Topics of the request: %(n)d. Most schools lack “%(skill)s”: %(schools)d."), said)


def _skills(lines: Sequence[RequestLine]) -> Table:
    heads = (
        Message(mark("Skill")),
        Message(mark("Level")),
        Message(mark("Content elements")),
        Message(mark("Points got, %")),
        Message(mark("Schools in deficit")),
        Message(mark("Teachers of the subject")),
        Message(mark("Groups of teachers in deficit")),
        Message(mark("Form")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            line.topic.name,
            LEVEL_NAMES[line.topic.level],
            "; ".join(line.content),
            percent(line.share),
            line.count,
            _at_least(line.count) if line.teachers is None else line.teachers,
            _groups(line.groups),
            _form(line),
        )
        for line in lines
    )
    return Table(Message(mark("Content of the request")), heads, rows)


def _at_least(count: int) -> Message:
    """Return a number of teachers that is known by their schools only: each has one at least."""
    return Message(mark("at least %(n)d"), {"n": count})


def _by_groups(work: Work, groups: Sequence[GroupRow], rules: Rules) -> Section:
    """Return the groups on each skill; who is withheld is named without figures."""
    topics = work.topics_of(Kind.SKILL)
    shown = [one for one in groups if not one.is_withheld]
    hidden = [one for one in groups if one.is_withheld]
    reading = (
        Message(
            mark(
                "The results do not say who teaches which class, nor do the forms say the length of service. "
                "So the groups are made of schools: a school that wrote the work has one teacher of the "
                "subject at least."
            )
        ),
        *((_withheld(hidden, rules),) if hidden else ()),
    )
    heads = (Message(mark("Group")), Message(mark("Teachers")), *(_head(topic, topics) for topic in topics))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _called(one.dimension, one.value),
            _at_least(one.on[0].teachers or 0),
            *(Shaded(percent(on.share), SHADES[on.band], BAND_NAMES[on.band]) for on in one.on),
        )
        for one in shown
    )
    caption = Message(mark("Points got by groups of teachers and skill, per cent"))
    tables = (Table(caption, heads, rows, LEGEND),) if shown else ()
    return Section(Message(mark("Groups of teachers")), reading, tables=tables)


def _head(topic: Topic, topics: Sequence[Topic]) -> Message | str:
    """Return a skill; with its level where the work asks it at two."""
    if sum(one.name == topic.name for one in topics) < 2:
        return topic.name
    told = {"skill": topic.name, "level": LEVEL_NAMES[topic.level]}
    return Message(mark("%(skill)s, %(level)s level"), told)


def _withheld(hidden: Sequence[GroupRow], rules: Rules) -> Message:
    dimensions = dict.fromkeys(one.dimension for one in hidden)
    names, *rest = [_together([one for one in hidden if one.dimension is each]) for each in dimensions]
    for one in rest:
        names = Message(mark("%(first)s; %(second)s"), {"first": names, "second": one})
    return Message(
        mark(
            "Not shown, because there may be fewer than %(n)d teachers, or the total would give away "
            "another group: %(groups)s."
        ),
        {"n": rules.privacy.teachers, "groups": names},
    )


def _together(rows: Sequence[GroupRow]) -> Message:
    """Return the groups of one dimension: its name, then theirs."""
    said: Message | str
    said, *rest = (VALUES.get(one.value, one.value) for one in rows)
    for one in rest:
        said = Message(mark("%(first)s, %(second)s"), {"first": said, "second": one})
    return Message(
        mark("%(dimension)s: %(value)s"), {"dimension": DIMENSION_NAMES[rows[0].dimension], "value": said}
    )


def _called(dimension: Dimension, value: str) -> Message:
    said = VALUES.get(value, value)
    return Message(mark("%(dimension)s: %(value)s"), {"dimension": DIMENSION_NAMES[dimension], "value": said})


def _groups(groups: Sequence[tuple[Dimension, TeacherGroup]]) -> Message | None:
    said: Message | None = None
    for dimension, group in groups:
        one = Message(
            mark("%(group)s, teachers: %(n)s"),
            {
                "group": _called(dimension, group.value),
                "n": _at_least(group.teachers or 0) if group.at_least else str(group.teachers),
            },
        )
        said = one if said is None else Message(mark("%(first)s; %(second)s"), {"first": said, "second": one})
    return said


def _form(line: RequestLine) -> Message:
    if line.systemic or line.count >= 10:
        return Message(mark("a course, by groups"))
    if line.count >= 3:
        return Message(mark("a seminar or an internship at a school that has mastered it"))
    return Message(mark("targeted help of a methodologist"))


def _schools(line: RequestLine) -> Section:
    heads = (Message(mark("Municipality")), Message(mark("Schools")))
    rows = tuple(
        (part or Message(mark("not known")), ", ".join(names)) for part, names in line.schools.items()
    )
    return Section(
        Message(mark("Schools that lack “%(skill)s”"), {"skill": line.topic.name}),
        tables=(
            Table(
                Message(mark("Schools that lack “%(skill)s”, by municipality"), {"skill": line.topic.name}),
                heads,
                rows,
            ),
        ),
    )
