"""Tokens of people."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens by whether they still open anything."""

    def valid(self, day: date) -> Self:
        """Return those that open something on `day`; the last day is inclusive, as of every term here."""
        return self.filter(revoked_at=None, expires_on__gte=day)


class Token(models.Model):
    """A key of a program that acts for a person, with her rights of the moment and never more.

    Only a digest is kept. A token has 256 bits of chance, so a plain SHA-256 hides it: there is nothing to
    guess that a slow hash would protect.
    """

    class Scope(models.TextChoices):
        """What of a person's rights the token carries."""

        READ = "read", _("read")
        WRITE = "write", _("read and act")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("what for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)  # the first letters, by which its owner knows it again
    scope = models.CharField(_("allowed"), max_length=5, choices=Scope, default=Scope.READ)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("valid until"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def writes(self) -> bool:
        """True when acts are allowed."""
        return self.scope == self.Scope.WRITE
