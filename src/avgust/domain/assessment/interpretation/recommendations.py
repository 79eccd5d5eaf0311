"""Standard recommendations: chosen by rule from a school's reading, then edited by a methodologist.

A rule carries the date from which it is used and its source; what a person changed is kept beside what the
rule said, with who and when, so that both can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from avgust.domain.assessment.interpretation.rules import Band, Ground, Rule
from avgust.domain.assessment.interpretation.school import SchoolReading
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.charts.numbers import number
from avgust.domain.messages import Message, mark

SPREAD: Final = 0.10  # of points between classes
LOWERED: Final = 0.40  # of marks below the journal's
NAMED: Final = 3  # skills in one sentence


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule said of a reading; `ground` tells by which figures."""

    rule: Rule
    text: Message
    ground: Message


Choose = Callable[[SchoolReading], tuple[Message, Message] | None]


@dataclass(frozen=True)
class AdviceRule:
    """A rule: the sentence and its ground, or nothing."""

    rule: Rule
    choose: Choose


def _names(skills: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in list(skills)[:NAMED])


def _everywhere(reading: SchoolReading) -> tuple[Message, Message] | None:
    bad = [
        row
        for row in reading.skills
        if row.school.share.band is Band.DEFICIT
        and row.classes
        and all(share.band in (Band.DEFICIT, Band.TOO_FEW) for share in row.classes)
    ]
    if not bad:
        return None
    said = {"skills": _names(row.school.topic.name for row in bad)}
    return (
        Message(mark("Plan the removal of deficits in all classes: %(skills)s."), said),
        Message(mark("The skill is a deficit of the school and of every class.")),
    )


def _between_classes(reading: SchoolReading) -> tuple[Message, Message] | None:
    found = []
    for row in reading.skills:
        judged = [
            (name, share)
            for name, share in zip(reading.classes, row.classes, strict=True)
            if share.band is not Band.TOO_FEW
        ]
        low = [name for name, share in judged if share.band is Band.DEFICIT]
        good = [share.value for _name, share in judged if share.band is Band.SUFFICIENT]
        worst = min((share.value for _name, share in judged), default=1.0)
        if low and good and max(good) - worst > SPREAD:
            found.append((row.school.topic.name, low))
    if not found:
        return None
    skill, classes = found[0]
    said = {"skill": skill, "classes": ", ".join(classes)}
    return (
        Message(mark("Repeat “%(skill)s” in %(classes)s: in other classes it is mastered."), said),
        Message(
            mark("Classes differ by more than 10 points, one is in deficit and another has mastered it.")
        ),
    )


def _against_territory(reading: SchoolReading) -> tuple[Message, Message] | None:
    rows = [
        row
        for row in reading.skills
        if row.school.share.band is Band.DEFICIT and row.territory.band is Band.SUFFICIENT
    ]
    if not rows:
        return None
    said = {"skills": _names(row.school.topic.name for row in rows)}
    return (
        Message(
            mark("Ask schools of the territory how they teach what they have mastered: %(skills)s."), said
        ),
        Message(mark("A deficit of the school that the territory as a whole does not have.")),
    )


def _request(reading: SchoolReading) -> tuple[Message, Message] | None:
    rows = [row for row in reading.skills if row.school.systemic]
    if not rows:
        return None
    said = {"skills": _names(row.school.topic.name for row in rows)}
    return (
        Message(mark("Put into the request for professional development: %(skills)s."), said),
        Message(mark("A systemic deficit: most items of the skill are not mastered.")),
    )


def _journal(reading: SchoolReading) -> tuple[Message, Message] | None:
    journal = reading.journal
    if journal is None or journal.n < 10 or journal.lower < LOWERED:
        return None
    said = {"share": number(100 * journal.lower, 0)}
    return (
        Message(
            mark("Compare the criteria of current marks with those of the work at a methodical meeting.")
        ),
        Message(mark("%(share)s %% of marks are below those in the journal."), said),
    )


def _below(reading: SchoolReading) -> tuple[Message, Message] | None:
    if reading.verdict is not Verdict.BELOW or _by_intake(reading):
        return None
    return (
        Message(mark("Take part in the programme of support of schools with low results.")),
        Message(mark("The interval of the school lies below the mean of the territory.")),
    )


def _intake(reading: SchoolReading) -> tuple[Message, Message] | None:
    if reading.verdict is not Verdict.BELOW or not _by_intake(reading):
        return None
    return (
        Message(mark("Keep the way of teaching, and ask for support of pupils who came with gaps.")),
        Message(
            mark("The mean is below the territory's, and the value added is not: the intake explains it.")
        ),
    )


def _by_intake(reading: SchoolReading) -> bool:
    return reading.added is not None and reading.added.verdict in (Verdict.AS, Verdict.ABOVE)


def _worsened(reading: SchoolReading) -> tuple[Message, Message] | None:
    if not reading.trend.worsened:
        return None
    return (
        Message(mark("Find out with the heads of subject why more pupils have the lowest mark.")),
        Message(mark("The share of the lowest mark grew by ten points or more in a year.")),
    )


def _share_practice(reading: SchoolReading) -> tuple[Message, Message] | None:
    above = reading.added is not None and reading.added.verdict is Verdict.ABOVE
    if not above:
        return None
    return (
        Message(mark("Show the practice of the school to others: its pupils gain more than expected.")),
        Message(mark("The interval of value added lies above zero.")),
    )


def _quiet(reading: SchoolReading) -> tuple[Message, Message] | None:
    del reading
    return (
        Message(mark("Keep the plan of teaching: no figure asks for a change.")),
        Message(mark("No other rule applies.")),
    )


def _rule(code: str, choose: Choose, source: str = "") -> AdviceRule:
    words = source or mark("Avgust, settings of interpretation")
    name = Message(mark("Recommendations"))
    return AdviceRule(Rule(code, name, 1, date(2026, 1, 1), Message(words), Ground.DEFAULT), choose)


QUIET: Final = _rule("advice.quiet", _quiet)
RULES: Final = (
    _rule("advice.deficit_everywhere", _everywhere),
    _rule("advice.deficit_in_classes", _between_classes),
    _rule("advice.deficit_of_school", _against_territory),
    _rule("advice.development", _request),
    _rule("advice.below", _below),
    _rule("advice.intake", _intake),
    _rule("advice.worsened", _worsened),
    _rule("advice.journal", _journal),
    _rule("advice.practice", _share_practice),
)


def advise(reading: SchoolReading, day: date, rules: Sequence[AdviceRule] = RULES) -> list[Advice]:
    """Return what the rules in force on `day` say of a school; the quiet rule where no other applies."""
    found = []
    for one in rules:
        said = one.choose(reading) if one.rule.since <= day else None
        if said is not None:
            found.append(Advice(one.rule, *said))
    if not found:
        quiet = QUIET.choose(reading)
        assert quiet is not None
        found.append(Advice(QUIET.rule, *quiet))
    return found
