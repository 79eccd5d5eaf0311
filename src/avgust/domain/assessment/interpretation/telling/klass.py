"""A class for its teacher."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.charts.heat import heat_table
from avgust.domain.assessment.interpretation.charts.words import shaded
from avgust.domain.assessment.interpretation.class_map import (
    ClassMap,
    ClassReading,
    ItemExpectation,
    TypicalError,
)
from avgust.domain.assessment.interpretation.mastery import Share, by_band
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES, Topic, Work
from avgust.domain.assessment.responses import MISSING
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import BAD, BORDER, GOOD, Cell, Shaded, Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Point, Section, Story, Text

MOST_ERRORS: Final = 5  # a teacher takes up no more at once


def tell_class(reading: ClassReading, work: Work, rules: Rules) -> Story:
    """Return the report of a class."""
    return Story(
        title=Message(mark("%(work)s. Class %(name)s"), {"work": work.title, "name": reading.name}),
        lede=_lede(reading),
        meta=(
            Message(mark("Pupils: %(n)d"), {"n": reading.n}),
            Message(mark("For the teacher; not to be shown outside the school")),
        ),
        facts=_facts(reading),
        sections=(
            Section(
                Message(mark("Skills")),
                _skills_said(reading),
                tables=(
                    heat_table(
                        Message(mark("Points got by skill, per cent")),
                        (Message(mark("Class")),),
                        [(one.topic, (one.share,)) for one in reading.topics],
                    ),
                ),
            ),
            Section(
                Message(mark("Where points are lost")),
                points=tuple(_typical(one) for one in reading.errors[:MOST_ERRORS]),
            ),
            _against_expectation(reading),
            _by_mark(reading),
            Section(
                Message(mark("Pupils and items")),
                (_map_said(reading.map),),
                tables=(_map_table(reading.map),),
            ),
        ),
        method=_method(work, rules),
    )


def _lede(reading: ClassReading) -> tuple[Text, ...]:
    deficits = by_band(reading.topics, Band.DEFICIT)
    if not reading.topics or reading.n < 10:
        return (Message(mark("Fewer than ten pupils wrote the work: look at single items, not at shares.")),)
    if not deficits:
        return (Message(mark("No skill is a deficit of the class.")),)
    names = ", ".join(f"«{one.topic.name}»" for one in deficits[:3])
    said = {"n": len(deficits), "all": len(reading.topics), "names": names}
    return (Message(mark("Deficits of the class: %(n)d of %(all)d skills. The lowest: %(names)s."), said),)


def _facts(reading: ClassReading) -> tuple[Fact, ...]:
    below = sum(one.below for one in reading.items)
    return (
        Fact(
            Message(mark("Mean score of %(most)d"), {"most": reading.maximum}),
            number(reading.mean),
            Message(mark("error %(error)s"), {"error": number(reading.mean_error)}),
            Message(mark("Mean primary score of pupils of the class: %(n)d."), {"n": reading.n}),
        ),
        Fact(
            Message(mark("Items below expectation")),
            str(below),
            Message(mark("of %(all)d"), {"all": len(reading.items)}),
            Message(
                mark(
                    "Pupils of the same primary scores elsewhere get more points on them, beyond 2.58 errors."
                )
            ),
        ),
    )


def _skills_said(reading: ClassReading) -> tuple[Text, ...]:
    systemic = [one.topic.name for one in reading.topics if one.systemic]
    if not systemic:
        return ()
    return (
        Message(
            mark("Systemic deficit, most items are not mastered: %(names)s."), {"names": ", ".join(systemic)}
        ),
    )


def _typical(one: TypicalError) -> Point:
    said = {
        "item": one.item.name,
        "about": one.item.about,
        "nothing": one.nothing,
        "partly": one.partly,
        "n": one.n,
    }
    counted = (
        Message(mark("No points: %(nothing)d, some of the points: %(partly)d, of %(n)d pupils."), said)
        if one.item.maximum > 1
        else Message(mark("No points: %(nothing)d of %(n)d pupils."), said)
    )
    text = (
        Message(mark("Item %(item)s: %(about)s"), said)
        if said["about"]
        else Message(mark("Item %(item)s"), {"item": one.item.name})
    )
    if one.item.lost:
        return Point(
            text,
            Message(
                mark("%(counted)s Usually: %(lost)s."),
                {"counted": counted, "lost": one.item.lost.rstrip(".")},
            ),
        )
    return Point(text, counted)


def _against_expectation(reading: ClassReading) -> Section:
    title = Message(mark("Items against expectation"))
    if all(one.expected != one.expected for one in reading.items):
        words = Message(mark("Fewer than 50 pupils wrote the work in all: there is nothing to compare with."))
        return Section(title, (words,))
    below = [one.item.name for one in reading.items if one.below]
    above = [one.item.name for one in reading.items if one.above]
    said: list[Text] = []
    if below:
        said.append(
            Message(
                mark("Worse than pupils of the same scores elsewhere: %(items)s."),
                {"items": ", ".join(below)},
            )
        )
    if above:
        said.append(
            Message(
                mark("Better than pupils of the same scores elsewhere: %(items)s."),
                {"items": ", ".join(above)},
            )
        )
    if not said:
        said.append(Message(mark("The class does every item as pupils of the same scores do elsewhere.")))
    heads = (
        Message(mark("Item")),
        Message(mark("Level")),
        Message(mark("Points got, %")),
        Message(mark("Expected, %")),
        Message(mark("Difference, points")),
        Message(mark("Conclusion")),
    )
    rows = tuple(_expectation_row(one) for one in reading.items)
    return Section(
        title,
        tuple(said),
        tables=(Table(Message(mark("Items of the class against expectation")), heads, rows),),
    )


def _expectation_row(one: ItemExpectation) -> tuple[Cell, ...]:
    word = (
        Message(mark("worse"))
        if one.below
        else Message(mark("better"))
        if one.above
        else Message(mark("as expected"))
    )
    shade = BAD if one.below else GOOD if one.above else ""
    return (
        one.item.name,
        LEVEL_NAMES[one.item.level],
        shaded(one.share),
        percent(one.expected),
        number(100 * one.difference, 0, sign=True),
        Shaded(word, shade, word),
    )


def _by_mark(reading: ClassReading) -> Section:
    title = Message(mark("Groups by mark"))
    if not reading.groups:
        return Section(title)
    heads = tuple(
        Message(mark("“%(mark)s”, pupils: %(n)d"), {"mark": g.mark, "n": g.n}) for g in reading.groups
    )
    rows: list[tuple[Topic, list[Share | None]]] = [
        (one.topic, [group.topics[place].share for group in reading.groups])
        for place, one in enumerate(reading.topics)
    ]
    few = any(group.n < 10 for group in reading.groups)
    said = (Message(mark("Groups of fewer than ten pupils are shown without a conclusion.")),) if few else ()
    return Section(
        title,
        said,
        tables=(heat_table(Message(mark("Points got by skill and mark, per cent")), heads, rows),),
    )


def _map_said(found: ClassMap) -> Message:
    count = int(found.unusual.sum())
    if count:
        return Message(
            mark(
                "The strongest pupils stand on top, the easiest items to the left. Unusual "
                "answers, marked with “!”: %(n)d; talk with the pupil before you conclude."
            ),
            {"n": count},
        )
    return Message(mark("The strongest pupils stand on top, the easiest items to the left."))


def _map_table(found: ClassMap) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in range(len(found.scores)):
        name = found.pupils[row] if found.pupils else str(row + 1)
        cells = [
            _map_cell(int(found.scores[row, column]), item.maximum, bool(found.unusual[row, column]))
            for column, item in enumerate(found.items)
        ]
        rows.append((name, int(found.totals[row]), str(found.marks[row] or ""), *cells))
    heads = (
        Message(mark("Pupil")),
        Message(mark("Score")),
        Message(mark("Mark")),
    )
    names = tuple(item.name for item in found.items)
    legend = (
        (GOOD, Message(mark("all points"))),
        (BORDER, Message(mark("some of the points"))),
        (BAD, Message(mark("no points"))),
    )
    return Table(Message(mark("Points of every pupil on every item")), (*heads, *names), tuple(rows), legend)


def _map_cell(score: int, maximum: int, unusual: bool) -> Shaded:
    if score == MISSING:
        return Shaded(Message("–"), "", Message(mark("not given")))
    shade, word = (
        (GOOD, Message(mark("all points")))
        if score == maximum
        else (BAD, Message(mark("no points")))
        if score == 0
        else (BORDER, Message(mark("some of the points")))
    )
    return Shaded(Message(f"{score}!" if unusual else str(score)), shade, word)


def _method(work: Work, rules: Rules) -> tuple[Text, ...]:
    return (
        Message(
            mark(
                "Expected points are those of pupils with the same primary score among all who "
                "wrote the work."
            )
        ),
        *work.counting,
        rules.bands.rule.told,
        rules.comparison.rule.told,
    )
