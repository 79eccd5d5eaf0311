"""What of a report on results calls for a decision: deficits of skills, doubtful marks, advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from avgust.domain.assessment.interpretation.marks import journal_of
from avgust.domain.assessment.interpretation.recommendations import LOWERED, RULES
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.territory import skill_deficits
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Story
from avgust.web.assessments.models import Work
from avgust.web.readings import telling
from avgust.web.readings.places import Place, place_of
from avgust.web.readings.source import Source
from avgust.web.territory.models import Unit

MOST: Final = 12
REPORTS: Final = ("territory", "request", "school")
_CALLING: Final = frozenset(one.rule.code for one in RULES) - {"advice.practice"}


@dataclass(frozen=True, slots=True)
class Told:
    """A report as the stations above know it: which one, of which work, about whom."""

    report: str
    work: Work
    unit: Unit
    source: Source
    story: Story


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its numbers; `code` names it within its report, `proposal` is what the rules advise."""

    code: str
    words: Message
    value: float | None = None
    expected: float | None = None
    measured_in: Message | None = None
    proposal: Message | None = None


def findings_of(told: Told) -> list[Finding]:
    """Return the findings of a report, the gravest first; nothing where nothing calls for a decision."""
    if told.report == "school":
        return list(_of_school(told))[:MOST]
    if told.report in REPORTS:
        return [*_of_skills(told), *_of_journal(told)][:MOST]
    return []


def told_of(report: str, work: Work, unit: Unit, source: Source) -> Told | None:
    """Tell a report anew for who asks about one of its findings; None for a unit that it is not about."""
    of = work.unit if report == "school" else unit
    place = place_of(of, work.held_on, source.units)
    if not place.names or (report == "school" and unit.pk not in place.names):
        return None
    day = work.held_on
    story = (
        telling.school(source, unit.pk, place, {}, day)
        if report == "school"
        else telling.request(source, str(unit), place, day)
    )
    return Told(report, work, unit, source, story)


def _place(told: Told) -> Place:
    return place_of(told.unit, told.work.held_on, told.source.units)


def _of_skills(told: Told) -> Iterator[Finding]:
    """Yield the skills that are a deficit of the territory as a whole, or of schools in it."""
    rules = Rules.on(told.work.held_on)
    schools = told.source.schools(_place(told).names)
    if not schools.names:
        return
    for one in skill_deficits(schools, None, rules):
        if one.topic.share.band is not Band.DEFICIT and not one.schools[Band.DEFICIT]:
            continue
        values = {"skill": one.topic.topic.name, "n": one.schools[Band.DEFICIT], "all": len(schools.names)}
        share, needed = round(100 * one.topic.share.value, 1), rules.bands.sufficient[one.topic.topic.level]
        whole = share < needed  # else the territory is as it should be, and only some schools are not
        yield Finding(
            code=f"skill-{crc32(f'{one.topic.topic.name}|{one.topic.topic.level}'.encode()):08x}",
            words=Message(mark("The skill “%(skill)s” is a deficit in %(n)s of %(all)s schools."), values),
            value=share if whole else float(one.schools[Band.DEFICIT]),
            expected=needed if whole else 0.0,
            measured_in=Message(mark("% of points"))
            if whole
            else Message(mark("schools of %(all)s"), values),
            proposal=Message(mark("Remove the deficit of the skill “%(skill)s”."), values),
        )


def _of_journal(told: Told) -> Iterator[Finding]:
    """Yield the disagreement of marks with the journal where it is as large as the rules call a deviation."""
    schools = told.source.schools(_place(told).names)
    journal = journal_of(schools.together()) if schools.names else None
    if journal is None or journal.lower < LOWERED:
        return
    yield Finding(
        code="journal",
        words=Message(mark("Marks of the work lie below those of the journal: objectivity is in doubt.")),
        value=round(100 * journal.lower, 1),
        expected=100 * LOWERED,
        measured_in=Message(mark("% of pupils")),
    )


def _of_school(told: Told) -> Iterator[Finding]:
    """Yield what the rules advise a school, with their grounds; what a person wrote anew is no finding."""
    for section in told.story.sections:
        for point in section.points:
            if point.code in _CALLING and isinstance(point.ground, Message):
                ground = point.ground.params.get("ground", point.ground)  # without the number of the rule
                proposal = point.text if isinstance(point.text, Message) else None
                yield Finding(code=point.code, words=ground, proposal=proposal)
