"""The content of a request for professional development."""

from __future__ import annotations

from collections.abc import Sequence

from avgust.domain.assessment.interpretation.development import (
    DIMENSION_NAMES,
    Dimension,
    RequestLine,
    TeacherGroup,
)
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES, Work
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import Cell, Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Section, Story


def tell_request(work: Work, territory: str, lines: Sequence[RequestLine], rules: Rules) -> Story:
    """Return the request as a report: what is missing, where, and the schools by municipality."""
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
            *(_schools(line) for line in lines),
        ),
        method=(
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
            line.teachers,
            _groups(line.groups),
            _form(line),
        )
        for line in lines
    )
    return Table(Message(mark("Content of the request")), heads, rows)


def _groups(groups: Sequence[tuple[Dimension, TeacherGroup]]) -> Message | None:
    said: Message | None = None
    for dimension, group in groups:
        one = Message(
            mark("%(dimension)s “%(value)s”, teachers: %(n)d"),
            {"dimension": DIMENSION_NAMES[dimension], "value": group.value, "n": group.teachers or 0},
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
