"""`avgust manage import_results WORK FILES…`: results too large for a form; the worker reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from avgust.web.accounts.models import User
from avgust.web.assessments.actions import upload_paths
from avgust.web.assessments.models import Work


class Command(BaseCommand):
    """Hand files of any size to the worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("work", type=int)
        parser.add_argument("files", type=Path, nargs="+")
        parser.add_argument("--as", dest="email", required=True, help="e-mail of who imports")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Keep the files and enqueue the reading."""
        work = Work.objects.select_related("unit").filter(pk=options["work"]).first()
        actor = User.objects.filter(email=options["email"], is_active=True).first()
        if work is None or actor is None:
            raise CommandError("There is no such work, or no such person.")
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(f"No file: {', '.join(missing)}")
        upload = upload_paths(work, actor=actor, paths=options["files"])
        self.stdout.write(f"Upload {upload.pk}: {upload.total} files wait for the worker.")
