"""Asking for a file, and taking it. One question of one person is one file, however often it is asked."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.web import audit
from avgust.web.audit.models import Entry
from avgust.web.prepared import codes
from avgust.web.prepared.kinds import allowed
from avgust.web.prepared.models import PreparedFile
from avgust.web.ui.large_files import Wanted

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST: Final = 10  # files of one person that are under way at once


def ask_for_file(wanted: Wanted, *, actor: User, language: str, source: str) -> PreparedFile:
    """Ask the worker for a file. What is under way, or still true, is returned and not made again."""
    if not allowed(wanted.kind, actor, wanted.question):
        raise PermissionDenied
    key = key_of(wanted, language)
    same = _same(actor, key)
    if same is not None:
        return same
    if PreparedFile.objects.filter(asked_by=actor, status__in=PreparedFile.UNDER_WAY).count() >= MOST:
        raise ValidationError(
            _("%(most)d files are being made for you already. Wait until one of them is ready."),
            params={"most": MOST},
        )
    try:
        return _ordered(wanted, actor, key, language, source)
    except IntegrityError:  # asked twice at once: the other one's
        return PreparedFile.objects.filter(asked_by=actor, key=key)[0]


def key_of(wanted: Wanted, language: str) -> str:
    """Return the digest of a question: the same on one day, for what is asked may be measured by the day."""
    said = [wanted.kind, wanted.question, language, timezone.localdate().isoformat()]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _same(actor: User, key: str) -> PreparedFile | None:
    """Return the answer to the same question that is under way, or ready with nothing done since.

    The journal has every act that changes anything, so a number of its last entry is a version of all data.
    """
    mine = PreparedFile.objects.filter(asked_by=actor, key=key)
    under_way = mine.filter(status__in=PreparedFile.UNDER_WAY).first()
    if under_way is not None:
        return under_way
    ready = mine.filter(status=PreparedFile.Status.READY, expires_at__gt=timezone.now())
    return ready.filter(act=last_act(), posts=posts_of(actor)).first()


def last_act() -> int:
    """Return the number of the last act in the journal that is no act on prepared files."""
    entries = Entry.objects.exclude(code__startswith=codes.STATION).order_by("-pk")
    return entries.values_list("pk", flat=True).first() or 0


def posts_of(user: User) -> str:
    """Return a digest of the posts of a person: what she sees is of these, and a file goes with them."""
    held = sorted((post.role, post.unit_id) for post in user.current_posts)
    return sha256(json.dumps(held).encode()).hexdigest()


@transaction.atomic
def _ordered(wanted: Wanted, actor: User, key: str, language: str, source: str) -> PreparedFile:
    from avgust.web.prepared.tasks import make_file  # noqa: PLC0415 - tasks import what imports this

    made = PreparedFile.objects.create(
        asked_by=actor,
        unit=wanted.unit,
        kind=wanted.kind,
        question=wanted.question,
        key=key,
        language=language,
        title=wanted.title[:300],
        file_name=wanted.file_name,
        source=source[:2000],
        back=wanted.back[:2000],
        total=wanted.rows,
    )
    audit.record(
        actor=actor, code=codes.ASKED, subject=made, unit=wanted.unit, after={"file": made.file_name}
    )
    make_file.enqueue(made.pk)  # in the same transaction: a killed server loses both or none
    return made


@transaction.atomic
def take_file(file: PreparedFile, *, actor: User) -> None:
    """Keep in the journal that a file is taken. Raises PermissionDenied where the scope changed since.

    A file holds what its reader could see when it was written: with other posts she may see less.
    """
    mine = file.asked_by_id == actor.pk and file.posts == posts_of(actor)
    if not (mine and allowed(file.kind, actor, file.question)):
        raise PermissionDenied(
            _("Your rights have changed since this file was made. Ask for it once more on its page.")
        )
    audit.record(
        actor=actor, code=codes.TAKEN, subject=file, unit=file.unit_id, after={"file": file.file_name}
    )
