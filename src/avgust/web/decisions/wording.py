"""Causes and decisions in words."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from avgust.domain.charts.numbers import number
from avgust.domain.decisions.coverage import CauseCoverage, CauseState
from avgust.domain.decisions.minutes import Genre
from avgust.web.decisions.models import GENRES, Cause, CauseOfClause, Decision
from avgust.web.decisions.states import DecisionState
from avgust.web.programmes.models import Programme
from avgust.web.ui import dates

STATES: Final = {
    CauseState.NOTHING: pgettext_lazy("state of a cause", "nothing decided"),
    CauseState.FAILED: pgettext_lazy("state of a cause", "decided, not done"),
    CauseState.PREPARED: pgettext_lazy("state of a cause", "a decision is being prepared"),
    CauseState.UNDER_CONTROL: pgettext_lazy("state of a cause", "decided, under control"),
    CauseState.NOTED: pgettext_lazy("state of a cause", "noted, no measure follows"),
    CauseState.PROVEN: pgettext_lazy("state of a cause", "decided and proven"),
}
# The names of the marks in ui/_symbols.html: the same shapes say the same as in a bar of proof.
MARKS: Final = {
    CauseState.NOTHING: "notdone",
    CauseState.FAILED: "contra",
    CauseState.PREPARED: "claimed",
    CauseState.UNDER_CONTROL: "notdue",
    CauseState.NOTED: "notdue",
    CauseState.PROVEN: "data",
}
DECISION_STATES: Final = {
    DecisionState.REVIEWING: gettext_lazy("under review"),
    DecisionState.FAILED: pgettext_lazy("state of a decision", "not done in time"),
    DecisionState.UNDER_CONTROL: pgettext_lazy("state of a decision", "under control"),
    DecisionState.PROVEN: pgettext_lazy("state of a decision", "proven whole"),
}


def numeral(value: Decimal, language: str) -> str:
    """Return a number as the language prints it, without empty digits: «31,5»."""
    plain = value.normalize()
    digits = max(0, -int(plain.as_tuple().exponent))
    return number(float(plain), digits).render(language)


def seen(cause: Cause, language: str) -> str:
    """Return the numbers of a cause: «31,5 % при ожидаемых 45 %»; "" where it has none."""
    if cause.value is None:
        return ""
    values = {"value": numeral(cause.value, language), "unit": cause.measured_in}
    if cause.expected is None:
        return f"{values['value']} {cause.measured_in}"
    values["expected"] = numeral(cause.expected, language)
    return _("%(value)s %(unit)s, expected %(expected)s") % values


def whole(cause: Cause, language: str) -> str:
    """Return a cause in one sentence, for reports and sheets."""
    parts = [cause.words.rstrip(" ."), seen(cause, language), dates.long(cause.observed_on), cause.source]
    return "; ".join(part for part in parts if part)


def causes_by_measure(programme: Programme, language: str) -> dict[int, list[str]]:
    """Return the causes of each measure of a programme, in a sentence each; one query."""
    links = CauseOfClause.objects.filter(source__links__measure__programme=programme).select_related("cause")
    rows = links.annotate(measure=F("source__links__measure")).order_by("cause", "pk")
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for link in rows:
        found[link.measure].setdefault(link.cause_id, whole(link.cause, language))
    return {measure: list(causes.values()) for measure, causes in found.items()}


def told(found: CauseCoverage) -> str:
    """Return «3 причины: по 2 приняты решения, исполнено и доказано 1»."""
    if not found.total:
        return _("No cause is named.")
    causes = ngettext("%(n)d cause", "%(n)d causes", found.total) % {"n": found.total}
    if not found.decided:
        return _("%(causes)s, nothing is decided yet.") % {"causes": causes}
    if found.total == 1:
        state = CauseState.PROVEN if found.proven else CauseState.FAILED if found.failed else None
        words = STATES[state] if state else _("decided")
        return _("%(causes)s: %(state)s.") % {"causes": causes, "state": words}
    parts = [_("decided on %(n)d") % {"n": found.decided}]
    parts += [_("proven %(n)d") % {"n": found.proven}] if found.proven else []
    parts += [_("not done %(n)d") % {"n": found.failed}] if found.failed else []
    return _("%(causes)s: %(state)s.") % {"causes": causes, "state": ", ".join(parts)}


def paper(decision: Decision) -> str:
    """Return what the decision is: «протокол № 7»."""
    genre = str(GENRES[Genre(decision.genre)])
    return f"{genre} № {decision.number}" if decision.number else genre
