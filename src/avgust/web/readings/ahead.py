"""Readings of new versions made by the worker, so that no reader waits for a calibration."""

from __future__ import annotations

import logging
from typing import Final

from avgust.domain.assessment.interpretation.rules import Rules
from avgust.web.assessments.models import Upload, Work
from avgust.web.readings.keeping import versions_of
from avgust.web.readings.models import Kept
from avgust.web.readings.source import source_at
from avgust.web.readings.telling import passport_of
from avgust.web.readings.years import around

MOST: Final = 20  # works in one go: the job comes again in some minutes
log = logging.getLogger("avgust.readings")


def make_ahead(_period: str) -> None:
    """Make what is kept of works whose results changed, the latest first; nothing twice."""
    under_way = Upload.objects.filter(status__in=(Upload.Status.WAITING, Upload.Status.READING))
    works = Work.objects.filter(pupils__gt=0).exclude(pk__in=under_way.values("work"))
    versions = versions_of(works)
    passports = Kept.objects.filter(what=Kept.What.PASSPORT)
    made = {work: key.rsplit("/", 2)[0] for work, key in passports.values_list("work", "key")}
    stale = [one for pk, one in versions.items() if made.get(pk) != one.key]
    for version in sorted(stale, key=lambda one: one.work.held_on, reverse=True)[:MOST]:
        source = source_at(version)
        if source is not None:
            rules = Rules.on(version.work.held_on)
            around(source, rules)
            passport_of(source, rules)
            log.info("Readings of work %d were made ahead", version.work.pk)
