"""An entry as the page shows it: its sentence, its values side by side, the thing it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from avgust.web.audit import codes
from avgust.web.audit.models import Entry
from avgust.web.ui.dates import as_day

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


@dataclass(frozen=True, slots=True)
class Value:
    """What one value was and became."""

    name: str
    before: str
    after: str
    changed: bool


def values_of(entry: Entry) -> list[Value]:
    """Return the values of an act in the order in which they were recorded."""
    before, after = entry.before or {}, entry.after or {}
    return [
        Value(
            codes.value_name(key),
            codes.value_text(before.get(key), key),
            codes.value_text(after.get(key), key),
            changed=key in before and key in after and before[key] != after[key],
        )
        for key in {**before, **after}
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry and the address of its subject, where the reader may open it."""

    entry: Entry
    address: str

    @property
    def has_values(self) -> bool:
        """True when there is something to compare."""
        return bool(self.entry.kept_before or self.entry.kept_after)


def rows_of(entries: Iterable[Entry], reader: User) -> list[Row]:
    """Return what the page shows; one query for each kind of thing among the entries."""
    shown = list(entries)
    addresses = _addresses(shown, reader)
    return [Row(entry, addresses.get((entry.subject_type, entry.subject_id), "")) for entry in shown]


def by_day(rows: Iterable[Row]) -> list[tuple[date, list[Row]]]:
    """Return the rows under the local day of each."""
    return [(day, list(group)) for day, group in groupby(rows, lambda row: as_day(row.entry.at))]


def _addresses(entries: list[Entry], reader: User) -> dict[tuple[str, str], str]:
    """Return the addresses of the things that the reader may open."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        wanted[entry.subject_type].add(entry.subject_id)
    found: dict[tuple[str, str], str] = {}
    for kind, numbers in wanted.items():
        for thing in _visible(kind, numbers, reader):
            found[kind, str(thing.pk)] = thing.get_absolute_url()
    return found


def _visible(kind: str, numbers: set[str], reader: User) -> Iterable[Any]:
    """Return the things of a kind that have a page and that the reader may see."""
    try:
        model: type[models.Model] = apps.get_model(kind)
    except LookupError:  # of a station that is no longer installed
        return ()
    visible = getattr(model._default_manager, "visible_to", None)
    if visible is None or not hasattr(model, "get_absolute_url"):
        return ()
    return visible(reader).filter(pk__in=numbers)
