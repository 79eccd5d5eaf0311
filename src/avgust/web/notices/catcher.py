"""The mail server of the demo: letters are kept in the database and read at `/demo/mail/`.

Like a real server it knows a letter by its Message-ID and takes the same one once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from avgust.web.notices.models import CaughtLetter


class Catcher(BaseEmailBackend):
    """A backend of Django's mail that sends nothing."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Keep the letters; return how many there were."""
        CaughtLetter.objects.bulk_create((self._caught(one) for one in email_messages), ignore_conflicts=True)
        return len(email_messages)

    @staticmethod
    def _caught(message: Any) -> CaughtLetter:
        whole = message.message()
        return CaughtLetter(
            message_id=str(whole["Message-ID"])[:200],
            to=", ".join(message.recipients())[:500],
            subject=str(message.subject)[:500],
            body=str(message.body),
        )
