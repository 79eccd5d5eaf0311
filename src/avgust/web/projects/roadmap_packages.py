"""Roadmaps that offices keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class RoadmapPackageQuerySet(models.QuerySet["RoadmapPackage"]):
    """Roadmaps that offices keep, asked for by who may use them."""

    def visible_to(self, user: User) -> Self:
        """Return the roadmaps of the units where `user` sees programmes, and of those above them."""
        own = models.Q(unit__in=Unit.objects.in_scope_of(user, Action.SEE_PROGRAMMES))
        return self.filter(own | models.Q(unit__in=Unit.objects.above_posts_of(user, Action.SEE_PROGRAMMES)))


class RoadmapPackage(models.Model):
    """A roadmap that an office keeps, to be applied to other measures and in other years.

    It is of one project, or the plan of a whole programme.
    """

    class Kind(models.TextChoices):
        """What it is a roadmap of."""

        PROJECT = "project", _("of a project")
        PROGRAMME = "programme", _("of a programme")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROJECT)
    code = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=300)
    package = models.JSONField()
    size = models.PositiveIntegerField(default=0)  # measures of a programme, milestones of a project
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    objects = RoadmapPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        ordering = ("title", "id")
        constraints = (models.UniqueConstraint(fields=("unit", "code"), name="projects_roadmap_once"),)

    def __str__(self) -> str:
        return self.title
