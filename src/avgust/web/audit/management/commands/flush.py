"""`avgust manage flush`: Django's own, through the gate of the append-only journal."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as Flush

from avgust.web.audit.triggers import opened


class Command(Flush):
    """Empties the whole database, the journal too: for tests and trials."""

    def handle(self, **options: Any) -> None:
        """Open the gate for the time of the command."""
        with opened(options["database"]):
            super().handle(**options)
