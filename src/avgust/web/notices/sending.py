"""Sending the letters that wait: taken some at a time under a lock, handed over, and only then called sent.

A worker may be killed between the server's answer and our own note of it. The letter is then handed over
again with the same Message-ID, by which a mail server knows it; a letter that is not sent at all would be
worse than one that a server drops as known.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Final

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from avgust.web.notices.models import Letter

ATTEMPTS: Final = 8
TAKEN: Final = timedelta(minutes=5)  # a letter that is being sent for longer belongs to a worker that is gone
AT_ONCE: Final = 50  # letters over one connection to the server, and taken in one transaction
log = logging.getLogger("avgust.notices")


def send_letters(taken: timedelta = TAKEN) -> int:
    """Send what waits; return how many went. A server that does not answer leaves the rest waiting."""
    sent = 0
    while True:
        connection = get_connection()
        try:
            connection.open()
            letters = _take(taken)
            if not letters:
                return sent
            sent += _hand_over_all(letters, connection, taken)
        except (OSError, SMTPException) as error:
            log.warning("The mail server does not answer: %s", type(error).__name__)
            return sent
        finally:
            connection.close()


def _hand_over_all(letters: list[Letter], connection: BaseEmailBackend, taken: timedelta) -> int:
    """Hand letters over while they are surely ours, give back the rest; return how many went.

    After a letter that failed the next ones get another connection: perhaps it is what failed.
    """
    until, went = letters[0].after - taken / 2, 0
    for place, letter in enumerate(letters):
        if timezone.now() >= until:
            _give_back(letters[place:])
            break
        if not _hand_over(letter, connection):
            _give_back(letters[place + 1 :])
            break
        went += 1
    return went


@transaction.atomic
def _take(taken: timedelta) -> list[Letter]:
    """Return letters that wait, now ours; `after` says until when."""
    waiting = Q(state=Letter.State.READY) | Q(state=Letter.State.SENDING)
    rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    letters = list(rows.filter(waiting, after__lte=timezone.now()).order_by("after", "pk")[:AT_ONCE])
    until = timezone.now() + taken
    for letter in letters:
        letter.state, letter.after = Letter.State.SENDING, until
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
        state=Letter.State.SENDING, after=until
    )
    return letters


def _give_back(letters: list[Letter]) -> None:
    """Let others have what was not handed over, unless somebody has taken it meanwhile."""
    ours = Letter.objects.filter(pk__in=[letter.pk for letter in letters], state=Letter.State.SENDING)
    ours.filter(after__in={letter.after for letter in letters}).update(
        state=Letter.State.READY, after=timezone.now()
    )


def _hand_over(letter: Letter, connection: BaseEmailBackend) -> bool:
    """Give the letter to the server and note what came of it."""
    if not letter.person.is_active:
        Letter.objects.filter(pk=letter.pk).delete()  # closed or erased meanwhile
        return True
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.person.email],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:
        _failed(letter, error)
        return False
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.SENT, sent_at=timezone.now(), error="", body=""
    )
    return True


def _failed(letter: Letter, error: Exception) -> None:
    """Let the letter wait twice as long each time; after the last attempt it stays in the product only."""
    letter.error, letter.attempts = type(error).__name__, letter.attempts + 1
    letter.state = Letter.State.READY if letter.attempts < ATTEMPTS else Letter.State.FAILED
    letter.after = timezone.now() + timedelta(minutes=2**letter.attempts)
    letter.save(update_fields=["error", "attempts", "state", "after"])
    log.warning("Letter %s was not taken: %s", letter.pk, letter.error)
