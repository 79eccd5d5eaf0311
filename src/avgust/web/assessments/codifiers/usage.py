"""Which specifications name an edition of a codifier, and which items name which of its codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from avgust.web.assessments.codifiers.models import CodifierEdition, KindName
from avgust.web.assessments.codifiers.shelf import codes_of
from avgust.web.assessments.models import SpecificationOfWork, Work, WorkItem

MOST_WORKS: Final = 500  # whose items are looked through for a page: the latest ones


@dataclass
class UsedBy:
    """A work with those of its items that name a code."""

    work: Work
    items: list[str] = field(default_factory=list)


@dataclass
class Usage:
    """What uses an edition, as far as its reader sees: by code, and the works themselves."""

    works: list[Work] = field(default_factory=list)
    by_code: dict[str, list[UsedBy]] = field(default_factory=dict)


def specifications_of(edition: CodifierEdition) -> QuerySet[SpecificationOfWork]:
    """Return every specification that names an edition, also those that later ones have replaced."""
    return SpecificationOfWork.objects.filter(Q(content_codifier=edition) | Q(skill_codifier=edition))


def usage_of(edition: CodifierEdition, user: Any) -> Usage:
    """Return what the specifications in force of visible works use; three queries, however many works."""
    in_force = SpecificationOfWork.objects.filter(
        work=OuterRef("work"), since__lte=OuterRef("work__held_on")
    ).order_by("-since", "-id")
    found = specifications_of(edition).filter(
        work__in=Work.objects.visible_to(user), pk=Subquery(in_force.values("pk")[:1])
    )
    works = {
        one.pk: one.work
        for one in found.select_related("work").order_by("-work__held_on", "work")[:MOST_WORKS]
    }
    usage = Usage(list(works.values()))
    column = "content" if edition.kind == KindName.CONTENT else "skill"
    items = WorkItem.objects.filter(specification__in=list(works)).exclude(**{column: ""})
    rows = list(items.values_list("specification", "code", column))
    order = {pk: place for place, pk in enumerate(works)}
    codes = codes_of(edition)
    for pk, item, written in sorted(rows, key=lambda row: order[row[0]]):
        for one in codes.named(written):
            if one.entry is not None:
                _add(usage.by_code.setdefault(one.entry.code, []), works[pk], item)
    return usage


def _add(listed: list[UsedBy], work: Work, item: str) -> None:
    if not listed or listed[-1].work != work:
        listed.append(UsedBy(work))
    listed[-1].items.append(item)
