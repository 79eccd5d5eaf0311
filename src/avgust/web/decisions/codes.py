"""Acts on causes and decisions as the journal reads them. A cause may speak of people: erasure blanks it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

_PERSONAL = {"words", "seen_in", "subject"}
RECORDED = declare(
    "decisions.cause_recorded", _("%(actor)s recorded a cause: “%(subject)s”."), personal=_PERSONAL
)
CHANGED = declare(
    "decisions.cause_changed", _("%(actor)s changed the cause “%(subject)s”."), personal=_PERSONAL
)
DELETED = declare(
    "decisions.cause_deleted", _("%(actor)s took away the cause “%(subject)s”."), personal=_PERSONAL
)
TYPED = declare("decisions.typed", _("%(actor)s typed “%(subject)s”, clauses: %(clauses)s."), personal=set())
MADE = declare("decisions.made", _("%(actor)s recorded “%(subject)s” as a decision."), personal=set())
LINKED = declare(
    "decisions.linked", _("%(actor)s gave a clause of “%(subject)s” a cause: %(cause)s."), personal={"cause"}
)
UNLINKED = declare(
    "decisions.unlinked",
    _("%(actor)s took a cause from a clause of “%(subject)s”: %(cause)s."),
    personal={"cause"},
)

name_values(
    words=_("what was seen"),
    observed_on=_("seen on"),
    value=_("value"),
    expected=_("expected"),
    measured_in=_("measured in"),
    seen_in=_("source"),
    address=_("address"),
    clauses=_("clauses"),
    cause=_("cause"),
    genre=_("kind of paper"),
)
