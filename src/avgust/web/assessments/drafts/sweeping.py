"""Drafts that nobody came back to: numbers of pupils are not kept longer than they are needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from avgust.web import files
from avgust.web.assessments.drafts.models import TableDraft

KEPT: Final = timedelta(days=7)


def sweep_daily(_period: str) -> None:
    """Sweep once a day."""
    sweep()


def sweep(kept: timedelta = KEPT) -> int:
    """Delete drafts older than `kept`, with their files; return how many."""
    old = TableDraft.objects.filter(uploaded_at__lt=timezone.now() - kept)
    with transaction.atomic():
        digests = list(old.select_for_update().values_list("sha256", flat=True))
        old.delete()
    for digest in digests:
        files.forget(digest)
    return len(digests)
