"""What the worker does for files that were asked for; done again when a worker dies."""

from __future__ import annotations

try:  # Django 6 has it built in
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]

from avgust.web.prepared.making import carry_out


@task()
def make_file(pk: int) -> None:
    """Write the file that was asked for."""
    carry_out(pk)
