"""What the worker does with uploads; done again when a worker dies, and then with the same outcome."""

from __future__ import annotations

try:  # Django 6 has it built in
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]


@task()
def read_upload(pk: int) -> None:
    """Read the files of an upload and publish what they say, or take its rows out."""
    from avgust.web.assessments.importing import carry_out  # noqa: PLC0415 - brings the warehouse

    carry_out(pk)


@task()
def check_table(pk: int) -> None:
    """Read the whole file of a draft by its mapping and keep what would be taken and refused."""
    from avgust.web.assessments.drafts.checking import carry_out  # noqa: PLC0415 - brings the warehouse

    carry_out(pk)
