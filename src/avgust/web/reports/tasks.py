"""What the worker does with reports that are sent back; begun again after a worker died, it goes on."""

from __future__ import annotations

try:  # Django 6 has it built in
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]

from avgust.web.reports.returning import TURN, apply_rows, read_file


@task()
def carry_on(pk: int) -> None:
    """Read the file, or apply it: whichever waits; a long one takes turns with the tasks of others."""
    read_file(pk)
    if apply_rows(pk, TURN):
        carry_on.enqueue(pk)
