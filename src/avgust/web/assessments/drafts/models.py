"""A table that was sent to be mapped, until it is imported, put away or swept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.meanings import Fault, Meaning, faults_in, mapping_of
from avgust.domain.messages import Message
from avgust.web.assessments.kept_messages import message_in

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class TableDraftQuerySet(models.QuerySet["TableDraft"]):
    """Drafts by reader."""

    def visible_to(self, user: User) -> Self:
        """Return the reader's own drafts: numbers of pupils stand in their first rows."""
        return self.filter(uploaded_by=user)


class TableDraft(models.Model):
    """The file, its heads and first rows, what its columns were said to be, what a check of it found."""

    class Check(models.TextChoices):
        """Where the check of the whole file stands."""

        NONE = "", _("not checked")
        WAITING = "waiting", _("being checked")
        DONE = "done", _("checked")

    work = models.ForeignKey("Work", on_delete=models.CASCADE, related_name="table_drafts")
    name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    sheets = models.PositiveSmallIntegerField(_("sheets"), default=1)
    heads = models.JSONField(default=list)
    sample = models.JSONField(default=list)  # first rows below the heads; what names a person is left out
    guesses = models.JSONField(default=list)  # for each column: why it was guessed to be what it is
    meanings = models.JSONField(default=list)
    mapping_name = models.CharField(_("name of the mapping"), max_length=200)
    proposed = models.ForeignKey("MappingPackage", on_delete=models.SET_NULL, null=True, related_name="+")
    check_state = models.CharField(max_length=8, choices=Check, default=Check.NONE, blank=True)
    attempt = models.PositiveIntegerField(default=0)  # of the check: an earlier one writes nothing more
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    found = models.JSONField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = TableDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("table to be mapped")
        verbose_name_plural = _("tables to be mapped")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("assessments:draft", args=[self.pk])

    @property
    def is_being_checked(self) -> bool:
        """True while the worker reads the whole file."""
        return self.check_state == self.Check.WAITING

    @property
    def said(self) -> list[Meaning]:
        """What each column is said to be."""
        return [meaning_in(one) for one in self.meanings]

    @property
    def reasons(self) -> list[Message]:
        """Why each column was guessed to be what it is."""
        return [message_in(one) for one in self.guesses]

    @property
    def faults(self) -> list[Fault]:
        """What keeps it from being a mapping."""
        return faults_in(self.heads, self.said)

    def mapping(self) -> Mapping:
        """Return the mapping of the columns as they are said."""
        return mapping_of(self.mapping_name, self.heads, self.said)


def meaning_out(meaning: Meaning) -> dict[str, Any]:
    """Return a meaning as JSON keeps it."""
    return {
        "field": meaning.field.value if meaning.field else "",
        "item": meaning.item,
        "maximum": meaning.maximum,
    }


def meaning_in(value: dict[str, Any]) -> Meaning:
    """Return the meaning that `meaning_out` kept."""
    return Meaning(Field(value["field"]) if value["field"] else None, value["item"], value["maximum"])
