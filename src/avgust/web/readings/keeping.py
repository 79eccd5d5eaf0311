"""Computed once for a version of results, then read: by the first reader, or by the worker ahead of one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from avgust.web.assessments.models import SpecificationOfWork, Work
from avgust.web.readings.models import Kept
from avgust.web.warehouse.models import Dataset

FORMAT: Final = 2  # grows when what is kept means something else: older ones are made anew


@dataclass(frozen=True)
class Version:
    """A work with the live version of its results and the specification that they are read by.

    Equal where the key is: it names the folder of the rows, and a specification is never changed.
    """

    work: Work
    specification: SpecificationOfWork
    rows: str

    @property
    def key(self) -> str:
        """The name of this version."""
        return f"{self.rows}/{self.specification.pk}/{FORMAT}"

    @property
    def number(self) -> int:
        """How often the results were published so far."""
        return int(self.rows[2:8])

    def __hash__(self) -> int:
        return hash((self.work.pk, self.key))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and (other.work.pk, other.key) == (self.work.pk, self.key)


def versions_of(works: Iterable[Work]) -> dict[int, Version]:
    """Return the version of each work that has results and a specification, in three queries."""
    asked = {work.pk: work for work in works}
    live = dict(
        Dataset.objects.filter(name__in=[work.dataset for work in asked.values()])
        .exclude(version="")
        .values_list("name", "version")
    )
    found: dict[int, SpecificationOfWork] = {}
    specifications = SpecificationOfWork.objects.filter(work__in=asked)
    with_codifiers = specifications.select_related("content_codifier", "skill_codifier")
    for one in with_codifiers.prefetch_related("items"):
        if one.since <= asked[one.work_id].held_on:  # the latest comes first
            found.setdefault(one.work_id, one)
    return {
        pk: Version(work, found[pk], live[work.dataset])
        for pk, work in asked.items()
        if pk in found and work.dataset in live
    }


def kept(
    work: Work, what: Kept.What, key: str, make: Callable[[], bytes | None]
) -> tuple[bytes, datetime] | None:
    """Return what is kept under this key, made now where it is not; None where nothing can be made."""
    found = Kept.objects.filter(work=work, what=what, key=key).values_list("data", "made_at").first()
    if found is not None:
        return bytes(found[0]), found[1]
    began = time.monotonic()
    data = make()
    if data is None:
        return None
    now, seconds = timezone.now(), time.monotonic() - began
    said = {"key": key, "data": data, "made_at": now, "seconds": seconds}
    Kept.objects.update_or_create(work=work, what=what, defaults=said)
    return data, now
