"""Whose turn it is to read an upload: of the worker that began last, and of no other.

A worker that was silent too long is taken for dead and its upload is read again. If it wakes after all, it
finds at its next write that the number of the attempt is no longer its own.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.web.assessments.kept_messages import message_out
from avgust.web.assessments.models import Upload
from avgust.web.warehouse.publishing import PublishingError

FULL_DISK: Final = mark(
    "The disk of the server is full. The administrator makes room; after that press “Read again”."
)
OTHERS: Final = mark("Other uploads of this work were published at the same moment. Press “Read again”.")
STOPPED: Final = mark(
    "Reading stopped at an error of the program: %(kind)s. Press “Read again”; if it stops again, tell the"
    " administrator this word and the number of the upload, %(number)s."
)


class SupersededError(Exception):
    """Another worker began the upload anew, or somebody took it out."""


@dataclass(frozen=True)
class Turn:
    """An attempt at an upload."""

    upload: int
    attempt: int

    def hold(self) -> None:
        """Keep the turn to the end of the transaction. Raises SupersededError when it is another's."""
        ours = Upload.objects.select_for_update().filter(pk=self.upload, attempt=self.attempt)
        if not list(ours.filter(status=Upload.Status.READING).values_list("pk", flat=True)):
            raise SupersededError

    @contextmanager
    def held(self) -> Iterator[None]:
        """Give a transaction in which the turn is held."""
        with transaction.atomic():
            self.hold()
            yield


@transaction.atomic
def begin(upload: Upload) -> Turn:
    """Take the turn, and forget what earlier attempts kept. Raises SupersededError when all is done."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if not locked.is_under_way:
        raise SupersededError
    locked.refused_rows.all().delete()
    locked.files.update(is_read=False, taken=0, refused=0, fault=None, remarks=[], heads={})
    locked.status, locked.fault = Upload.Status.READING, None
    locked.done = locked.rows = 0
    locked.attempt += 1
    locked.save(update_fields=["status", "fault", "done", "rows", "attempt"])
    upload.status, upload.attempt = locked.status, locked.attempt
    return Turn(locked.pk, locked.attempt)


@transaction.atomic
def give_up(turn: Turn, error: Exception) -> None:
    """Keep why reading stopped; the files stay, so that they can be read again."""
    mine = Upload.objects.filter(pk=turn.upload, attempt=turn.attempt)
    mine.update(
        status=Upload.Status.FAILED, fault=message_out(_told(turn, error)), finished_at=timezone.now()
    )


def _told(turn: Turn, error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Message(FULL_DISK)
    if isinstance(error, PublishingError):
        return Message(OTHERS)
    return Message(STOPPED, {"kind": type(error).__name__, "number": turn.upload})
