"""Notices, the letters they go out in, what people chose, the keys of their calendars."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.reminders import Quiet, rules_on
from avgust.web.notices.wording import Words, words_of
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

DEADLINE: Final = "deadline"  # the kind that reminders have; its words are made of the step and the date


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, each of one person."""

    def visible_to(self, user: User) -> Self:
        """Return the person's own, and nobody else's at no role."""
        return self.filter(person=user) if user.is_authenticated and user.is_active else self.none()

    def unread(self) -> Self:
        """Return those that were not read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing said to one person, once: kind, subject, person and period are its key."""

    person = models.ForeignKey(  # its index is that of `notices_once`
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)  # "control.assignment:12"
    period = models.CharField(max_length=32)  # for a deadline: its day and the step, "2026-03-20 owner-3"
    title = models.CharField(max_length=300)
    group = models.CharField(max_length=300, blank=True)  # the programme, under which letters put it
    address = models.CharField(max_length=200)  # path of the page that it opens
    due = models.DateField(null=True)
    step = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=1)  # organisations, in a notice about many
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(
        "Letter", on_delete=models.SET_NULL, null=True, related_name="notices", db_index=False
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("person", "subject", "kind", "period"), name="notices_once"),
        )
        indexes = (
            models.Index(fields=("person", "id"), condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=("letter",), condition=Q(letter__isnull=False), name="notices_in_letter"),
            models.Index(
                fields=("made_at", "person"), condition=Q(letter=None, read_at=None), name="notices_unsent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.period}"

    @property
    def words(self) -> Words:
        """Return how it reads today, in the language of the reader."""
        return words_of(self)


class Choice(models.Model):
    """What a person chose about reminders; without a row the rules decide."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notice_choice"
    )
    mail = models.BooleanField(_("a letter a day"), default=True)
    own = models.BooleanField(_("deadlines of my organisation"), default=True)
    control = models.BooleanField(_("what is late at organisations that I control"), default=True)
    hour = models.PositiveSmallIntegerField(_("not before"), null=True, blank=True)
    quiet_starts = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_ends = models.TimeField(_("quiet until"), null=True, blank=True)
    paused_until = models.DateField(_("no letters until"), null=True, blank=True)  # inclusive

    DEFAULT_HOURS: ClassVar = tuple(range(7, 20))

    class Meta:
        verbose_name = _("choice about reminders")
        verbose_name_plural = _("choices about reminders")

    def __str__(self) -> str:
        return f"{self.person_id}"

    def hour_on(self, day: date) -> int:
        """Return the hour of the letter of a day."""
        return rules_on(day).hour if self.hour is None else self.hour

    def quiet_on(self, day: date) -> Quiet:
        """Return the person's quiet hours on a day."""
        rules = rules_on(day)
        starts, ends = self.quiet_starts, self.quiet_ends
        return Quiet(
            rules.quiet_starts if starts is None else starts, rules.quiet_ends if ends is None else ends
        )

    def wants_letter(self, day: date) -> bool:
        """Return whether a letter may be written on a day."""
        return self.mail and (self.paused_until is None or self.paused_until < day)


class QuietHours(models.Model):
    """Hours in which an organisation wants no letters to its people, beside their own."""

    unit = models.OneToOneField(
        Unit, on_delete=models.CASCADE, related_name="quiet_hours", verbose_name=_("organisation")
    )
    starts = models.TimeField(_("quiet from"), default=time(20))
    ends = models.TimeField(_("quiet until"), default=time(8))

    class Meta:
        verbose_name = _("quiet hours of an organisation")
        verbose_name_plural = _("quiet hours of organisations")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.starts:%H:%M}-{self.ends:%H:%M}"

    @property
    def quiet(self) -> Quiet:
        """Return the hours as the rules read them."""
        return Quiet(self.starts, self.ends)


class Letter(models.Model):
    """The letter of a day to a person: written once, sent by whoever takes it (an outbox)."""

    class State(models.TextChoices):
        """How far the letter has come."""

        READY = "ready", _("waits to be sent")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    day = models.DateField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)  # the same at each attempt
    state = models.CharField(max_length=7, choices=State, default=State.READY)
    after = models.DateTimeField(default=timezone.now)  # not to be tried before
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=100, blank=True)  # its kind: a text may hold an address
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = (models.UniqueConstraint(fields=("person", "day"), name="notices_letter_once"),)
        indexes = (
            models.Index(
                fields=("after",), condition=Q(state__in=("ready", "sending")), name="notices_letters_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.person_id}"


class CalendarKey(models.Model):
    """The secret in the address of a person's calendar; only its digest is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_key"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_on = models.DateField(null=True)  # the last day on which a telephone asked

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")

    def __str__(self) -> str:
        return f"{self.person_id}"


class CaughtLetter(models.Model):
    """A letter that the demo would have sent, with a server's own memory: the same one is kept once."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    caught_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("caught letter")
        verbose_name_plural = _("caught letters")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject
