"""Runs of jobs, and the workers that are alive."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """A job in a period: made once, by whichever worker sees first that it is due."""

    job = models.CharField(_("job"), max_length=80)
    period = models.CharField(_("period"), max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)  # its kind: a text may hold a person

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        constraints = (models.UniqueConstraint(fields=("job", "period"), name="background_run_once"),)

    def __str__(self) -> str:
        return f"{self.job} {self.period}"


class Beat(models.Model):
    """A worker that said it is alive; who is silent for a while is dead, and its task is taken up."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.worker
