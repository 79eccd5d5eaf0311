"""Sending the letters that wait: each is taken under a lock, handed over, and only then called sent.

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
AT_ONCE: Final = 50  # letters over one connection to the server
log = logging.getLogger("avgust.notices")


def send_letters(taken: timedelta = TAKEN) -> int:
    """Send what waits; return how many went. A server that does not answer leaves the rest waiting."""
    sent = 0
    while True:
        connection = get_connection()
        went = 0
        try:
            connection.open()
            for _ in range(AT_ONCE):
                letter = _take(taken)
                if letter is None:
                    return sent + went
                if not _hand_over(letter, connection):
                    break  # perhaps the connection is what failed: the next letters get another one
                went += 1
        except (OSError, SMTPException) as error:
            log.warning("The mail server does not answer: %s", type(error).__name__)
            return sent + went
        finally:
            connection.close()
        sent += went


@transaction.atomic
def _take(taken: timedelta) -> Letter | None:
    """Return a letter that waits, now ours; `after` says until when."""
    waiting = Q(state=Letter.State.READY) | Q(state=Letter.State.SENDING)
    rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    letter = rows.filter(waiting, after__lte=timezone.now()).order_by("after", "pk").first()
    if letter is None:
        return None
    letter.state, letter.attempts = Letter.State.SENDING, letter.attempts + 1
    letter.after = timezone.now() + taken
    letter.save(update_fields=["state", "attempts", "after"])
    return letter


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
    letter.error = type(error).__name__
    letter.state = Letter.State.READY if letter.attempts < ATTEMPTS else Letter.State.FAILED
    letter.after = timezone.now() + timedelta(minutes=2**letter.attempts)
    letter.save(update_fields=["error", "state", "after"])
    log.warning("Letter %s was not taken: %s", letter.pk, letter.error)
