"""`avgust manage`: Django's own commands on the settings of Avgust."""

from __future__ import annotations

import os


def run(arguments: list[str], language: str) -> int:
    """Run a command of Django, which exits by itself on failure."""
    del language
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avgust.web.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["avgust manage", *arguments])
    return 0
