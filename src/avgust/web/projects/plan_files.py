"""Tables of plans that were uploaded, and what was written from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.web.programmes.models import Measure, Programme
from avgust.web.ui import addresses

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class PlanFileQuerySet(models.QuerySet["PlanFile"]):
    """Files of plans, asked for by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return files of the programmes that `user` may see."""
        return self.filter(programme__in=Programme.objects.visible_to(user))


class PlanFile(models.Model):
    """A table uploaded to change a programme; its cells are kept until it is written or dropped."""

    class Status(models.TextChoices):
        """Where the file stands."""

        CHECKING = "checking", _("being checked")
        WRITTEN = "written", _("written")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("not written")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plan_files")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.CHECKING)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))  # bytes
    table = models.BinaryField()
    # of a package: the measures that become projects, by the key of their row, with their parts
    projects = models.JSONField(default=dict)
    ground = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    written_at = models.DateTimeField(_("written"), null=True)

    objects = PlanFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a plan")
        verbose_name_plural = _("files of plans")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of its check."""
        return addresses.of("projects:plan_file", self.pk)

    @property
    def of_package(self) -> bool:
        """True for the plan of another programme: no person has its cells to mend them."""
        return self.size == 0


class PlanFileLine(models.Model):
    """A row that was written: the measure before it, and its version after, so that it can be undone."""

    file = models.ForeignKey(PlanFile, on_delete=models.CASCADE, related_name="lines")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    row = models.CharField(max_length=60)
    before = models.JSONField(null=True)  # the words as typed and the names; None for a new measure
    changes = models.JSONField(default=list)  # [column, before, after]
    version = models.PositiveIntegerField()  # of the measure, when the file was written
    # of the project that the file gave to the measure: [id, version] of each part, by its kind
    parts = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("written row of a plan")
        verbose_name_plural = _("written rows of plans")
        ordering = ("file", "id")

    def __str__(self) -> str:
        return self.row
