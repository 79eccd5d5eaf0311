"""A pupil's result for the pupil and the parents, in plain words."""

from __future__ import annotations

from avgust.domain.assessment.interpretation.pupil import Grasp, NextStep, PupilReading, PupilTopic
from avgust.domain.assessment.interpretation.work import Work
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Point, Section, Story, Text


def tell_pupil(reading: PupilReading, work: Work) -> Story:
    """Return the report of a pupil."""
    return Story(
        title=Message(
            mark("%(work)s. Result of pupil %(pupil)s"), {"work": work.title, "pupil": reading.pupil}
        ),
        lede=_lede(reading),
        meta=(Message(mark("For the pupil and the parents")),),
        facts=_facts(reading),
        sections=(
            *_went(reading),
            Section(Message(mark("What to take next")), points=tuple(_step(step) for step in reading.steps)),
        ),
        method=(
            Message(
                mark(
                    "A topic has worked out when all its points were got. Next come topics that "
                    "pupils with the same score manage most often."
                )
            ),
            *work.counting,
            Message(mark("One work shows one day: talk with the teacher before you conclude.")),
        ),
    )


def _lede(reading: PupilReading) -> tuple[Text, ...]:
    full, asked = (
        len(reading.by_grasp(Grasp.FULL)),
        sum(t.grasp is not Grasp.NOT_ASKED for t in reading.topics),
    )
    said: list[Text] = [
        Message(
            mark("Of %(asked)d topics, %(full)d have worked out in full."), {"asked": asked, "full": full}
        )
    ]
    if reading.left is not None and reading.mark:
        said.append(Message(mark("Points missing to the next mark: %(left)d."), {"left": reading.left}))
    return tuple(said)


def _facts(reading: PupilReading) -> tuple[Fact, ...]:
    score = Fact(
        Message(mark("Primary score")),
        str(reading.total),
        Message(mark("of %(most)d"), {"most": reading.maximum}),
        Message(mark("Sum of points for all items.")),
    )
    if not reading.mark:
        return (score,)
    return (
        score,
        Fact(Message(mark("Mark")), str(reading.mark), "", Message(mark("By the cut scores of the work."))),
    )


def _went(reading: PupilReading) -> tuple[Section, ...]:
    titles = {
        Grasp.FULL: Message(mark("Works out")),
        Grasp.PARTLY: Message(mark("Works out in part")),
        Grasp.NOT_YET: Message(mark("Does not work out yet")),
    }
    heads = (Message(mark("Topic")), Message(mark("Points")), Message(mark("Usual for this score, %")))
    sections = []
    for grasp, title in titles.items():
        topics = reading.by_grasp(grasp)
        if topics:
            rows = tuple((t.topic.name, _points(t), percent(t.usual)) for t in topics)
            sections.append(Section(title, tables=(Table(title, heads, rows),)))
    return tuple(sections)


def _points(topic: PupilTopic) -> Message:
    return Message(mark("%(got)d of %(most)d"), {"got": topic.got, "most": topic.topic.maximum})


def _step(step: NextStep) -> Point:
    lost = ", ".join(item.name for item in step.lost)
    said = {"topic": step.topic.name, "items": lost, "share": percent(step.usual)}
    ground = (
        Message(
            mark(
                "Look at the items again: %(items)s. Pupils with the same score get %(share)s %% "
                "of points here."
            ),
            said,
        )
        if step.usual == step.usual
        else Message(mark("Look at the items again: %(items)s."), {"items": lost})
    )
    return Point(Message("%(topic)s", {"topic": step.topic.name}), ground)
