"""Marks of the work beside those of the journal: the sentence and the table with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from avgust.domain.assessment.interpretation.marks import Journal
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Section, Text


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


def journal_section(rows: Sequence[tuple[Message, Journal | None]], rules: Rules) -> Section:
    """Return the section; the first row is one's own, the last that of the territory."""
    title, own, whole = Message(mark("Journal and work")), rows[0][1], rows[-1][1]
    if own is None or whole is None:
        return Section(title, (Message(mark("Not estimated: marks of the journal are not known.")),))
    if own.n < rules.bands.fewest:
        said = Message(mark("Not estimated: n < %(n)d pupils with both marks."), {"n": rules.bands.fewest})
        return Section(title, (said,), tables=(_table(rows, rules.comparison.z),))
    against = _against(own, whole, rules.comparison.z)
    return Section(title, (journal_said(own), against), tables=(_table(rows, rules.comparison.z),))


def _against(own: Journal, whole: Journal, z: float) -> Text:
    """Return whether the journal stands above the work more often than in the territory."""
    lower, usual = own.interval(own.lower, z), own.interval(own.lower, z).value - whole.lower
    if lower.low > whole.lower:
        return Message(
            mark(
                "The journal stands above the work more often than in the territory: by %(points)s points; "
                "compare the criteria of current marks."
            ),
            {"points": percent(usual)},
        )
    if lower.high < whole.lower:
        return Message(
            mark("The journal stands above the work less often than in the territory: by %(points)s points."),
            {"points": percent(-usual)},
        )
    return Message(mark("The journal stands above the work as often as in the territory."))


def _table(rows: Sequence[tuple[Message, Journal | None]], z: float) -> Table:
    heads = (
        Message(mark("Whose results")),
        Message(mark("Pupils")),
        Message(mark("Lower than in the journal, %")),
        Message(mark("Interval, %")),
        Message(mark("As in the journal, %")),
        Message(mark("Higher, %")),
        Message(mark("Two marks apart, %")),
    )
    return Table(
        Message(mark("Marks of the work beside the journal, with 95 per cent intervals")),
        heads,
        tuple(
            (
                name,
                one.n,
                percent(one.lower, 1),
                _interval(one, z),
                percent(one.same, 1),
                percent(one.higher, 1),
                percent(one.apart, 1),
            )
            for name, one in rows
            if one is not None
        ),
    )


def _interval(one: Journal, z: float) -> Message:
    found = one.interval(one.lower, z)
    return Message(
        mark("from %(low)s to %(high)s"), {"low": percent(found.low, 1), "high": percent(found.high, 1)}
    )
