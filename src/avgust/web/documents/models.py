"""What is kept of a document: the file, its reading, and what people said about it."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.domain.resolutions.model import Resolution
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.codec import plain, restored
from avgust.web.accounts.rights import Action
from avgust.web.territory.models import Unit, reads_everything
from avgust.web.ui import addresses
from avgust.web.ui.search import SearchField, words_filter

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, asked for by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return documents of the units `user` works for, and adopted ones of the units above them."""
        if reads_everything(user, Action.SEE_DOCUMENTS):
            return self.all()
        own = models.Q(unit__in=Unit.objects.in_scope_of(user, Action.SEE_DOCUMENTS))
        above = Unit.objects.above_posts_of(user, Action.SEE_DOCUMENTS)
        return self.filter(own | models.Q(unit__in=above, status=Document.Status.ADOPTED))

    def search(self, words: str) -> Self:
        """Return documents whose title or file name holds every word; case and ё do not matter."""
        return self.filter(words_filter("search", words))


class Document(models.Model):
    """A document of a unit. `version` counts acts of its review: who saw an older one is told."""

    class Status(models.TextChoices):
        """Where the document stands."""

        REVIEWING = "reviewing", _("under review")
        ADOPTED = "adopted", _("adopted")

    unit = models.ForeignKey(
        "territory.Unit", on_delete=models.PROTECT, related_name="documents", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=500)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    format = models.CharField(_("format"), max_length=10)
    adopted_on = models.DateField(_("date of adoption"), null=True, blank=True)
    school_year = models.CharField(_("school year"), max_length=9, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.REVIEWING)
    version = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    search = SearchField("title", "file_name")
    # Counts of the review as it stands, so that a list of documents folds nothing.
    measures = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    open_findings = models.PositiveIntegerField(default=0)
    severe_findings = models.PositiveIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("unit", "sha256"), name="documents_document_once_in_unit"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the review."""
        return addresses.of("documents:review", self.pk)

    @property
    def adopted(self) -> bool:
        """True when the document is a programme; its review is closed."""
        return self.status == self.Status.ADOPTED


class Reading(models.Model):
    """What the parser said about a document, kept as it was: a newer parser changes no checked review."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="reading")
    parser_version = models.CharField(max_length=20)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.document} ({self.parser_version})"

    @staticmethod
    def packed(resolution: Resolution) -> bytes:
        """Return `resolution` as the bytes that `body` keeps."""
        text = json.dumps(plain(resolution), ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode(), compresslevel=6, mtime=0)

    def unpacked(self) -> Resolution:
        """Return the resolution as it was read."""
        return restored(Resolution, json.loads(gzip.decompress(bytes(self.body))))


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections in the order in which they were made."""

    def standing(self) -> Self:
        """Return corrections that were not taken back."""
        return self.filter(undone_at=None).order_by("version")


class Correction(models.Model):
    """One thing a person said about a clause. Rows are added and taken back, never changed or deleted."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="corrections")
    version = models.PositiveIntegerField()  # of the document after it
    clause = models.CharField(max_length=80, blank=True)
    act = models.CharField(max_length=20)
    body = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_version = models.PositiveIntegerField(null=True)
    redo_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="redone_as"
    )  # the correction, once taken back, that this one brings back

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("document", "version"), name="documents_correction_version"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.clause}"

    @property
    def said(self) -> said.Correction:
        """Return what was said, as the fold takes it."""
        return said.from_json(self.body)
