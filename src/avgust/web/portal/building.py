"""Counting what is published: a fixed number of queries, whatever the size; kept for five minutes.

A public page may be asked for by a whole region in an hour. It is counted once in `KEPT` seconds for each
language; a change of the choice, or its withdrawal, is seen at once, because the version is part of the key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.cache import cache
from django.utils import timezone

from avgust.domain.addressing import Outcome
from avgust.domain.proof import Coverage
from avgust.domain.publishing.contact import OfficeContact
from avgust.domain.publishing.links import is_public_link
from avgust.domain.publishing.page import PublicMeasure, PublicProgramme
from avgust.domain.publishing.personal import personal_words
from avgust.web.control.models import Assignment, AssignmentQuerySet, Evidence, Report
from avgust.web.control.past import as_of
from avgust.web.control.proving import NOW, THEN, coverages
from avgust.web.portal.models import Contact, Publication
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.presenting import MeasureWords

KEPT: Final = 300  # seconds
MOST_LINKS: Final = 5  # of a measure, on the page of the programme


def published(publication: Publication, language: str) -> PublicProgramme:
    """Return what everybody may read of a programme, counted at most `KEPT` seconds ago."""
    day = day_of(publication)
    key = f"portal2-{publication.pk}-{publication.version}-{day:%Y%m%d}-{language}"
    found = cache.get(key)
    if not isinstance(found, PublicProgramme):
        found = counted(publication, language)
        cache.set(key, found, KEPT)
    return found


def day_of(publication: Publication) -> date:
    """Return the day of which the states are shown."""
    return publication.fixed_on or timezone.localdate()


def assignments_of(publication: Publication) -> tuple[AssignmentQuerySet, tuple[str, str]]:
    """Return the assignments of the programme and the columns that tell their status and deadline."""
    rows = Assignment.objects.filter(programme=publication.programme)
    if publication.fixed_on is None:
        return rows, NOW
    return as_of(rows, publication.fixed_on), THEN


def counted(publication: Publication, language: str) -> PublicProgramme:
    """Count what is published."""
    programme, day = publication.programme, day_of(publication)
    rows, columns = assignments_of(publication)
    covered = coverages(rows, "measure", day, columns)
    known = programme.measures.exclude(status=Measure.Status.MERGED)
    measures = list(known.prefetch_related("executors__unit").order_by("order"))
    shown = [row for row in measures if is_shown(publication, row)]
    contact = Contact.objects.filter(unit=programme.unit_id).first()
    links = links_of(publication, [row.pk for row in shown])
    return PublicProgramme(
        id=programme.pk,
        title=programme.title,
        authority=str(programme.unit),
        school_year=programme.school_year,
        adopted_on=programme.adopted_on,
        day=day,
        made=timezone.localtime(),
        measures=tuple(_public(row, covered, links.get(row.pk, []), language) for row in shown),
        partly=len(shown) < len(measures),
        fixed=publication.fixed_on is not None,
        contact=contact.said if contact else OfficeContact(),
    )


def is_shown(publication: Publication, measure: Measure) -> bool:
    """Return whether `measure` is chosen and names nobody; its text may have changed since it was chosen."""
    if measure.status == Measure.Status.MERGED or not publication.takes(measure):
        return False
    return not personal_words(f"{measure.text}\n{measure.section}")


def _public(measure: Measure, covered: dict[Any, Any], links: list[str], language: str) -> PublicMeasure:
    words = MeasureWords(measure, language)
    deadline = "" if personal_words(words.deadline) else words.deadline
    return PublicMeasure(
        id=measure.pk,
        number=measure.label or str(measure.order),
        section=measure.section,
        text=measure.text,
        executors=tuple(dict.fromkeys(filter(None, map(_organisation, words.executors)))),
        due=measure.due,
        deadline=deadline,
        coverage=covered.get(measure.pk, Coverage()),
        links=tuple(links[:MOST_LINKS]),
        link_count=len(links),
        cancelled=measure.status == Measure.Status.CANCELLED,
    )


def _organisation(row: MeasureExecutor) -> str:
    """Return an executor as the public reads it: the organisation, or the words that name a group."""
    if row.outcome == Outcome.BODY and row.unit is not None:
        return str(row.unit)
    return "" if row.post_id or personal_words(row.name) else row.name


def links_of(publication: Publication, measures: Iterable[int]) -> dict[int, list[str]]:
    """Return the public links accepted as proof by the day that is shown, by measure; each once."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    if publication.links:
        rows = accepted_links(publication).filter(report__assignment__measure__in=list(measures))
        for measure, url in rows.order_by("pk").values_list("report__assignment__measure", "url"):
            if is_public_link(url):
                found[measure][url] = None
    return {measure: list(urls) for measure, urls in found.items()}


def accepted_links(publication: Publication) -> Any:
    """Return evidence with an address, of reports that were accepted by the day that is shown."""
    rows = Evidence.objects.filter(
        report__assignment__programme=publication.programme, report__outcome=Report.Outcome.ACCEPTED
    )
    if publication.fixed_on is not None:
        rows = rows.filter(report__decided_at__date__lte=publication.fixed_on)
    return rows.exclude(url="")
