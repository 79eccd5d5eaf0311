"""Writing a file that was asked for, and deleting it when its time is over.

A file is written beside and appears with its row in one transaction: a worker that is killed leaves nothing,
and the next one writes it anew. Who comes second to a row finds it ready and drops its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone, translation

from avgust.domain.messages import Message, kept, mark
from avgust.web import files
from avgust.web.accounts.models import User as Person
from avgust.web.notices.actions import tell
from avgust.web.notices.kinds import Kind as Notice
from avgust.web.prepared import codes
from avgust.web.prepared.actions import last_act, posts_of
from avgust.web.prepared.kinds import NotMadeError, allowed, write
from avgust.web.prepared.models import PreparedFile
from avgust.web.ui.large_files import Order

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KEPT: Final = timedelta(days=7)
REMEMBERED: Final = timedelta(days=30)  # the row without its file, for who opens an old link
ATTEMPTS: Final = 3  # beginnings, deaths of the worker among them
SAY: Final = 1.0  # seconds between two words on how far it is
NOT_ALLOWED: Final = Message(
    mark("Your rights have changed since you asked, and this file is not for you now.")
)
BROKEN: Final = Message(
    mark("Something went wrong while it was written. The fault is in the log of the server.")
)
log = logging.getLogger("avgust.prepared")


def carry_out(pk: int) -> None:
    """Write a file, unless it is written; an error is tried again, then said to who waits."""
    file = _begun(pk)
    if file is None:
        return
    person = Person.objects.get(pk=file.asked_by_id)  # anew: a post may have ended meanwhile
    try:
        with translation.override(file.language):
            _make(file, person)
    except NotMadeError as error:
        _end(file.pk, PreparedFile.Status.FAILED, codes.FAILED, person, why=kept(error.reason))
    except Exception:
        if file.attempts >= ATTEMPTS:
            _end(file.pk, PreparedFile.Status.FAILED, codes.FAILED, person, why=kept(BROKEN))
        else:
            _again(file.pk)
        raise


def _begun(pk: int) -> PreparedFile | None:
    """Return the file to be written; None where it is done. A worker may die of it only so many times."""
    with transaction.atomic():
        file = PreparedFile.objects.select_for_update().filter(pk=pk).first()
        if file is None or not file.is_under_way:
            return None
        file.attempts += 1
        file.status, file.done, file.act = PreparedFile.Status.WORKING, 0, last_act()
        file.save(update_fields=["attempts", "status", "done", "act"])
    if file.attempts > ATTEMPTS:
        _end(pk, PreparedFile.Status.FAILED, codes.FAILED, file.asked_by, why=kept(BROKEN))
        return None
    return file


def _again(pk: int) -> None:
    from avgust.web.prepared.tasks import make_file  # noqa: PLC0415 - tasks import this module

    make_file.enqueue(pk)


def _make(file: PreparedFile, person: User) -> None:
    posts = posts_of(person)
    if not allowed(file.kind, person, file.question):
        raise NotMadeError(NOT_ALLOWED)
    order = Order(person, file.question, file.language, _saying(file.pk))
    with NamedTemporaryFile() as out:
        write(file.kind, order, out)
        out.flush()
        _keep(file, person, Path(out.name), posts)


def _saying(pk: int) -> Callable[[int], None]:
    """Return a function that writes down now and then how many rows are done."""
    said = time.monotonic()

    def say(done: int) -> None:
        nonlocal said
        if time.monotonic() - said > SAY:
            PreparedFile.objects.filter(pk=pk).update(done=done)
            said = time.monotonic()

    return say


@transaction.atomic
def _keep(file: PreparedFile, person: User, written: Path, posts: str) -> None:
    """Keep the written file with its row. Its digest is held, so that nobody deletes the same content."""
    digest = files.digest_of_file(written)
    files.hold(digest)
    size = written.stat().st_size
    if _end(file.pk, PreparedFile.Status.READY, codes.READY, person, sha256=digest, size=size, posts=posts):
        files.keep_file(written)


@transaction.atomic
def _end(pk: int, status: PreparedFile.Status, notice: Notice, person: User, **values: Any) -> bool:
    """Write what became of it and tell who asked; False where another worker did."""
    now = timezone.now()
    file = PreparedFile.objects.select_for_update().filter(pk=pk).first()
    if file is None or not file.is_under_way:
        return False
    ended = {"status": status, "finished_at": now, "expires_at": now + KEPT, **values}
    PreparedFile.objects.filter(pk=pk).update(**ended)
    address = file.get_absolute_url()
    tell([person], notice, subject=file, title=file.title, address=address, period=status.value)
    return True


def expire(_period: str) -> None:
    """Delete the files whose time is over, and forget later that they were asked for."""
    now = timezone.now()
    over = PreparedFile.objects.filter(expires_at__lte=now).exclude(sha256="")
    for pk, digest in list(over.values_list("pk", "sha256")):
        PreparedFile.objects.filter(pk=pk).update(status=PreparedFile.Status.EXPIRED, sha256="", size=0)
        files.forget(digest)
    PreparedFile.objects.filter(asked_at__lt=now - REMEMBERED, sha256="").delete()


def forget_person(user: User) -> None:
    """Take the files of a person who is erased; follows `accounts.erased`."""
    mine = PreparedFile.objects.filter(asked_by=user)
    digests = list(mine.exclude(sha256="").values_list("sha256", flat=True))
    mine.delete()
    transaction.on_commit(lambda: [files.forget(digest) for digest in digests])
