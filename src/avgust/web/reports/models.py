"""Reports that were filled in and sent back: the file, its rows that say something, what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from avgust.domain.reporting.worksheet.judging import Does, Verdict
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Programme
from avgust.web.ui import addresses

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

DOES = {
    Does.SEND: _("sent for acceptance"),
    Does.ACCEPT: _("accepted"),
    Does.RETURN: _("returned for rework"),
    Does.DRAFT: _("kept as a draft"),
}

PLANS = {
    Does.SEND: _("to send for acceptance"),
    Does.ACCEPT: _("to accept"),
    Does.RETURN: _("to return for rework"),
    Does.DRAFT: _("to keep as drafts"),
}


class ReturnedFileQuerySet(models.QuerySet["ReturnedFile"]):
    """Files by reader."""

    def visible_to(self, user: User) -> Self:
        """Return the files that `user` uploaded: what is written there is nobody else's business yet."""
        return self.filter(uploaded_by=user, programme__in=Programme.objects.visible_to(user))


class ReturnedFile(models.Model):
    """A workbook that was sent back. Its bytes are kept until it is read, its rows until it is forgotten."""

    class Status(models.TextChoices):
        """Where the file stands."""

        READING = "reading", _("being read")
        UNREADABLE = "unreadable", _("not read")
        CHECKING = "checking", _("being checked")
        APPLYING = "applying", _("being applied")
        DONE = "done", _("applied")
        DROPPED = "dropped", _("not applied")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="returned_files")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.READING)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    why = models.JSONField(default=dict)  # why it could not be read: a message
    day = models.DateField(null=True)  # on which the report was downloaded
    same = models.PositiveIntegerField(default=0)  # rows that say nothing new
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = ReturnedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("report that was sent back")
        verbose_name_plural = _("reports that were sent back")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of its check."""
        return addresses.of("reports:returned", self.pk)

    @property
    def is_under_way(self) -> bool:
        """True while the worker reads or applies it."""
        return self.status in (self.Status.READING, self.Status.APPLYING)

    @property
    def is_checking(self) -> bool:
        """True while nothing is decided about it."""
        return self.status == self.Status.CHECKING

    def counts(self) -> dict[str, int]:
        """Return how many rows would do or did what, how many did not: one query."""
        ready = Q(verdict=Verdict.READY.value)
        return self.rows.aggregate(
            ready=Count("pk", filter=ready),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            waiting=Count("pk", filter=ready & Q(done_at=None)),
            conflict=Count("pk", filter=Q(verdict=Verdict.CONFLICT.value)),
            refused=Count("pk", filter=Q(verdict=Verdict.REFUSED.value)),
            **{one.value: Count("pk", filter=ready & Q(does=one.value)) for one in Does},
        )


class ReturnedRow(models.Model):
    """A row that says something, or cannot be taken."""

    file = models.ForeignKey(ReturnedFile, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))  # as spreadsheets count
    number = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=500, blank=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(null=True)  # of the assignment, when it was downloaded
    text_print = models.CharField(max_length=8, blank=True)  # of the text, when it was downloaded
    does = models.CharField(max_length=8, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=1000, blank=True)
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=8)
    why = models.JSONField(default=dict)  # a message, where it is not taken
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("row that was sent back")
        verbose_name_plural = _("rows that were sent back")
        ordering = ("file", "row")
        indexes = (models.Index(fields=("file", "verdict", "done_at"), name="reports_row_of_file"),)

    def __str__(self) -> str:
        return f"{self.row} {self.organisation}"

    @property
    def plan(self) -> str:
        """What would be done with the assignment, in words."""
        return str(PLANS[Does(self.does)]) if self.does else ""

    @property
    def said(self) -> str:
        """What becomes of the assignment, in words."""
        return str(DOES[Does(self.does)]) if self.does else ""
