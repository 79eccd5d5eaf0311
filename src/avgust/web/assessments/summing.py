"""What lists show of the results of a work, from the warehouse into the database after each publication."""

from __future__ import annotations

from django.db import transaction

from avgust.web.assessments.models import SchoolInWork, Work
from avgust.web.warehouse.results import SchoolResults, open_results


def found(work: Work) -> list[SchoolResults]:
    """Return what the warehouse says now; to be asked before a transaction, which would lock others out."""
    with open_results(work.dataset) as results:
        return results.schools() if results else []


@transaction.atomic
def keep(work: Work, schools: list[SchoolResults]) -> None:
    """Make the schools of a work and its counts anew."""
    SchoolInWork.objects.filter(work=work).delete()
    SchoolInWork.objects.bulk_create([_school(work, one) for one in schools], batch_size=500)
    work.pupils, work.schools = sum(one.pupils for one in schools), len(schools)
    work.save(update_fields=["pupils", "schools"])


def _school(work: Work, found: SchoolResults) -> SchoolInWork:
    return SchoolInWork(
        work=work,
        unit_id=found.school,
        pupils=found.pupils,
        absent=found.absent,
        classes=found.classes,
        mean=found.mean,
        sd=found.sd,
        marks={str(mark): count for mark, count in found.marks.items()},
    )
