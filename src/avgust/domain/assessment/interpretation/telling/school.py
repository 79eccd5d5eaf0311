"""A school's results for its head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from avgust.domain.assessment.interpretation.charts.caterpillar import caterpillar
from avgust.domain.assessment.interpretation.charts.funnel import funnel
from avgust.domain.assessment.interpretation.charts.heat import heat_table
from avgust.domain.assessment.interpretation.charts.marks import mark_bars
from avgust.domain.assessment.interpretation.mastery import by_band
from avgust.domain.assessment.interpretation.recommendations import Recommendation
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.school import Journal, SchoolReading, Trend
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Point, Section, Story, Text

LEDE: Final = {
    Verdict.BELOW: mark("The school writes the work worse than the territory as a whole."),
    Verdict.AS: mark("The school writes the work as the territory as a whole."),
    Verdict.ABOVE: mark("The school writes the work better than the territory as a whole."),
    Verdict.TOO_FEW: mark("Too few pupils wrote the work for a comparison."),
}
ADDED: Final = {
    Verdict.BELOW: mark("from %(low)s to %(high)s: less than expected"),
    Verdict.AS: mark("from %(low)s to %(high)s: as expected"),
    Verdict.ABOVE: mark("from %(low)s to %(high)s: more than expected"),
    Verdict.TOO_FEW: mark("too few pupils with an earlier result"),
}


def tell_school(reading: SchoolReading, recommendations: Sequence[Recommendation], rules: Rules) -> Story:
    """Return the report of a school."""
    return Story(
        title=Message(mark("%(work)s. %(school)s"), {"work": reading.work.title, "school": reading.name}),
        lede=(Message(LEDE[reading.verdict]), _deficits(reading)),
        meta=(
            Message(mark("Pupils: %(n)d"), {"n": reading.point.n}),
            Message(mark("For the head of the school")),
        ),
        facts=_facts(reading),
        sections=(
            Section(
                Message(mark("Among the schools of the territory")),
                charts=(
                    caterpillar(reading.distribution, reading.name, reading.similar_names, named=False),
                    funnel(reading.distribution, reading.name, named=False),
                ),
            ),
            _skills(reading),
            Section(Message(mark("Marks")), _journal(reading), charts=_marks(reading, rules)),
            _trend(reading.trend),
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


def _facts(reading: SchoolReading) -> tuple[Fact, ...]:
    point, found = reading.point, reading.distribution
    interval = {"low": number(point.low), "high": number(point.high)}
    facts = [
        Fact(
            Message(mark("Mean score of %(most)d"), {"most": reading.work.maximum}),
            number(point.mean),
            Message(mark("from %(low)s to %(high)s"), interval),
            Message(
                mark("Mean primary score of %(n)d pupils ± 1.96 errors by the variance within schools."),
                {"n": point.n},
            ),
        ),
        Fact(
            Message(mark("Territory")),
            number(found.mean),
            Message(mark("schools: %(n)d"), {"n": len(found.points)}),
            Message(mark("Mean of schools under the two-level model; pupils: %(n)d."), {"n": found.n}),
        ),
    ]
    if reading.similar_mean is not None:
        facts.append(
            Fact(
                Message(mark("Comparable schools")),
                number(reading.similar_mean),
                Message(mark("schools: %(n)d"), {"n": len(reading.similar_names)}),
                Message(mark("Mean of pupils of schools of the same group, without the school itself.")),
            )
        )
    if reading.added is not None:
        added = reading.added
        said = {"low": number(added.low, sign=True), "high": number(added.high, sign=True)}
        facts.append(
            Fact(
                Message(mark("Value added, points")),
                number(added.effect, sign=True),
                Message(ADDED[added.verdict], said if added.verdict is not Verdict.TOO_FEW else {}),
                Message(
                    mark(
                        "Empirical Bayes estimate beyond what pupils' earlier results foretell; "
                        "pupils: %(n)d."
                    ),
                    {"n": added.n},
                ),
            )
        )
    return tuple(facts)


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


def journal_said(journal: Journal) -> Message:
    """Return how marks agree with the journal."""
    said = {
        "same": percent(journal.same),
        "lower": percent(journal.lower),
        "higher": percent(journal.higher),
        "apart": percent(journal.apart),
    }
    return Message(
        mark(
            "Marks agree with the journal for %(same)s %% of pupils, are lower for %(lower)s %% "
            "and higher for %(higher)s %%; two marks apart: %(apart)s %%."
        ),
        said,
    )


def _journal(reading: SchoolReading) -> tuple[Text, ...]:
    return () if reading.journal is None else (journal_said(reading.journal),)


def _trend(trend: Trend) -> Section:
    title = Message(mark("By year"))
    if len(trend.points) < 2:
        return Section(title)
    heads = (
        Message(mark("Year")),
        Message(mark("Pupils")),
        Message(mark("Points got, %")),
        Message(mark("Error")),
        Message(mark("Territory, %")),
        Message(mark("“2”, %")),
        Message(mark("Comparable")),
    )
    rows = tuple(
        (
            p.label,
            p.n,
            percent(p.share, 1),
            percent(p.error, 1),
            percent(p.territory, 1),
            None if p.lowest is None else percent(p.lowest, 1),
            Message(mark("yes")) if p.comparable else Message(mark("no: other content was asked")),
        )
        for p in trend.points
    )
    return Section(
        title, (_trend_said(trend),), tables=(Table(Message(mark("Results by year")), heads, rows),)
    )


def _trend_said(trend: Trend) -> Message:
    if trend.worsened:
        return Message(mark("The share of mark “2” grew by ten points or more: a worsening."))
    before, now = trend.points[-2], trend.points[-1]
    if not before.comparable:
        return Message(
            mark("The works of the last two years asked different things: their results are not compared.")
        )
    gained = (now.share - now.territory) - (before.share - before.territory)
    error = (now.error**2 + before.error**2) ** 0.5
    said = {"points": number(100 * abs(gained), 0)}
    if not abs(gained) > 1.96 * error:
        return Message(mark("Against the territory the school stands where it stood a year ago."))
    if gained > 0:
        return Message(mark("Against the territory the school gained %(points)s points in a year."), said)
    return Message(mark("Against the territory the school lost %(points)s points in a year."), said)


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
    if reading.added is None:
        said.append(
            Message(mark("Value added is not shown: earlier results of the same pupils are not known."))
        )
    return (*said, rules.bands.rule.told, rules.comparison.rule.told)
