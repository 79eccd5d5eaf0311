"""Files that were asked for: what, by whom, how far they are, until when they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.web.ui import addresses

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class PreparedFileQuerySet(models.QuerySet["PreparedFile"]):
    """Prepared files by reader."""

    def visible_to(self, user: User) -> Self:
        """Return the person's own, and nobody else's at no role: a file holds what she may see."""
        return self.filter(asked_by=user) if user.is_authenticated and user.is_active else self.none()


class PreparedFile(models.Model):
    """A question of a person, and the file that answers it."""

    class Status(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waits")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("not made")
        EXPIRED = "expired", _("deleted as its time is over")

    UNDER_WAY = (Status.WAITING, Status.WORKING)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("territory.Unit", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=60)  # "programmes.plan"; see `prepares` of the stations
    question = models.JSONField()  # the arguments of its writer
    key = models.CharField(max_length=64)  # digest of kind, question, language and day
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    file_name = models.CharField(_("file"), max_length=200)
    source = models.CharField(max_length=2000)  # the address that asked, to ask once more
    back = models.CharField(max_length=2000)  # the page that it stands on
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # rows, as they were counted when it was asked for
    done = models.PositiveIntegerField(default=0)
    posts = models.CharField(max_length=64, blank=True)  # digest of the posts by which it was written
    act = models.BigIntegerField(default=0)  # the last act in the journal when its writing began
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)  # bytes
    why = models.JSONField(default=dict)  # why it could not be made: a message
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("prepared file")
        verbose_name_plural = _("prepared files")
        ordering = ("-id",)
        indexes = (models.Index(fields=("asked_by", "key"), name="prepared_question"),)
        constraints = (
            models.UniqueConstraint(
                fields=("asked_by", "key"),
                condition=Q(status__in=("waiting", "working")),
                name="prepared_once",
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page that says how far it is."""
        return addresses.of("prepared:file", self.pk)

    @property
    def is_under_way(self) -> bool:
        """True until it is ready or has failed."""
        return self.status in self.UNDER_WAY

    @property
    def is_ready(self) -> bool:
        """True while it can be downloaded."""
        return self.status == self.Status.READY

    @property
    def ending(self) -> str:
        """The ending of its name, which says its format."""
        return self.file_name.rpartition(".")[2]
