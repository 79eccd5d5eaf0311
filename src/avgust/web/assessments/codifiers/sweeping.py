"""Drafts of codifiers that nobody imported: they go with the month in which they were sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from avgust.web.assessments.codifiers.models import CodifierDraft

KEPT: Final = timedelta(days=30)  # a second person may look; no number of a pupil stands in them


def sweep_daily(_period: str) -> None:
    """Sweep once a day."""
    sweep()


def sweep(kept: timedelta = KEPT) -> int:
    """Delete drafts older than `kept` that were not imported; return how many.

    Those that were lead to their edition for ever.
    """
    old = CodifierDraft.objects.filter(uploaded_at__lt=timezone.now() - kept)
    return old.exclude(status=CodifierDraft.Status.APPLIED).delete()[0]
