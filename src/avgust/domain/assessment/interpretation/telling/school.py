"""A school's results for its head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from avgust.domain.assessment.interpretation.added import Way
from avgust.domain.assessment.interpretation.charts.caterpillar import caterpillar
from avgust.domain.assessment.interpretation.charts.funnel import funnel
from avgust.domain.assessment.interpretation.charts.heat import heat_table
from avgust.domain.assessment.interpretation.charts.marks import mark_bars
from avgust.domain.assessment.interpretation.editing import Recommendation
from avgust.domain.assessment.interpretation.marks import Journal
from avgust.domain.assessment.interpretation.mastery import by_band
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.school import SchoolReading
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.assessment.interpretation.telling.journal import journal_section
from avgust.domain.assessment.interpretation.telling.standing import added_section, facts, similar_section
from avgust.domain.assessment.interpretation.telling.trend import trend_section
from avgust.domain.charts.chart import Chart
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Point, Section, Story, Text

LEDE: Final = {
    Verdict.BELOW: mark("The school writes the work worse than the territory as a whole."),
    Verdict.AS: mark("The school writes the work as the territory as a whole."),
    Verdict.ABOVE: mark("The school writes the work better than the territory as a whole."),
    Verdict.TOO_FEW: mark("Too few pupils wrote the work for a comparison."),
}


def tell_school(reading: SchoolReading, recommendations: Sequence[Recommendation], rules: Rules) -> Story:
    """Return the report of a school."""
    similar = () if reading.similar is None else reading.similar.names
    return Story(
        title=Message(mark("%(work)s. %(school)s"), {"work": reading.work.title, "school": reading.name}),
        lede=(Message(LEDE[reading.verdict]), _deficits(reading)),
        meta=(
            Message(mark("Pupils: %(n)d"), {"n": reading.point.n}),
            Message(mark("For the head of the school")),
        ),
        facts=facts(reading, rules),
        sections=(
            Section(
                Message(mark("Among the schools of the territory")),
                charts=(
                    caterpillar(reading.distribution, reading.name, similar, named=False),
                    funnel(reading.distribution, reading.name, named=False),
                ),
            ),
            similar_section(reading, rules),
            added_section(reading, rules),
            _skills(reading),
            Section(Message(mark("Marks")), charts=_marks(reading, rules)),
            journal_section(_journals(reading), rules),
            trend_section(reading.trend, rules),
            Section(
                Message(mark("What to do")),
                _signed(recommendations),
                points=tuple(_point(one) for one in recommendations),
            ),
        ),
        method=_method(reading, rules),
    )


def _deficits(reading: SchoolReading) -> Message:
    topics = [row.school for row in reading.skills]
    deficits = by_band(topics, Band.DEFICIT)
    if not topics or all(one.share.band is Band.TOO_FEW for one in topics):
        return Message(mark("Fewer than ten pupils: no conclusion is drawn about skills."))
    if not deficits:
        return Message(mark("No skill is a deficit of the school."))
    names = ", ".join(f"«{one.topic.name}»" for one in deficits[:3])
    said = {"n": len(deficits), "all": len(topics), "names": names}
    return Message(mark("Deficits: %(n)d of %(all)d skills. The lowest: %(names)s."), said)


def _skills(reading: SchoolReading) -> Section:
    columns: list[Message | str] = list(reading.classes) if len(reading.classes) > 1 else []
    columns.append(Message(mark("School")))
    similar = any(row.similar is not None for row in reading.skills)
    if similar:
        columns.append(Message(mark("Comparable")))
    columns.append(Message(mark("Territory")))
    rows = []
    for row in reading.skills:
        shares = [*(row.classes if len(reading.classes) > 1 else ()), row.school.share]
        if similar:
            shares.append(row.similar or row.territory)
        rows.append((row.school.topic, [*shares, row.territory]))
    systemic = [row.school.topic.name for row in reading.skills if row.school.systemic]
    said: tuple[Text, ...] = (_skills_said(systemic),)
    return Section(
        Message(mark("Skills")),
        said,
        tables=(heat_table(Message(mark("Points got by skill and class, per cent")), columns, rows),),
    )


def _skills_said(systemic: Sequence[str]) -> Message:
    if systemic:
        return Message(
            mark("Systemic deficit, most items are not mastered: %(names)s."), {"names": ", ".join(systemic)}
        )
    return Message(
        mark("Teachers are neither named nor compared: results of check works may not be used for it.")
    )


def _marks(reading: SchoolReading, rules: Rules) -> tuple[Chart, ...]:
    named = (
        (Message(mark("School")), reading.marks),
        (Message(mark("Comparable schools")), reading.similar_marks),
        (Message(mark("Territory")), reading.territory_marks),
    )
    rows = [(name, marks) for name, marks in named if marks is not None]
    return (mark_bars(rows, rules.comparison.z),) if reading.marks is not None else ()


def _journals(reading: SchoolReading) -> list[tuple[Message, Journal | None]]:
    return [
        (Message(mark("School")), reading.journal),
        (Message(mark("Comparable schools")), reading.similar_journal),
        (Message(mark("Territory")), reading.territory_journal),
    ]


def _point(one: Recommendation) -> Point:
    if one.advice is None:
        return Point(one.text, Message(mark("Added by a methodologist.")), one.edit.code if one.edit else "")
    said = {"rule": one.advice.rule.code, "version": one.advice.rule.version, "ground": one.advice.ground}
    return Point(
        one.text, Message(mark("%(ground)s Rule %(rule)s, version %(version)d."), said), one.advice.rule.code
    )


def _signed(recommendations: Sequence[Recommendation]) -> tuple[Text, ...]:
    edits = [one.edit for one in recommendations if one.edit is not None]
    if not edits:
        return (Message(mark("Chosen by rules; not yet edited by a methodologist.")),)
    last = max(edits, key=lambda edit: edit.on)
    said = {"by": last.by, "on": last.on.strftime("%d.%m.%Y")}
    return (Message(mark("Chosen by rules, edited by %(by)s on %(on)s."), said),)


def _method(reading: SchoolReading, rules: Rules) -> tuple[Text, ...]:
    said: list[Text] = [
        Message(mark("Two-level model with a random effect of the school, REML; intervals of 95 per cent.")),
        Message(
            mark("Schools get no places: intervals overlap, and results of check works may not rank schools.")
        ),
    ]
    if reading.way is Way.SCHOOLS:
        said.append(
            Message(
                mark(
                    "Value added by means of schools: who came and who left in a year is not seen, and the "
                    "error of the earlier mean weakens its slope."
                )
            )
        )
    told = (rules.bands.rule.told, rules.comparison.rule.told, rules.clusters.rule.told)
    return (*said, *reading.work.counting, *told)
