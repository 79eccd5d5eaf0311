"""The journal: entries, their chain, the personal values kept apart, the words it is searched by."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.domain.journal import content_digest, private_digest
from avgust.web.audit import codes
from avgust.web.audit.words import WordsField


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what may only be added."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that may be read and added."""

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


class AppendOnly(models.Model):
    """A row that is never written again; the triggers of the database say the same (`triggers`)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; an existing one is never written again."""
        if not self._state.adding:
            raise AppendOnlyError("The journal is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise AppendOnlyError("The journal is append-only.")


class EntryQuerySet(AppendOnlyQuerySet):
    """Entries; their personal values come with them."""

    def of(self, subject: models.Model) -> Self:
        """Return the entries about `subject`."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class EntryManager(models.Manager.from_queryset(EntryQuerySet)):  # type: ignore[misc]
    """Reads an entry together with its personal values."""

    def get_queryset(self) -> EntryQuerySet:
        """Join what is kept apart."""
        return super().get_queryset().select_related("private")


class Entry(AppendOnly):
    """One act: who, when, on what, what it changed, why, from which request.

    The columns `kept_…` hold what is not personal; `subject`, `before`, `after` and `reason` are whole, or
    lack what was erased.
    """

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        db_index=False,
    )
    code = models.CharField(_("act"), max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    kept_subject = models.CharField(_("subject"), max_length=300, db_column="subject")
    kept_before = models.JSONField(null=True, db_column="before")
    kept_after = models.JSONField(null=True, db_column="after")
    kept_reason = models.TextField(_("reason"), blank=True, db_column="reason")
    unit = models.ForeignKey(
        "territory.Unit",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("organisation"),
        db_index=False,
    )
    request = models.CharField(_("request"), max_length=40, blank=True)
    private_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EntryManager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "id"), name="audit_entries_of_subject"),
            models.Index(fields=("actor", "id"), name="audit_entries_of_actor"),
            models.Index(fields=("unit", "id"), name="audit_entries_of_unit"),
            models.Index(fields=("code", "id"), name="audit_entries_of_code"),
            models.Index(fields=("at",), name="audit_entries_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.subject}"

    def content_digest(self) -> str:
        """Return the digest of what the row says; `digest` is the one that it was added with."""
        return content_digest(
            {
                "at": self.at.isoformat(),
                "actor": self.actor_id,
                "code": self.code,
                "subject": [self.subject_type, self.subject_id, self.kept_subject],
                "before": self.kept_before,
                "after": self.kept_after,
                "reason": self.kept_reason,
                "unit": self.unit_id,
                "request": self.request,
                "private": self.private_digest,
            }
        )

    @property
    def personal(self) -> dict[str, Any]:
        """The personal values of the act; empty where there are none, or no more."""
        kept = getattr(self, "private", None) if self.private_digest else None
        return kept.values if kept else {}

    @property
    def program(self) -> str:
        """The first letters of the key by which a program acted for the person; empty where none did."""
        return self.request.partition("/")[2]

    @property
    def erased(self) -> bool:
        """True when the entry had personal values and they were erased."""
        return bool(self.private_digest) and getattr(self, "private", None) is None

    @property
    def subject(self) -> str:
        """What the act was done on, as it was called then."""
        return self.kept_subject or str(self.personal.get("subject", "…"))

    @property
    def reason(self) -> str:
        """Why, in the words of the person."""
        return self.kept_reason or str(self.personal.get("reason", ""))

    @property
    def before(self) -> dict[str, Any] | None:
        """The values before the act."""
        return self._whole(self.kept_before, "before")

    @property
    def after(self) -> dict[str, Any] | None:
        """The values after the act."""
        return self._whole(self.kept_after, "after")

    def _whole(self, kept: dict[str, Any] | None, side: str) -> dict[str, Any] | None:
        return None if kept is None else {**kept, **self.personal.get(side, {})}

    @property
    def sentence(self) -> str:
        """Return how the act reads in the language of the reader."""
        return self.reads_as(self.actor.short_name if self.actor else str(_("The system")))

    def reads_as(self, who: str) -> str:
        """Return the sentence with `who` as the one who acted."""
        return codes.read(self.code, {**(self.after or {}), "actor": who, "subject": self.subject})


class Private(AppendOnly):
    """The personal values of an entry, whose they are, and the salt of their digest.

    Erasure of the person deletes the row; nothing else does.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="private")
    person_type = models.CharField(max_length=80)
    person_id = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal values of an entry")
        verbose_name_plural = _("personal values of entries")
        indexes = (models.Index(fields=("person_type", "person_id"), name="audit_private_of_person"),)

    def __str__(self) -> str:
        return f"{self.entry_id}"

    def digest(self) -> str:
        """Return the digest that the entry must carry."""
        return private_digest(self.salt, self.values)


class Link(AppendOnly):
    """A link of the chain: added by the database when the entry is, never by hand (`triggers`).

    It has no constraint on its entry, so that it can still name one that somebody deleted.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="link", verbose_name=_("entry")
    )
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the journal")
        verbose_name_plural = _("links of the journal")

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class Words(models.Model):
    """What an entry is searched by: derived from it, outside the chain, made anew after an erasure."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="words")
    text = WordsField()

    class Meta:
        verbose_name = _("words of an entry")
        verbose_name_plural = _("words of entries")

    def __str__(self) -> str:
        return self.text[:80]
