"""The quality passport for the author of an instrument."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.charts.curve import item_curve
from avgust.domain.assessment.interpretation.charts.wright import wright_map
from avgust.domain.assessment.interpretation.passport.model import (
    SEVERE,
    Fault,
    ItemPassport,
    Passport,
    Readiness,
)
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES
from avgust.domain.assessment.status import Status
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import BAD, BORDER, Cell, Shaded, Table
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Fact, Point, Section, Story, Text

FAULTS: Final = {
    Fault.NEGATIVE: Message(mark("strong pupils do it worse than weak ones: check the key and the wording")),
    Fault.WEAK: Message(mark("hardly tells strong pupils from weak ones")),
    Fault.EASY: Message(mark("nearly everybody does it")),
    Fault.HARD: Message(mark("hardly anybody does it")),
    Fault.MISFIT: Message(mark("something else than the knowledge tested answers it")),
    Fault.REPEATS: Message(mark("repeats what other items show")),
    Fault.UNUSED: Message(mark("a score that nobody got: revise the criteria")),
    Fault.DISORDERED: Message(mark("a middle score is never the most likely: join or sharpen the criteria")),
    Fault.LOWERS: Message(mark("the work is more reliable without it")),
    Fault.DIFFERS: Message(mark("works differently in groups of equally strong pupils")),
    Fault.LEVEL: Message(mark("its difficulty is not that of the level declared")),
    Fault.NOT_PLACED: Message(mark("all pupils have the same score: nothing can be said of it")),
}
VERDICTS: Final = {
    Readiness.READY: Message(mark("The instrument is ready: no item must be mended.")),
    Readiness.NOT_READY: Message(mark("The instrument is not ready: conclusions from it would be unsound.")),
    Readiness.FIRST_LOOK: Message(
        mark("A first look only: fewer than 50 pupils wrote the work, so no verdict is given.")
    ),
}


def verdict_of(passport: Passport) -> Message:
    """Return the verdict for the author."""
    if passport.readiness is Readiness.MEND:
        names = ", ".join(one.item.name for one in passport.faulty)
        return Message(
            mark("The instrument is ready when these items are mended: %(items)s."), {"items": names}
        )
    return VERDICTS[passport.readiness]


def reliability_said(passport: Passport, rules: Rules) -> Message:
    """Return for which conclusions the work is reliable enough."""
    alpha = passport.reliability
    if alpha.status is not Status.CONVERGED:
        return Message(mark("Reliability cannot be computed: too few pupils answered all items."))
    said = {"alpha": number(alpha.alpha, 2), "low": number(alpha.low, 2), "high": number(alpha.high, 2)}
    if alpha.alpha >= rules.quality.alpha_persons:
        return Message(
            mark(
                "Reliability %(alpha)s (from %(low)s to %(high)s) is enough for conclusions "
                "about single pupils."
            ),
            said,
        )
    if alpha.alpha >= rules.quality.alpha_groups:
        return Message(
            mark(
                "Reliability %(alpha)s (from %(low)s to %(high)s) is enough for classes and "
                "schools, and not for a single pupil."
            ),
            said,
        )
    return Message(mark("Reliability %(alpha)s (from %(low)s to %(high)s) is too low even for groups."), said)


def tell_passport(passport: Passport, rules: Rules) -> Story:
    """Return the passport as a report."""
    return Story(
        title=Message(mark("Quality passport: %(work)s"), {"work": passport.work.title}),
        lede=(verdict_of(passport), reliability_said(passport, rules)),
        meta=(
            Message(mark("Pupils: %(n)d"), {"n": passport.n}),
            Message(mark("Items: %(n)d"), {"n": len(passport.items)}),
            Message(mark("For the author of the instrument")),
        ),
        facts=_facts(passport),
        sections=(
            Section(Message(mark("What to mend")), points=_points(passport)),
            _scale(passport),
            Section(
                Message(mark("Items")),
                (
                    Message(
                        mark("Share of points, discrimination and fit of every item; errors stand after ±.")
                    ),
                ),
                tables=(_items(passport),),
            ),
            Section(
                Message(mark("Characteristic curves")),
                charts=tuple(
                    item_curve(curve, one)
                    for curve in passport.curves
                    for one in passport.items
                    if one.item == curve.item
                ),
            ),
            _cuts(passport),
            _pairs(passport),
        ),
        method=_method(passport, rules),
    )


def _facts(passport: Passport) -> tuple[Fact, ...]:
    alpha = passport.reliability
    interval = {"low": number(alpha.low, 2), "high": number(alpha.high, 2)}
    shown = Message(mark("from %(low)s to %(high)s"), interval)
    return (
        Fact(
            Message(mark("Reliability (alpha)")),
            number(alpha.alpha, 2),
            shown,
            Message(
                mark(
                    "Cronbach's alpha with Feldt's 95 per cent interval; pupils who answered all "
                    "items: %(n)d."
                ),
                {"n": int(alpha.n)},
            ),
        ),
        Fact(
            Message(mark("Error of measurement")),
            number(alpha.measurement_error, 1),
            Message(mark("of %(most)d points"), {"most": passport.work.maximum}),
            Message(mark("Standard deviation of scores times the root of 1 − alpha.")),
        ),
        Fact(
            Message(mark("All points")),
            percent(passport.ceiling, 1),
            Message(mark("per cent of pupils")),
            Message(
                mark("Share of pupils with the greatest primary score: the work does not tell them apart.")
            ),
        ),
        Fact(
            Message(mark("No points")),
            percent(passport.floor, 1),
            Message(mark("per cent of pupils")),
            Message(mark("Share of pupils with primary score 0.")),
        ),
    )


def _points(passport: Passport) -> tuple[Point, ...]:
    points = []
    for one in passport.faulty:
        severe = any(fault in SEVERE for fault in one.faults)
        named = {"item": one.item.name}
        text = (
            Message(mark("Take item %(item)s out or write it anew."), named)
            if severe
            else Message(mark("Look through item %(item)s."), named)
        )
        points.append(Point(text, _grounds(one)))
    return tuple(points) or (Point(Message(mark("Nothing must be mended."))),)


def _grounds(one: ItemPassport) -> Message:
    grounds: Message | None = None
    for fault in one.faults:
        words = FAULTS[fault]
        grounds = (
            words
            if grounds is None
            else Message(mark("%(first)s; %(second)s"), {"first": grounds, "second": words})
        )
    return grounds or Message("")


def _scale(passport: Passport) -> Section:
    title = Message(mark("Pupils and items"))
    if passport.scale is None:
        return Section(title, (Message(mark("The items cannot be placed on a scale by these results.")),))
    return Section(title, charts=(wright_map(passport.scale),))


def _items(passport: Passport) -> Table:
    heads: tuple[Message | str, ...] = (
        Message(mark("Item")),
        Message(mark("Level")),
        Message(mark("Points got, %")),
        Message(mark("Discrimination (item–rest r)")),
        Message(mark("Difficulty, logits")),
        Message(mark("Infit")),
        Message(mark("Alpha without it")),
        Message(mark("Conclusion")),
    )
    return Table(Message(mark("Statistics of items")), heads, tuple(_item_row(one) for one in passport.items))


def _item_row(one: ItemPassport) -> tuple[Cell, ...]:
    share_error = one.classical.mean_error / one.item.maximum
    return (
        one.item.name,
        LEVEL_NAMES[one.item.level],
        _with_error(100 * one.classical.difficulty, 100 * share_error, 0),
        _with_error(one.classical.item_rest, one.classical.item_rest_error, 2),
        _with_error(one.difficulty, one.error, 2),
        number(one.estimate.infit, 2),
        number(one.classical.alpha_without, 2),
        _conclusion(one),
    )


def _with_error(value: float, error: float, digits: int) -> Message:
    return Message(
        mark("%(value)s ± %(error)s"), {"value": number(value, digits), "error": number(error, digits)}
    )


def _conclusion(one: ItemPassport) -> Shaded:
    if not one.faults:
        return Shaded(Message(mark("works as it should")), "", Message(mark("works as it should")))
    shade = BAD if set(one.faults) & SEVERE else BORDER
    return Shaded(_grounds(one), shade, Message(mark("to be mended")))


def _cuts(passport: Passport) -> Section:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"«{cut.mark}»", cut.score, number(cut.error_points, 1), percent(cut.near)) for cut in passport.cuts
    )
    if not rows:
        return Section(Message(mark("Boundaries of marks")))
    heads = (
        Message(mark("Mark")),
        Message(mark("From, points")),
        Message(mark("Error of measurement, points")),
        Message(mark("Pupils within one error of the boundary, %")),
    )
    nearest = max(passport.cuts, key=lambda cut: cut.near)
    said = {"share": percent(nearest.near), "mark": nearest.mark}
    reading = Message(
        mark(
            "%(share)s %% of pupils stand so near the boundary of mark “%(mark)s” that the error "
            "decides which mark they get."
        ),
        said,
    )
    return Section(
        Message(mark("Boundaries of marks")),
        (reading,),
        tables=(Table(Message(mark("Error at the boundaries of marks")), heads, rows),),
    )


def _pairs(passport: Passport) -> Section:
    title = Message(mark("Items that go together"))
    if not passport.pairs:
        return Section(title)
    heads = (
        Message(mark("First item")),
        Message(mark("Second item")),
        Message(mark("Correlation of residuals (Q3)")),
    )
    rows = tuple((a, b, number(q3, 2)) for a, b, q3 in passport.pairs[:20])
    reading = Message(
        mark(
            "These items share something besides the knowledge tested: a common text, or an "
            "answer that the next one needs."
        )
    )
    return Section(title, (reading,), tables=(Table(Message(mark("Pairs of dependent items")), heads, rows),))


def _method(passport: Passport, rules: Rules) -> tuple[Text, ...]:
    model = (
        mark("Rasch model, conditional maximum likelihood.")
        if passport.model.value == "rasch"
        else mark("Partial credit model, conditional maximum likelihood.")
    )
    said: list[Text] = [Message(model)]
    if passport.status is not Status.CONVERGED:
        said.append(
            Message(
                mark(
                    "The calibration did not come to a finite estimate of every item: read "
                    "difficulties with care."
                )
            )
        )
    return (*said, *passport.work.counting, rules.quality.rule.told, rules.bands.rule.told)
