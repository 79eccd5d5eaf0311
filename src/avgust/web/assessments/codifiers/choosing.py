"""Which codifiers a specification may name, and what its items' codes mean in those that it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from avgust.domain.assessment.codifiers.naming import Named, apart
from avgust.domain.assessment.works import Item
from avgust.web.assessments.codifiers.models import CodifierEdition, CodifierEditionQuerySet, KindName
from avgust.web.assessments.codifiers.shelf import codes_of

if TYPE_CHECKING:
    from avgust.web.assessments.models import SpecificationOfWork, Work, WorkItem


def choosable(work: Work, kind: str) -> CodifierEditionQuerySet:
    """Return the editions that a specification of `work` may name: of its subject, of its line of units."""
    line = CodifierEdition.objects.of_line(work.unit, work.held_on)
    return line.filter(subject=work.subject, kind=kind)


def faults_of_codifiers(
    work: Work, content: CodifierEdition | None, skills: CodifierEdition | None
) -> list[str]:
    """Return why a specification may not name these; locked, so that nobody undoes them meanwhile."""
    faults = []
    for edition, kind in ((content, KindName.CONTENT), (skills, KindName.SKILLS)):
        if edition is None:
            continue
        CodifierEdition.objects.select_for_update().filter(pk=edition.pk).first()
        if not choosable(work, kind).filter(pk=edition.pk).exists():
            said = _(
                "The codifier “%(name)s” does not fit: it must be of the work's subject, list %(kind)s and"
                " belong to the work's territory or to one above it."
            )
            faults.append(said % {"name": edition.reference, "kind": kind.label})
    return faults


def edition_named(work: Work, reference: str, kind: KindName) -> CodifierEdition:
    """Return the edition that a workbook names as «ru-4-content/2026», that of the nearest territory."""
    name, _slash, edition = (part.strip() for part in reference.partition("/"))
    found = list(choosable(work, kind).filter(name=name, edition=edition).select_related("unit"))
    if found:
        near = [work.unit_id, *(unit.pk for unit in reversed(work.unit.line_on(work.held_on)))]
        return min(found, key=lambda one: near.index(one.unit_id))
    known = ", ".join(one.reference for one in choosable(work, kind)[:5]) or "—"
    said = _("There is no codifier “%(reference)s” for %(kind)s of this work. Known ones: %(known)s.")
    raise ValidationError(said % {"reference": reference[:120], "kind": kind.label, "known": known})


@dataclass(frozen=True)
class Read:
    """An item with what its codes name; nothing is known of them where no codifier is named."""

    item: WorkItem
    content: tuple[Named, ...] | None
    skills: tuple[Named, ...] | None

    @property
    def unknown(self) -> int:
        """How many of its codes the codifiers do not know."""
        return sum(one.entry is None for one in (*(self.content or ()), *(self.skills or ())))

    @property
    def is_mendable(self) -> bool:
        """Whether a near code is known for one that is not."""
        return any(one.nearest for one in (*(self.content or ()), *(self.skills or ())))


def read_items(
    specification: SpecificationOfWork, content: CodifierEdition | None, skills: CodifierEdition | None
) -> list[Read]:
    """Return the items with what they name in these editions."""
    by_content, by_skills = (one and codes_of(one) for one in (content, skills))
    return [
        Read(
            item,
            by_content.named(item.content) if by_content else None,
            by_skills.named(item.skill) if by_skills else None,
        )
        for item in specification.items.all()
    ]


def in_their_codifiers(specification: SpecificationOfWork | None) -> list[Read]:
    """Return the items of a specification as the codifiers that it names read them."""
    if specification is None:
        return []
    return read_items(specification, specification.content_codifier, specification.skill_codifier)


def has_codifiers(work: Work) -> bool:
    """Return whether there is a codifier that a specification of `work` may name."""
    return CodifierEdition.objects.of_line(work.unit, work.held_on).filter(subject=work.subject).exists()


def codifiers_in(work: Work, content: str | None, skills: str | None) -> dict[str, CodifierEdition | None]:
    """Return the editions that a workbook names, for `set_specification`; what it does not speak of stays."""
    before = work.specification
    named: dict[str, CodifierEdition | None] = {}
    for field, reference, kind in (
        ("content_codifier", content, KindName.CONTENT),
        ("skill_codifier", skills, KindName.SKILLS),
    ):
        if reference is None:
            named[field] = getattr(before, field) if before else None
        else:
            named[field] = edition_named(work, reference, kind) if reference else None
    return named


@dataclass(frozen=True)
class Asked:
    """An item with what it asks, as reports tell of it: titles in place of known codes, each element once."""

    item: Item
    contents: tuple[str, ...]
    skills: tuple[str, ...]


def asked_of(specification: SpecificationOfWork) -> list[Asked]:
    """Return the items of a specification with what they ask."""
    contents = _titles(specification.content_codifier)
    skills = _titles(specification.skill_codifier)
    return [Asked(item, contents(item.content), skills(item.skill)) for item in specification.value().items]


def _titles(edition: CodifierEdition | None) -> Callable[[str], tuple[str, ...]]:
    return codes_of(edition).titles if edition else apart
