"""What the worker does for reports; done again when a worker dies, and then it goes on where it stood."""

from __future__ import annotations

try:  # Django 6 has it built in
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]


@task()
def make_batch(pk: int) -> None:
    """Make the reports of all schools of a territory as one archive."""
    from avgust.web.readings.batches import carry_out  # noqa: PLC0415 - brings numpy and typst

    carry_out(pk)
