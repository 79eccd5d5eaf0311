"""`avgust manage pupil_codes SCHOOL YEAR NUMBERS…`: codes of participants, for who holds the key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from avgust.domain.assessment.works.pseudonyms import shown
from avgust.domain.periods import Period
from avgust.web.assessments.keys import pupil_key
from avgust.web.assessments.schools import SYSTEM
from avgust.web.territory.models import ExternalId


class Command(BaseCommand):
    """Print number and code, so that a code of the results leads back to its participant."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("school", help="login of the school: edu000001")
        parser.add_argument("year", type=int, help="the year in which the school year begins")
        parser.add_argument("numbers", nargs="+")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print a line for each number."""
        found = ExternalId.objects.filter(system=SYSTEM, value=options["school"]).first()
        if found is None:
            raise CommandError("No school has this login.")
        key, year = pupil_key(), Period.school_year(options["year"])
        for number in options["numbers"]:
            self.stdout.write(f"{number} {shown(key.of_participant(str(found.unit_id), number, year))}")
