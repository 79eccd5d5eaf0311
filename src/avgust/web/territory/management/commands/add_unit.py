"""`avgust manage add_unit KIND NAME`: the region of an empty database, and what stands in it."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avgust.web.territory.actions import add_unit
from avgust.web.territory.management.naming import unit_called
from avgust.web.territory.models import Unit


class Command(BaseCommand):
    """Adds one unit as the server's own act; people add theirs with their rights."""

    help = "Add an organisation: add_unit KIND NAME [--short NAME] [--under UNIT] [--since 2025-09-01]."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("kind", choices=Unit.Kind.values)
        parser.add_argument("name", help="official name")
        parser.add_argument("--short", default="", help="short name")
        parser.add_argument("--inn", default="", help="tax number")
        parser.add_argument("--founder", choices=Unit.Founder.values, default=Unit.Founder.MUNICIPAL)
        parser.add_argument("--under", help="number or name of the unit above; without it the top is added")
        parser.add_argument(
            "--since", type=date.fromisoformat, help="first day (default: today; for the top, always)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, or say in one sentence why not."""
        unit = Unit(
            kind=options["kind"],
            name=options["name"],
            short_name=options["short"],
            inn=options["inn"],
            founder=options["founder"],
        )
        parent = unit_called(options["under"]) if options["under"] else None
        # A region is older than its register: without a day it has always been.
        since = options["since"] or (timezone.localdate() if parent else None)
        try:
            add_unit(unit, parent=parent, since=since, actor=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{unit.pk}: {unit}")
