"""What was computed of results once and is kept."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.web.assessments.models import Work


class Kept(models.Model):
    """Sums or a reading of a work; `key` names the versions of results and specification it was made from."""

    class What(models.TextChoices):
        """What is kept."""

        SUMS = "sums", _("sums by school and class")
        PASSPORT = "passport", _("quality passport")
        ADDED = "added", _("value added")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(_("what"), max_length=10, choices=What)
    key = models.CharField(_("version"), max_length=150)
    data = models.BinaryField()
    made_at = models.DateTimeField(_("computed"), default=timezone.now)
    seconds = models.FloatField(_("seconds"), default=0.0)

    class Meta:
        verbose_name = _("kept reading")
        verbose_name_plural = _("kept readings")
        constraints = (models.UniqueConstraint(fields=("work", "what"), name="readings_kept_once"),)

    def __str__(self) -> str:
        return f"{self.work_id} {self.what} {self.key}"
