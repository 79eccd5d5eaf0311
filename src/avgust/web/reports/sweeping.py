"""Reports that were sent back: what is decided is forgotten in time, what stopped is gone on with.

The journal keeps that a file was sent back and applied, and each act of its rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from avgust.domain.messages import Message, kept, mark
from avgust.web.reports.models import ReturnedFile
from avgust.web.reports.returning import put_away, settle_read
from avgust.web.reports.tasks import carry_on

Status = ReturnedFile.Status
KEPT: Final = timedelta(days=90)  # after it was applied, put away, or not read
WAITS: Final = timedelta(days=30)  # checked, and nobody says what to do with it
STOPPED: Final = timedelta(hours=12)  # under way for so long: an error of the program ended its task
NOT_READ: Final = Message(
    mark("The file could not be read in all this time: the fault is in the log of the server.")
)


def sweep(_period: str) -> None:
    """Forget what is over, put away what waits too long, go on with what stopped."""
    now = timezone.now()
    for file in ReturnedFile.objects.filter(status=Status.CHECKING, uploaded_at__lt=now - WAITS):
        put_away(file)
    for file in ReturnedFile.objects.filter(status=Status.READING, uploaded_at__lt=now - WAITS):
        settle_read(file, Status.UNREADABLE, why=kept(NOT_READ))
    stopped = ReturnedFile.objects.filter(status__in=(Status.READING, Status.APPLYING))
    for pk in stopped.filter(uploaded_at__lt=now - STOPPED).values_list("pk", flat=True):
        carry_on.enqueue(pk)
    over = Q(status__in=(Status.DONE, Status.DROPPED, Status.UNREADABLE), ended__lt=now - KEPT)
    ReturnedFile.objects.annotate(ended=Coalesce("finished_at", "uploaded_at")).filter(over).delete()
