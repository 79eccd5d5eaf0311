"""Results of a municipality or a region for its authority."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.charts.caterpillar import caterpillar
from avgust.domain.assessment.interpretation.charts.funnel import funnel
from avgust.domain.assessment.interpretation.charts.heat import heat_table
from avgust.domain.assessment.interpretation.charts.histogram import histogram
from avgust.domain.assessment.interpretation.charts.words import shaded
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.assessment.interpretation.telling.journal import journal_said
from avgust.domain.assessment.interpretation.territory import Need, SkillDeficit, TerritoryReading
from avgust.domain.assessment.interpretation.uses import Allowed
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import Cell, Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Section, Story, Text

NEEDS: Final = {
    Need.SEVERAL: Message(mark("many below the minimum in several works of the year")),
    Need.REPEATED: Message(mark("many below the minimum in the same work two years running")),
}


def tell_territory(reading: TerritoryReading, rules: Rules, allowed: Allowed | None = None) -> Story:
    """Return the report of a territory; `allowed` says by which rule schools are chosen for support."""
    return Story(
        title=Message(
            mark("%(work)s. %(territory)s"), {"work": reading.work.title, "territory": reading.name}
        ),
        lede=_lede(reading),
        meta=(
            Message(mark("Schools: %(n)d"), {"n": len(reading.distribution.points)}),
            Message(mark("Pupils: %(n)d"), {"n": reading.distribution.n}),
            Message(mark("For the education authority")),
        ),
        facts=_facts(reading),
        sections=(
            Section(
                Message(mark("Schools")),
                charts=(caterpillar(reading.distribution), funnel(reading.distribution)),
            ),
            Section(
                Message(mark("Primary scores")), _journal(reading), charts=(histogram(reading.histogram),)
            ),
            Section(Message(mark("Deficits by skill")), tables=_deficit_tables(reading)),
            _support(reading),
        ),
        method=(
            Message(
                mark("Two-level model with a random effect of the school, REML; intervals of 95 per cent.")
            ),
            Message(
                mark(
                    "Schools get no places: intervals overlap, and results of check works may "
                    "not rank schools."
                )
            ),
            *reading.work.counting,
            rules.bands.rule.told,
            rules.support.rule.told,
            *(allowed.told if allowed else ()),
        ),
    )


def _lede(reading: TerritoryReading) -> tuple[Text, ...]:
    low = [one for one in reading.skills if one.topic.share.band is Band.DEFICIT]
    said: list[Text] = []
    if low:
        names = ", ".join(f"«{one.topic.topic.name}»" for one in low[:3])
        values = {"n": len(low), "all": len(reading.skills), "names": names}
        said.append(
            Message(
                mark("Deficits of the territory: %(n)d of %(all)d skills. Most schools lack: %(names)s."),
                values,
            )
        )
    else:
        said.append(Message(mark("No skill is a deficit of the territory as a whole.")))
    if reading.support:
        said.append(Message(mark("Schools to support: %(n)d."), {"n": len(reading.support)}))
    return tuple(said)


def _facts(reading: TerritoryReading) -> tuple[Fact, ...]:
    found = reading.distribution
    share = found.between / (found.between + found.within)
    facts = [
        Fact(
            Message(mark("Mean score of %(most)d"), {"most": reading.work.maximum}),
            number(found.mean),
            Message(mark("error %(error)s"), {"error": number(found.mean_error)}),
            Message(mark("Mean of schools under the two-level model; pupils: %(n)d."), {"n": found.n}),
        ),
        Fact(
            Message(mark("Differences between schools")),
            percent(share),
            Message(mark("per cent of the variance of scores")),
            Message(mark("Variance between schools of the sum of the variances between and within schools.")),
        ),
        Fact(
            Message(mark("Schools below and above the mean")),
            Message(
                mark("%(below)d and %(above)d"),
                {"below": reading.count(Verdict.BELOW), "above": reading.count(Verdict.ABOVE)},
            ),
            Message(mark("of %(all)d"), {"all": len(found.points)}),
            Message(mark("Schools whose whole interval lies on one side of the mean.")),
        ),
    ]
    if reading.marks is not None:
        facts.append(
            Fact(
                Message(mark("Mark “2”")),
                percent(reading.marks.shares[0], 1),
                Message(mark("per cent of pupils")),
                Message(
                    mark("Pupils with the lowest mark of all with a mark: %(n)d."), {"n": reading.marks.n}
                ),
            )
        )
    return tuple(facts)


def _journal(reading: TerritoryReading) -> tuple[Text, ...]:
    return () if reading.journal is None else (journal_said(reading.journal),)


def _deficit_tables(reading: TerritoryReading) -> tuple[Table, ...]:
    heads = (
        Message(mark("Skill")),
        Message(mark("Level")),
        Message(mark("Points got, %")),
        Message(mark("Schools in deficit")),
        Message(mark("Schools on the border")),
        Message(mark("Schools that have mastered it")),
        Message(mark("Schools with too few pupils")),
    )
    order = (Band.DEFICIT, Band.BORDER, Band.SUFFICIENT, Band.TOO_FEW)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.topic.topic.name,
            LEVEL_NAMES[one.topic.topic.level],
            shaded(one.topic.share),
            *(one.schools[band] for band in order),
        )
        for one in reading.skills
    )
    tables = [Table(Message(mark("Skills by number of schools in deficit")), heads, rows)]
    if reading.parts:
        by_part = [(one.topic.topic, one.parts) for one in _in_order(reading)]
        tables.append(
            heat_table(
                Message(mark("Points got by skill and municipality, per cent")), reading.parts, by_part
            )
        )
    return tuple(tables)


def _in_order(reading: TerritoryReading) -> list[SkillDeficit]:
    """Return the skills in the order of the work."""
    order = {topic: place for place, topic in enumerate(reading.work.topics)}
    return sorted(reading.skills, key=lambda one: order[one.topic.topic])


def _support(reading: TerritoryReading) -> Section:
    title = Message(mark("Schools to support"))
    if not reading.support:
        return Section(title)
    heads = (
        Message(mark("School")),
        Message(mark("Ground")),
        Message(mark("Which works")),
        Message(mark("Value added")),
    )
    rows = tuple(
        (
            case.name,
            _grounds(case.needs),
            "; ".join(case.procedures),
            Message(mark("as expected or above: the intake explains the low result"))
            if case.by_intake
            else Message(mark("below, or not known")),
        )
        for case in reading.support
    )
    reading_said = Message(
        mark("A list for help, in alphabetical order; it is no ranking and no ground for sanctions.")
    )
    return Section(
        title, (reading_said,), tables=(Table(Message(mark("Schools to support and why")), heads, rows),)
    )


def _grounds(needs: tuple[Need, ...]) -> Message:
    first = NEEDS[needs[0]]
    if len(needs) == 1:
        return first
    return Message(mark("%(first)s; %(second)s"), {"first": first, "second": NEEDS[needs[1]]})
