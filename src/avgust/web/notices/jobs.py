"""The jobs of this station."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from avgust.web.notices.letters import write_letters
from avgust.web.notices.models import CaughtLetter, Letter, Notice
from avgust.web.notices.sending import send_letters

KEPT: Final = timedelta(days=400)  # a school year and the summer after it
CAUGHT: Final = timedelta(days=30)


def letters(_period: str) -> None:
    """Write the letters that may leave by now, and send those that wait."""
    write_letters()
    send_letters()


def tidy(_period: str) -> None:
    """Forget notices and letters of the school year before the last."""
    now = timezone.now()
    Notice.objects.filter(made_at__lt=now - KEPT).delete()
    Letter.objects.filter(day__lt=(now - KEPT).date()).delete()
    CaughtLetter.objects.filter(caught_at__lt=now - CAUGHT).delete()
