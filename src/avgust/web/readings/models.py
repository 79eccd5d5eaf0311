"""What was computed of results once, archives of reports, and what methodologists made of recommendations."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.assessments.models import Work
from avgust.web.territory.models import Unit


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


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the batches of the territories whose results the reader may see as a whole."""
        return self.filter(unit__in=Unit.objects.in_scope_of(user, Action.SEE_RESULTS))


class Batch(models.Model):
    """The reports of all schools of a territory as one archive that the worker makes; it lives for days."""

    class Status(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waits")
        MAKING = "making", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("not made")
        EXPIRED = "expired", _("deleted as its time is over")

    class Form(models.TextChoices):
        """What the reports are."""

        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    form = models.CharField(_("format"), max_length=4, choices=Form, default=Form.PDF)
    language = models.CharField(max_length=2, default="ru")
    key = models.CharField(_("version"), max_length=150, blank=True)  # of the results that are told
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING)
    total = models.PositiveIntegerField(_("reports"), default=0)
    done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive of reports")
        verbose_name_plural = _("archives of reports")
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.work}, {self.unit}"

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("readings:batch", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """True while the worker has not finished."""
        return self.status in (self.Status.WAITING, self.Status.MAKING)


class AdviceEditQuerySet(models.QuerySet["AdviceEdit"]):
    """Edits by reader and state."""

    def visible_to(self, user: Any) -> Self:
        """Return the edits made where the reader edits, and above: those are inherited."""
        return self.filter(
            models.Q(unit__in=Unit.objects.in_scope_of(user, Action.EDIT_ADVICE))
            | models.Q(unit__in=Unit.objects.above_posts_of(user, Action.EDIT_ADVICE))
        )

    def in_force(self) -> Self:
        """Return the edits that nobody replaced or took back."""
        return self.filter(ended_at=None)


class AdviceEdit(models.Model):
    """What a methodologist made of a standard recommendation, for a territory and all under it.

    `text` "" means that the recommendation is not printed. Earlier ones stay, with the day they ended.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    code = models.CharField(_("rule"), max_length=60)
    text = models.CharField(_("recommendation"), max_length=600, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("edited"), default=timezone.now)
    ended_at = models.DateTimeField(_("replaced"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AdviceEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("edited recommendation")
        verbose_name_plural = _("edited recommendations")
        ordering = ("unit", "code", "-made_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "code"),
                condition=models.Q(ended_at=None),
                name="readings_one_edit_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.code
