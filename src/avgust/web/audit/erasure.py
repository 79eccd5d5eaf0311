"""Erasure: the one place that takes something out of the journal: what the codes declare as personal.

The chain covers a salted digest of the personal values, so it stays whole without them; the act of erasure
names the entries, by which `audit verify` tells it from tampering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models

from avgust.web.audit.actions import index, record
from avgust.web.audit.models import Entry, Private
from avgust.web.audit.triggers import opened

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.audit.codes import LogCode

BLANKED = "blanked"  # the key under which an act of erasure names the entries


def erase_private(person: models.Model, *, actor: User | None, code: LogCode) -> int:
    """Delete the personal values of `person` in the journal, record it, and return in how many entries.

    Who acted is a link to the account, which the account's own erasure empties.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Erasure runs inside the transaction that erases the account.")
    label, pk = person._meta.label_lower, str(person.pk)
    taken: list[int] = sorted(
        Private.objects.filter(person_type=label, person_id=pk).values_list("pk", flat=True)
    )
    with opened():
        models.QuerySet.delete(Private.objects.filter(person_type=label, person_id=pk))
    index(list(Entry.objects.filter(pk__in=taken)))
    record(actor=actor, code=code, subject=person, after={BLANKED: taken})
    return len(taken)


def erased_entries() -> frozenset[int]:
    """Return the entries that acts of erasure name."""
    acts: Any = Entry.objects.filter(kept_after__has_key=BLANKED).values_list("kept_after", flat=True)
    return frozenset(entry for after in acts for entry in after[BLANKED])
