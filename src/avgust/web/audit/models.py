"""The journal."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.web.audit import codes


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what may only be added."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, which may be read and added."""

    def of(self, subject: models.Model) -> Self:
        """Return the entries about `subject`."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise AppendOnlyError("The journal is append-only.")

    def delete(self) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise AppendOnlyError("The journal is append-only.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise AppendOnlyError("The journal is append-only.")

    delete.queryset_only = True  # type: ignore[attr-defined]


class Entry(models.Model):
    """One act: who, when, on what, what it changed and why."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    code = models.CharField(_("act"), max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    subject = models.CharField(_("subject"), max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "-at"), name="audit_entry_of_subject"),
            models.Index(fields=("actor", "-at"), name="audit_entry_of_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; an existing one is never written again."""
        if not self._state.adding:
            raise AppendOnlyError("The journal is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise AppendOnlyError("The journal is append-only.")

    @property
    def sentence(self) -> str:
        """Return how the act reads in the language of the reader."""
        who = self.actor.short_name if self.actor else str(_("The system"))
        return codes.read(self.code, {**(self.after or {}), "actor": who, "subject": self.subject})
