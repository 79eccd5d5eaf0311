"""Editions of codifiers with their entries, never changed; drafts that wait for a second look."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.assessment.codifiers import Basis, Codifier, Entry, Kind, SubjectCode
from avgust.domain.assessment.codifiers.model import (
    LONGEST_CODE,
    LONGEST_EDITION,
    LONGEST_NAME,
    LONGEST_TITLE,
)
from avgust.web.accounts.rights import Action
from avgust.web.assessments.subjects import Subject
from avgust.web.territory.models import Unit


class KindName(models.TextChoices):
    """Kinds of codifiers as people read them."""

    CONTENT = "content", _("content elements")
    SKILLS = "skills", _("skills")


class CodifierEditionQuerySet(models.QuerySet["CodifierEdition"]):
    """Editions by reader and by what became of them."""

    def visible_to(self, user: Any) -> Self:
        """Return the editions of the reader's territory, and of those above it: works below name them too."""
        return self.filter(
            models.Q(unit__in=Unit.objects.in_scope_of(user, Action.SEE_RESULTS))
            | models.Q(unit__in=Unit.objects.above_posts_of(user, Action.SEE_RESULTS))
        )

    def standing(self) -> Self:
        """Return the editions whose import was not undone."""
        return self.filter(undone_at=None)

    def of_line(self, unit: Unit, day: date) -> Self:
        """Return the editions that works of `unit` may name: its own, and those of what stands above it."""
        return self.standing().filter(unit__in=Unit.objects.above(unit, day))


class CodifierEdition(models.Model):
    """An imported edition of a codifier of a territory; a later one replaces it from its first day on."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject)
    kind = models.CharField(_("kind"), max_length=10, choices=KindName)
    edition = models.CharField(_("edition"), max_length=LONGEST_EDITION)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    since = models.DateField(_("in force from"))
    until = models.DateField(_("in force until"), null=True)
    basis = models.CharField(_("by the act"), max_length=LONGEST_TITLE, blank=True)
    number = models.CharField(_("number"), max_length=LONGEST_EDITION, blank=True)
    day = models.DateField(_("date of the act"), null=True)
    size = models.PositiveIntegerField(_("entries"))
    file_name = models.CharField(_("file"), max_length=255)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = CodifierEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a codifier")
        verbose_name_plural = _("editions of codifiers")
        ordering = ("subject", "kind", "name", "-since", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "name", "edition"),
                condition=models.Q(undone_at=None),
                name="assessments_codifier_once",
            ),
            models.UniqueConstraint(
                fields=("unit", "name", "since"),
                condition=models.Q(undone_at=None),
                name="assessments_codifier_day_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("assessments:codifier", args=[self.pk])

    @property
    def reference(self) -> str:
        """How workbooks of specifications name it."""
        return f"{self.name}/{self.edition}"

    def value(self) -> Codifier:
        """Return it as the domain reads it, in one query; `shelf.codifier_of` keeps what was read."""
        rows = self.entries.order_by("place").values_list("code", "title", "parent", "grades")
        return Codifier(
            name=self.name,
            subject=SubjectCode(self.subject),
            kind=Kind(self.kind),
            edition=self.edition,
            title=self.title,
            since=self.since,
            until=self.until,
            basis=Basis(self.basis, self.number, self.day),
            entries=tuple(Entry(code, title, parent, tuple(grades)) for code, title, parent, grades in rows),
        )


class CodifierEntry(models.Model):
    """A line of an edition; `parent` is the code of the line above it."""

    edition = models.ForeignKey(CodifierEdition, on_delete=models.CASCADE, related_name="entries")
    place = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=LONGEST_CODE)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    parent = models.CharField(max_length=LONGEST_CODE, blank=True)
    grades = models.JSONField(_("grades"), default=list)

    class Meta:
        verbose_name = _("entry of a codifier")
        verbose_name_plural = _("entries of codifiers")
        ordering = ("edition", "place")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="assessments_codifier_code_once"),
        )

    def __str__(self) -> str:
        return self.code


class CodifierDraftQuerySet(models.QuerySet["CodifierDraft"]):
    """Drafts by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the drafts of the territory where the reader imports."""
        return self.filter(unit__in=Unit.objects.in_scope_of(user, Action.IMPORT_RESULTS))


class CodifierDraft(models.Model):
    """A codifier that was read from a file and is not in force: what it changes is looked at first."""

    class Status(models.TextChoices):
        """Where it stands."""

        CHECKING = "checking", _("waits for a look")
        APPLIED = "applied", _("imported")
        DROPPED = "dropped", _("put away")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    package = models.TextField()  # until it is imported or put away
    file_name = models.CharField(_("file"), max_length=255)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.CHECKING)
    made = models.ForeignKey(CodifierEdition, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = CodifierDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a codifier")
        verbose_name_plural = _("drafts of codifiers")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.title
