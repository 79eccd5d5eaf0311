"""Erasure: the one place that changes the journal, and only what the codes declare as personal."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from avgust.web.audit import codes
from avgust.web.audit.models import Entry

ERASED = "…"


def _blanked(values: dict[str, Any] | None, personal: frozenset[str]) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: None if key in personal else value for key, value in values.items()}


def blank_person(person: models.Model) -> int:
    """Blank the name and the personal values in every entry about `person`; return how many there were.

    Who acted is a link to the account, which the account's own erasure empties.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Erasure runs inside the transaction that erases the account.")
    entries = list(Entry.objects.of(person))
    for entry in entries:
        personal = codes.declared(entry.code).personal
        changes = {
            "subject": ERASED,
            "before": _blanked(entry.before, personal),
            "after": _blanked(entry.after, personal),
            "reason": "",
        }
        models.QuerySet.update(Entry.objects.filter(pk=entry.pk), **changes)
    return len(entries)
