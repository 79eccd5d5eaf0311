"""Where a school stands: its figures, comparable schools in words, value added and how it was found."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.added import WAYS
from avgust.domain.assessment.interpretation.charts.words import AGAINST
from avgust.domain.assessment.interpretation.comparison import Similar
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.school import SchoolReading
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.charts.numbers import number
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Section, Text

NOT_COMPARED: Final = mark("not compared: comparable schools < %(n)d")
AGAINST_SIMILAR: Final = {
    Verdict.BELOW: mark(
        "The school writes the work worse than comparable schools: by %(points)s points (from %(low)s to "
        "%(high)s)."
    ),
    Verdict.AS: mark(
        "The school cannot be told apart from comparable schools: the interval of the difference, from "
        "%(low)s to %(high)s points, covers zero."
    ),
    Verdict.ABOVE: mark(
        "The school writes the work better than comparable schools: by %(points)s points (from %(low)s to "
        "%(high)s)."
    ),
    Verdict.TOO_FEW: mark("Too few pupils wrote the work for a comparison with comparable schools."),
}
ADDED_SAID: Final = {
    Verdict.BELOW: mark(
        "Pupils got less than expected: by %(points)s points (from %(low)s to %(high)s), %(way)s."
    ),
    Verdict.AS: mark(
        "Pupils got as much as expected: the interval, from %(low)s to %(high)s points, covers zero, %(way)s."
    ),
    Verdict.ABOVE: mark(
        "Pupils got more than expected: by %(points)s points (from %(low)s to %(high)s), %(way)s."
    ),
    Verdict.TOO_FEW: mark("Value added is not estimated: n < %(n)d pupils with an earlier result."),
}
ADDED: Final = {
    Verdict.BELOW: mark("from %(low)s to %(high)s: less than expected"),
    Verdict.AS: mark("from %(low)s to %(high)s: as expected"),
    Verdict.ABOVE: mark("from %(low)s to %(high)s: more than expected"),
    Verdict.TOO_FEW: mark("not estimated: n < %(n)d"),
}
DASH: Final = "–"


def facts(reading: SchoolReading, rules: Rules) -> tuple[Fact, ...]:
    """Return the figures on top: the school, the territory, comparable schools, value added."""
    point, found = reading.point, reading.distribution
    return (
        Fact(
            Message(mark("Mean score of %(most)d"), {"most": reading.work.maximum}),
            number(point.mean),
            _between(point.low, point.high),
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
        _similar_fact(reading.similar, rules),
        _added_fact(reading, rules),
    )


def _between(low: float, high: float) -> Message:
    return Message(mark("from %(low)s to %(high)s"), {"low": number(low), "high": number(high)})


def _similar_fact(similar: Similar | None, rules: Rules) -> Fact:
    label, fewest = Message(mark("Comparable schools")), rules.comparison.fewest_schools
    if similar is None:
        why = Message(
            mark("Schools of the same sort, settlement and size, and then wider groups, are too few.")
        )
        return Fact(label, DASH, Message(NOT_COMPARED, {"n": fewest}), why)
    said = {"group": similar.told, "schools": len(similar.names), "n": similar.n}
    return Fact(
        label,
        number(similar.mean.value),
        _between(similar.mean.low, similar.mean.high),
        Message(
            mark(
                "%(group)s; the school itself is left out. Schools: %(schools)d, pupils: %(n)d. Mean of "
                "schools under the two-level model."
            ),
            said,
        ),
    )


def _added_fact(reading: SchoolReading, rules: Rules) -> Fact:
    label, added = Message(mark("Value added, points")), reading.added
    if added is None or reading.way is None:
        return Fact(label, DASH, reading.not_added or "", Message(mark("It needs an earlier result.")))
    why = Message(
        mark(
            "Empirical Bayes estimate beyond what the earlier work foretells, %(way)s: %(earlier)s. "
            "Pupils: %(n)d."
        ),
        {"way": WAYS[reading.way], "earlier": reading.earlier or DASH, "n": added.n},
    )
    if added.verdict is Verdict.TOO_FEW:
        return Fact(label, DASH, Message(ADDED[added.verdict], {"n": rules.bands.fewest}), why)
    said = {"low": number(added.low, sign=True), "high": number(added.high, sign=True)}
    return Fact(label, number(added.effect, sign=True), Message(ADDED[added.verdict], said), why)


def similar_section(reading: SchoolReading, rules: Rules) -> Section:
    """Return the comparison with comparable schools: a sentence, who they are, the table."""
    title, similar = Message(mark("Among comparable schools")), reading.similar
    if similar is None:
        return Section(title, (Message(NOT_COMPARED, {"n": rules.comparison.fewest_schools}),))
    apart = similar.difference
    said = {
        "points": number(abs(apart.value)),
        "low": number(apart.low, sign=True),
        "high": number(apart.high, sign=True),
    }
    heads = (
        Message(mark("Whose results")),
        Message(mark("Schools")),
        Message(mark("Pupils")),
        Message(mark("Mean score")),
        Message(mark("Lower end")),
        Message(mark("Upper end")),
        Message(mark("Conclusion")),
    )
    point, mean = reading.point, similar.mean
    rows = (
        (
            Message(mark("School")), 1, point.n,
            number(point.mean), number(point.low), number(point.high), None,
        ),
        (
            Message(mark("Comparable schools")), len(similar.names), similar.n,
            number(mean.value), number(mean.low), number(mean.high), None,
        ),
        (
            Message(mark("Difference")), None, None,
            number(apart.value, sign=True), said["low"], said["high"], AGAINST[similar.verdict],
        ),
    )  # fmt: skip
    who = Message(mark("Comparable here are %(group)s."), {"group": similar.told})
    return Section(
        title,
        (Message(AGAINST_SIMILAR[similar.verdict], said), who),
        tables=(
            Table(Message(mark("The school and comparable schools, means with intervals")), heads, rows),
        ),
    )


def added_section(reading: SchoolReading, rules: Rules) -> Section:
    """Return what is known of value added, and which way it was found."""
    title, added = Message(mark("Value added")), reading.added
    if added is None or reading.way is None:
        return Section(title, (reading.not_added or "",))
    said = {
        "points": number(abs(added.effect)),
        "low": number(added.low, sign=True),
        "high": number(added.high, sign=True),
        "way": WAYS[reading.way],
        "n": rules.bands.fewest,
    }
    texts: list[Text] = [Message(ADDED_SAID[added.verdict], said)]
    if reading.earlier:
        texts.append(Message(mark("The earlier work: %(earlier)s."), {"earlier": reading.earlier}))
    return Section(title, tuple(texts))
