"""The filters of a view in words: as marks that can be taken off, and as a line of a printed plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from avgust.domain.messages import translate
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.wording import date_text, period_text, theme_label
from avgust.domain.resolutions.findings import finding_labels
from avgust.domain.resolutions.model import Theme
from avgust.web.programmes.facets import KIND_NAMES
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.table import NOBODY, PAST, SOON, month_of
from avgust.web.ui.requests import language


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: the key of the address that takes it away, what it is, its value."""

    key: str
    label: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.value}" if self.value else self.label


def chips(showing: Showing) -> list[Chip]:
    """Return the filters of the view in the order of the form."""
    return list(_chips(showing))


def _chips(showing: Showing) -> Iterator[Chip]:
    view = showing.view
    if view.words:
        yield Chip("q", _("Words"), view.words)
    if view.theme:
        theme = _("no theme") if view.theme == NOBODY else theme_label(Theme(view.theme), language())
        yield Chip("theme", _("Theme"), theme)
    if view.executor:
        nobody = view.executor == NOBODY
        yield Chip(
            "executor", pgettext("field", "Executor"), _("nobody is named") if nobody else view.executor
        )
    if showing.unit:
        key = "org" if showing.organisation_words else "unit"
        yield Chip(key, _("Falls on"), str(showing.unit))
    if view.due:
        yield Chip("due", _("Deadline"), due_text(view.due))
    yield from _span(showing)
    yield from _flags(showing)


def _span(showing: Showing) -> Iterator[Chip]:
    view = showing.view
    if view.since:
        yield Chip("from", _("Deadline from"), date_text(view.since, language()))
    if view.until:
        yield Chip("to", _("Deadline to"), date_text(view.until, language()))
    if view.section:
        yield Chip("section", _("Section"), showing.section)
    if view.finding:
        yield Chip("finding", _("Finding"), translate(finding_labels()[view.finding], language()))


def _flags(showing: Showing) -> Iterator[Chip]:
    view = showing.view
    if view.findings:
        yield Chip("findings", _("With findings"))
    if view.unclear:
        yield Chip("unclear", _("Who exactly?"))
    if view.mine:
        yield Chip("mine", _("On my organisation"))


def due_text(due: str) -> str:
    """Return a deadline of a filter in words."""
    if due == PAST:
        return _("the date has passed")
    if due == SOON:
        return _("within 30 days")
    if month := month_of(due):
        return period_text(Period.month(month.year, month.month), language())
    return str({kind.value: name for kind, name in KIND_NAMES.items()}[due])
