"""Acts on reports as the journal reads them; words of a recommendation may name somebody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

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

name_values(form=_("format"), rule=_("rule"), text=_("text"))
