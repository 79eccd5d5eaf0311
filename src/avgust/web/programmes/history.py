"""What happened to a measure, with what was before and what is after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.resolutions.export.wording import theme_label
from avgust.domain.resolutions.model import Theme
from avgust.web.audit.models import Entry
from avgust.web.documents.models import Correction
from avgust.web.programmes import codes
from avgust.web.programmes.models import Measure
from avgust.web.ui.requests import language

EVENTS: Final = 50
_OWN: Final = "programmes."  # of the programme itself; how work on all of it went is told by its own pages
_NAMES: Final = {
    "text": pgettext_lazy("field", "Measure"),
    "label": pgettext_lazy("field", "Number"),
    "section": _("Section"),
    "theme": _("Theme"),
    "deadline": _("Deadline"),
    "target": _("Target"),
}
_NOTHING: Final = _("nothing")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    name: Any
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Event:
    """An act on a measure, on its programme, or a correction of its clause."""

    row: Entry | Correction
    changes: list[Change] = field(default_factory=list)


def events_of(shown: Measure, documents: Collection[int]) -> list[Event]:
    """Return what happened to a measure, to its programme, and to its clauses in `documents`.

    Who may not see the review of a document is not told what was said in it.
    """
    own = Entry.objects.of(shown) | Entry.objects.of(shown.programme).filter(code__startswith=_OWN)
    rows: list[Entry | Correction] = [*own.select_related("actor")[:EVENTS]]
    if documents:
        links = shown.clauses.values_list("source__document", "source__clause")
        clauses = Q(pk__in=())
        for document, clause in links:
            clauses |= Q(document=document, clause=clause)
        said = Correction.objects.standing().filter(clauses, document__in=documents)
        rows += said.select_related("actor").order_by("-version")[:EVENTS]
    latest = sorted(rows, key=lambda row: row.at, reverse=True)[:EVENTS]
    return [Event(row, changes_of(row) if isinstance(row, Entry) else []) for row in latest]


def changes_of(entry: Entry) -> list[Change]:
    """Return the fields that an edit changed; other acts say all in their sentence."""
    if entry.code != codes.EDITED_MEASURE.code:
        return []
    before, after = entry.before or {}, entry.after or {}
    return [
        Change(name, _shown(key, before.get(key)), _shown(key, after.get(key)))
        for key, name in _NAMES.items()
        if key in after
    ]


def _shown(key: str, value: str | None) -> Any:
    if not value:
        return _NOTHING
    return theme_label(Theme(value), language()) if key == "theme" else value
