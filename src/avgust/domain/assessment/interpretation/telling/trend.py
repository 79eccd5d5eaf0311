"""A school over the years: the sentence, the picture, the table."""

from __future__ import annotations

from avgust.domain.assessment.interpretation.charts.trend import trend_chart
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.trend import Trend
from avgust.domain.charts.numbers import number
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Section


def trend_section(trend: Trend, rules: Rules) -> Section:
    """Return the section; one year alone is said to be one."""
    title = Message(mark("By year"))
    if len(trend.points) < 2:
        return Section(title, (Message(mark("Not estimated: the school wrote the work in one year only.")),))
    said = trend_said(trend, rules)
    worse = Message(mark("The share of mark “2” grew by ten points or more: a worsening."))
    return Section(
        title,
        (worse,) if trend.worsened else (),
        charts=(trend_chart(trend, said, rules.comparison.z),),
    )


def trend_said(trend: Trend, rules: Rules) -> Message:
    """Return what the last year changed."""
    if trend.few:
        return Message(
            mark("The change is not estimated: n < %(n)d pupils in one of the years."),
            {"n": rules.bands.fewest},
        )
    if trend.change is None:
        return Message(
            mark("The works of the last two years asked different things: their results are not compared.")
        )
    low, high = 100 * trend.change.low, 100 * trend.change.high
    said = {
        "points": number(100 * abs(trend.change.value), 0),
        "low": number(low, 0, sign=True),
        "high": number(high, 0, sign=True),
    }
    if not (low > 0 or high < 0):
        return Message(
            mark(
                "Against the territory the school stands where it stood a year ago: from %(low)s to %(high)s "
                "points."
            ),
            said,
        )
    if low > 0:
        return Message(
            mark(
                "Against the territory the school gained %(points)s points in a year (from %(low)s to "
                "%(high)s)."
            ),
            said,
        )
    return Message(
        mark("Against the territory the school lost %(points)s points in a year (from %(low)s to %(high)s)."),
        said,
    )
