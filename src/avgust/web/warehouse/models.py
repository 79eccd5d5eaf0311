"""Which folder holds the rows of a set: the database names it, so a change is whole or has not happened."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dataset(models.Model):
    """The results of one work. `version` is the name of the live folder, "" before the first."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    items = models.JSONField(default=list)  # codes, in the order of the columns
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("set of rows")
        verbose_name_plural = _("sets of rows")

    def __str__(self) -> str:
        return self.name
