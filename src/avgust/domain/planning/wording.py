"""What happened to a measure, in words: the same on the page and in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from avgust.domain.messages import Message, catalogue, mark, translate
from avgust.domain.planning.baseline import Changed, Kind, PlannedMeasure, Standing
from avgust.domain.reporting.wording import coverage_text
from avgust.domain.resolutions.export.wording import date_text

HEADINGS: Final = {
    Kind.ADDED: Message(mark("Measures added")),
    Kind.DROPPED: Message(mark("Measures dropped")),
    Kind.RESTORED: Message(mark("Measures in force again")),
    Kind.MOVED: Message(mark("Deadlines moved")),
    Kind.EXTENDED: Message(mark("Deadlines extended for executors")),
    Kind.REASSIGNED: Message(mark("Other executors")),
    Kind.REWORDED: Message(mark("Measures reworded")),
    Kind.PLACED: Message(mark("Another number, section or theme")),
    Kind.PROVEN: Message(mark("Proven since then")),
    Kind.LOST: Message(mark("No longer proven")),
}
COLUMNS: Final = (
    mark("No."),
    mark("What is to be done"),
    mark("It was"),
    mark("It became"),
    mark("Ground of the change"),
)


def was(row: Changed, kind: Kind, language: str) -> str:
    """Return what the measure was before `kind` happened to it."""
    if row.before is None:
        return translate(mark("was not in the programme"), language)
    return _SIDE[kind](row.before, language)


def became(row: Changed, kind: Kind, language: str) -> str:
    """Return what the measure is after `kind` happened to it."""
    said = _SIDE[kind](row.after, language)
    if kind is Kind.MOVED:
        return "; ".join(filter(None, (said, shift_text(row, language))))
    if kind is Kind.EXTENDED:
        return extended_text(row, language)
    return said


def shift_text(row: Changed, language: str) -> str:
    """Return «на 61 день позже»; "" where one of both deadlines has no last day."""
    days = row.shift
    if not days:
        return ""
    ngettext = catalogue(language).ngettext
    later = ngettext("%(count)d day later", "%(count)d days later", days)
    sooner = ngettext("%(count)d day earlier", "%(count)d days earlier", -days)
    return (later if days > 0 else sooner) % {"count": abs(days)}


def extended_text(row: Changed, language: str) -> str:
    """Return how many extensions were granted, and the latest day of them."""
    count = row.newly_extended
    ngettext = catalogue(language).ngettext
    said = ngettext("%(count)d extension granted", "%(count)d extensions granted", count) % {"count": count}
    if row.after.extended_to is None:
        return said
    latest = {"day": date_text(row.after.extended_to, language)}
    return f"{said}; {Message(mark('the latest until %(day)s'), latest).render(language)}"


def _deadline(measure: PlannedMeasure, language: str) -> str:
    return measure.deadline or translate(mark("no deadline"), language)


def _standing(measure: PlannedMeasure, language: str) -> str:
    if measure.standing is Standing.CANCELLED:
        return translate(mark("cancelled, nobody has to carry it out"), language)
    if measure.standing is Standing.MERGED:
        return Message(mark("merged into measure %(label)s"), {"label": measure.into}).render(language)
    return _deadline(measure, language)


def _executors(measure: PlannedMeasure, language: str) -> str:
    return "; ".join(measure.executors) or translate(mark("nobody is named"), language)


def _words(measure: PlannedMeasure, language: str) -> str:
    if not measure.target:
        return measure.text
    return (
        f"{measure.text} {Message(mark('Target: %(target)s'), {'target': measure.target}).render(language)}"
    )


def _place(measure: PlannedMeasure, _language: str) -> str:
    return " · ".join(filter(None, (measure.number, measure.section, measure.theme)))


def _coverage(measure: PlannedMeasure, language: str) -> str:
    return coverage_text(measure.coverage, language)


_SIDE: Final[dict[Kind, Callable[[PlannedMeasure, str], str]]] = {
    Kind.ADDED: _deadline,
    Kind.DROPPED: _standing,
    Kind.RESTORED: _standing,
    Kind.MOVED: _deadline,
    Kind.EXTENDED: _deadline,
    Kind.REASSIGNED: _executors,
    Kind.REWORDED: _words,
    Kind.PLACED: _place,
    Kind.PROVEN: _coverage,
    Kind.LOST: _coverage,
}
