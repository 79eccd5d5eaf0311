"""Acts on reports as the journal reads them; words of a recommendation may name somebody."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from avgust.domain.assessment.interpretation.editing import STANDARDS
from avgust.web.audit import declare, name_values, word_values
from avgust.web.ui.requests import language

BATCH_ASKED = declare(
    "readings.batch_asked",
    _("%(actor)s asked for the reports of all schools: “%(subject)s”, %(form)s."),
    personal=set(),
    title=_("reports of all schools asked for"),
)
BATCH_TAKEN = declare(
    "readings.batch_taken",
    _("%(actor)s downloaded the reports of all schools: “%(subject)s”."),
    personal=set(),
    title=_("reports of all schools downloaded"),
)
SHEETS_TAKEN = declare(
    "readings.sheets_taken",
    _("%(actor)s took sheets for pupils and parents of “%(subject)s”: %(count)s."),
    personal=set(),
    title=_("sheets for pupils and parents taken"),
)
ADVICE_EDITED = declare(
    "readings.advice_edited",
    _("%(actor)s edited the recommendation %(rule)s for “%(subject)s”: %(text)s"),
    personal={"text"},
    title=_("a recommendation edited"),
)
ADVICE_DROPPED = declare(
    "readings.advice_dropped",
    _("%(actor)s had the recommendation %(rule)s not printed for “%(subject)s”."),
    personal=set(),
    title=_("a recommendation not printed"),
)
ADVICE_RETURNED = declare(
    "readings.advice_returned",
    _("%(actor)s took back the edit of the recommendation %(rule)s for “%(subject)s”."),
    personal=set(),
    title=_("an edit of a recommendation taken back"),
)


def _rule(code: str) -> str:
    """Return a rule by its own sentence; a code that is no more stays as it is kept."""
    standard = STANDARDS.get(code)
    if standard is None:
        return code
    return gettext("“%(words)s”") % {"words": standard.shown(language()).rstrip(".")}


name_values(form=_("format"), rule=_("rule"), text=_("text"))
word_values(rule=_rule)
